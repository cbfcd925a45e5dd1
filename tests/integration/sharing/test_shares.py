"""A record is shared: who may, how far, until when, and what everybody else sees of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from tests.integration.handover.leaving import API, House

from zhike.access import policy
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.store import shares
from zhike.store.shares import Grantee, Wanted
from zhike.store.shares.faults import AlreadyOver

TEAM, SHARES = "team", "shares"


def codes(answer) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in answer.json()["errors"]]


async def shared(house: House, by, book: str, **given):
    return await by.post(f"{API}/records/book/{book}/shares", json=given)


async def test_who_does_not_see_a_record_learns_nothing_of_its_sharing(house: House) -> None:
    owner, stranger = await house.hire("author"), await house.hire("author")
    (book,) = await house.own(owner, "book", {"title": "围城"})
    client = await house.login(stranger)
    absent = "01900000-0000-7000-8000-000000000000"

    for part in (TEAM, SHARES):
        hidden = await client.get(f"{API}/records/book/{book}/{part}")
        nothing = await client.get(f"{API}/records/book/{absent}/{part}")
        assert (hidden.status_code, nothing.status_code) == (404, 404)
        assert hidden.json()["errors"] == nothing.json()["errors"]
    to = {"user": owner}
    for path, body in (("shares", {"to": to}), ("team", {"user": owner})):
        refused = await client.post(f"{API}/records/book/{book}/{path}", json=body)
        assert refused.status_code == 404
    assert (await client.delete(f"{API}/records/book/{book}/team/{stranger}")).status_code == 404


async def test_a_shared_record_is_seen_and_still_not_handed_on(house: House) -> None:
    owner, friend, third = [await house.hire("author") for _ in range(3)]
    (book,) = await house.own(owner, "book", {"title": "围城", "price": "10.00"})
    mine, theirs = await house.login(owner), await house.login(friend)
    at = f"{API}/records/book/{book}"

    assert (await theirs.get(at)).status_code == 404
    made = await shared(house, mine, book, to={"user": friend}, reason="一起跟进")

    assert made.status_code == 201, made.text
    assert made.json()["to"]["user"]["id"] == friend
    assert (await theirs.get(at)).json()["title"] == "围城"
    assert (await theirs.patch(at, json={"title": "x"})).status_code == 403
    assert (await theirs.patch(at, json={"owner": friend})).status_code == 403
    handed = await shared(house, theirs, book, to={"user": third})
    assert (handed.status_code, codes(handed)) == (403, [("", "not_yours_to_share")])
    assert (await theirs.get(f"{at}/shares")).json()["items"][0]["reason"] == "一起跟进"


async def test_a_team_member_may_change_a_record_if_so_wished(house: House) -> None:
    owner, friend = await house.hire("author"), await house.hire("author", name="小赵")
    (book,) = await house.own(owner, "book", {"title": "围城"})
    mine, theirs = await house.login(owner), await house.login(friend)
    at = f"{API}/records/book/{book}"

    joined = await mine.post(f"{at}/team", json={"user": friend, "level": "write"})
    changed = await theirs.patch(at, json={"title": "新"})
    team = (await theirs.get(f"{at}/team")).json()["items"]

    assert (joined.status_code, changed.status_code) == (201, 200)
    assert [(one["to"]["user"]["name"], one["level"]) for one in team] == [("小赵", "write")]
    lowered = await mine.post(f"{at}/team", json={"user": friend, "level": "read"})
    assert lowered.status_code == 201
    assert (await theirs.patch(at, json={"title": "不"})).status_code == 403
    assert (await theirs.delete(f"{at}/team/{friend}")).status_code == 204
    assert (await theirs.get(at)).status_code == 404


async def test_departments_share_with_all_below_and_roles_with_their_holders(house: House) -> None:
    owner = await house.hire("author")
    top = (await house.ada.post(f"{API}/departments", json={"name": "总部"})).json()["id"]
    below = (
        await house.ada.post(f"{API}/departments", json={"name": "分部", "parent": top})
    ).json()["id"]
    sitting = await house.hire("author", departments=[{"id": below, "main": True}])
    guest = await house.hire("guest")
    one, two = await house.own(owner, "book", {"title": "甲"}, {"title": "乙"})
    mine = await house.login(owner)

    assert (await shared(house, mine, one, to={"department": top})).status_code == 201
    assert (await shared(house, mine, two, to={"role": "guest"})).status_code == 201

    for person, sees in ((sitting, {"甲"}), (guest, {"乙"})):
        client = await house.login(person)
        asked = {"count": "exact", "where": 'title in ["甲", "乙"]'}
        page = (await client.get(f"{API}/records/book", params=asked)).json()
        assert {book["title"] for book in page["items"]} == sees
        assert page["count"] == {"value": 1, "exact": True}


async def test_a_share_opens_a_record_and_no_field(house: House) -> None:
    owner, guest = await house.hire("author"), await house.hire("guest")
    (book,) = await house.own(owner, "book", {"title": "围城", "price": "99.00", "remark": "密"})
    mine, theirs = await house.login(owner), await house.login(guest)

    await shared(house, mine, book, to={"user": guest}, level="write")
    told = (await theirs.get(f"{API}/records/book/{book}")).json()

    assert told["title"] == "围城"
    assert "price" not in told
    assert told["remark"] != "密"
    assert (await theirs.get(f"{API}/records/book?where=price>1")).status_code == 422
    assert (
        await theirs.patch(f"{API}/records/book/{book}", json={"title": "x"})
    ).status_code == 403


async def test_nobody_decides_about_more_than_they_may_do(house: House) -> None:
    owner, lender, friend = [await house.hire(one) for one in ("author", "lender", "author")]
    (book,) = await house.own(owner, "book", {"title": "围城"})
    mine, theirs = await house.login(owner), await house.login(lender)
    writing = await shared(house, mine, book, to={"user": friend}, level="write")

    more = await shared(house, theirs, book, to={"role": "guest"}, level="write")
    lower = await shared(house, theirs, book, to={"user": friend}, level="read")
    gone = await theirs.delete(f"{API}/records/book/{book}/shares/{writing.json()['id']}")
    fine = await shared(house, theirs, book, to={"role": "guest"})

    assert [one.status_code for one in (more, lower, gone, fine)] == [403, 403, 403, 201]
    assert codes(more) == [("level", "beyond_your_level")]


async def test_whom_one_cannot_share_with(house: House) -> None:
    owner, gone = await house.hire("author"), await house.hire("author")
    await house.ada.patch(f"{API}/users/{gone}", json={"active": False})
    (book,) = await house.own(owner, "book", {"title": "围城"})
    mine = await house.login(owner)
    nobody = "01900000-0000-7000-8000-000000000000"
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()

    answers = [
        await shared(house, mine, book, **given)
        for given in (
            {"to": {"user": owner}},
            {"to": {"user": gone}},
            {"to": {"user": nobody}},
            {"to": {"department": nobody}},
            {"to": {"role": "emperor"}},
            {"to": {"user": owner, "role": "guest"}},
            {"to": {}},
            {"to": {"role": "guest"}, "until": yesterday},
            {"to": {"role": "guest"}, "level": "own"},
        )
    ]
    to_owner = await shared(house, house.ada, book, to={"user": owner})

    assert {one.status_code for one in (*answers, to_owner)} == {422}
    assert [codes(one)[0] for one in answers[:5]] == [
        ("to.user", "shared_with_yourself"),
        ("to.user", "grantee_departed"),
        ("to.user", "unknown_grantee"),
        ("to.department", "unknown_grantee"),
        ("to.role", "unknown_grantee"),
    ]
    assert codes(to_owner) == [("to.user", "shared_with_owner")]


async def test_a_share_ends_at_once_and_is_swept_later(house: House) -> None:
    owner, friend = await house.hire("author"), await house.hire("author")
    (book,) = await house.own(owner, "book", {"title": "围城"})
    mine, theirs = await house.login(owner), await house.login(friend)
    at = f"{API}/records/book/{book}"
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    await shared(house, mine, book, to={"user": friend}, until=soon)
    assert (await theirs.get(at)).status_code == 200

    served = house.served
    over = sql(
        "UPDATE zk_share SET until = now() - interval '1 second' WHERE record = {id}",
        id=param(UUID(book), "uuid"),
    )
    async with served.system.db.transaction(platform(), served.workspace) as tx:
        await tx.run(over)

    assert (await theirs.get(at)).status_code == 404
    assert (await mine.get(f"{at}/shares")).json()["items"] == []
    snapshot = await served.system.catalog.snapshot(served.workspace)
    async with served.system.db.transaction(platform(), served.workspace) as tx:
        assert await shares.clean(tx, snapshot) >= 1
        left = await tx.value(sql("SELECT count(*) FROM zk_share WHERE record = {id}",
                                  id=param(UUID(book), "uuid")))  # fmt: skip
    assert left == 0
    (last, *_) = (await mine.get(f"{at}/history")).json()["items"]
    assert (last["kind"], last["cause"]) == ("unshared", "expired")


async def test_history_tells_with_whom_a_record_was_shared(house: House) -> None:
    owner, friend = await house.hire("author"), await house.hire("author", name="小钱")
    (book,) = await house.own(owner, "book", {"title": "围城"})
    mine = await house.login(owner)
    at = f"{API}/records/book/{book}"
    before = (await mine.get(at)).headers["etag"]

    made = await shared(house, mine, book, to={"user": friend}, level="write", reason="代班")
    await mine.delete(f"{at}/shares/{made.json()['id']}")

    (gone, come, *_) = (await mine.get(f"{at}/history")).json()["items"]
    line = (await mine.get(f"{at}/timeline?kinds=history")).json()["items"]
    assert [gone["kind"], come["kind"]] == ["unshared", "shared"]
    assert come["share"]["to"] == {"user": {"id": friend, "name": "小钱"}}
    assert (come["share"]["level"], come["share"]["reason"]) == ("write", "代班")
    assert [one["event"]["kind"] for one in line[:2]] == ["unshared", "shared"]
    assert (await mine.get(at)).headers["etag"] == before
    moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    then = await mine.get(at, params={"as_of": moment})
    assert (then.status_code, then.headers["etag"]) == (200, before)


async def test_a_share_that_is_over_before_it_is_kept_is_refused(house: House) -> None:
    """The clock of the door and that of the database need not agree."""
    owner = await house.hire("author")
    (book,) = await house.own(owner, "book", {"title": "围城"})
    served = house.served
    snapshot = await served.system.catalog.snapshot(served.workspace)
    over = Wanted(
        to=Grantee(kind="role", name="guest"), until=datetime.now(UTC) - timedelta(seconds=1)
    )

    async with served.system.db.transaction(platform(), served.workspace) as tx:
        place = ("book", UUID(book))
        with pytest.raises(AlreadyOver):
            await shares.share(tx, policy(snapshot, tx.viewer), place, over, language="zh")


async def test_the_operation_log_knows(house: House) -> None:
    owner = await house.hire("author")
    (book,) = await house.own(owner, "book", {"title": "围城"})
    mine = await house.login(owner)

    await shared(house, mine, book, to={"role": "guest"})

    asked = sql(
        "SELECT act, object, actor FROM zk_operation WHERE target = {id}", id=param(book, "text")
    )
    async with house.served.system.db.reading(platform(), house.served.workspace) as tx:
        rows = await tx.rows(asked)
    assert rows == [("record.shared", "book", UUID(owner))]


async def test_many_are_shared_at_once_as_far_as_one_may(house: House) -> None:
    owner, other, friend = [await house.hire("author") for _ in range(3)]
    books = await house.own(owner, "book", *({"title": f"书{n}", "pages": n} for n in range(6)))
    (foreign,) = await house.own(other, "book", {"title": "别人的", "pages": 3})
    mine, theirs = await house.login(owner), await house.login(friend)
    at = f"{API}/records/book/share"

    some = await mine.post(at, json={"where": "pages >= 3", "to": {"user": friend}})
    again = await mine.post(at, json={"ids": [*books, foreign], "to": {"user": friend}})

    assert (some.status_code, some.json()) == (200, {"shared": 3, "unchanged": 0, "refused": 0})
    assert again.json() == {"shared": 3, "unchanged": 3, "refused": 0}
    seen = (await theirs.get(f"{API}/records/book")).json()["items"]
    assert sorted(one["title"] for one in seen) == [f"书{n}" for n in range(6)]
    write = {"ids": books[:2], "to": {"user": friend}, "level": "write", "team": True}
    assert (await mine.post(at, json=write)).json()["shared"] == 2
    assert (await theirs.patch(f"{API}/records/book/{books[0]}", json={"pages": 9})).is_success


async def test_many_that_one_only_sees_are_refused_and_counted(house: House) -> None:
    owner, friend = await house.hire("author"), await house.hire("author")
    giver = await house.login(await house.hire("giver"))
    books = await house.own(owner, "book", {"title": "甲"}, {"title": "乙"})

    refused = await giver.post(
        f"{API}/records/book/share", json={"ids": books, "to": {"user": friend}}
    )

    assert refused.json() == {"shared": 0, "unchanged": 0, "refused": 2}


async def test_what_makes_no_sense_is_refused(house: House) -> None:
    at = f"{API}/records/book/share"
    to = {"role": "guest"}
    wrong = (
        {"to": to},
        {"to": to, "ids": [], "where": "pages = 1"},
        {"to": to, "ids": ["x"]},
        {"to": to, "where": "paages = 1"},
        {"to": to, "where": {"strange": 1}},
        {"ids": []},
        {"to": to, "ids": [], "level": "all"},
    )

    for body in wrong:
        assert (await house.ada.post(at, json=body)).status_code == 422, body
    assert await house.ada.post(f"{API}/records/nothing/share", json={"to": to, "ids": []})
    assert (await house.ada.get(f"{API}/records/book/share")).status_code in (404, 405)


async def test_shares_stay_in_the_bin_and_follow_a_merge(house: House) -> None:
    owner, friend = await house.hire("author"), await house.hire("author")
    gone, kept = await house.own(owner, "book", {"title": "重"}, {"title": "正"})
    mine, theirs = await house.login(owner), await house.login(friend)
    await shared(house, mine, gone, to={"user": friend}, level="write")

    await mine.delete(f"{API}/records/book/{gone}")
    assert (await theirs.get(f"{API}/records/book/{gone}")).status_code == 404
    await mine.post(f"{API}/records/book/{gone}/restore")
    assert (await theirs.get(f"{API}/records/book/{gone}")).status_code == 200
    served = house.served
    async with served.system.db.transaction(platform(), served.workspace) as tx:
        await shares.follow(tx, "book", {UUID(gone): UUID(kept)})

    assert (await theirs.get(f"{API}/records/book/{gone}")).status_code == 404
    assert (await theirs.get(f"{API}/records/book/{kept}")).status_code == 200
