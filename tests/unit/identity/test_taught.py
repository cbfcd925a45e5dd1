"""What people decided teaches what agreement is worth, and holds whatever the weights say."""

from itertools import combinations

import pytest
from bench.identity.people import FIELDS, people
from tests.unit.identity.test_incremental import table

from zhike.hub.identity.runs.engine import found

PHONE = FIELDS.index("phone")


def test_what_people_took_for_one_teaches_what_a_difference_means() -> None:
    rows = [(label, list(values)) for label, values in people(150)]
    moved = [
        (a, b)
        for (a, one), (b, other) in combinations(enumerate(rows), 2)
        if one[0] == other[0]
        and one[1][PHONE]
        and other[1][PHONE]
        and one[1][PHONE] != other[1][PHONE]
    ]
    assert moved
    plain = found(table(rows))

    taught = found(table(rows), same=moved)

    assert plain is not None
    assert taught is not None
    different = len(plain.model.worth["phone"].m) - 1
    assert taught.model.worth["phone"].weight(different) > plain.model.worth["phone"].weight(
        different
    )
    assert taught.model.worth["phone"].weight(0) < plain.model.worth["phone"].weight(0)
    assert all(any({a, b} <= set(one) for one in taught.clusters) for a, b in moved)


def test_what_people_keep_apart_is_never_joined() -> None:
    rows = [(label, list(values)) for label, values in people(150)]
    first = found(table(rows))
    assert first is not None
    members = first.clusters[0]

    again = found(table(rows), different=[(members[0], members[1])])

    assert again is not None
    assert not any({members[0], members[1]} <= set(one) for one in again.clusters)
    # Who is not the same says nothing of chance; sums taken in another order differ at the end.
    for field, worth in first.model.worth.items():
        assert again.model.worth[field].m == pytest.approx(worth.m)
        assert again.model.worth[field].u == pytest.approx(worth.u)
