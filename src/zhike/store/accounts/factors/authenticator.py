"""
What authenticators answer, verified: the border to the WebAuthn library. Its exceptions, and
whatever else hostile bytes make it raise, stop here.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import webauthn
from cbor2 import CBORDecodeError
from cryptography.exceptions import UnsupportedAlgorithm
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException

from zhike.kernel.faults import Fault
from zhike.store.accounts.factors.faults import BadPasskey, WrongPasskey

LONGEST_ID = 1023
TRANSPORTS = frozenset({"usb", "nfc", "ble", "smart-card", "hybrid", "internal"})

UNREADABLE = (
    WebAuthnException,
    CBORDecodeError,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a browser sends back: its authenticator's answer, and the ticket it answers to."""

    ticket: str
    credential: Mapping[str, Any]

    def credential_id(self) -> bytes:
        """Give the id of the passkey that was shown."""
        with reading(WrongPasskey()):
            return base64url_to_bytes(str(self.credential["id"]))[: LONGEST_ID + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A passkey as it was made."""

    credential: bytes
    public_key: bytes
    sign_count: int
    backed_up: bool
    transports: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A passkey that was shown rightly."""

    sign_count: int
    backed_up: bool


def registered(credential: Mapping[str, Any], *, host: str, origin: str, challenge: bytes) -> Made:
    """Give the passkey that was made, or refuse it."""
    try:
        done = webauthn.verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            require_user_verification=True,
        )
        said = dict(credential["response"]).get("transports") or ()
        transports = sorted(TRANSPORTS & {str(one) for one in said})
    except UNREADABLE as error:
        raise BadPasskey(at="credential", reason=str(error)[:200]) from error
    if len(done.credential_id) > LONGEST_ID:
        raise BadPasskey(at="credential.id", reason=f"> {LONGEST_ID}")
    return Made(
        credential=done.credential_id,
        public_key=done.credential_public_key,
        sign_count=done.sign_count,
        backed_up=done.credential_backed_up,
        transports=transports,
    )


def shown(  # noqa: PLR0913 - what there is to compare
    credential: Mapping[str, Any],
    *,
    host: str,
    origin: str,
    challenge: bytes,
    account: UUID,
    public_key: bytes,
    sign_count: int,
) -> Proof:
    """Give what a passkey proves, or refuse it."""
    with reading(WrongPasskey()):
        handle = dict(credential["response"]).get("userHandle")
        if handle is not None and base64url_to_bytes(handle) != account.bytes:
            raise WrongPasskey
        done = webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=host,
            expected_origin=origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    return Proof(sign_count=done.new_sign_count, backed_up=done.credential_backed_up)


@contextmanager
def reading(fault: Fault) -> Iterator[None]:
    """Refuse with this fault whatever cannot be read."""
    try:
        yield
    except UNREADABLE as error:
        raise fault from error
