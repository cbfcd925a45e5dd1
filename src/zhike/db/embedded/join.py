"""
Makes a process one of those that use the embedded server of a home, starting the server if it is
the first.
"""

import contextlib
import fcntl
import json
import os
import pwd
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import errors

from zhike.db.embedded.binaries import binaries
from zhike.db.embedded.configuration import configuration, memory
from zhike.db.embedded.layout import Layout, prepared, servant, socket_folder
from zhike.db.embedded.privileges import lower
from zhike.db.faults import EmbeddedServerFailed

SUPERUSER = "zhike"
DATABASE = "zhike"
GUARDIAN = Path(__file__).with_name("guardian.py")
START_SECONDS = 60.0
STOP_SECONDS = 40.0
LOG_BYTES = 10 * 1024 * 1024
SEGMENT_BYTES = 16 * 1024 * 1024
"""PostgreSQL stops rather than go on without room for its log."""
TELLING = re.compile("FATAL|PANIC|rror|cannot|could not")
HBA = f"local all {SUPERUSER} peer map=zhike\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The use of a home's server by this process, until `leave` or its end."""

    layout: Layout
    users: int
    """The descriptor that holds the users' lock, shared."""

    @property
    def url(self) -> str:
        """How to connect."""
        return connection_string(self.layout, DATABASE)

    def cramped(self) -> bool:
        """Tell whether the disk has less room than one more segment of the log needs."""
        return shutil.disk_usage(self.layout.home).free < SEGMENT_BYTES

    def ensure(self) -> None:
        """Bring the server back if it and its guardian were killed under us."""
        if not self.server_lives():
            _started(self.layout)

    def leave(self) -> None:
        """Stop using the server; if nobody else does, wait until it has stopped."""
        fcntl.flock(self.users, fcntl.LOCK_UN)
        until = time.monotonic() + STOP_SECONDS
        while time.monotonic() < until and not self._others():
            with _try_lock(self.layout.guardian_lock) as alone:
                if alone:
                    break
            time.sleep(0.02)
        os.close(self.users)

    def server_lives(self) -> bool:
        """Tell whether there is still somebody who looks after the server."""
        with _try_lock(self.layout.guardian_lock) as alone:
            return not alone

    def _others(self) -> bool:
        """
        Tell other users (who share the lock) from a guardian that stops the server (who does not).
        """
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            try:
                fcntl.flock(self.users, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            fcntl.flock(self.users, fcntl.LOCK_UN)
            return True
        fcntl.flock(self.users, fcntl.LOCK_UN)
        return False


def join(home: Path) -> Membership:
    """Use the server of a home: give a membership once the server answers."""
    found = prepared(home)
    try:
        users = os.open(found.users_lock, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as error:
        raise EmbeddedServerFailed(reason=f"{found.users_lock} belongs to another user") from error
    fcntl.flock(users, fcntl.LOCK_SH)
    _started(found)
    return Membership(layout=found, users=users)


def connection_string(found: Layout, database: str) -> str:
    """Say how to reach a database of the server."""
    return psycopg.conninfo.make_conninfo(
        host=str(socket_folder(found)), user=SUPERUSER, dbname=database
    )


def _started(found: Layout) -> None:
    """Wait until the server answers, starting a guardian whenever there is none."""
    until = time.monotonic() + START_SECONDS
    guardians = 0
    while not _answers(found):
        with _try_lock(found.guardian_lock) as lock:
            if lock:
                guardians += 1
                if guardians > 2:  # noqa: PLR2004 - the first may have met one that was just leaving
                    raise EmbeddedServerFailed(reason=_last_words(found))
                _start_guardian(found, lock)
        if time.monotonic() > until:
            raise EmbeddedServerFailed(reason=_last_words(found))
        time.sleep(0.02)


def _answers(found: Layout) -> bool:
    try:
        psycopg.connect(connection_string(found, DATABASE), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        if "does not exist" in str(error) and f'database "{DATABASE}"' in str(error):
            _make_database(found)
            return True
        return False
    return True


def _make_database(found: Layout) -> None:
    with (
        contextlib.suppress(errors.DuplicateDatabase, errors.UniqueViolation),
        psycopg.connect(connection_string(found, "postgres"), autocommit=True) as connection,
    ):
        connection.execute(f'CREATE DATABASE "{DATABASE}"')


def _start_guardian(found: Layout, lock: int) -> None:
    owner = servant(found)
    socket = socket_folder(found, make=True)
    programs = binaries()
    users = os.open(found.users_lock, os.O_RDWR)
    orders = {
        "binaries": str(programs),
        "data": str(found.data),
        "users": str(users),
        "superuser": SUPERUSER,
        "postgresql.conf": configuration(
            memory=memory(), socket=socket, local=found.local_configuration
        ),
        "pg_hba.conf": HBA,
        "pg_ident.conf": f"zhike {_ourselves()} {SUPERUSER}\n",
    }

    reach = (os.path.realpath(sys.executable), str(programs / "postgres"), str(found.root))

    def become() -> None:
        if os.geteuid() == 0:
            lower(owner.uid, owner.gid, reach=reach)

    try:
        with _log(found) as log:
            subprocess.run(  # noqa: S603 - our own file, our own interpreter
                [sys.executable, "-S", "-E", "-B", str(GUARDIAN), str(found.home)],
                input=json.dumps(orders).encode(),
                stdout=log,
                stderr=log,
                start_new_session=True,
                check=True,
                pass_fds=(users, lock),
                preexec_fn=become,
            )
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedServerFailed(
            reason=f"the user {owner.name} cannot run it: {error}"
        ) from error
    finally:
        os.close(users)


@contextlib.contextmanager
def _log(found: Layout) -> Iterator[int]:
    with contextlib.suppress(FileNotFoundError):
        if found.log.stat().st_size > LOG_BYTES:
            found.log.replace(found.log.with_suffix(".log.1"))
    log = os.open(found.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        yield log
    finally:
        os.close(log)


@contextlib.contextmanager
def _try_lock(path: Path) -> Iterator[int]:
    """
    Give a descriptor that holds the lock, or 0. Whoever inherits the descriptor keeps the lock.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield 0
        else:
            yield descriptor
    finally:
        os.close(descriptor)


def _ourselves() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def _last_words(found: Layout) -> str:
    """The end of the log usually says why."""
    if not found.log.exists():
        return "it said nothing"
    lines = found.log.read_text(encoding="utf-8", errors="replace").splitlines()[-50:]
    telling = [line for line in lines if TELLING.search(line)]
    return " / ".join((telling or lines)[-2:])
