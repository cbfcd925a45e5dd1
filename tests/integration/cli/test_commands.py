"""The commands that look into an installation and set it up, run as somebody would type them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

RUN = [sys.executable, "-c", "from zhike.bootstrap import main; main()"]
Zhike = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def zhike(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Zhike:
    environment = {
        **os.environ,
        "ZHIKE_HOME": str(tmp_path_factory.mktemp("home")),
        "ZHIKE_DATABASE_URL": database_url,
        "ZHIKE_ADMIN_PASSWORD": "open sesame",
        "ZHIKE_WORKSPACE": "typed",
        "COLUMNS": "200",
    }

    def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*RUN, *words],
            env=environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_people_are_added_listed_and_disabled(zhike: Zhike) -> None:
    added = zhike(
        "user", "add", "zhang", "--name", "张伟", "--role", "sales_rep", "--password", "long enough"
    )
    again = zhike("user", "add", "zhang", "--password", "long enough")
    listed = zhike("user", "list")
    disabled = zhike("user", "disable", "zhang")
    unknown = zhike("user", "passwd", "nobody", "--password", "long enough")
    last = zhike("user", "disable", "admin")

    assert added.returncode == 0, added.stderr
    assert (again.returncode, unknown.returncode, last.returncode) == (1, 1, 1)
    assert "已被占用" in again.stderr
    assert "Traceback" not in again.stderr + unknown.stderr + last.stderr
    assert "张伟" in listed.stdout
    assert "sales_rep" in listed.stdout
    assert disabled.returncode == 0


def test_a_key_is_shown_once(zhike: Zhike) -> None:
    made = zhike("key", "create", "script", "--days", "30")
    listed = zhike("key", "list")

    assert made.stdout.startswith("zk_")
    assert made.stdout.strip() not in listed.stdout
    assert made.stdout[:9] in listed.stdout


def test_documents_are_planned_and_applied(zhike: Zhike, tmp_path: Path) -> None:
    folder = tmp_path / "shelves"
    folder.mkdir()
    (folder / "shelf.yaml").write_text(
        "kind: object\nkey: shelf\nlabel: 书架\nfields:\n"
        "  - {key: name, kind: text, label: 名称, required: true}\n",
        encoding="utf-8",
    )

    planned = zhike("plan", str(folder))
    applied = zhike("apply", str(folder))
    again = zhike("plan", str(folder))
    (folder / "shelf.yaml").write_text(
        "kind: object\nkey: shelf\nlabel: 书架\nfields:\n  - {key: name, kind: txt, label: 名称}\n",
        encoding="utf-8",
    )
    broken = zhike("apply", str(folder))

    assert planned.returncode == 0, planned.stderr
    assert "shelf" in planned.stdout
    assert "✓" in applied.stdout
    assert "没有变化" in again.stdout
    assert broken.returncode == 1
    assert "shelf.yaml:5" in broken.stderr


def test_records_are_asked_for_as_somebody_sees_them(zhike: Zhike) -> None:
    zhike("user", "add", "li", "--role", "sales_rep", "--password", "long enough")

    table = zhike("query", "customer", "--limit", "5")
    listed = zhike("query", "customer", "--select", "name,level", "--format", "csv")
    found = zhike(
        "query", "customer", "--where", "level is empty", "--format", "json", "--as", "li"
    )
    wrong = zhike("query", "customer", "--where", "levle is empty")
    nobody = zhike("query", "customer", "--as", "nobody")

    assert table.returncode == 0, table.stderr
    assert listed.stdout.splitlines() == ["name,level"]
    assert json.loads(found.stdout) == []
    assert wrong.returncode == 1
    assert "level" in wrong.stderr
    assert nobody.returncode == 1


def test_a_table_of_people_is_looked_at_and_taken_in(zhike: Zhike, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text(
        "姓名,工号,部门,角色\n马一,M1,总部/一部,sales_rep\n马二,M2,,nobody\n", encoding="utf-8"
    )

    looked = zhike("user", "import", str(table), "--dry-run")
    refused = zhike("user", "import", str(table), "--create-departments")
    taken = zhike("user", "import", str(table), "--create-departments", "--skip")
    again = zhike("user", "import", str(table), "--create-departments", "--skip")
    template = zhike("user", "template", str(tmp_path / "template.xlsx"))

    assert looked.returncode == 0, looked.stderr
    assert "✗ 第 3 行 D 角色 nobody" in looked.stdout
    assert refused.returncode == 1
    assert "created 新增 1" in taken.stdout.replace("新增 created", "created 新增")
    assert "+ 总部/一部" in taken.stdout
    assert "unchanged" in again.stdout
    assert "马一" in zhike("user", "list").stdout
    assert template.returncode == 0
    assert (tmp_path / "template.xlsx").read_bytes().startswith(b"PK")


def test_a_key_may_do_little(zhike: Zhike) -> None:
    made = zhike("key", "create", "small", "--scope", "customer:read", "--per-minute", "60")
    wrong = zhike("key", "create", "wrong", "--scope", "custmer:read")
    listed = zhike("key", "list")

    assert made.stdout.startswith("zk_")
    assert wrong.returncode == 1
    assert "customer:read" in listed.stdout


def test_the_glass_is_broken_and_mended(zhike: Zhike) -> None:
    opened = zhike("user", "break-glass", "--reason", "locked out", "--minutes", "5")
    closed = zhike("user", "break-glass", "--close")
    twice = zhike("user", "break-glass", "--close")

    assert opened.returncode == 0, opened.stderr
    assert "login: break-glass   password: " in opened.stdout
    assert (closed.stdout.strip(), twice.returncode) == ("✓", 0)
    assert "none is open" in twice.stdout
