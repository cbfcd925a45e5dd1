"""The configuration as a whole: versions, apps and upgrades, removal, several people at once."""

import asyncio
from pathlib import Path

import pytest
from tests.integration.packs.stories import (
    LIBRARY,
    applied,
    ids,
    library,
    planned,
    values,
    wish,
)
from tests.unit.packs.shown import shown_problems

from zhike.db import Database
from zhike.kernel.sql import vetted
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.packs import Applied, Problems, Wish, apply, plan, purge, read_folder, restore
from zhike.packs.faults import NoSuchVersion
from zhike.store.catalog import FRESH, Catalog, snapshot_of, stored, versions

SHELF = """
kind: object
key: shelf
label: {zh: 书架, en: Shelf}
fields:
  - {key: name, kind: text, label: {zh: 名称, en: Name}}
  - {key: place, kind: option, label: {zh: 位置, en: Place}, options: [一楼, 二楼]}
"""


async def test_an_object_that_is_still_pointed_at_cannot_be_removed(tx: Tx) -> None:
    await library(tx)

    made = await plan(tx, Wish(remove=[("object", "author")]))

    first = next(shown_problems(made.problems, "zh"))
    at = "objects.book.fields[7].object"
    assert first == f"{at}: P110 不能删除 `author`：{at} 仍在使用 请先修改该处"
    with pytest.raises(Problems):
        await apply(tx, Wish(remove=[("object", "author")]))


async def test_a_field_that_a_role_speaks_of_cannot_be_removed(tx: Tx) -> None:
    await library(tx)

    book = LIBRARY.split("---")[1].replace("key: price, kind", "key: cost, kind")

    made = await planned(tx, book.replace("price * copies", "cost * copies"))

    assert [(one.word, one.facts["name"], one.at) for one in made.problems] == [
        ("still_used", "book.price", "roles.librarian.objects.book.fields.price")
    ]


async def test_a_removed_object_comes_back_with_its_records(tx: Tx) -> None:
    await library(tx)
    everything = [
        ("role", "librarian"),
        ("match", "book"),
        ("object", "book"),
        ("object", "author"),
    ]

    wanted = Wish(remove=everything)
    gone = await apply(tx, wanted, confirm=[one.id for one in (await plan(tx, wanted)).lossy])
    tables = await tx.value(vetted("SELECT count(*)::int FROM book"))
    assert {one.id: one.lost for one in gone.plan.steps} == {
        "object.book.remove": 4,
        "object.author.remove": 3,
    }
    assert (await snapshot_of(tx)).objects.keys() == {"user", "department"}
    back = await applied(tx, LIBRARY)

    assert tables == 4
    assert "object.book.restore" in ids(back.plan)
    assert await values(tx, "pages") == ["320", "1,024", "很多", None]
    assert await values(tx, "worth::int") == [60, 10, 10, None]
    assert await values(tx, "worth::int", table="author") == [10, 0, 70]
    # The rules may have changed while it was away.
    assert await values(tx, "zk_match") == [["isbn:a1"], ["isbn:a2"], ["isbn:b1"], ["isbn:b1"]]
    assert None not in await values(tx, "zk_search")
    assert (await planned(tx, LIBRARY)).steps == ()


async def test_a_purged_object_begins_empty(tx: Tx) -> None:
    await library(tx)
    wanted = Wish(remove=[("role", "librarian"), ("match", "book"), ("object", "book")])
    alone = LIBRARY.split("---")[0].split("  - {key: copies")[0]
    wanted = Wish(documents=wish(alone).documents, remove=wanted.remove)
    await apply(tx, wanted, confirm=[one.id for one in (await plan(tx, wanted)).lossy])

    await purge(tx, "book")
    back = await applied(tx, LIBRARY)

    assert "object.book.add" in ids(back.plan)
    assert await values(tx, "title") == []


async def test_while_an_object_was_away_what_it_points_at_may_have_gone(tx: Tx) -> None:
    await library(tx)
    author = LIBRARY.split("---")[0].split("  - {key: copies")[0]
    wanted = Wish(
        documents=wish(author).documents,
        remove=[("role", "librarian"), ("match", "book"), ("object", "book")],
    )
    await apply(tx, wanted, confirm=[one.id for one in (await plan(tx, wanted)).lossy])
    await tx.script("DELETE FROM author WHERE name = '鲁迅'")

    await applied(tx, LIBRARY)

    assert [one is None for one in await values(tx, "author")] == [True, True, False, True]
    assert await tx.value(vetted("SELECT count(*)::int FROM book__friends")) == 2


async def test_every_version_is_kept_and_any_can_be_restored(tx: Tx) -> None:
    await applied(tx, SHELF)
    await applied(tx, SHELF.replace("名称", "架名"))
    await applied(tx, SHELF.replace("一楼, 二楼", "一楼, 二楼, 三楼"))

    back = await restore(tx, ("object", "shelf"), 1)

    kept = await versions(tx, "object", "shelf")
    assert [one.version for one in kept] == [4, 3, 2, 1]
    assert kept[0].body == kept[3].body != kept[1].body
    assert back.version == 4
    with pytest.raises(NoSuchVersion):
        await restore(tx, ("object", "shelf"), 9)


async def test_a_document_that_was_removed_goes_on_counting_its_versions(tx: Tx) -> None:
    await applied(tx, SHELF)
    await apply(tx, Wish(remove=[("object", "shelf")]))

    await applied(tx, SHELF)

    kept = await versions(tx, "object", "shelf")
    assert [(one.version, one.body is None) for one in kept] == [(3, False), (2, True), (1, False)]


async def test_an_upgrade_keeps_what_people_have_added(tx: Tx) -> None:
    await applied(tx, SHELF, app="library")
    mine = SHELF.replace("一楼, 二楼", "一楼, 二楼, 地下").replace(
        "{zh: 名称, en: Name}}", "{zh: 架名, en: Name}}\n  - {key: width, kind: number, label: 宽}"
    )
    await applied(tx, mine)
    newer = SHELF.replace("一楼, 二楼", "一楼, 二楼, 阁楼").replace(
        "{zh: 名称, en: Name}}", "{zh: 名字, en: Name}}\n  - {key: height, kind: number, label: 高}"
    )

    made = await applied(tx, newer, app="library")

    (now,) = await stored(tx)
    fields = {one["key"]: one for one in now.body["fields"]}
    assert list(fields) == ["name", "width", "height", "place"]
    assert fields["name"]["label"] == {"zh": "架名", "en": "Name"}
    assert fields["place"]["options"] == ["一楼", "二楼", "地下"]
    assert [one.clashes for one in made.plan.changes] == [
        ("fields[name].label.zh", "fields[place].options")
    ]
    assert ids(made.plan) == ["field.shelf.height.add"]
    assert (await plan(tx, wish(newer, app="library"))).empty


async def test_an_upgrade_takes_away_what_only_the_app_had(tx: Tx) -> None:
    extra = SHELF.replace("key: shelf", "key: ladder")
    await applied(tx, f"{SHELF}---{extra}", app="library")
    await applied(tx, SHELF.replace("key: shelf", "key: chair"))

    made = await applied(tx, SHELF.replace("  - {key: place", "  - {key: spot"), app="library")

    assert {one.key: one.how for one in made.plan.changes} == {
        "shelf": "changed",
        "ladder": "removed",
    }
    assert {one.key for one in await stored(tx)} == {"shelf", "chair"}


async def test_one_app_does_not_write_into_another(tx: Tx) -> None:
    await applied(tx, SHELF, app="library")

    made = await plan(tx, wish(SHELF, app="museum"))

    assert [one.word for one in made.problems] == ["other_app"]


async def test_nothing_is_half_applied(database: Database, workspace: str) -> None:
    async with database.transaction(platform(), workspace) as tx:
        await applied(tx, SHELF)

    broken = SHELF.replace("key: place, kind: option", "key: place, kind: options")

    async def interrupted() -> None:
        async with database.transaction(platform(), workspace) as tx:
            await applied(tx, broken)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await interrupted()

    async with database.transaction(platform(), workspace) as tx:
        assert (await planned(tx, SHELF)).steps == ()
        assert (await snapshot_of(tx)).version == 1


async def test_two_who_apply_at_once_stand_in_a_queue(database: Database, workspace: str) -> None:
    async def one(text: str) -> Applied:
        async with database.transaction(platform(), workspace) as tx:
            return await apply(tx, wish(text))

    texts = [SHELF.replace("key: shelf", f"key: shelf_{n}") for n in range(4)]
    done = await asyncio.gather(*(one(text) for text in texts), *(one(SHELF) for _ in range(2)))

    async with database.transaction(platform(), workspace) as tx:
        snapshot = await snapshot_of(tx)
    first, second = sorted(each.version for each in done[4:])
    assert {first, *(each.version for each in done[:4])} == {1, 2, 3, 4, 5}
    assert second >= first  # it found nothing left to do, whatever else had come between
    assert snapshot.version == 5
    assert {"shelf", "shelf_0", "shelf_3"} <= snapshot.objects.keys()


async def test_the_catalog_knows_within_a_second(database: Database, workspace: str) -> None:
    catalog = Catalog(database)
    before = await catalog.snapshot(workspace)
    async with database.transaction(platform(), workspace) as tx:
        await applied(tx, SHELF)

    catalog.forget(workspace)
    after = await catalog.snapshot(workspace)
    again = await catalog.snapshot(workspace)
    async with database.transaction(platform(), workspace) as tx:
        await applied(tx, SHELF.replace("名称", "架名"))
    await asyncio.sleep(FRESH)

    assert before.version == 0
    assert "shelf" in after.objects
    assert again is after
    assert (await catalog.snapshot(workspace)).version == 2


async def test_the_shipped_crm_installs_and_installs_no_more(tx: Tx) -> None:
    folder = read_folder(Path(__file__).parents[3] / "apps" / "crm")
    crm = Wish(documents=folder.documents, app=folder.app)

    await apply(tx, crm)

    assert folder.problems == ()
    assert (await plan(tx, crm)).empty
