"""The embedded server lives exactly as long as somebody uses it, whatever is killed meanwhile."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.integration.db.homes import Member, answers, eventually, guardian, killed, postmaster

from zhike.db.embedded import join
from zhike.db.embedded.layout import layout, socket_folder

QUICK = "fsync = off\nshared_buffers = 16MB\n"


@pytest.fixture(scope="module")
def prepared() -> Iterator[Path]:
    """A home whose data folder is made."""
    home = Path(tempfile.mkdtemp(prefix="zhike-home-"))
    (home / "pg").mkdir()
    (home / "pg" / "local.conf").write_text(QUICK, encoding="ascii")
    join(home).leave()
    yield home
    shutil.rmtree(home)


@pytest.fixture
def home(prepared: Path) -> Iterator[Path]:
    """A home that nobody uses yet."""
    copy = prepared.with_name(f"{prepared.name}-{os.urandom(4).hex()}")
    subprocess.run(["cp", "-a", prepared, copy], check=True)
    yield copy
    eventually(lambda: postmaster(copy) is None)
    shutil.rmtree(copy)


def test_processes_share_one_server_that_ends_with_the_last(home: Path) -> None:
    first, second = Member(home), Member(home)
    assert answers(first.joined())
    assert answers(second.joined())
    server = postmaster(home)

    first.leave()
    assert postmaster(home) == server

    second.leave()
    assert postmaster(home) is None


def test_many_may_start_at_once(home: Path) -> None:
    members = [Member(home) for _ in range(4)]

    assert all(answers(member.joined()) for member in members)
    for member in members:
        member.leave()
    assert postmaster(home) is None


def test_the_server_ends_when_its_last_user_is_killed(home: Path) -> None:
    member = Member(home)
    member.joined()

    member.kill()

    eventually(lambda: postmaster(home) is None)


def test_a_killed_server_comes_back_while_it_is_used(home: Path) -> None:
    member = Member(home)
    url = member.joined()

    killed(postmaster(home))

    eventually(lambda: answers(url))
    member.leave()


def test_a_server_whose_guardian_was_killed_ends_and_can_be_had_again(home: Path) -> None:
    membership = join(home)
    lost = postmaster(home)

    killed(guardian(home))
    eventually(lambda: not membership.server_lives())
    membership.ensure()

    assert answers(membership.url)
    assert postmaster(home) != lost
    membership.leave()


def test_a_start_after_everything_was_killed_just_works(home: Path) -> None:
    member = Member(home)
    member.joined()
    found = guardian(home), postmaster(home)
    member.kill()
    killed(*found)

    again = Member(home)

    assert answers(again.joined())
    again.leave()


def test_a_mark_of_a_dead_server_does_not_matter_even_if_its_number_is_taken(home: Path) -> None:
    mark = home / "pg" / "18" / "postmaster.pid"
    mark.write_text(f"{os.getpid()}\n{home}/pg/18\n0\n5432\n{home}\n\n0\n", encoding="ascii")

    member = Member(home)

    assert answers(member.joined())
    member.leave()


def test_a_half_made_data_folder_is_made_anew(home: Path) -> None:
    (home / "pg" / "18").rename(home / "pg" / "18.new")
    (home / "pg" / "18.new" / "PG_VERSION").unlink()

    member = Member(home)

    assert answers(member.joined())
    member.leave()


def test_only_the_owner_reaches_the_socket(home: Path) -> None:
    membership = join(home)
    folder = socket_folder(layout(home))
    with psycopg.connect(membership.url) as connection:
        addresses = connection.execute("SHOW listen_addresses").fetchone()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert addresses == ("",)
    membership.leave()


def test_no_other_role_is_let_in(home: Path) -> None:
    membership = join(home)
    with psycopg.connect(membership.url, autocommit=True) as connection:
        connection.execute("CREATE ROLE stranger LOGIN SUPERUSER")

    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        psycopg.connect(membership.url, user="stranger")
    membership.leave()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_no_other_system_user_is_let_in_even_where_the_folder_is_open(home: Path) -> None:
    membership = join(home)
    folder = socket_folder(layout(home))
    for opened in (home, home / "pg", folder, *folder.iterdir()):
        opened.chmod(0o777)

    assert "Peer authentication failed" in _refused_as("daemon", membership.url)
    membership.leave()


def test_a_home_with_a_long_path_has_its_socket_elsewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = home / ("a" * 60) / ("b" * 60)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    deep.mkdir(parents=True)
    shutil.move(home / "pg", deep / "pg")
    member = Member(deep)

    assert answers(member.joined())
    folder = socket_folder(layout(deep))
    assert not folder.is_relative_to(home)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    member.leave()
    shutil.rmtree(folder)


def _refused_as(name: str, url: str) -> str:
    """Try to connect as another system user, in a child, and give what was said."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgid(pwd.getpwnam(name).pw_gid)
        os.setuid(pwd.getpwnam(name).pw_uid)
        try:
            psycopg.connect(url)
        except psycopg.OperationalError as error:
            os.write(theirs, str(error).encode())
        os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(ours) as said:
        return said.read()
