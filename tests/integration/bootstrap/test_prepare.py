"""The first start and every later one."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql as text
from tests.served import CHEAP

from zhike.bootstrap import INTAKE, build, prepare
from zhike.db.embedded import Membership
from zhike.doors.cli.doctor import State, examine
from zhike.doors.system import System
from zhike.hub.identity.run import recognise
from zhike.kernel.settings import Settings
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.packs import renewal
from zhike.store.accounts import Passwords, meant
from zhike.store.files import Files


@pytest.fixture
async def fresh(server: Membership, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database."""
    name = f"fresh_{tmp_path.name}"[:60]
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(text.SQL("CREATE DATABASE {}").format(text.Identifier(name)))
        yield psycopg.conninfo.make_conninfo(server.url, dbname=name)
        connection.execute(text.SQL("DROP DATABASE {} WITH (FORCE)").format(text.Identifier(name)))


def system(url: str, home: Path, *, password: str = "") -> System:
    built = build(Settings(database_url=url, home=home, admin_password=password))
    return replace(built, passwords=Passwords(CHEAP))


async def test_the_first_start_makes_everything_and_the_next_nothing(
    fresh: str, tmp_path: Path
) -> None:
    async with system(fresh, tmp_path) as opened:
        first = await prepare(opened)
        snapshot = await opened.catalog.snapshot("main")
        began = time.process_time()
        second = await prepare(opened)
        seconds = time.process_time() - began
        async with opened.db.reading(platform(), "main") as tx:
            regions = await tx.value(sql("SELECT count(*) FROM zhike.region"))
            known = await meant(tx, "admin")
        fits = await opened.passwords.fits(first.admin_password or "", known.password)

    assert first.new
    assert {"customer", "contact", "order"} <= snapshot.objects.keys()
    assert "crm" in snapshot.apps
    assert regions > 3000
    assert known.account is not None
    assert fits
    assert (second.new, second.admin_password) == (False, None)
    assert seconds < 0.3


async def test_a_start_does_not_wait_for_what_is_derived_by_other_rules_by_now(
    fresh: str, tmp_path: Path
) -> None:
    right = sql("SELECT count(*) FROM customer WHERE zk_title <> '' AND zk_match <> '{}'")
    queued = sql("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'renewal'")
    async with system(fresh, tmp_path) as opened:
        await prepare(opened)
        async with opened.db.transaction(platform(), "main") as tx:
            # More customers than a start has time for.
            await tx.script(
                "INSERT INTO customer (name)"
                " SELECT '海纳贸易' || n FROM generate_series(1, 4000) AS n;"
                " UPDATE zk_derived SET version = 0"
            )
        upgraded = await prepare(opened)
        again = await prepare(opened)
        async with opened.db.reading(platform(), "main") as tx:
            at_once, jobs = await tx.value(right), await tx.value(queued)
            left = await renewal.latest(tx)
            stale = await opened.stale()
        found = await examine(opened.settings)
        done = await renewal.run(opened.hands, left.id, workspace="main") if left else None
        healed = await examine(opened.settings)
        after = await prepare(opened)
        async with opened.db.reading(platform(), "main") as tx:
            in_the_end = await tx.value(right)

    assert upgraded.renewing == again.renewing == ["main"]
    assert renewal.AT_START <= at_once < 4000
    assert jobs == 1
    assert stale == ["match", "search", "title"]
    assert [one.state for one in found if "recognition" in one.of] == [State.DOUBTFUL]
    assert done is not None
    assert (done.state, in_the_end, after.renewing) == ("done", 4000, [])
    assert [one.state for one in healed if "recognition" in one.of] == [State.GOOD]


async def test_a_given_password_is_not_told_and_not_changed_later(
    fresh: str, tmp_path: Path
) -> None:
    async with system(fresh, tmp_path, password="given") as opened:
        first = await prepare(opened)
    async with system(fresh, tmp_path, password="another") as opened:
        await prepare(opened)
        async with opened.db.reading(platform(), "main") as tx:
            known = await meant(tx, "admin")
        fits = await opened.passwords.fits("given", known.password)

    assert first.admin_password is None
    assert fits


async def test_building_touches_nothing(tmp_path: Path) -> None:
    built = build(Settings(home=tmp_path / "nowhere"))

    assert not (tmp_path / "nowhere").exists()
    assert isinstance(built.files, Files)


async def test_a_check_judges_like_the_intake_and_writes_nothing(tmp_path: Path) -> None:
    built = build(Settings(home=tmp_path / "nowhere"))
    names = [step.__name__ for step in INTAKE]

    shared = [step.__name__ for step in built.checking if step in INTAKE]
    assert shared == [name for name in names if name in shared] == ["authorise", "standardize"]
    assert recognise in built.checking  # what `identify` does, without holding anybody up
    assert not {"persist", "announce"} & {step.__name__ for step in built.checking}
