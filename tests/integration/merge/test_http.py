"""Merging over HTTP: the merge, its preview, its books, old ids, the way back."""

import os
from typing import Any

import httpx
import pytest
from tests.integration.handover.leaving import API, House


def phone() -> str:
    return f"139{int.from_bytes(os.urandom(4)) % 10**8:08d}"


async def made(client: httpx.AsyncClient, obj: str, **values: Any) -> str:
    answer = await client.post(f"{API}/records/{obj}?on_duplicate=create", json=values)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def pair(client: httpx.AsyncClient, **more: Any) -> tuple[str, str]:
    """Make two readers of whom one has what the other lacks."""
    kept = await made(client, "reader", name="张伟", phone=phone())
    gone = await made(client, "reader", name="章伟", phone=phone(), balance="12.50", **more)
    return kept, gone


async def merged(
    client: httpx.AsyncClient, kept: str, *gone: str, obj: str = "reader", **choose: str
) -> dict[str, Any]:
    body = {"duplicates": list(gone), "choose": choose}
    answer = await client.post(f"{API}/records/{obj}/{kept}/merge", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def get(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(f"{API}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_merge_and_the_way_back(ada: httpx.AsyncClient) -> None:
    kept, gone = await pair(ada)
    loan = await made(ada, "loan", reader=gone, note="一")
    before = [await get(ada, f"/records/reader/{one}") for one in (kept, gone)]

    told = await merged(ada, kept, gone)

    assert (told["id"], told["record"]["balance"]) == (kept, "12.50")
    assert told["values"]["balance"] == {"from": gone, "rule": "survivor"}
    assert told["moved"] == {"loan.reader": 1}
    assert {"field": "name", "record": gone, "value": "章伟"} in told["conflicts"]
    assert (await get(ada, f"/records/loan/{loan}"))["reader"] == kept

    undone = await ada.post(f"{API}/merges/{told['merge_id']}/undo")

    assert (undone.status_code, undone.json()["conflicts"]) == (200, []), undone.text
    after = [await get(ada, f"/records/reader/{one}") for one in (kept, gone)]
    own = ("version", "updated_at", "updated_by")
    assert [{k: v for k, v in one.items() if k not in own} for one in after] == [
        {k: v for k, v in one.items() if k not in own} for one in before
    ]
    assert (await get(ada, f"/records/loan/{loan}"))["reader"] == gone
    again = await ada.post(f"{API}/merges/{told['merge_id']}/undo")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "merge_undone")


async def test_a_preview_tells_the_same_and_does_nothing(ada: httpx.AsyncClient) -> None:
    kept, gone = await pair(ada)
    await made(ada, "loan", reader=gone, note="一")
    body = {"duplicates": [gone], "choose": {"name": gone}}

    shown = await ada.post(f"{API}/records/reader/{kept}/merge/preview", json=body)

    assert shown.status_code == 200, shown.text
    assert (shown.json()["record"]["name"], shown.json()["merge_id"]) == ("章伟", None)
    assert (await get(ada, f"/records/reader/{gone}"))["id"] == gone
    assert (await get(ada, f"/records/reader/{kept}"))["name"] == "张伟"
    assert (await get(ada, f"/records/reader/{kept}/merges"))["items"] == []
    done = await merged(ada, kept, gone, name=gone)
    for name in ("values", "moved", "parts", "conflicts", "changes"):
        assert name == "parts" or done[name] == shown.json()[name]


async def test_an_old_id_answers_with_the_survivor(ada: httpx.AsyncClient) -> None:
    kept, gone = await pair(ada)
    await made(ada, "loan", reader=gone, note="一")
    await merged(ada, kept, gone)

    answer = await ada.get(f"{API}/records/reader/{gone}")
    changed = await ada.patch(f"{API}/records/reader/{gone}", json={"joined": "2020-02-02"})
    loan = await made(ada, "loan", reader=gone, note="二")

    assert (answer.status_code, answer.json()["id"]) == (200, kept)
    assert answer.json()["merged_into"] == kept
    assert answer.headers["content-location"] == f"{API}/records/reader/{kept}"
    assert (changed.status_code, changed.json()["id"]) == (200, kept)
    assert (await get(ada, f"/records/reader/{kept}"))["joined"] == "2020-02-02"
    assert (await get(ada, f"/records/loan/{loan}"))["reader"] == kept
    loans = (await get(ada, f"/records/reader/{gone}/related/loans"))["items"]
    assert {one["note"] for one in loans} == {"一", "二"}
    for path in ("history", "timeline", "merges", "team", "shares"):
        one = await get(ada, f"/records/reader/{gone}/{path}")
        assert one == await get(ada, f"/records/reader/{kept}/{path}")
    assert (await ada.delete(f"{API}/records/reader/{gone}")).status_code == 404
    back = await ada.post(f"{API}/records/reader/{gone}/restore")
    assert (back.status_code, back.json()["errors"][0]["code"]) == (409, "merged_away")


async def test_history_shows_all_parts_and_the_past_shows_them_apart(
    ada: httpx.AsyncClient,
) -> None:
    kept, gone = await pair(ada)
    await ada.patch(f"{API}/records/reader/{gone}", json={"joined": "2020-02-02"})
    moment = (await get(ada, f"/records/reader/{gone}"))["updated_at"]
    told = await merged(ada, kept, gone)

    events = (await get(ada, f"/records/reader/{kept}/history"))["items"]
    was = await get(ada, f"/records/reader/{gone}?as_of={moment.replace('+', '%2B')}")
    now = await get(ada, f"/records/reader/{gone}?as_of=2999-01-01T00:00:00Z")

    assert {(one["record"], one["kind"]) for one in events} == {
        (gone, "created"), (gone, "updated"), (gone, "deleted"),
        (kept, "created"), (kept, "updated"),
    }  # fmt: skip
    assert {one["cause"] for one in events if one["source"] == "merge"} == {told["merge_id"]}
    assert (was["id"], was["name"]) == (gone, "章伟")
    assert now["id"] == kept
    timeline = (await get(ada, f"/records/reader/{kept}/timeline?kinds=history"))["items"]
    assert {one["id"] for one in timeline} == {kept, gone}


async def test_the_same_spelling_typed_again_finds_the_survivor(ada: httpx.AsyncClient) -> None:
    number = phone()
    kept = await made(ada, "reader", name="张伟", phone=phone())
    gone = await made(ada, "reader", name="章伟", phone=number)
    await merged(ada, kept, gone)

    again = await ada.post(f"{API}/records/reader", json={"name": "章 伟", "phone": number})
    found = await ada.post(f"{API}/records/reader/check", json={"name": "x", "phone": number})

    assert again.status_code == 409
    assert [one["id"] for one in again.json()["duplicates"]] == [kept]
    assert [(one["id"], one["title"]) for one in found.json()["duplicates"]] == [(kept, "张伟")]


async def test_what_was_not_taken_is_kept_and_shown(ada: httpx.AsyncClient) -> None:
    kept, gone = await pair(ada)
    told = await merged(ada, kept, gone)

    (book,) = (await get(ada, f"/records/reader/{kept}/merges"))["items"]

    assert book == await get(ada, f"/merges/{told['merge_id']}")
    assert (book["state"], book["survivor"]) == ("done", {"id": kept, "title": "张伟"})
    (part,) = book["parts"]
    assert (part["id"], part["record"]["name"]) == (gone, "章伟")
    assert part["record"]["phone"] != told["record"]["phone"]
    assert book["changes"] == [{"field": "balance", "old": None, "new": "12.50"}]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"duplicates": []}, 422, None),
        ({"duplicates": ["x"]}, 422, None),
        ({"duplicates": ["$kept"]}, 422, "merged_with_itself"),
        ({"duplicates": ["00000000-0000-0000-0000-000000000001"]}, 404, "no_such_record"),
        ({"duplicates": ["$gone"], "choose": {"nothing": "$gone"}}, 422, "unknown_field"),
        ({"duplicates": ["$gone"], "choose": {"id": "$gone"}}, 422, "cannot_choose"),
        ({"duplicates": ["$gone"], "choose": {"cards": "$gone"}}, 422, "cannot_choose"),
        ({"duplicates": ["$gone"], "choose": {"name": "$other"}}, 422, "chosen_elsewhere"),
        ({"duplicates": ["$gone"], "coose": {}}, 422, None),
    ],
)
async def test_what_cannot_be_is_told(
    ada: httpx.AsyncClient, body: dict[str, Any], status: int, code: str | None
) -> None:
    kept, gone = await pair(ada)
    other = await made(ada, "reader", name="李四", phone=phone())
    ids = {"$kept": kept, "$gone": gone, "$other": other}
    body = {
        key: [ids.get(one, one) for one in value]
        if isinstance(value, list)
        else {name: ids.get(one, one) for name, one in value.items()}
        for key, value in body.items()
    }

    for path in ("merge", "merge/preview"):
        answer = await ada.post(f"{API}/records/reader/{kept}/{path}", json=body)
        assert answer.status_code == status, answer.text
        assert code is None or answer.json()["errors"][0]["code"] == code
    assert (await get(ada, f"/records/reader/{gone}"))["id"] == gone


async def test_who_may_merge(house: House, ada: httpx.AsyncClient) -> None:
    person = await house.hire("own")
    client = await house.login(person)
    mine = await made(ada, "reader", name="甲", phone=phone(), owner=person)
    also = await made(ada, "reader", name="乙", phone=phone(), owner=person)
    foreign = await made(ada, "reader", name="丙", phone=phone())

    unseen = await client.post(f"{API}/records/reader/{mine}/merge", json={"duplicates": [foreign]})
    told = await merged(client, mine, also)

    assert unseen.status_code == 404
    assert told["id"] == mine
    stranger = await house.login(await house.hire("own"))
    for path in (f"merges/{told['merge_id']}", f"records/reader/{mine}/merges"):
        assert (await stranger.get(f"{API}/{path}")).status_code == 404
    assert (await stranger.post(f"{API}/merges/{told['merge_id']}/undo")).status_code == 404
    seeing = await house.login(await house.hire("seeing"))
    refused = await seeing.post(
        f"{API}/records/reader/{mine}/merge", json={"duplicates": [foreign]}
    )
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "not_yours_to_merge")
    parting = await seeing.post(f"{API}/merges/{told['merge_id']}/undo")
    assert (parting.status_code, parting.json()["errors"][0]["code"]) == (403, "not_yours_to_part")
    assert (await client.post(f"{API}/merges/{told['merge_id']}/undo")).status_code == 200


async def test_hidden_and_masked_values_are_merged_and_not_told(
    house: House, ada: httpx.AsyncClient
) -> None:
    kept = await made(ada, "reader", name="王五")
    gone = await made(ada, "reader", name="王伍", phone="13912345678", balance="98765.43")
    client = await house.login(await house.hire("masked"))
    body = {"duplicates": [gone]}

    shown = await client.post(f"{API}/records/reader/{kept}/merge/preview", json=body)
    told = await client.post(f"{API}/records/reader/{kept}/merge", json=body)
    books = await client.get(f"{API}/records/reader/{kept}/merges")
    chosen = await client.post(
        f"{API}/records/reader/{kept}/merge/preview", json={**body, "choose": {"balance": gone}}
    )

    for answer in (shown, told, books):
        assert answer.status_code == 200, answer.text
        assert "98765" not in answer.text
        assert "balance" not in answer.text
        assert "13912345678" not in answer.text
        assert "139****5678" in answer.text
    assert chosen.json()["errors"][0]["code"] == "unknown_field"
    whole = await get(ada, f"/records/reader/{kept}")
    assert (whole["balance"], whole["phone"]) == ("98765.43", "+86-13912345678")


async def test_the_rules_are_checked_where_they_are_written(ada: httpx.AsyncClient) -> None:
    def match(**more: Any) -> dict[str, Any]:
        return {
            "kind": "match", "key": "reader", "object": "reader", "keys": [{"fields": ["phone"]}],
            **more,
        }  # fmt: skip

    wrong = [
        ({"survive": {"nothing": "recent"}}, "no_such_field"),
        ({"survive": {"name": "all"}}, "cannot_survive"),
        ({"survive": {"name": "newest"}}, None),
        ({"survivor": "best"}, None),
    ]
    for more, code in wrong:
        answer = await ada.post(f"{API}/config/plan", json={"documents": [match(**more)]})
        assert answer.status_code == 422, answer.text
        assert code is None or answer.json()["errors"][0]["code"] == code
    fine = match(survive={"name": "longest", "owner": "recent"}, survivor="complete", owners="team")
    assert (await ada.post(f"{API}/config/plan", json={"documents": [fine]})).is_success


async def test_the_first_merge_is_taken_back_with_those_that_came_after_it(
    ada: httpx.AsyncClient,
) -> None:
    kept, gone = await pair(ada)
    other, _ = await pair(ada)
    first = await merged(ada, kept, gone)
    second = await merged(ada, other, kept)
    at = f"{API}/merges/{first['merge_id']}/undo"

    refused = await ada.post(at)
    wrong = await ada.post(at, json={"later": "perhaps", "more": 1})
    undone = await ada.post(at, json={"later": True})

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "merged_again")
    assert wrong.status_code == 422
    assert undone.status_code == 200, undone.text
    assert (undone.json()["later"], undone.json()["restored"]) == ([second["merge_id"]], [gone])
    for one in (kept, gone, other):
        assert (await get(ada, f"/records/reader/{one}"))["id"] == one
