"""
Codes of six digits that change every half minute (TOTP, RFC 6238): set up, confirmed, taken once.
"""

import unicodedata
from dataclasses import dataclass
from hmac import compare_digest
from io import BytesIO
from uuid import UUID

import segno
from pyotp import TOTP, random_base32

from zhike.kernel.tx import Tx
from zhike.store.accounts.factors.faults import TicketGone, WrongCode
from zhike.store.accounts.factors.queries import QUERIES
from zhike.store.accounts.factors.tickets import Counter, spend
from zhike.store.vault import Vault

SECONDS = 30
DIGITS = 6
DRIFT = 1
"""A clock may be wrong by so many codes in both directions."""
KIND = "totp"
SET_UP_MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A generator to be set up. It counts only once it has shown a code."""

    secret: str
    uri: str
    qr: str
    """The same as a picture (SVG)."""
    ticket: str


def offer(counter: Counter, account: UUID, *, login: str, issuer: str) -> Offer:
    """Make up a generator for somebody."""
    secret = random_base32()
    uri = TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)
    ticket = counter.issue({"account": str(account), "secret": secret}, minutes=SET_UP_MINUTES)
    return Offer(secret=secret, uri=uri, qr=_picture(uri), ticket=ticket)


def _picture(text: str) -> str:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=4, light="#fff")
    return out.getvalue().decode()


async def confirm(tx: Tx, counter: Counter, account: UUID, *, ticket: str, code: str) -> None:
    """Take a generator into use whose first code is right."""
    read = counter.read(ticket)
    if read.account() != account:
        raise TicketGone
    step = step_of(read.facts["secret"], code, now=counter.now)
    if step is None:
        raise WrongCode(at="code")
    await spend(tx, read)
    secret = counter.vault.seal(read.facts["secret"].encode(), purpose=_purpose(account))
    await tx.run(QUERIES["keep_totp"](account=account, secret=secret, step=step))


async def taken(tx: Tx, account: UUID, *, secret: str, code: str, now: float) -> bool:
    """Tell whether a code is right and was never taken before; it will not be taken again."""
    step = step_of(secret, code, now=now)
    return step is not None and bool(await tx.run(QUERIES["take_step"](account=account, step=step)))


def kept_secret(vault: Vault, account: UUID, sealed: bytes) -> str:
    """Give the secret of a generator as it was set up."""
    return vault.open(sealed, purpose=_purpose(account)).decode()


def step_of(secret: str, code: str, *, now: float) -> int | None:
    """Give the moment a code belongs to, in half minutes; None if it is of none near now."""
    given, generator = plain(code), TOTP(secret)
    current = int(now // SECONDS)
    found = None
    for step in range(current - DRIFT, current + DRIFT + 1):
        if compare_digest(generator.generate_otp(step).encode(), given.encode()):
            found = step
    return found


def plain(code: str) -> str:
    """Give a code without blanks, in the digits of ASCII."""
    return "".join(unicodedata.normalize("NFKC", code).split())


def _purpose(account: UUID) -> str:
    return f"totp {account}"
