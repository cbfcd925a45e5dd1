"""Looking for duplicates over the whole base: from the wish to open questions and answers."""

import sys
from dataclasses import replace
from itertools import combinations
from math import log2
from random import Random
from typing import Any

import httpx
import pytest
from tests.served import Served

from zhike.doors.system import IDENTITY
from zhike.hub.identity import runs
from zhike.hub.identity.faults import SparkMissing, SparkUnreachable
from zhike.hub.identity.scales import BY_KIND
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform

DECIDED = 19
"""The pair a person takes for two; the other tests leave it alone."""
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华"


def people(count: int) -> list[dict[str, str]]:
    """Make readers who are all different, each with a telephone and a card number."""
    chance = Random(7)  # noqa: S311 - names of a test
    names = {chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2)) for _ in range(3 * count)}
    return [
        {"name": name, "phone": f"137{chance.randrange(10**8):08d}", "joined": "2025-01-02"}
        for name in sorted(names)[:count]
    ]


@pytest.fixture(scope="module")
async def typed_twice(library: Served, ada: httpx.AsyncClient) -> list[tuple[str, str]]:
    """Sixty readers, of whom twenty were typed in a second time, with or without a slip."""
    wanted = people(60)
    again = [
        {**one, "phone": one["phone"][:-1] + str((int(one["phone"][-1]) + 1) % 10)}
        if n % 2
        else {**one, "name": one["name"] + " "}
        for n, one in enumerate(wanted[:20])
    ]
    made = await ada.post(
        "/api/v1/records/reader", params={"on_duplicate": "create"}, json=[*wanted, *again]
    )
    ids = [one["id"] for one in made.json()["items"]]
    return [(ids[n], ids[60 + n]) for n in range(20)]


async def run(library: Served, client: httpx.AsyncClient, obj: str = "reader", **more: Any) -> str:
    """Ask for a run and do what the worker does; gives its address."""
    asked = await client.post(f"/api/v1/identity/{obj}/runs", json=more)
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting"), asked.text
    args = {"workspace": library.workspace, "id": asked.json()["id"]}
    await library.system.jobs.tasks[IDENTITY].work(args)
    return asked.headers["location"]


def couples(items: list[dict[str, Any]]) -> set[frozenset[str]]:
    return {frozenset((one["a"]["id"], one["b"]["id"])) for one in items}


async def test_a_run_finds_who_was_typed_twice(
    library: Served, ada: httpx.AsyncClient, typed_twice: list[tuple[str, str]]
) -> None:
    at = await run(library, ada)

    done = (await ada.get(at)).json()
    assert (done["state"], done["fault"]) == ("done", None), done
    assert done["records"] >= 80
    pairs = (await ada.get(f"{at}/pairs", params={"min_score": 0.5, "limit": 500})).json()["items"]
    assert {frozenset(one) for one in typed_twice} <= couples(pairs)
    best = pairs[0]
    assert best["score"] > 0.99
    assert {"field": "phone", "agreement": "same"}.items() <= next(
        one for one in best["reasons"] if one["field"] == "phone"
    ).items()
    clusters = (await ada.get(f"{at}/clusters", params={"limit": 500})).json()["items"]
    joined = {
        frozenset(pair)
        for one in clusters
        for pair in combinations([record["id"] for record in one["records"]], 2)
    }
    assert {frozenset(one) for one in typed_twice[:DECIDED]} <= joined


async def test_what_a_run_learnt_is_there_for_the_gate(
    library: Served, ada: httpx.AsyncClient, typed_twice: list[tuple[str, str]]
) -> None:
    at = await run(library, ada)
    best = (await ada.get(f"{at}/pairs", params={"limit": 1})).json()["items"][0]

    async with library.system.db.reading(platform(), library.workspace) as tx:
        rows = await tx.rows(
            sql("SELECT comparison, level, m, u, run FROM zk_match_weight WHERE object = 'reader'")
        )

    assert {str(row[4]) for row in rows} == {at.rpartition("/")[2]}
    weights = {(name, level): log2(m / u) for name, level, m, u, _ in rows}
    scale = BY_KIND["phone"]
    same = weights["phone", next(n for n, one in enumerate(scale.levels) if one.word == "same")]
    told = next(one for one in best["reasons"] if one["field"] == "phone")
    assert (told["agreement"], told["weight"]) == ("same", round(same, 2))
    assert weights["", 0] < 0


async def test_what_is_new_is_judged_without_a_whole_run(
    library: Served, ada: httpx.AsyncClient, typed_twice: list[tuple[str, str]]
) -> None:
    await run(library, ada)
    whose = (await ada.get(f"/api/v1/records/reader/{typed_twice[0][0]}")).json()
    again = {"name": whose["name"], "phone": whose["phone"], "joined": whose["joined"]}
    made = await ada.post("/api/v1/records/reader", params={"on_duplicate": "create"}, json=[again])
    new = made.json()["items"][0]["id"]

    at = await run(library, ada, incremental=True)

    done = (await ada.get(at)).json()
    assert (done["state"], done["incremental"]) == ("done", True), done
    clusters = (await ada.get(f"{at}/clusters", params={"limit": 1000})).json()["items"]
    joined = [{record["id"] for record in one["records"]} for one in clusters]
    assert any({new, *typed_twice[0]} <= one for one in joined)
    assert any(set(typed_twice[1]) <= one for one in joined)


async def test_pairs_are_paged_without_loss(
    library: Served, ada: httpx.AsyncClient, typed_twice: list[tuple[str, str]]
) -> None:
    at = await run(library, ada)
    whole = (await ada.get(f"{at}/pairs", params={"limit": 1000})).json()["items"]
    walked: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        asked = {"limit": "7"} | ({"cursor": cursor} if cursor else {})
        page = (await ada.get(f"{at}/pairs", params=asked)).json()
        walked += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert [one["id"] for one in walked] == [one["id"] for one in whole]


async def test_what_a_person_decided_is_never_asked_again(
    library: Served, ada: httpx.AsyncClient, typed_twice: list[tuple[str, str]]
) -> None:
    at = await run(library, ada)
    pairs = (await ada.get(f"{at}/pairs", params={"limit": 1000})).json()["items"]
    wrong = frozenset(typed_twice[DECIDED])
    pair = next(one for one in pairs if couples([one]) == {wrong})

    said = await ada.post(f"/api/v1/identity/review/{pair['id']}", json={"decision": "different"})
    assert said.status_code == 204, said.text

    asked = (await ada.get("/api/v1/identity/reader/review", params={"limit": 1000})).json()
    assert wrong not in couples(asked["items"])
    at = await run(library, ada)
    clusters = (await ada.get(f"{at}/clusters", params={"limit": 1000})).json()["items"]
    assert not any(wrong <= {record["id"] for record in one["records"]} for one in clusters)
    asked = (await ada.get("/api/v1/identity/reader/review", params={"limit": 1000})).json()
    assert wrong not in couples(asked["items"]), "nor after another run"


async def test_a_masked_field_gives_no_reason(
    library: Served,
    ada: httpx.AsyncClient,
    lin: httpx.AsyncClient,
    typed_twice: list[tuple[str, str]],
) -> None:
    at = await run(library, ada)

    seen = (await lin.get(f"{at}/pairs", params={"limit": 1000})).json()["items"]

    assert seen
    assert all(one["field"] != "phone" for pair in seen for one in pair["reasons"])


async def test_who_may_not_merge_knows_of_no_run(
    library: Served,
    ada: httpx.AsyncClient,
    vic: httpx.AsyncClient,
    typed_twice: list[tuple[str, str]],
) -> None:
    at = await run(library, ada)

    assert (await vic.post("/api/v1/identity/book/runs", json={})).status_code == 403
    for path in (at, f"{at}/pairs", f"{at}/clusters"):
        answer = await vic.get(path)
        assert (answer.status_code, "items" in answer.json()) in {(404, False), (200, True)}
        if answer.status_code == 200:
            assert answer.json()["items"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/v1/identity/nothing/runs", {}, 404),
        ("/api/v1/identity/reader/runs", {"threshold": 7}, 422),
        ("/api/v1/identity/reader/runs", {"treshold": 0.5}, 422),
        ("/api/v1/identity/review/00000000-0000-0000-0000-000000000000", {"decision": "same"}, 404),
        ("/api/v1/identity/review/00000000-0000-0000-0000-000000000000", {"decision": "?"}, 422),
    ],
)
async def test_what_cannot_be_is_told(
    ada: httpx.AsyncClient, path: str, body: dict[str, Any], status: int
) -> None:
    assert (await ada.post(path, json=body)).status_code == status


async def test_runs_are_listed_newest_first(
    library: Served, ada: httpx.AsyncClient, typed_twice: list[tuple[str, str]]
) -> None:
    asked = [
        (await ada.post("/api/v1/identity/reader/runs", json={})).json()["id"] for _ in range(3)
    ]

    first = (await ada.get("/api/v1/identity/reader/runs", params={"limit": 2})).json()
    more = {"limit": 1, "cursor": first["next"]}
    rest = (await ada.get("/api/v1/identity/reader/runs", params=more)).json()

    told = [one["id"] for one in (*first["items"], *rest["items"])]
    assert told == asked[::-1]
    assert first["items"][0].keys() >= {"state", "threshold", "records", "fault"}
    nothing = (await ada.get(f"/api/v1/identity/runs/{asked[0]}/merge")).json()
    assert (nothing["state"], nothing["total"], nothing["run"]) == ("none", 0, asked[0])


@pytest.mark.usefixtures("typed_twice")
@pytest.mark.parametrize("fault", [SparkMissing, SparkUnreachable])
async def test_a_run_that_cannot_have_its_cluster_says_so(
    library: Served,
    ada: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    fault: type[SparkMissing | SparkUnreachable],
) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    if fault is SparkMissing:
        monkeypatch.setitem(sys.modules, "pyspark", None)
    hands = replace(library.system.hands, spark_master="local[1]")
    asked = (await ada.post("/api/v1/identity/reader/runs", json={})).json()

    with pytest.raises(fault):
        await runs.run(hands, asked["id"], workspace=library.workspace)

    told = (await ada.get(f"/api/v1/identity/runs/{asked['id']}")).json()
    assert (told["state"], told["fault"]["code"]) == ("failed", fault.word())
