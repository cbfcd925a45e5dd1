"""`zhike audit` as somebody types it, and what other commands leave behind in the log."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

RUN = [sys.executable, "-c", "from zhike.bootstrap import main; main()"]
Zhike = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def zhike(database_url: str, tmp_path: Path) -> Zhike:
    environment = {
        **os.environ,
        "ZHIKE_HOME": str(tmp_path / "home"),
        "ZHIKE_DATABASE_URL": database_url,
        "ZHIKE_ADMIN_PASSWORD": "open sesame",
        "ZHIKE_WORKSPACE": "audited",
        "COLUMNS": "200",
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*RUN, *words], env=environment, capture_output=True, text=True, check=False
        )

    return run


def _tampered(database_url: str, *deeds: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SET search_path = ws_audited, zhike")
        connection.execute("SET session_replication_role = replica")
        for deed in deeds:
            connection.execute(deed.encode())


def _clean(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS ws_audited CASCADE")
        connection.execute("DELETE FROM zhike.workspace WHERE slug = 'audited'")
        connection.execute("DELETE FROM zhike.migration WHERE schema = 'ws_audited'")


@pytest.mark.slow
def test_the_logs_are_sealed_verified_taken_away_and_found_out(
    zhike: Zhike, database_url: str, tmp_path: Path
) -> None:
    try:
        sealed = zhike("audit", "seal")
        sound = zhike("audit", "verify")
        assert sealed.returncode == 0, sealed.stderr
        assert re.search(r"operations: \+[1-9]", sealed.stdout), sealed.stdout
        assert sound.returncode == 0, sound.stderr
        head = re.search(r"--head (\S+)", sound.stdout)
        assert head is not None, sound.stdout

        file = tmp_path / "operations.csv"
        taken = zhike("audit", "export", "operations", str(file))
        assert taken.returncode == 0, taken.stderr
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
        assert {"app.installed", "user.created"} <= {row["动作"] for row in rows}

        _tampered(database_url, "UPDATE zk_operation SET ip = '10.0.0.1' WHERE seq = 1")
        found = zhike("audit", "verify", "--log", "operations")
        assert found.returncode == 1
        assert re.search(r"第 1 至 \d+ 条中有记录被修改", found.stdout), found.stdout

        _tampered(database_url, "DELETE FROM zk_operation", "DELETE FROM zk_seal")
        emptied = zhike("audit", "verify")
        assert emptied.returncode == 1
        assert "cut" in emptied.stdout or "chain ends at seal 0" in emptied.stdout
    finally:
        _clean(database_url)


@pytest.mark.slow
def test_what_is_done_at_the_machine_says_so(
    zhike: Zhike, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "shelves"
    folder.mkdir()
    (folder / "shelf.yaml").write_text(
        "kind: object\nkey: shelf\nlabel: 书架\nfields:\n"
        "  - {key: name, kind: text, label: 名称, required: true}\n",
        encoding="utf-8",
    )
    table = tmp_path / "书架.csv"
    table.write_text("名称\n甲\n", encoding="utf-8")
    try:
        for words in (
            ("user", "add", "zhang", "--name", "张伟", "--password", "long enough"),
            ("key", "create", "script"),
            ("apply", str(folder)),
            ("import", str(table), "--object", "shelf"),
            ("user", "disable", "zhang"),
        ):
            done = zhike(*words)
            assert done.returncode == 0, (words, done.stdout, done.stderr)

        with psycopg.connect(database_url) as connection:
            acts = {
                act
                for (act,) in connection.execute(
                    "SELECT act FROM ws_audited.zk_operation WHERE source = 'cli'"
                )
            }
        assert {"user.created", "key.created", "document.added", "import.started"} <= acts
        assert {"user.disabled", "user.changed"} & acts
    finally:
        _clean(database_url)
