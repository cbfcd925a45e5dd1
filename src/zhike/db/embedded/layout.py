"""Where the embedded server keeps its things inside a home, and who owns them."""

import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zhike.db.faults import EmbeddedServerFailed

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 103
"""The shortest limit among the systems we run on (macOS; Linux allows 107)."""
SERVANTS = ("postgres", "nobody")
"""Whom the server runs as where we are root, which PostgreSQL refuses to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Servant:
    """The system user that owns the data and runs the server."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The files of one home."""

    home: Path
    root: Path
    """Belongs to the servant: all that the server itself reads and writes."""
    users_lock: Path
    """Held shared by every process that uses the server, exclusively by who stops it."""
    guardian_lock: Path
    """Held exclusively by the guardian for as long as it lives."""

    @property
    def data(self) -> Path:
        """The cluster; its name says the major version, so that a later one can stand beside it."""
        return self.root / "18"

    @property
    def log(self) -> Path:
        """What the server and its guardian have to say."""
        return self.root / "server.log"

    @property
    def local_configuration(self) -> Path:
        """Server settings of the operator, which win over ours."""
        return self.root / "local.conf"

    @property
    def moved_socket(self) -> Path:
        """Says where the socket is, if the path of the home is too long for one."""
        return self.root / "socket.path"


def layout(home: Path) -> Layout:
    """Say where things are; makes nothing."""
    home = home.resolve()
    root = home / "pg"
    return Layout(
        home=home,
        root=root,
        users_lock=home / "users.lock",
        guardian_lock=home / "guardian.lock",
    )


def prepared(home: Path) -> Layout:
    """Make the folders of a home, private to their owners."""
    found = layout(home)
    owner = servant(found)
    try:
        found.home.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        _give(found.root, owner)
    except OSError as error:
        raise EmbeddedServerFailed(reason=f"{error.filename}: {error.strerror}") from error
    return found


def servant(found: Layout) -> Servant:
    """Choose the user that runs the server: ourselves, or somebody harmless if we are root."""
    if os.geteuid() != 0:
        return _numbered(os.geteuid())
    if found.root.exists() and (owner := found.root.stat().st_uid):
        return _numbered(owner)
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in SERVANTS:
        if name in names:
            return _numbered(pwd.getpwnam(name).pw_uid)
    raise EmbeddedServerFailed(reason="as root, a system user `postgres` or `nobody` is needed")


def socket_folder(found: Layout, *, make: bool = False) -> Path:
    """Give the private folder of the socket, inside the home unless that path is too long."""
    owner = servant(found)
    try:
        return _socket_folder(found, owner, make)
    except OSError as error:
        raise EmbeddedServerFailed(reason=f"{error.filename}: {error.strerror}") from error


def _socket_folder(found: Layout, owner: Servant, make: bool) -> Path:  # noqa: FBT001 - passed on
    inside = found.root / "run"
    if len(os.fsencode(inside / SOCKET_NAME)) <= SOCKET_PATH_BYTES:
        if make:
            _give(inside, owner)
        return inside
    if found.moved_socket.exists():
        outside = Path(found.moved_socket.read_text(encoding="utf-8").strip())
        if _private(outside, owner):
            return outside
    if not make:
        return inside
    outside = Path(tempfile.mkdtemp(prefix="zhike-", dir=_short_place()))
    _give(outside, owner)
    found.moved_socket.write_text(f"{outside}\n", encoding="utf-8")
    return outside


def _short_place() -> str:
    place = os.environ.get("XDG_RUNTIME_DIR")
    return place if place and Path(place).is_dir() else "/tmp"  # noqa: S108 - private by mkdtemp


def _numbered(uid: int) -> Servant:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise EmbeddedServerFailed(reason=f"the system knows no user {uid}") from error
    return Servant(name=entry.pw_name, uid=uid, gid=entry.pw_gid)


def _give(folder: Path, owner: Servant) -> None:
    folder.mkdir(exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    if folder.stat().st_uid != owner.uid:
        os.chown(folder, owner.uid, owner.gid)


def _private(folder: Path, owner: Servant) -> bool:
    """A folder of that name may have been made by anybody meanwhile."""
    try:
        seen = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(seen.st_mode) and (seen.st_uid, stat.S_IMODE(seen.st_mode)) == (
        owner.uid,
        0o700,
    )
