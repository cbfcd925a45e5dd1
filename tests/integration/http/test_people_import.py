"""People coming in as a table."""

import asyncio
import io
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import httpx
import openpyxl
import pytest
from tests.served import PASSWORD, Served

from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform

IMPORT = "/api/v1/users/import"
USERS = "/api/v1/users"
HEAD = [
    "姓名",
    "工号",
    "登录名",
    "手机",
    "邮箱",
    "部门",
    "岗位/角色",
    "直属上级",
    "入职日期",
    "离职日期",
]


def xlsx(*lines: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (head, *lines):
        sheet.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def sent(
    client: httpx.AsyncClient, content: bytes, name: str = "people.xlsx", **how: str
) -> httpx.Response:
    return await client.post(IMPORT, params=how, files={"file": (name, content)})


async def person(ada: httpx.AsyncClient, search: str) -> dict[str, Any]:
    items = (await ada.get(USERS, params={"search": search})).json()["items"]
    assert len(items) == 1, items
    return dict(items[0])


STAFF = (
    [
        "吴一",
        "W1",
        "wuyi",
        "13900001111",
        "wuyi@example.com",
        "本部/华东大区/销售一部",
        "馆员",
        "W2",
        "2024-03-01",
        None,
    ],
    [
        "吴二",
        "W2",
        None,
        13900002222,
        None,
        "本部/华东大区; 本部/华南大区",
        "librarian、志愿者",
        None,
        None,
        None,
    ],
    [
        "吴三",
        None,
        None,
        None,
        "wusan@example.com",
        "华南大区",
        None,
        "吴二(W2)",
        None,
        "2020-01-31",
    ],
)


async def test_people_come_with_departments_roles_and_managers(
    library: Served, ada: httpx.AsyncClient
) -> None:
    content = xlsx(*STAFF)

    dry = await sent(ada, content, dry_run="true", create_departments="true")
    nobody = (await ada.get(USERS, params={"search": "吴"})).json()["items"]
    done = await sent(ada, content, create_departments="true")

    assert dry.status_code == 200, dry.text
    assert nobody == []
    told = {one: dry.json()[one] for one in ("created", "updated", "failed", "departments")}
    assert told == {
        "created": 3,
        "updated": 0,
        "failed": 0,
        "departments": ["本部", "本部/华东大区", "本部/华东大区/销售一部", "本部/华南大区"],
    }
    assert (dry.json()["written"], done.json()["written"]) == (False, True)
    first, second, third = [await person(ada, one) for one in ("吴一", "吴二", "吴三")]
    assert (first["login"], second["login"], third["login"]) == ("wuyi", "W2", "wusan@example.com")
    assert first["manager"] == third["manager"] == second["id"]
    assert first["mobile"] == "+86-13900001111"
    assert first["joined_on"] == "2024-03-01"
    assert [(one["name"], one["main"]) for one in second["departments"]] == [
        ("华东大区", True),
        ("华南大区", False),
    ]
    assert second["department"] == second["departments"][0]["id"]
    assert second["roles"] == ["librarian", "volunteer"]
    assert (third["active"], third["left_on"]) == (False, "2020-01-31")
    signing = {"login": "wuyi", "password": ""}
    assert (await library.client().post("/api/v1/auth/login", json=signing)).status_code in {
        401,
        422,
    }

    again = await sent(ada, content, create_departments="true")

    assert again.json()["unchanged"] == 3
    assert (again.json()["created"], again.json()["updated"]) == (0, 0)
    assert (await person(ada, "吴一"))["version"] == first["version"]


async def test_every_problem_is_told_with_its_cell(ada: httpx.AsyncClient) -> None:
    content = xlsx(
        [None, "P1", None, None, None, None, None, None, None, None],
        ["郑二", None, None, None, None, None, None, None, None, None],
        ["郑三", "P3", None, "nonsense", "@", "没有的部门", "没有的角色", "没有的人", "某天", None],
        ["郑四", "P4", "p4", None, None, None, None, "P5", None, None],
        ["郑五", "P5", None, None, None, None, None, "P4", None, None],
        ["郑六", "P3", None, None, None, None, None, None, None, None],
        ["x" * 101, "P7", None, None, None, None, None, None, None, None],
        ["郑八", "P8", "ADA", None, None, None, None, None, None, "说不清"],
    )

    answer = await sent(ada, content)

    assert answer.status_code == 422
    told = answer.json()
    found = {(one["line"], one["column"], one["code"]) for one in told["problems"]}
    assert found == {
        (2, None, "no_name"),
        (3, None, "nothing_to_sign_in"),
        (4, "D", "unreadable_contact"),
        (4, "E", "unreadable_contact"),
        (4, "F", "no_such_place"),
        (4, "G", "unknown_role"),
        (4, "H", "no_such_manager"),
        (4, "I", "no_day"),
        (5, "H", "manager_cycle"),
        (6, "H", "manager_cycle"),
        (7, "B", "twice_in_table"),
        (8, "A", "cell_too_long"),
        (9, "J", "no_day"),
    }
    assert told["errors"][2] == {
        "path": "[4].D", "code": "unreadable_contact", "message": "“nonsense”不是合法的手机号",
    }  # fmt: skip
    assert told["written"] is False
    assert (await ada.get(USERS, params={"search": "郑"})).json()["items"] == []


async def test_bad_lines_may_be_skipped_with_those_that_need_them(ada: httpx.AsyncClient) -> None:
    content = xlsx(
        ["冯一", "F1", None, None, None, None, None, None, None, None],
        ["冯二", "F2", None, "bad", None, None, None, "F1", None, None],
        ["冯三", "F3", None, None, None, None, None, "F2", None, None],
        ["冯四", "F4", None, None, None, None, None, "F3", None, None],
    )

    told = (await sent(ada, content, on_problem="skip")).json()

    assert (told["created"], told["failed"]) == (1, 3)
    codes = [(one["line"], one["code"]) for one in told["problems"]]
    assert sorted(codes) == [
        (3, "unreadable_contact"), (4, "no_such_manager"), (5, "no_such_manager"),
    ]  # fmt: skip
    found = (await ada.get(USERS, params={"search": "冯"})).json()["items"]
    assert [one["name"] for one in found] == ["冯一"]


async def test_a_blank_cell_keeps_what_is_there(ada: httpx.AsyncClient) -> None:
    full = ["褚一", "C1", "chuyi", "13700001111", None, None, "馆员", None, "2020-01-01", None]
    await sent(ada, xlsx(full))

    told = (await sent(ada, xlsx(["褚一一", "C1"], head=["姓名", "工号"]))).json()

    after = await person(ada, "褚一一")
    assert told["people"][0]["changed"] == ["name"]
    assert (after["login"], after["mobile"]) == ("chuyi", "+86-13700001111")
    assert after["roles"] == ["librarian"]


async def test_a_line_that_means_two_people_is_refused(ada: httpx.AsyncClient) -> None:
    await sent(ada, xlsx(["卫一", "V1", "weiyi"], ["卫二", "V2", "weier"], head=HEAD[:3]))

    told = (await sent(ada, xlsx(["卫一", "V1", "weier"], head=HEAD[:3]))).json()
    other = (await sent(ada, xlsx(["卫三", "V9", "weiyi"], head=HEAD[:3]))).json()

    assert [one["code"] for one in told["problems"]] == ["several_people"]
    assert [one["code"] for one in other["problems"]] == ["several_people"]


async def test_a_csv_in_the_encoding_of_old_programs_works_too(ada: httpx.AsyncClient) -> None:
    content = "员工花名册\n姓名*,员工号(必填),状态,备注\n蒋一,J1,离职,x\n蒋二,007,在职,y\n".encode(
        "gb18030"
    )

    told = (await sent(ada, content, name="花名册.csv")).json()

    assert (told["created"], told["ignored"]) == (2, ["备注"])
    assert (await person(ada, "蒋一"))["active"] is False
    assert (await person(ada, "蒋二"))["number"] == "007"


async def test_who_is_imported_as_gone_is_out_at_once(
    library: Served, ada: httpx.AsyncClient
) -> None:
    given = {"login": "shenyi", "name": "沈一", "number": "S1", "password": PASSWORD}
    await ada.post(USERS, json=given)
    own = await library.signed_in("shenyi")

    await sent(ada, xlsx(["沈一", "S1", "离职"], head=["姓名", "工号", "状态"]))

    assert (await own.get("/api/v1/me")).status_code == 401
    await sent(ada, xlsx(["沈一", "S1", "在职"], head=["姓名", "工号", "状态"]))
    back = await person(ada, "沈一")
    assert (back["active"], back["left_on"]) == (True, None)
    assert (await own.get("/api/v1/me")).status_code == 401


async def test_nobody_rises_by_a_table(library: Served, ada: httpx.AsyncClient) -> None:
    reg, lin = await library.signed_in("reg"), await library.signed_in("lin")
    head = ["姓名", "登录名", "角色"]

    risen = await sent(reg, xlsx(["Reg", "reg", "admin"], head=head))
    pulled = await sent(reg, xlsx(["Ada", "ada", "志愿者"], head=head))
    last = await sent(ada, xlsx(["Ada", "ada", "志愿者"], head=head))
    stranger = await sent(lin, xlsx(["Lin", "lin", "admin"], head=head))

    assert [one["code"] for one in risen.json()["problems"]] == ["above_you"]
    assert [one["code"] for one in pulled.json()["problems"]] == ["above_you"]
    assert (last.status_code, last.json()["errors"][0]["code"]) == (409, "last_admin")
    assert stranger.status_code == 403


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.4 nothing", "not_a_table"),
        ("姓名,年龄\n某人,3\n".encode(), "no_names_here"),
    ],
)
async def test_what_is_no_table_of_people_is_refused(
    ada: httpx.AsyncClient, content: bytes, code: str
) -> None:
    answer = await sent(ada, content, name="x.csv")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == code


async def test_the_template_can_be_filled_in(ada: httpx.AsyncClient) -> None:
    answer = await ada.get(f"{IMPORT}/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    sheet.append(["韩一", "H001", None, None, None, None, "馆员"])
    out = io.BytesIO()
    book.save(out)

    told = (await sent(ada, out.getvalue(), dry_run="true")).json()

    assert answer.headers["content-disposition"].endswith('"users.xlsx"')
    assert (told["created"], told["problems"], told["ignored"]) == (1, [], [])
    assert told["people"][0]["login"] == "H001"


async def test_two_who_import_the_same_table_add_nobody_twice(ada: httpx.AsyncClient) -> None:
    lines = [[f"杨{number}", f"Y{number}", "总部/杨家"] for number in range(20)]
    content = xlsx(*lines, head=["姓名", "工号", "部门"])

    answers = await asyncio.gather(
        *(sent(ada, content, create_departments="true") for _ in range(3))
    )

    assert [one.status_code for one in answers] == [200] * 3
    assert sorted(one.json()["created"] for one in answers) == [0, 0, 20]
    found = (await ada.get(USERS, params={"search": "杨", "limit": 100})).json()["items"]
    assert len(found) == 20


@pytest.mark.slow
async def test_five_thousand_people_take_seconds(library: Served, ada: httpx.AsyncClient) -> None:
    lines = [
        [
            f"员工{n}",
            f"E{n:05}",
            f"139{n:08}",
            f"总公司/大区{n % 7}/部门{n % 90}",
            "馆员",
            f"E{n // 10:05}" if n else None,
        ]
        for n in range(5000)
    ]
    content = xlsx(*lines, head=["姓名", "工号", "手机", "部门", "角色", "直属上级"])

    began = perf_counter()
    done = await sent(ada, content, create_departments="true")
    first = perf_counter() - began
    began = perf_counter()
    again = await sent(ada, content, create_departments="true")
    second = perf_counter() - began

    assert done.json()["created"] == 5000
    assert again.json()["unchanged"] == 5000
    async with library.system.db.reading(platform(), library.workspace) as tx:
        noted = await tx.value(
            sql(
                "SELECT count(*) FROM zk_operation"
                " WHERE act = 'user.created' AND label LIKE '员工%'"
            )
        )
    assert noted == 5000
    print(f"\n5,000 people: {first:.1f} s, again: {second:.1f} s")  # noqa: T201 - for the book
    assert first < 30
    assert second < 30
