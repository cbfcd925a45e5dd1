"""A server that is too old is refused before anything is done to it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zhike.db import Database
from zhike.db.embedded.binaries import binaries
from zhike.db.embedded.layout import layout, servant
from zhike.db.embedded.privileges import lower
from zhike.db.faults import DatabaseTooOld
from zhike.kernel.settings import Settings

OLDER = binaries().parents[1] / "pginstall" / "bin"
"""The wheel carries PostgreSQL 16 as well."""


@pytest.fixture
def older() -> Iterator[str]:
    """A running PostgreSQL 16; gives the way to connect."""
    home = Path(tempfile.mkdtemp(prefix="zhike-old-"))
    owner = servant(layout(home))
    os.chown(home, owner.uid, owner.gid)

    def become() -> None:
        if os.geteuid() == 0:
            lower(owner.uid, owner.gid, reach=(str(OLDER / "postgres"), str(home)))

    data = home / "data"
    _run(["initdb", f"--pgdata={data}", "--username=zhike", "--auth=trust", "--no-sync"], become)
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off"
    log = f"--log={home}/log"
    _run(["pg_ctl", f"--pgdata={data}", log, "--wait", f"--options={options}", "start"], become)
    yield f"host={home} user=zhike dbname=postgres"
    _run(["pg_ctl", f"--pgdata={data}", "--mode=immediate", "stop"], become)
    shutil.rmtree(home)


async def test_a_server_that_is_too_old_is_refused(older: str) -> None:
    with pytest.raises(DatabaseTooOld) as met:
        await Database(Settings(database_url=older)).open()

    assert met.value.facts == {"version": 16, "wanted": 18}


def _run(words: list[str], become: Callable[[], None]) -> None:
    subprocess.run(
        [OLDER / words[0], *words[1:]],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        preexec_fn=become,
    )
