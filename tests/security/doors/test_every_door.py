"""
No door shows more than its case in the list says.

A route, a command or a job that is not in `listed.py` fails the first tests; whoever adds one says
what a guest meets there. Then all of them are tried: with every id there is, with questions after
every field, by a guest for whom most of what lies behind them is hidden, masked, out of scope or
gone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from tests.architecture.tree import ROOT
from tests.security.doors.drive import NEVER, Told, driven
from tests.security.doors.found import METHODS, commands, http, jobs
from tests.security.doors.listed import COMMANDS, JOBS, doors
from tests.security.doors.vault import MARKS, Vault, leaks, run

from zhike.doors.cli import query
from zhike.doors.system import EXPORT

LISTED = doors()


@pytest.fixture(scope="module")
async def told(vault: Vault) -> Mapping[str, Sequence[Told]]:
    """What the guest was told at every door, reading first and deleting last."""
    guest = await vault.library.signed_in("guest")
    answers: dict[str, list[Told]] = {}
    known = sorted(http(vault.library), key=lambda one: METHODS.index(one.method))
    async for one in driven(guest, known, vault.ids):
        answers.setdefault(str(one.door), []).append(one)
    return answers


def test_every_route_has_a_leak_case(vault: Vault) -> None:
    """A route was added or renamed? Say in `listed.py` what a guest meets there."""
    assert {str(one) for one in http(vault.library)} == set(LISTED)


def test_every_command_and_every_job_has_a_leak_case(vault: Vault) -> None:
    assert commands() == set(COMMANDS)
    assert jobs(vault.library) == set(JOBS)
    for case in {*COMMANDS.values(), *JOBS.values()} - {"closed", ""}:
        path, _, name = case.partition("::")
        assert (ROOT / path).exists(), case
        assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), case


def test_every_door_was_tried(told: Mapping[str, Sequence[Told]]) -> None:
    assert set(told) == set(LISTED) - NEVER


@pytest.mark.parametrize("door", sorted(set(LISTED) - NEVER))
def test_nothing_leaks(told: Mapping[str, Sequence[Told]], door: str) -> None:
    broken = [one.asked for one in told[door] if one.status >= 500]
    leaking = [
        (one.asked[:200], found) for one in told[door] if (found := leaks(one.content, MARKS))
    ]

    assert broken == []
    assert leaking == []


@pytest.mark.parametrize("door", sorted(one for one, case in LISTED.items() if case == "closed"))
def test_a_closed_door_stays_closed(told: Mapping[str, Sequence[Told]], door: str) -> None:
    opened = [(one.asked[:200], one.status) for one in told[door] if one.status < 400]

    assert opened == []


@pytest.mark.parametrize("door", sorted(set(LISTED) - NEVER))
async def test_a_stranger_sees_only_what_is_public(vault: Vault, door: str) -> None:
    stranger = vault.library.client()
    known = [one for one in http(vault.library) if str(one) == door]
    few = {name: ids[:1] for name, ids in vault.ids.items()}

    answers = [one async for one in driven(stranger, known, few)]

    if LISTED[door] == "public":
        assert not [one.asked for one in answers if leaks(one.content, MARKS)]
    else:
        assert {one.status for one in answers} <= {401, 403, 404, 422, 400}
        assert not [one.asked for one in answers if one.status < 400]


def test_the_guest_does_see_something(told: Mapping[str, Sequence[Told]]) -> None:
    """A drive that is refused everywhere would prove nothing."""
    seen = {door for door, answers in told.items() if any(one.status < 300 for one in answers)}
    blind = {door for door, case in LISTED.items() if case in {"seen", "words"}} - seen

    assert blind <= {
        "DELETE /api/v1/records/{object}/{id}",
        "DELETE /api/v1/records/{object}/{id}/shares/{share}",
        "DELETE /api/v1/views/{id}/shares/{share}",
        "PATCH /api/v1/records/{object}",
        "POST /api/v1/records/{object}/delete",
        "POST /api/v1/records/{object}/upsert",
        "POST /api/v1/records/{object}/{id}/reveal",
    }
    pages = told["GET /api/v1/records/{object}"]
    assert any("自己的" in one.content.decode("utf-8", "replace") for one in pages)
    assert any("139****0001" in one.content.decode("utf-8", "replace") for one in pages)


@pytest.mark.parametrize("obj", ["reader", "book", "loan"])
@pytest.mark.parametrize("asked", [{}, {"search": "ZX"}, {"order": "-created_at"}], ids=str)
async def test_the_command_line_sees_no_more(
    vault: Vault, obj: str, asked: Mapping[str, str]
) -> None:
    system = vault.library.system
    here = replace(system, settings=replace(system.settings, workspace=vault.library.workspace))
    wanted = {"select": "", "where": "", "order": "", "search": "", **asked}

    _, found = await query._asked(here, obj, wanted, login="guest", limit=100)

    assert leaks(str(found).encode(), MARKS) == []
    assert found or asked.get("search")


@pytest.mark.parametrize("obj", ["reader", "book"])
@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
async def test_a_file_holds_no_more(vault: Vault, obj: str, form: str) -> None:
    guest = await vault.library.signed_in("guest")
    asked = await guest.post("/api/v1/exports", json={"object": obj, "format": form})
    await run(vault, EXPORT, asked.json()["id"])

    done = (await guest.get(asked.headers["location"])).json()
    content = (await guest.get(done["file"])).content

    assert done["count"] >= 1
    assert leaks(content, MARKS) == []
