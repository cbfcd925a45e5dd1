"""The logs are sealed in blocks, and whatever happens to what was sealed is found."""

import asyncio
import stat
from pathlib import Path

import pytest
from tests.integration.trail.conftest import ANNA, Books

from zhike.kernel.sql import sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.store import trail
from zhike.store.trail import LOGS, Heads, seal_key, seal_keys
from zhike.store.trail.faults import BrokenKey, ForeignKey, OpenKey

OTHER_ACT = "UPDATE zk_operation SET act = 'user.praised' WHERE seq = 3"
PUT_IN = "INSERT INTO zk_operation (seq, act) OVERRIDING SYSTEM VALUE VALUES ({}, 'user.changed')"


async def test_a_sealed_log_is_sound_and_says_where_it_ends(books: Books) -> None:
    await books.write(5)

    assert await books.seal() == 1
    verdict = await books.verdict()

    assert verdict.sound
    assert (verdict.seals, verdict.rows, verdict.unsealed) == (1, 5, 0)
    assert verdict.head is not None
    assert verdict.head[0] == 1


async def test_sealing_again_adds_nothing_until_something_happens(books: Books) -> None:
    await books.write(2)
    await books.seal()

    assert await books.seal() == 0
    await books.write(1)
    assert await books.seal() == 1

    assert (await books.verdict()).rows == 3
    assert await books.found() == []


async def test_a_long_log_is_sealed_a_thousand_rows_at_a_time(books: Books) -> None:
    await books.events(2500)

    assert await books.seal("changes") == 3

    ranges = books.asked("SELECT first, last, count FROM zk_seal ORDER BY number")
    assert ranges == [(1, 1000, 1000), (1001, 2000, 1000), (2001, 2500, 500)]
    assert await books.found("changes") == []


@pytest.mark.parametrize(
    ("deed", "finding"),
    [
        (OTHER_ACT, "row_changed 2"),
        ("UPDATE zk_operation SET at = at - interval '1 day' WHERE seq = 3", "row_changed 2"),
        ("UPDATE zk_operation SET reason = NULL WHERE false", ""),
        ("UPDATE zk_operation SET actor = NULL WHERE seq = 4", "row_changed 2"),
        ("UPDATE zk_operation SET new = '{\"n\": 7}' WHERE seq = 1", "row_changed 1"),
        ("DELETE FROM zk_operation WHERE seq = 4", "row_missing 2"),
        ("DELETE FROM zk_operation WHERE seq = 4; " + PUT_IN.format(4), "row_changed 2"),  # noqa: S608 - our own words
        ("DELETE FROM zk_operation WHERE seq = 4; " + PUT_IN.format(400), "row_missing 2"),  # noqa: S608 - our own words
    ],
)
async def test_a_row_changed_taken_out_or_exchanged_is_found(
    books: Books, deed: str, finding: str
) -> None:
    for count in (2, 3):
        await books.write(count)
        await books.seal()

    books.tamper(*deed.split("; "))

    assert await books.found() == ([finding] if finding else [])


async def test_a_row_put_in_where_a_number_was_left_free_is_found(books: Books) -> None:
    await books.write(2)
    await books.undone(_noted)
    await books.write(2)
    await books.seal()
    assert await books.found() == []

    books.tamper(PUT_IN.format(3))

    verdict = await books.verdict()
    (finding,) = verdict.findings
    assert (finding.kind, finding.first, finding.last, finding.rows) == ("row_inserted", 1, 5, 1)


@pytest.mark.parametrize(
    ("deed", "findings"),
    [
        ("UPDATE zk_seal SET digest = sha256('x') WHERE number = 2", ["seal_forged 2"]),
        ("UPDATE zk_seal SET at = at + interval '1 hour' WHERE number = 2", ["seal_forged 2"]),
        ("UPDATE zk_seal SET mac = sha256('x') WHERE number = 2", ["seal_forged 2"]),
        ("UPDATE zk_seal SET before = sha256('x') WHERE number = 3", ["seal_moved 3"]),
        ("DELETE FROM zk_seal WHERE number = 2", ["seal_missing 2"]),
        ("DELETE FROM zk_seal WHERE number = 1", ["seal_missing 1"]),
    ],
)
async def test_a_seal_changed_or_taken_out_is_found(
    books: Books, deed: str, findings: list[str]
) -> None:
    for _ in range(3):
        await books.write(2)
        await books.seal()

    books.tamper(deed)

    assert set(findings) <= set(await books.found())


async def test_a_chain_made_anew_without_the_key_is_found(books: Books, tmp_path: Path) -> None:
    """Whoever owns the database can sum up what he changed, but not sign it."""
    for _ in range(3):
        await books.write(2)
        await books.seal()
    (tmp_path / "forger").mkdir()
    forger = seal_key(tmp_path / "forger")
    books.tamper(OTHER_ACT, "DELETE FROM zk_seal")
    await books.seal(key=forger)
    books.tamper(f"UPDATE zk_seal SET key = '{books.key.name}'")  # noqa: S608 - our own words

    assert "seal_forged 1" in await books.found()


async def test_a_chain_cut_short_is_found_by_the_head_kept_elsewhere(books: Books) -> None:
    for _ in range(3):
        await books.write(2)
        await books.seal()
    head = (await books.verdict()).head
    assert head is not None

    books.tamper("DELETE FROM zk_seal WHERE number = 3", "DELETE FROM zk_operation WHERE seq > 4")

    assert (await books.verdict()).sound
    assert [one.kind for one in (await books.verdict(heads=[head])).findings] == ["cut_short"]


async def test_a_head_of_another_chain_does_not_pass(books: Books) -> None:
    await books.write(2)
    await books.seal()

    verdict = await books.verdict(heads=[(1, "00" * 32)])

    assert [one.kind for one in verdict.findings] == ["seal_forged"]


async def test_the_heads_in_the_home_only_go_forward(tmp_path: Path) -> None:
    heads = Heads(tmp_path)

    heads.advance("main", "changes", (2, "bb"))
    heads.advance("main", "changes", (1, "aa"))
    heads.advance("other", "changes", (1, "cc"))

    assert heads.known("main") == {"changes": (2, "bb")}
    assert Heads(tmp_path).known("other") == {"changes": (1, "cc")}
    assert heads.known("nobody") == {}


async def test_what_is_not_committed_yet_is_sealed_later_in_its_place(books: Books) -> None:
    """Its number is lower than those of rows that are there already."""
    async with books.db.transaction(ANNA, books.workspace) as slow:
        trail.note(slow, "user.changed", target="slow")
        await slow.value(sql("SELECT 1"))
        await books.write(3)

        assert await books.seal_at_once() == 0
        assert (await books.verdict()).unsealed == 3
    assert await books.seal() == 1

    verdict = await books.verdict()
    assert (verdict.rows, verdict.unsealed, verdict.sound) == (4, 0, True)


async def test_a_transaction_that_takes_its_number_late_is_not_overtaken(books: Books) -> None:
    """
    The other order: the younger transaction holds the lower number and commits last.

    A horizon of transactions alone would seal the older one and meet the younger one afterwards.
    """
    async with books.db.transaction(ANNA, books.workspace) as older:
        await older.value(sql("SELECT pg_current_xact_id()::text"))
        async with books.db.transaction(ANNA, books.workspace) as younger:
            trail.note(younger, "user.changed", target="younger, lower")
            await younger.value(sql("SELECT 1"))
            trail.note(older, "user.changed", target="older, higher")
            await older.value(sql("SELECT 1"))
            await _committed(older)
            assert await books.seal_at_once() == 0
    await books.seal()

    assert (await books.verdict()).rows == 2
    assert await books.found() == []


async def _committed(talk: object) -> None:
    await talk.commit()  # type: ignore[attr-defined] # a conversation


async def _noted(tx: Tx) -> None:
    trail.note(tx, "user.changed")
    await tx.value(sql("SELECT 1"))


async def test_sealing_goes_on_while_some_transaction_is_always_open(books: Books) -> None:
    """The mark of an earlier round is reached although the present moment never is final."""
    open_one = books.db.transaction(ANNA, books.workspace)
    first = await open_one.__aenter__()
    trail.note(first, "user.changed", target="1")
    await first.value(sql("SELECT 1"))
    assert await books.seal_at_once() == 0

    async with books.db.transaction(ANNA, books.workspace) as second:
        trail.note(second, "user.changed", target="2")
        await second.value(sql("SELECT 1"))
        await open_one.__aexit__(None, None, None)
        await books.until_sealed(1)
        assert (await books.verdict()).rows == 1

    await books.seal()
    assert (await books.verdict()).rows == 2
    assert await books.found() == []


async def test_a_mark_of_another_cluster_does_not_hold_up_sealing(books: Books) -> None:
    """A dump restored elsewhere brings rows and marks along; transactions begin anew there."""
    await books.write(2)
    books.tamper("INSERT INTO zk_seal_mark VALUES ('operations', 1, '999999999999')")

    async with books.db.transaction(ANNA, books.workspace) as open_one:
        trail.note(open_one, "user.changed")
        await open_one.value(sql("SELECT 1"))
        assert await books.seal_at_once() == 0
        (mark,) = books.asked("SELECT upto, barrier::text::bigint FROM zk_seal_mark")
        assert mark[0] == 3
        assert int(str(mark[1])) < 999999999999
    await books.seal()

    assert (await books.verdict()).rows == 3


async def test_twenty_writers_while_sealing_lose_and_double_nothing(books: Books) -> None:
    over = asyncio.Event()

    async def keep_sealing() -> None:
        while not over.is_set():
            await books.seal_at_once()
            await asyncio.sleep(0.01)

    sealing = [asyncio.create_task(keep_sealing()) for _ in range(2)]
    await asyncio.gather(*(books.write(15) for _ in range(20)))
    over.set()
    await asyncio.gather(*sealing)
    await books.seal()

    verdict = await books.verdict()
    assert (verdict.rows, verdict.unsealed, verdict.findings) == (300, 0, ())
    assert books.asked("SELECT sum(count) FROM zk_seal") == [(300,)]


async def test_a_crash_between_write_and_seal_costs_nothing(books: Books) -> None:
    """What was written stands; the seal that was not committed never was."""
    await books.write(3)
    await books.undone(lambda tx: trail.seal(tx, LOGS["operations"], books.key))
    assert (await books.verdict()).unsealed == 3

    assert await books.seal() == 1

    assert (await books.verdict()).rows == 3
    assert await books.found() == []


@pytest.mark.parametrize(
    "table", ["zk_operation", "zk_sign_in", "zk_event", "zk_event_rest", "zk_seal", "zk_cleared"]
)
async def test_nobody_changes_a_log_by_accident(books: Books, table: str) -> None:
    await books.write(1)
    await books.events(1)
    await books.seal()
    async with books.db.transaction(platform(), books.workspace) as tx:
        trail.note_sign_in(tx, "signed_in", login="anna")
        await tx.run(
            sql(
                "INSERT INTO zk_event (at, source, object, record, kind)"
                " VALUES ('2001-01-01', 'api', 'book', uuidv7(), 'created')"
            )
        )
        await tx.run(
            sql(
                "INSERT INTO zk_cleared (log, number, rows, key, mac)"
                " VALUES ('changes', 1, 1, '', '')"
            )
        )

    for deed in (f"UPDATE {table} SET at = now()", f"DELETE FROM {table}", f"TRUNCATE {table}"):  # noqa: S608 - our own words
        assert "only grows" in books.refused(deed)


async def test_a_partition_cannot_be_emptied_either(books: Books) -> None:
    (name,) = books.asked(
        "SELECT max(inhrelid::regclass::text) FROM pg_inherits"
        " WHERE inhparent = 'zk_event'::regclass AND inhrelid::regclass::text ~ '[0-9]'"
    )[0]

    assert "only grows" in books.refused(f"TRUNCATE {name}")


async def test_a_seal_covers_every_column_of_its_log(books: Books) -> None:
    for log in LOGS.values():
        columns = {
            name
            for (name,) in books.asked(
                "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"  # noqa: S608 - our own words
                f" AND attrelid = '{log.table}'::regclass"
            )
        }
        assert columns == set(log.forms[max(log.forms)])


async def test_another_key_has_to_be_meant(books: Books, tmp_path: Path) -> None:
    await books.write(2)
    await books.seal()
    former = books.key
    former.path.rename(former.path.with_name("2025.key"))
    await books.write(2)

    with pytest.raises(ForeignKey):
        await books.seal()
    await books.seal(another_key=True)

    assert await books.found() == ["foreign_key 1"]
    assert (await books.verdict(keys=seal_keys(books.home))).sound


def test_the_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    key = seal_key(tmp_path)

    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    assert seal_key(tmp_path).secret == key.secret
    assert key.secret.hex() not in repr(key)
    key.path.chmod(0o640)
    with pytest.raises(OpenKey):
        seal_key(tmp_path)
    key.path.chmod(0o600)
    key.path.write_text("abc")
    with pytest.raises(BrokenKey):
        seal_key(tmp_path)
