"""What happens to tables and values when documents change."""

import pytest
from tests.integration.packs.stories import (
    FILLED,
    LIBRARY,
    applied,
    ids,
    library,
    planned,
    values,
    wish,
)

from zhike.kernel.sql import sql, vetted
from zhike.kernel.tx import Tx
from zhike.meta.reading.order import place
from zhike.packs import NotConfirmed, Problems, apply, purge, renewal
from zhike.packs.faults import NothingKept

AS_NUMBER = LIBRARY.replace("key: pages, kind: text", "key: pages, kind: number")
PAGES = "  - {key: pages, kind: text, label: {zh: 页数, en: Pages}}\n"
FRIENDS = (
    "  - {key: friends, kind: lookups, label: {zh: 相关, en: Friends},"
    " object: author, relation: friends}\n"
)
WORTH = "  - {key: worth, kind: formula, label: {zh: 总值, en: Worth}, formula: price * copies}\n"
ALL_WORTH = (
    "  - {key: worth, kind: rollup, label: {zh: 总值, en: Worth}, formula: SUM(books.worth)}\n"
)
ALL_COPIES = (
    "  - {key: copies, kind: rollup, label: {zh: 册数, en: Copies}, formula: SUM(books.copies)}\n"
)


def without(*parts: str) -> str:
    """Give the library with some parts left out."""
    text = LIBRARY
    for part in parts:
        assert part in text
        text = text.replace(part, "")
    return text


def instead(old: str, new: str) -> str:
    """Give the library with one part written differently."""
    assert old in LIBRARY
    return LIBRARY.replace(old, new)


async def test_applying_twice_does_nothing_the_second_time(tx: Tx) -> None:
    first = await applied(tx, LIBRARY)

    again = await planned(tx, LIBRARY)

    assert first.version == 1
    assert again.steps == again.changes == again.problems == ()


async def test_what_is_derived_is_computed_for_records_that_are_there(tx: Tx) -> None:
    await applied(tx, without(WORTH, ALL_WORTH))
    await tx.script(FILLED)

    await applied(tx, LIBRARY)

    assert await values(tx, "worth::text") == ["60.00", "10.00", "10.00", None]
    assert await values(tx, "worth::numeric::int", table="author") == [10, 0, 70]


async def test_a_changed_formula_changes_the_rollup_made_of_it(tx: Tx) -> None:
    await library(tx)

    made = await applied(tx, instead("price * copies", "price * copies * 2"))

    assert ids(made.plan) == ["field.book.worth.compute", "field.author.worth.refresh"]
    assert await values(tx, "worth::int", table="author") == [20, 0, 140]


async def test_what_cannot_be_converted_is_listed_before_anything_is_done(tx: Tx) -> None:
    await library(tx)

    made = await planned(tx, AS_NUMBER)

    assert ids(made) == ["field.book.pages.retype"]
    assert [(one.rows, one.lost, one.examples) for one in made.steps] == [(3, 1, ("很多",))]
    assert await values(tx, "pages") == ["320", "1,024", "很多", None]


async def test_a_lossy_step_is_refused_until_somebody_confirms_it(tx: Tx) -> None:
    await library(tx)

    with pytest.raises(NotConfirmed) as refused:
        await applied(tx, AS_NUMBER, confirm=["field.book.title.retype"])

    assert refused.value.facts["steps"] == "field.book.pages.retype"
    assert await values(tx, "pages") == ["320", "1,024", "很多", None]


async def test_what_can_be_converted_is_and_the_rest_waits(tx: Tx) -> None:
    await library(tx)

    await applied(tx, AS_NUMBER)

    assert await values(tx, "pages") == [320, 1024, None, None]
    assert await values(tx, "zk_removed_pages") == ["320", "1,024", "很多", None]


async def test_a_lookup_becomes_the_name_of_its_record_and_back(tx: Tx) -> None:
    await library(tx)
    lookup = "kind: lookup, label: {zh: 作者, en: Author}, object: author, relation: books"
    named = without(ALL_WORTH, ALL_COPIES).replace(lookup, "kind: text, label: 作者")

    await applied(tx, named)
    names = await values(tx, "author")
    back = await planned(tx, LIBRARY)
    await applied(tx, LIBRARY)

    assert names == ["鲁迅", "鲁迅", "老舍", None]
    assert [(one.lost, one.examples) for one in back.steps if one.lossy] == [(1, ("老舍",))]
    assert await values(tx, "(SELECT name FROM author AS a WHERE a.id = author)") == [
        "鲁迅",
        "鲁迅",
        None,
        None,
    ]


async def test_one_lookup_becomes_many_and_one_again(tx: Tx) -> None:
    await library(tx)
    many = instead("kind: lookup, label: {zh: 作者, en: Author}", "kind: lookups, label: 作者")

    await applied(tx, many)
    linked = await values(tx, "(SELECT count(*) FROM book__author WHERE record = book.id)")
    back = await applied(tx, LIBRARY)

    assert linked == [1, 1, 1, 0]
    assert back.plan.lossy == ()
    assert [one is None for one in await values(tx, "author")] == [False, False, False, True]


async def test_a_wider_number_stays_where_it_is(tx: Tx) -> None:
    await library(tx)

    made = await applied(
        tx, instead("key: price, kind: money", "key: price, kind: money, decimals: 4")
    )

    assert "field.book.price.retype" in ids(made.plan)
    assert made.plan.lossy == ()
    assert await values(tx, "price::text") == ["20.0000", "10.0000", "5.0000", None]
    assert await values(tx, "worth::text") == ["60.0000", "10.0000", "10.0000", None]


async def test_a_removed_field_comes_back_with_its_values(tx: Tx) -> None:
    await library(tx)

    gone = await applied(tx, without(PAGES, FRIENDS))
    assert [(one.id, one.lost) for one in gone.plan.steps] == [
        ("field.book.pages.remove", 3),
        ("field.book.friends.remove", 3),
    ]
    back = await applied(tx, LIBRARY)

    assert ids(back.plan) == ["field.book.pages.restore", "field.book.friends.restore"]
    assert await values(tx, "pages") == ["320", "1,024", "很多", None]
    assert await tx.value(vetted("SELECT count(*) FROM book__friends")) == 3
    assert await tx.value(vetted("SELECT count(*) FROM zk_removed")) == 0


async def test_a_field_of_another_kind_under_an_old_key_begins_empty(tx: Tx) -> None:
    await library(tx)
    await applied(tx, without(PAGES))

    made = await applied(tx, AS_NUMBER)

    assert ids(made.plan) == ["field.book.pages.add"]
    assert await values(tx, "pages") == [None] * 4
    assert await values(tx, "zk_removed_pages") == ["320", "1,024", "很多", None]


async def test_a_field_can_be_removed_again_and_again(tx: Tx) -> None:
    await library(tx)

    for text in (without(PAGES), AS_NUMBER, without(PAGES), AS_NUMBER, without(PAGES)):
        await applied(tx, text)

    places = await tx.rows(vetted("SELECT place FROM zk_removed ORDER BY place"))
    assert [row[0] for row in places] == ["zk_removed_pages", "zk_removed_pages_2"]


async def test_what_is_purged_is_gone_for_good(tx: Tx) -> None:
    await library(tx)
    await applied(tx, without(PAGES, FRIENDS))

    await purge(tx, "book", "pages")
    await purge(tx, "book", "friends")
    back = await applied(tx, LIBRARY)

    assert ids(back.plan) == ["field.book.pages.add", "field.book.friends.add"]
    assert await values(tx, "pages") == [None] * 4
    with pytest.raises(NothingKept):
        await purge(tx, "book", "pages")
    with pytest.raises(NothingKept):
        await purge(tx, "book")


async def test_an_added_field_gives_its_default_to_records_that_are_there(tx: Tx) -> None:
    await library(tx)
    place = "  - {key: place, kind: text, label: 馆藏, default: 总馆}\n"

    await applied(tx, instead(PAGES, PAGES + place))
    await tx.script("INSERT INTO book (title) VALUES ('边城')")

    assert await values(tx, "place") == ["总馆", "总馆", "总馆", None, "总馆"]


async def test_records_that_are_there_are_numbered_oldest_first(tx: Tx) -> None:
    await library(tx)
    number = "  - {key: number, kind: auto_number, label: 编号, prefix: B, digits: 3}\n"

    await applied(tx, instead(PAGES, PAGES + number))

    assert await values(tx, "number") == ["B001", "B002", "B003", "B004"]


async def test_uniqueness_that_values_contradict_is_refused_with_the_values(tx: Tx) -> None:
    await library(tx)

    with pytest.raises(Problems) as refused:
        await applied(tx, instead("label: {zh: 书号, en: ISBN}", "label: 书号, unique: true"))

    assert [one.facts["values"] for one in refused.value.problems] == ["b1 × 2"]


async def test_an_option_that_is_still_chosen_wants_confirmation(tx: Tx) -> None:
    await library(tx)

    made = await planned(tx, instead("options: [小说, 历史, 诗]", "options: [小说, 散文]"))

    assert [(one.id, one.lost) for one in made.steps] == [("field.book.genre.options", 1)]


async def test_an_option_that_nobody_chose_goes_silently(tx: Tx) -> None:
    await library(tx)

    made = await planned(tx, instead("options: [小说, 历史, 诗]", "options: [小说, 诗]"))

    assert made.steps == ()
    assert [one.how for one in made.changes] == ["changed"]


async def test_search_words_and_identity_keys_are_made_for_records_that_are_there(tx: Tx) -> None:
    await applied(tx, instead("label: {zh: 姓名, en: Name}, search: true", "label: 姓名"))
    await tx.script(FILLED)
    keyed = instead("{fields: [isbn]}", "{fields: [title]}").replace(
        "label: {zh: 书号, en: ISBN}", "label: 书号, search: true"
    )

    await applied(tx, keyed)

    assert await values(tx, "zk_match") == [
        ["title:呐喊"],
        ["title:彷徨"],
        ["title:茶馆"],
        ["title:骆驼祥子"],
    ]
    assert None not in await values(tx, "zk_search")


async def test_titles_are_put_in_order_when_another_field_becomes_the_title(tx: Tx) -> None:
    await applied(tx, instead("title: title", "title: copies"))
    await tx.script(FILLED)
    assert await values(tx, "zk_title") == [""] * 4

    done = await applied(tx, LIBRARY)

    assert {one.id for one in done.plan.steps} >= {"index.book.title.add", "object.book.title"}
    assert await values(tx, "zk_title") == [place(one) for one in await values(tx, "title")]
    assert [
        one.id for one in (await planned(tx, instead("title: title", "title: isbn"))).steps
    ] == [
        "object.book.search",
        "object.book.title",
    ]


async def test_what_a_migration_left_to_be_derived_is_derived_once(tx: Tx) -> None:
    await library(tx)
    await tx.script(
        "UPDATE book SET zk_title = ''; DROP INDEX book__zk_title__index;"
        " INSERT INTO zk_stale VALUES ('book', 'title'), ('gone', 'title')"
    )

    await renewal.begin(tx)

    assert await values(tx, "zk_title") == [place(one) for one in await values(tx, "title")]
    assert await tx.value(sql("SELECT to_regclass('book__zk_title__index') IS NOT NULL"))
    await tx.script("UPDATE book SET zk_title = ''")
    await renewal.begin(tx)
    assert set(await values(tx, "zk_title")) == {""}


async def test_what_an_app_derives_by_another_document_can_be_left_to_a_renewal(tx: Tx) -> None:
    await library(tx)
    await renewal.begin(tx)
    keyed = instead("{fields: [isbn]}", "{fields: [title]}")

    await apply(tx, wish(keyed), later=True)
    before = await values(tx, "zk_match")
    left = await renewal.begin(tx)

    assert before == [["isbn:a1"], ["isbn:a2"], ["isbn:b1"], ["isbn:b1"]]
    assert left is None
    assert await values(tx, "zk_match") == [
        ["title:呐喊"],
        ["title:彷徨"],
        ["title:茶馆"],
        ["title:骆驼祥子"],
    ]


async def test_whoever_changes_a_document_meanwhile_leaves_nothing_of_it_to_a_renewal(
    tx: Tx,
) -> None:
    await library(tx)
    await renewal.begin(tx)
    await tx.script("UPDATE zk_derived SET version = 0 WHERE what = 'match'")
    assert await renewal.begin(tx, at_start=0)

    await applied(tx, instead("{fields: [isbn]}", "{fields: [title]}"))

    stale = await tx.rows(sql("SELECT what FROM zk_stale WHERE \"table\" = 'book'"))
    assert stale == []
    assert ["title:呐喊"] in await values(tx, "zk_match")


async def test_what_is_derived_by_other_rules_by_now_is_derived_anew(tx: Tx) -> None:
    await library(tx)
    # People are records of the platform: nothing is derived for them, and they are in nobody's way.
    await tx.script(
        "INSERT INTO zk_user (id, login, name) VALUES (uuidv7(), 'there', 'x');"
        " DELETE FROM zk_derived"
    )
    await renewal.begin(tx)
    words, keys = await values(tx, "zk_search"), await values(tx, "zk_match")
    await tx.script("UPDATE book SET zk_search = '', zk_match = '{}', zk_title = 'kept'")
    await renewal.begin(tx)
    assert set(await values(tx, "zk_title")) == {"kept"}

    await tx.script("UPDATE zk_derived SET version = 0 WHERE what <> 'title'")
    await renewal.begin(tx)

    assert await values(tx, "zk_search") == words
    assert await values(tx, "zk_match") == keys
    assert set(await values(tx, "zk_title")) == {"kept"}
