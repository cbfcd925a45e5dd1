"""
The key that signs the seals, and the heads last sealed: kept in the home, outside the database.

Whoever can write to the database but not read this file cannot make a seal that fits. The heads
tell when the end of a chain was cut off.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from zhike.store.trail.faults import BrokenKey, OpenKey

LENGTH = 32
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, kw_only=True)
class SealKey:
    """The secret and the name by which seals call it; the name tells nothing of the secret."""

    secret: bytes
    path: Path

    @property
    def name(self) -> str:
        """Eight bytes of its digest."""
        return hashlib.sha256(b"zhike seal key " + self.secret).hexdigest()[:16]

    def sign(self, told: bytes) -> bytes:
        """Sign what a seal says."""
        return hmac.digest(self.secret, told, "sha256")

    def __repr__(self) -> str:
        return f"SealKey({self.name})"


def seal_key(home: Path) -> SealKey:
    """Give the key of an installation; the first who asks makes it."""
    path = home / "trail" / "seal.key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _make(path)
    return _read(path)


def seal_keys(home: Path) -> Mapping[str, SealKey]:
    """Give every key that is kept, by name: the one in use, and former ones to verify with."""
    current = seal_key(home)
    former = (_read(one) for one in sorted(current.path.parent.glob("*.key")))
    return {current.name: current, **{one.name: one for one in former}}


def _read(path: Path) -> SealKey:
    if path.stat().st_mode & OTHERS:
        raise OpenKey(path=path)
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (ValueError, UnicodeDecodeError) as error:
        raise BrokenKey(path=path) from error
    if len(secret) != LENGTH:
        raise BrokenKey(path=path)
    return SealKey(secret=secret, path=path)


def _make(path: Path) -> None:
    """Write it whole under another name first, so that nobody ever reads half a key."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_hex(LENGTH).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)  # loses to whoever was faster
    except FileExistsError:
        pass
    finally:
        draft.unlink()


Head = tuple[int, str]
"""The number of a log's last seal, and its digest."""


class Heads:
    """The last seals of each workspace and log, as this installation made or met them."""

    def __init__(self, home: Path) -> None:
        self._path = home / "trail" / "heads.json"

    def known(self, workspace: str) -> Mapping[str, Head]:
        """Give the heads of a workspace by log."""
        return {
            log: (int(number), str(digest))
            for log, (number, digest) in self._read().get(workspace, {}).items()
        }

    def advance(self, workspace: str, log: str, head: Head) -> None:
        """Keep a head, unless a later one is kept already."""
        with self._alone():
            known = self._read()
            mine = known.setdefault(workspace, {})
            if log in mine and mine[log][0] >= head[0]:
                return
            mine[log] = head
            draft = self._path.with_suffix(".new")
            draft.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="ascii")
            draft.replace(self._path)

    def _read(self) -> dict[str, dict[str, Head]]:
        try:
            known = json.loads(self._path.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._path.with_suffix(".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
