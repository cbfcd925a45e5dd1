"""An export shows what a list shows, whichever way the data is asked for, and not a value more."""

import csv
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from openpyxl import load_workbook
from tests.integration.export.desk import Desk

from zhike.hub import export
from zhike.kernel.faults import Fault
from zhike.kernel.viewer import Viewer
from zhike.store import read
from zhike.store.read import read_query

SECRETS = ("TOPSECRET", "13900001111", "777.77", "hidden@example.com")
"""What stands in the records and is not for the reader."""

READER = """
kind: role
key: reader
label: x
objects:
  member:
    read: all
    export: own
    fields: {secret: hidden, phone: masked, fee: masked, email: hidden}
  visit: {read: own, export: own}
  branch: {read: none}
"""

RECORDS = """
INSERT INTO branch (id, name) VALUES ('00000000-0000-7000-8000-00000000000b', 'TOPSECRET 分会');
INSERT INTO member (id, name, phone, fee, email, secret, branch, owner, remark) VALUES
('00000000-0000-7000-8000-000000000001', 'Mine', '+86-13900001111', 777.77, 'hidden@example.com',
 'TOPSECRET', '00000000-0000-7000-8000-00000000000b', '$OWNER', 'ok'),
('00000000-0000-7000-8000-000000000002', 'Theirs', '+86-13900001111', 777.77, 'hidden@example.com',
 'TOPSECRET', '00000000-0000-7000-8000-00000000000b', NULL, 'no');
INSERT INTO visit (note, member, owner) VALUES
('mine', '00000000-0000-7000-8000-000000000001', '$OWNER'),
('TOPSECRET visit', '00000000-0000-7000-8000-000000000001', NULL);
INSERT INTO member (name, secret, owner, deleted_at) VALUES ('Gone', 'TOPSECRET', '$OWNER', now());
"""


@pytest.fixture
async def reader(desk: Desk) -> Viewer:
    """Sees all members, may take his own, without secrets; sees his own visits, no branches."""
    await desk.documents(READER)
    viewer = await desk.joins("reader", "reader")
    await desk.club.do(RECORDS.replace("$OWNER", str(viewer.id)))
    return viewer


async def taken(desk: Desk, viewer: Viewer, query: dict[str, Any], form: str) -> Path:
    done = await desk.run(await desk.ask(query, form, by=viewer))
    assert done.state == "done", done.fault
    return export.path(desk.club.hands.files, desk.club.workspace, done)


def cells(path: Path) -> list[list[Any]]:
    """Give every cell of a file, whatever its format."""
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return [line[:-1] for line in csv.reader(file)][1:]
        case ".xlsx":
            sheet = load_workbook(path).worksheets[0]
            return [[one.value for one in line] for line in sheet.iter_rows(min_row=3)]
        case _:
            return [list(line) for line in pl.read_parquet(path).rows()]


QUESTIONS: list[dict[str, Any]] = [
    {},
    {"select": ["name", "phone", "fee", "branch", "owner"]},
    {"select": ["name", "COUNT(visits)", "branch", "friends"]},
    {"select": ["name"], "order": ["-name"], "limit": 1},
    {"select": ["name", "remark"], "where": 'name contains "in"'},
    {"select": ["name"], "count": "exact"},
]
REFUSED: list[dict[str, Any]] = [
    {"select": ["name", "secret"]},
    {"select": ["name", "branch.name"]},
    {"select": ["name", "UPPER(secret)"]},
    {"select": ["name", "visits.secret"]},
    {"where": 'secret = "TOPSECRET"'},
    {"where": "email is empty"},
    {"where": "fee > 700"},
    {"where": 'phone starts with "139"'},
    {"where": 'branch.name starts with "TOP"'},
    {"order": ["secret"]},
    {"order": ["fee"]},
    {"select": ["SUM(visits, fee)"]},
    {"select": ["name"], "deleted": True},
]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("query", QUESTIONS, ids=str)
async def test_a_file_holds_only_what_may_be_taken(
    desk: Desk, reader: Viewer, query: dict[str, Any], form: str
) -> None:
    path = await taken(desk, reader, query, form)
    lines = cells(path)

    told = str(lines)
    assert len(lines) == 1
    assert "Mine" in told
    assert not [one for one in SECRETS if one in told]
    assert not [one for one in SECRETS if one.encode() in path.read_bytes()]


@pytest.mark.parametrize("query", REFUSED, ids=str)
async def test_a_question_about_what_is_hidden_is_refused(
    desk: Desk, reader: Viewer, query: dict[str, Any]
) -> None:
    with pytest.raises(Fault) as refused:
        await desk.ask(query, by=reader)

    assert "TOPSECRET 分会" not in str(refused.value)
    assert await desk.club.rows("SELECT count(*) FROM zk_export") == [(0,)]


async def test_a_file_says_of_a_record_what_the_list_says(desk: Desk, reader: Viewer) -> None:
    query = {"select": ["name", "remark", "phone", "COUNT(visits)"], "where": 'name = "Mine"'}
    held = await desk.policy(reader)
    async with desk.club.hands.db.reading(reader, desk.club.workspace) as tx:
        page = orjson.loads(await read.page(tx, held, "member", read_query(query)))
    (item,) = page["items"]

    (line,) = cells(await taken(desk, reader, query, "csv"))

    assert line[:3] == [item["name"], item["remark"], item["phone"].removeprefix("+86-")]
    assert "*" in line[2]
    assert line[3] == str(item["COUNT(visits)"]) == "1"


async def test_the_count_for_approval_counts_what_may_be_taken(desk: Desk, reader: Viewer) -> None:
    await desk.settings(approval_over=1)

    asked = await desk.ask({}, by=reader)

    assert (asked.expected, asked.state) == (1, "waiting")


async def test_the_log_tells_the_question_and_no_answer(desk: Desk, reader: Viewer) -> None:
    await taken(desk, reader, {}, "csv")

    told = await desk.club.rows("SELECT new::text, label FROM zk_operation")

    assert "Mine" not in str(told)
    assert not [one for one in SECRETS if one in str(told)]
