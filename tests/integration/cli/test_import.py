"""`zhike import` as somebody types it, and as somebody pulls the plug on it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from xlsxwriter import Workbook

RUN = [sys.executable, "-c", "from zhike.bootstrap import main; main()"]
WORKSPACE = "files"
LINES = 20_000
LINE = "SELECT coalesce(max((counts ->> 'line')::int), 0) FROM zk_import WHERE object = 'task'"
BOTH = """
SELECT (SELECT coalesce(max((counts ->> 'line')::int), 0) FROM zk_import WHERE object = 'task'),
       (SELECT count(*) FROM task)"""


@pytest.fixture(scope="module")
def environment(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {
        **os.environ,
        "ZHIKE_HOME": str(tmp_path_factory.mktemp("home")),
        "ZHIKE_DATABASE_URL": database_url,
        "ZHIKE_ADMIN_PASSWORD": "open sesame",
        "ZHIKE_WORKSPACE": WORKSPACE,
        "COLUMNS": "200",
    }


Zhike = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def zhike(environment: dict[str, str]) -> Zhike:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*RUN, *words], env=environment, capture_output=True, text=True, check=False
        )

    return run


@pytest.fixture(scope="module")
def asked(database_url: str) -> Callable[[str], tuple[Any, ...]]:
    """Ask the workspace something."""

    def ask(statement: str) -> tuple[Any, ...]:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(f"SET search_path = ws_{WORKSPACE}")
            row = connection.execute(statement).fetchone()  # type: ignore[arg-type] # our own words
        return row or ()

    return ask


def test_a_file_is_imported_and_accounted_for(zhike: Zhike, tmp_path: Path) -> None:
    path = tmp_path / "产品.csv"
    path.write_text("产品名称,心情\n甲泵,好\n,坏\n合计,\n", encoding="gbk")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("产品名称: name\n心情: null\n", encoding="utf-8")
    errors = tmp_path / "errors.xlsx"

    done = zhike(
        "import", str(path), "--object", "product", "--mapping", str(mapping),
        "--errors", str(errors),
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "新建 created 1" in done.stdout
    assert "未导入 failed 1" in done.stdout
    assert "第 4 行不是记录" in done.stdout
    assert "产品（表头第 1 行）" in done.stderr
    assert "心情" in done.stderr
    assert errors.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--object", "nothing"], "nothing"),
        (["--object", "product", "--sheet", "x"], "没有名为“x”的工作表"),
    ],
)
def test_what_cannot_be_done_is_said(
    zhike: Zhike, tmp_path: Path, words: list[str], told: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("产品名称\n甲\n", encoding="utf-8")

    done = zhike("import", str(path), *words)

    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_table_is_refused(zhike: Zhike, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"<html><table></table></html>")

    done = zhike("import", str(path), "--object", "product")

    assert done.returncode == 1
    assert "HTML" in done.stderr


def test_a_pulled_plug_leaves_whole_chunks_and_the_same_command_goes_on(
    zhike: Zhike,
    environment: dict[str, str],
    asked: Callable[[str], tuple[Any, ...]],
    tmp_path: Path,
) -> None:
    zhike("user", "list")  # makes the installation ready, if this is the first to touch it
    path = _tasks(tmp_path / "任务.xlsx")
    words = ["import", str(path), "--object", "task"]
    running = subprocess.Popen(
        [*RUN, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        began = time.monotonic()
        while asked(LINE) == (0,) and running.poll() is None:
            assert time.monotonic() - began < 120
            time.sleep(0.02)
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
    # One snapshot: what was being committed when the plug was pulled may still arrive.
    reached, there = asked(BOTH)

    assert there == reached - 1
    assert 0 < reached < LINES
    done = zhike(*words)

    assert done.returncode == 0, done.stderr
    assert "going on where it stopped" in done.stderr
    assert asked("SELECT count(*) FROM task") == (LINES,)
    assert asked("SELECT count(DISTINCT subject) FROM task") == (LINES,)
    assert asked("SELECT count(*) FROM task WHERE subject IS NULL OR content IS NULL") == (0,)
    assert asked("SELECT count(*) FROM zk_event WHERE object = 'task'") == (LINES,)


def _tasks(path: Path) -> Path:
    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["任务", "内容"])
    for n in range(LINES):
        page.write_row(n + 1, 0, [f"任务 {n}", "x" * 20])
    book.close()
    return path


def test_a_file_is_tried_imported_and_taken_back(
    zhike: Zhike, tmp_path: Path, asked: Callable[[str], tuple[Any, ...]]
) -> None:
    path = tmp_path / "品.csv"
    path.write_text("产品名称,单价\n试泵,12\n试阀,abc\n", encoding="utf-8")
    count = "SELECT count(*) FROM product WHERE name LIKE '试%' AND deleted_at IS NULL"

    dry = zhike("import", str(path), "--object", "product", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "新建 created 2" in dry.stdout
    assert "无法识别 unreadable 1" in dry.stdout
    assert "abc" in dry.stderr
    assert asked(count) == (0,)

    done = zhike("import", str(path), "--object", "product")
    assert done.returncode == 0, done.stderr
    assert asked(count) == (2,)
    run = done.stdout.split("--undo ")[1].split()[0]
    undone = zhike("import", "--undo", run)
    assert "已删除 removed 2" in undone.stdout, undone.stderr
    assert asked(count) == (0,)
    again = zhike("import", "--undo", run)
    assert (again.returncode, "undone" in again.stderr) == (1, True)
    assert zhike("import").returncode == 1
