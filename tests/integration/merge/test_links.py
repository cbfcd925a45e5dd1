"""Links that merges led to a survivor, and that somebody led elsewhere before the next merge."""

from uuid import UUID

from tests.integration.merge.counter import merged, parted
from tests.integration.merge.test_merge import favourites
from tests.lending import Desk


async def readers(desk: Desk, *names: str) -> list[UUID]:
    return [await desk.one("reader", name=one) for one in names]


async def test_a_link_that_was_led_away_and_merged_back_returns_to_where_it_was_led(
    desk: Desk,
) -> None:
    first, second, kept = await readers(desk, "王芳", "李雷", "韩梅梅")
    loan = await desk.one("loan", reader=str(first))
    early = await merged(desk, kept, first)
    await desk.change("loan", loan, {"reader": str(second)})
    late = await merged(desk, kept, second)

    undone = await parted(desk, early)
    assert await desk.held("loan", loan, "reader") == (kept,)
    assert undone.conflicts == ()

    await parted(desk, late)
    assert await desk.held("loan", loan, "reader") == (second,)


async def test_the_same_when_the_later_merge_is_taken_back_first(desk: Desk) -> None:
    first, second, kept = await readers(desk, "王芳", "李雷", "韩梅梅")
    loan = await desk.one("loan", reader=str(first))
    early = await merged(desk, kept, first)
    await desk.change("loan", loan, {"reader": str(second)})
    late = await merged(desk, kept, second)

    await parted(desk, late)
    await parted(desk, early)

    assert await desk.held("loan", loan, "reader") == (second,)


async def test_a_name_taken_off_a_list_does_not_come_back_with_an_old_merge(desk: Desk) -> None:
    first, second, kept = [await desk.one("book", title=one) for one in ("红楼", "西游", "水浒")]
    fan = await desk.one("reader", name="王芳", favourites=[str(first)])
    early = await merged(desk, kept, first, obj="book")
    await desk.change("reader", fan, {"favourites": [str(second)]})
    late = await merged(desk, kept, second, obj="book")

    await parted(desk, early, "book")
    assert await favourites(desk, fan) == [str(kept)]

    await parted(desk, late, "book")
    assert await favourites(desk, fan) == [str(second)]


async def test_a_survivor_that_moved_on_takes_its_links_along_and_gives_them_back(
    desk: Desk,
) -> None:
    first, second, kept, last = await readers(desk, "王芳", "李雷", "韩梅梅", "吉姆")
    loan = await desk.one("loan", reader=str(first))
    early = await merged(desk, kept, first)
    onward = await merged(desk, last, kept)
    await desk.change("loan", loan, {"reader": str(second)})
    late = await merged(desk, last, second)

    await parted(desk, onward)
    assert await desk.held("loan", loan, "reader") == (last,)
    await parted(desk, early)
    assert await desk.held("loan", loan, "reader") == (last,)
    await parted(desk, late)

    assert await desk.held("loan", loan, "reader") == (second,)


async def test_a_book_that_two_merges_brought_goes_with_both_in_whatever_order(desk: Desk) -> None:
    first, second = [await desk.one("book", title=one) for one in ("红楼", "西游")]
    kept = await desk.one("reader", name="王芳", favourites=[str(first)])
    gone = await desk.one("reader", name="李雷", favourites=[str(second)])
    people = await merged(desk, kept, gone)
    books = await merged(desk, second, first, obj="book")
    assert await favourites(desk, kept) == [str(second)]

    await parted(desk, people)
    assert await favourites(desk, kept) == [str(second)]
    await parted(desk, books, "book")

    assert await favourites(desk, kept) == [str(first)]
    assert await favourites(desk, gone) == [str(second)]


async def test_a_book_that_somebody_listed_stays_when_the_merge_that_brought_it_too_goes(
    desk: Desk,
) -> None:
    first, second = [await desk.one("book", title=one) for one in ("红楼", "西游")]
    kept = await desk.one("reader", name="王芳")
    gone = await desk.one("reader", name="李雷", favourites=[str(second)])
    people = await merged(desk, kept, gone)
    await desk.change("reader", kept, {"favourites": [str(second), str(first)]})
    books = await merged(desk, second, first, obj="book")

    await parted(desk, people)
    assert await favourites(desk, kept) == [str(second)]
    await parted(desk, books, "book")

    assert await favourites(desk, kept) == [str(first)]


async def test_what_comes_back_into_a_list_stays_when_another_one_was_led_to_it(desk: Desk) -> None:
    first, second = [await desk.one("book", title=one) for one in ("红楼", "西游")]
    kept = await desk.one("reader", name="王芳", favourites=[str(first), str(second)])
    gone = await desk.one("reader", name="李雷")
    people = await merged(desk, kept, gone, favourites=gone)
    books = await merged(desk, second, first, obj="book")

    await parted(desk, people)
    assert await favourites(desk, kept) == [str(second)]
    await parted(desk, books, "book")

    assert await favourites(desk, kept) == [str(first), str(second)]
