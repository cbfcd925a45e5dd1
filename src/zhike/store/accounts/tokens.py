"""Secrets that are shown once: session tokens and API keys. Only their hash is ever kept."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

KEY_MARK = "zk_"
SHOWN = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A new secret and what is kept of it."""

    secret: str
    digest: bytes

    @property
    def prefix(self) -> str:
        """The part that may be shown, to tell keys apart."""
        return self.secret[:SHOWN]


def new_session() -> Token:
    """Make the token of a session; one that chance lets look like a key would open nothing."""
    while (made := _token("")).secret.startswith(KEY_MARK):
        pass
    return made


def new_key() -> Token:
    """Make an API key."""
    return _token(KEY_MARK)


def digest(secret: str) -> bytes:
    """Give what is kept of a secret. It is 256 random bits, so a plain hash is enough."""
    return sha256(secret.encode("utf-8", "replace")).digest()


def _token(mark: str) -> Token:
    secret = mark + secrets.token_urlsafe(32)
    return Token(secret=secret, digest=digest(secret))
