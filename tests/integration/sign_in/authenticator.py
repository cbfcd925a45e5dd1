"""
An authenticator made of software: it makes passkeys and shows them, as a telephone would, and lies
where a test wants it to.
"""

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    """Give bytes as WebAuthn writes them in JSON."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(written: str) -> bytes:
    """Give what `text` wrote."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


@dataclass(kw_only=True)
class Authenticator:
    """One device with one passkey on it."""

    origin: str = "https://zhike.test"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: os.urandom(32))
    handle: bytes = b""

    def make(self, options: dict[str, Any], **lies: Any) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        self.handle = raw(options["user"]["id"])
        public = self.key.public_key().public_numbers()
        point = {
            1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big"),
        }  # fmt: skip
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(point)
        data = self._data(lies.get("host", options["rp"]["id"]), ATTESTED) + attested
        client = self._client("webauthn.create", options["challenge"], **lies)
        statement = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._credential(
            {
                "clientDataJSON": text(client),
                "attestationObject": text(cbor2.dumps(statement)),
                "transports": ["internal", "hybrid"],
            }
        )

    def show(self, options: dict[str, Any], **lies: Any) -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        self.count += self.counts
        data = self._data(lies.get("host", options["rpId"]), 0)
        client = self._client("webauthn.get", options["challenge"], **lies)
        signed = data + hashlib.sha256(client).digest()
        signature = lies.get("key", self.key).sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": text(client),
                "authenticatorData": text(data),
                "signature": text(signature),
                "userHandle": text(lies.get("handle", self.handle)),
            }
        )

    def _data(self, host: str, more: int) -> bytes:
        flags = self.flags | more
        return (
            hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")
        )

    def _client(self, kind: str, asked: str, **lies: Any) -> bytes:
        said = {
            "type": kind,
            "challenge": lies.get("challenge", asked),
            "origin": lies.get("origin", self.origin),
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": text(self.id),
            "rawId": text(self.id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
            "authenticatorAttachment": "platform",
        }
