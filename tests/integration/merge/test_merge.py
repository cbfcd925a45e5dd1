"""Records become one: what the survivor takes, what leads to it, what is kept of the others."""

from tests.integration.merge.counter import merged, parted
from tests.lending import Desk


async def test_two_readers_become_one_and_part_again(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳", phone="13800000001")
    gone = await desk.one("reader", name="王方", email="fang@example.com", deposit="12.50")
    loan = await desk.one("loan", reader=str(gone), fee="3.00")
    card = await desk.one("card", reader=str(gone), number="K-1")

    made = await merged(desk, kept, gone)

    names = ("name", "phone", "email", "deposit")
    assert [str(one) for one in await desk.held("reader", kept, *names)] == [
        "王芳", "+86-13800000001", "fang@example.com", "12.50",
    ]  # fmt: skip
    assert await desk.held("loan", loan, "reader") == (kept,)
    assert await desk.held("card", card, "reader") == (kept,)
    assert (await desk.held("reader", gone, "deleted_at"))[0] is not None
    assert await desk.held("reader", kept, "loan_count", "card_count") == (1, 1)

    undone = await parted(desk, made)

    assert undone.conflicts == ()
    assert [str(one) for one in await desk.held("reader", kept, *names)] == [
        "王芳", "+86-13800000001", "None", "None",
    ]  # fmt: skip
    assert [str(one) for one in await desk.held("reader", gone, *names)] == [
        "王方", "None", "fang@example.com", "12.50",
    ]  # fmt: skip
    assert await desk.held("loan", loan, "reader") == (gone,)
    assert await desk.held("card", card, "reader") == (gone,)
    assert await desk.held("reader", gone, "deleted_at", "loan_count") == (None, 1)
    assert await desk.held("reader", kept, "loan_count", "card_count") == (0, 0)
