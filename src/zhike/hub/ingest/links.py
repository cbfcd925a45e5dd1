"""
Which record a cell means: a salesman by his name or number, a customer by its name, however spelt.

Asked for a whole chunk at once and remembered for the file. Only what the importer may see is
found, and what is not found is listed, never invented.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from zhike.access import MaskedField, Policy
from zhike.hub.hands import KeysOf
from zhike.hub.ingest.faults import AmbiguousLink, DepartedLink, UnknownLink
from zhike.hub.ingest.plan import Column, Complaint, Shaped
from zhike.hub.sheets import Cell
from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.queries import load
from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.lang import UnknownField
from zhike.meta import Field, Json, Object, drained
from zhike.store.batch import NEAR

QUERIES = load(Path(__file__).with_name("queries.sql"))
SEVERAL = re.compile(r"[;；,，、|\n]+")
BRACKETS = re.compile(r"[(\[（【](.{0,60}?)[)\]）】]")
MANY = frozenset(("users", "lookups"))
TELLING = frozenset(("phone", "email", "credit_code"))
"""The kinds of fields by which a record may be named besides its title."""

Answer = str | Problem
"""The id of the record, or why there is none."""


class Links:
    """What the cells of one file were found to mean so far."""

    def __init__(self, policy: Policy, *, keys_of: KeysOf) -> None:
        self._policy = policy
        self._keys_of = keys_of
        self._known: dict[str, dict[str, Answer]] = defaultdict(dict)
        self._gone: frozenset[str] = frozenset()
        self._people: dict[str, Mapping[str, tuple[str, ...]]] = {}

    async def filled(
        self, tx: Tx, columns: Iterable[Column], lines: Sequence[Shaped], *, within: str
    ) -> list[Shaped]:
        """Give the lines with the records their cells mean; `within` is the object imported."""
        for column in columns:
            target = column.field.target or ""
            asked = {
                text
                for one in lines
                for place, raw in one.asks
                if place is column
                for text in _texts(place, raw)
            }
            new = asked - self._known[target].keys()
            if new:
                self._known[target].update(await self._found(tx, target, column.field, new))
        done = [self._line(one) for one in lines]
        # What this very file has yet to bring may be found by its later lines.
        known = self._known[within]
        for text in [text for text, one in known.items() if isinstance(one, Problem)]:
            del known[text]
        return done

    def learn(self, target: str, ids: Mapping[str, str]) -> None:
        """Know from now on which records of an object some texts mean."""
        self._known[target].update(ids)

    def _line(self, line: Shaped) -> Shaped:
        if not line.asks:
            return line
        given: dict[str, Json] = {}
        complaints: list[Complaint] = []
        for column, raw in line.asks:
            known = self._known[column.field.target or ""]
            answers = [known[text] for text in _texts(column, raw)]
            ids = list(dict.fromkeys(one for one in answers if isinstance(one, str)))
            if ids:
                given[column.field.key] = ids if column.field.kind.name in MANY else ids[0]
            complaints.extend(
                Complaint(problem=one, column=column, value=raw, failed=column.field.required)
                for one in answers
                if isinstance(one, Problem)
            )
        return line.having(given, complaints)

    async def _found(
        self, tx: Tx, target: str, field: Field, texts: set[str]
    ) -> Mapping[str, Answer]:
        hits = (
            await self._by_name(tx, target, texts)
            if target in {"user", "department"}
            else await self._records(tx, self._policy.snapshot.objects[target], texts)
        )
        label = self._policy.snapshot.objects[target].label if target else field.label
        gone = self._gone if target == "user" and field.key != "created_by" else frozenset()
        return {text: _answer(text, hits.get(text, ()), label, gone) for text in texts}

    async def _by_name(self, tx: Tx, target: str, texts: set[str]) -> Mapping[str, Sequence[str]]:
        """People and departments are few: all their names are read once."""
        if target not in self._people:
            rows = await tx.rows(QUERIES["people" if target == "user" else "departments"]())
            self._people[target] = _named(rows)
            self._gone |= {str(row[0]) for row in rows if not row[1]}
        known = self._people[target]
        return {
            text: next((known[one] for one in _called(text) if one in known), ()) for text in texts
        }

    async def _records(
        self, tx: Tx, target: Object, texts: set[str]
    ) -> Mapping[str, Sequence[str]]:
        """Ask by id, then by title, by unique fields, and at last by identity."""
        if not self._policy.may(target.key, "read"):
            return {}
        found: dict[str, Sequence[str]] = {}
        for field in _namings(target):
            left = texts - found.keys()
            if left:
                found.update(await self._equal(tx, target, field, left))
        left = texts - found.keys()
        if left:
            found.update(await self._alike(tx, target, left))
        return found

    async def _equal(
        self, tx: Tx, target: Object, field: Field, texts: Collection[str]
    ) -> Mapping[str, Sequence[str]]:
        by_value = _standard(field, texts)
        if not by_value:
            return {}
        try:
            column = self._policy.column(target.key, field.key, "r")
        except (UnknownField, MaskedField):
            return {}
        kind = "uuid[]" if field.kind.name == "id" else "text[]"
        rows = await tx.rows(
            sql(
                "SELECT {column}::text, array_agg(r.id::text) FROM {table} AS r"
                " WHERE {column} = ANY({values}) AND r.deleted_at IS NULL AND ({seen}) GROUP BY 1",
                column=column, table=ident(target.table), values=param(list(by_value), kind),
                seen=self._seen(target),
            )
        )  # fmt: skip
        return {text: ids for value, ids in rows for text in by_value[value]}

    async def _alike(
        self, tx: Tx, target: Object, texts: Collection[str]
    ) -> Mapping[str, Sequence[str]]:
        by_key: dict[str, set[str]] = defaultdict(set)
        for field in (target.fields[target.title], *_telling(target)):
            if not self._shows(target, field):
                continue
            for value, spelt in _standard(field, texts).items():
                for key in self._keys_of(self._policy.snapshot, target.key, {field.key: value}):
                    by_key[key].update(spelt)
        named = [key for key in by_key if key[0] != NEAR]
        if not named:
            return {}
        rows = await tx.rows(
            sql(
                "SELECT k, array_agg(DISTINCT r.id::text)"
                " FROM {table} AS r, unnest(r.zk_match) AS k"
                " WHERE r.zk_match && {keys} AND k = ANY({keys})"
                " AND r.deleted_at IS NULL AND ({seen}) GROUP BY 1",
                table=ident(target.table), keys=param(named, "text[]"),
                seen=self._seen(target),
            )
        )  # fmt: skip
        found: dict[str, Sequence[str]] = {}
        for key, ids in rows:
            for text in by_key[key]:
                found[text] = sorted({*found.get(text, ()), *ids})
        return found

    def _shows(self, target: Object, field: Field) -> bool:
        """Say whether every record shows a field: to find by it tells what it holds."""
        plain = self._policy.level(target.key, field.key) in {"read", "write"}
        return plain and not self._policy.plain(target.key, field.key, "r")

    def _seen(self, target: Object) -> Sql:
        return self._policy.rows(target.key, "r") or sql("true")


def _texts(column: Column, raw: Cell) -> list[str]:
    text = str(raw).strip()
    if column.field.kind.name not in MANY:
        return [text]
    return [one for part in SEVERAL.split(text) if (one := part.strip())]


def _answer(text: str, ids: Sequence[str], label: object, gone: frozenset[str]) -> Answer:
    if len(ids) == 1 and ids[0] in gone:
        return problem(DepartedLink, value=text)
    if len(ids) == 1:
        return ids[0]
    if ids:
        return problem(AmbiguousLink, value=text, object=label, count=len(ids))
    return problem(UnknownLink, value=text, object=label)


def _standard(field: Field, texts: Iterable[str]) -> Mapping[str, set[str]]:
    """Give the texts by what they are in the field's standard form; some fit no such field."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        try:
            value = drained(field.kind.read(text, field.settings))
        except Fault:
            continue
        if isinstance(value, str):
            found[value].add(text)
    return found


def _namings(target: Object) -> list[Field]:
    """The fields by which a record is named exactly: id, title, automatic numbers, unique texts."""
    title = target.fields[target.title]
    others = [
        one
        for one in target.fields.values()
        if one.column == "text"
        and one is not title
        and (one.unique or one.kind.name == "auto_number")
    ]
    return [target.fields["id"], *([title] if title.column == "text" else ()), *others]


def _telling(target: Object) -> list[Field]:
    return [one for one in target.own if one.kind.name in TELLING and one.key != target.title]


def _folded(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split())


def _called(text: str) -> list[str]:
    """How a person may be written: 钱 强, 钱强(E1024), E1024."""
    inside = [_folded(one) for one in BRACKETS.findall(text)]
    return [_folded(text), *inside, _folded(BRACKETS.sub("", text))]


def _named(rows: Iterable[Sequence[object]]) -> Mapping[str, tuple[str, ...]]:
    """Give ids by folded name; who left is meant only where nobody else is."""
    here: dict[str, set[str]] = defaultdict(set)
    gone: dict[str, set[str]] = defaultdict(set)
    for id_, active, *names in rows:
        for name in names:
            if name:
                (here if active else gone)[_folded(str(name))].add(str(id_))
    return {name: tuple(sorted(here.get(name) or gone[name])) for name in {*here, *gone}}
