"""
The process of a run: records in one file, what was found in another.

It runs apart, so that its memory is given back when it is over and nobody waits for its
computing. What it reads and writes stands in `paper`.
"""

import sys
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from zhike.hub.identity.runs import paper
from zhike.hub.identity.runs.apart import taken_apart
from zhike.hub.identity.runs.aspects import Table, sums
from zhike.hub.identity.runs.engine import Before, Found, found
from zhike.hub.identity.runs.machines import Unreachable, machine
from zhike.hub.identity.runs.model import Model
from zhike.hub.identity.runs.paper import UNREACHABLE, Task


def main(folder: Path, master: str = "") -> None:
    """Do the run whose papers lie in a folder, on a Spark cluster if one is named."""
    task = paper.read_task(folder)
    table = taken_apart(folder, task.aspects)
    places = {record: place for place, record in enumerate(table.ids)}
    told = {
        word: [(places[a], places[b]) for a, b in pairs if a in places and b in places]
        for word, pairs in task.decisions.items()
    }
    result = found(
        table,
        threshold=task.threshold,
        same=told.get("same", ()),
        different=told.get("different", ()),
        before=_before(folder, task, places),
        on=machine(master),
    )
    if task.summed and result and result.rules:
        paper.write_sums(folder, result.rules, sums(table, result.rules, of=task.summed))
    _write(folder, table, result)


def _before(folder: Path, task: Task, places: Mapping[str, int]) -> Before | None:
    model = Model.read(task.model, task.aspects) if task.model else None
    if model is None:
        return None
    return Before(
        model=model,
        touched=frozenset(places[one] for one in task.touched if one in places),
        rules=task.rules,
        pairs=[
            (min(places[a], places[b]), max(places[a], places[b]), levels)
            for a, b, levels in paper.read_known(folder)
            if a in places and b in places
        ],
    )


def _write(folder: Path, table: Table, result: Found | None) -> None:
    ids = table.ids
    joined = {
        pair for members in (result.clusters if result else ()) for pair in combinations(members, 2)
    }
    paper.write_pairs(
        folder,
        (
            paper.Pair(
                a=min(ids[one.a], ids[one.b]),
                b=max(ids[one.a], ids[one.b]),
                score=one.score,
                levels=one.levels,
                joined=(one.a, one.b) in joined,
            )
            for one in (result.pairs if result else ())
        ),
    )
    paper.write_clusters(
        folder, ([ids[one] for one in members] for members in (result.clusters if result else ()))
    )
    paper.write_model(folder, result.model.kept() if result else {})


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), *sys.argv[2:])
    except Unreachable as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(UNREACHABLE)
