"""A run that follows another one finds what a whole run finds, by the same weights."""

from bench.identity.people import FIELDS, people

from zhike.hub.identity.runs.aspects import Aspect, Table
from zhike.hub.identity.runs.engine import Before, Found, found
from zhike.hub.identity.scales import BY_KIND

KINDS = ("person_name", "phone", "address", "date", "text")
ASPECTS = [Aspect(field=key, scale=BY_KIND[kind]) for key, kind in zip(FIELDS, KINDS, strict=True)]
LATE = 40


def table(rows: list[tuple[str, list[str | None]]]) -> Table:
    made = Table(ASPECTS)
    for number, (_, values) in enumerate(rows):
        made.add(str(number), values)
    return made


def pairs(some: Found) -> dict[tuple[int, int], float]:
    return {(one.a, one.b): round(one.score, 9) for one in some.pairs}


def test_new_records_join_their_clusters_without_a_whole_run() -> None:
    rows = [(label, list(values)) for label, values in people(150)]
    first = found(table(rows[:-LATE]))
    assert first is not None
    rows[0] = rows[1]  # what was somebody else is changed into the second record
    touched = frozenset({0, *range(len(rows) - LATE, len(rows))})
    earlier = [(one.a, one.b, one.levels) for one in first.pairs]

    after = found(table(rows), before=Before(model=first.model, touched=touched, pairs=earlier))
    everybody = frozenset(range(len(rows)))
    whole = found(table(rows), before=Before(model=first.model, touched=everybody, pairs=()))

    assert after is not None
    assert whole is not None
    assert pairs(after) == pairs(whole)
    assert after.clusters == whole.clusters
    assert any({0, 1} <= set(one) for one in after.clusters)
