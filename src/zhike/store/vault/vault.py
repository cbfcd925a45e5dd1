"""
Encrypting what has to be said again: AES-256-GCM, each text bound to what it is for.

The key lies in the home, readable by its user only, or comes from the environment where several
machines share one database. The first key encrypts; further ones are older and still decrypt.
"""

import base64
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from hmac import digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zhike.store.vault.faults import BadSecretKey, Unreadable

FILE = "secret.key"
SIZE = 32
NONCE = 12
FORM = b"\x01"
"""The first byte of everything encrypted: how it was done."""


class Vault:
    """Encrypts and decrypts. The key is read, or made, when it is first needed."""

    def __init__(self, home: Path, *, key: str = "") -> None:
        self._home = home
        self._given = key

    def seal(self, plain: bytes, *, purpose: str) -> bytes:
        """Encrypt; only who names the same purpose can decrypt it."""
        nonce = secrets.token_bytes(NONCE)
        return FORM + nonce + AESGCM(self._keys[0]).encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """Decrypt what was encrypted for this purpose."""
        found = self.opened(sealed, purpose=purpose)
        if found is None:
            raise Unreadable
        return found

    def opened(self, sealed: bytes, *, purpose: str) -> bytes | None:
        """Decrypt what may come from anywhere; None if it is not from here, or for another use."""
        nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        if sealed[:1] != FORM or len(nonce) < NONCE:
            return None
        for key in self._keys:
            with suppress(InvalidTag):
                return AESGCM(key).decrypt(nonce, rest, purpose.encode())
        return None

    def prints(self, text: str, *, purpose: str) -> tuple[bytes, ...]:
        """
        Give what a text may be recognised by, under each key, the one to keep first.

        It tells nothing to whoever has the database without the key, however short the text.
        """
        kept = f"{purpose}\0{text}".encode()
        return tuple(digest(key, kept, sha256) for key in self._keys)

    @cached_property
    def _keys(self) -> Sequence[bytes]:
        written = self._given or self._file()
        try:
            keys = [base64.urlsafe_b64decode(one) for one in written.split()]
        except ValueError as error:
            raise BadSecretKey(reason="base64") from error
        if not keys or any(len(one) != SIZE for one in keys):
            raise BadSecretKey(reason=f"{SIZE} bytes")
        return keys

    def _file(self) -> str:
        path = self._home / FILE
        try:
            if not path.exists():
                _make(path)
            return path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise BadSecretKey(reason=type(error).__name__) from error


def _make(path: Path) -> None:
    """Write a new key. Of several processes that do so at once, the first one's counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    key = base64.urlsafe_b64encode(secrets.token_bytes(SIZE)) + b"\n"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
