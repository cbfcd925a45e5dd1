"""
How one chunk of records is taken back; one transaction with how far it came.

What was set is set back in the fields that still hold it, what was thrown away or taken out of the
bin goes the other way unless somebody touched it since. It is judged by the rights of now. Only a
record that was given away, and that nobody touched since, is judged as the one it was before:
whoever gave it away by mistake need not ask whom they gave it to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

import orjson

from zhike.access import ActionNotAllowed, Policy, policy
from zhike.hub.hands import TakeIn
from zhike.hub.sweep.faults import ChangedSince
from zhike.hub.sweep.ledger import Item, Outcome, Sweep
from zhike.hub.sweep.spec import right
from zhike.kernel.faults import Problem, Stale, problem
from zhike.kernel.sql import Sql, every, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object, link_table
from zhike.store.batch import Action, Batch, Entry, Fate
from zhike.store.write import NoSuchRecord, gives_away

OTHER_WAY: Mapping[str, Action] = {"delete": "restore", "restore": "delete"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Records of one object that a sweep changed, and what it takes to take that back."""

    tx: Tx
    held: Policy
    """Of whoever asked, as it is now."""
    sweep: Sweep
    take_in: TakeIn
    object: Object
    items: Sequence[Item]

    async def outcomes(self) -> Sequence[Outcome]:
        """Take it back; say what became of each record."""
        spec = self.sweep.spec
        if spec.act not in OTHER_WAY:
            done = await self._set_back()
        else:
            entries = [Entry(record=one.record, version=one.version) for one in self.items]
            done = await self._walked(OTHER_WAY[spec.act], entries, self.held)
        return [_outcome(one, done[one.record]) for one in self.items]

    async def _set_back(self) -> Mapping[UUID, Entry]:
        keys = [one for one in self.sweep.spec.written if one in self.object.fields]
        ours = await self._still_ours(keys)
        mine = policy(self.held.snapshot, replace(self.held.viewer, trusted=True))
        entries = [
            Entry(record=one.record, version=one.version, given=self._was(one, keys))
            for one in self.items
            if one.record in ours
        ]
        done = await self._walked("update", entries, mine)
        rest = [one for one in self.items if one.record not in done]
        others = await self._before(rest, keys)
        return {**done, **await self._walked("update", others, self.held)}

    async def _still_ours(self, keys: Sequence[str]) -> frozenset[UUID]:
        """
        Name the records that nobody touched since they were given away, and that could be given
        away by the rights of now if they were as they had been.
        """
        obj, held = self.object, self.held
        if not gives_away(keys) or not held.writable(obj.key).issuperset(keys):
            return frozenset()
        may = [held.rows(obj.key, "t"), *(held.rows(obj.key, "t", "update", (k,)) for k in keys)]
        rows = await self.tx.rows(
            sql(
                "SELECT r.id FROM json_to_recordset({items})"
                " AS x (record uuid, version bigint, was json)"
                " JOIN {table} AS r ON r.id = x.record AND r.version = x.version"
                " CROSS JOIN LATERAL json_populate_record(r, x.was) AS t WHERE {may}",
                items=param(_told(self.items, "version", "was"), "json"),
                table=ident(obj.table),
                may=every((sql("r.deleted_at IS NULL"), *(one for one in may if one))),
            )
        )
        return frozenset(row[0] for row in rows)

    def _was(self, item: Item, keys: Sequence[str]) -> Mapping[str, Json]:
        return {
            key: _shown(self.object, key, item.was.get(key)) for key in keys if key in item.became
        }

    async def _before(self, items: Sequence[Item], keys: Sequence[str]) -> Sequence[Entry]:
        """Give records the values they had, of the fields that still hold what they got."""
        if not items:
            return ()
        held = await self._holding(items, keys)
        label = self.object.label.said(self.held.viewer.language)
        out: list[Entry] = []
        for item in items:
            same, entry = held.get(item.record), Entry(record=item.record)
            if same is None:
                out.append(entry.refused(problem(NoSuchRecord, object=label)))
                continue
            given = {key: one for key, one in self._was(item, keys).items() if key in same}
            out.append(entry.having(given=given) if given else entry.refused(problem(ChangedSince)))
        return out

    async def _holding(
        self, items: Sequence[Item], keys: Sequence[str]
    ) -> Mapping[UUID, frozenset[str]]:
        """
        Name by record, of those that the viewer sees, the fields that still hold what they got.

        PostgreSQL compares what is kept, so it makes no difference how a value is shown to whom.
        """
        obj = self.object
        seen = (sql("t.deleted_at IS NULL"), self.held.rows(obj.key, "t"))
        rows = await self.tx.rows(
            sql(
                "SELECT t.id, ARRAY[{same}]::boolean[]"
                " FROM json_to_recordset({items}) AS x (record uuid, became json)"
                " JOIN {table} AS t ON t.id = x.record"
                " CROSS JOIN LATERAL json_populate_record(t, x.became) AS b WHERE {seen}",
                same=joined(_same(obj, key) for key in keys),
                items=param(_told(items, "became"), "json"),
                table=ident(obj.table),
                seen=every(one for one in seen if one),
            )
        )
        return {
            record: frozenset(key for key, one in zip(keys, same, strict=True) if one)
            for record, same in rows
        }

    async def _walked(
        self, action: Action, entries: Sequence[Entry], rights: Policy
    ) -> Mapping[UUID, Entry]:
        """Have the records that nothing is wrong with walk the intake; say what became of each."""
        walking = tuple(one for one in entries if one.fate is Fate.WAITING)
        found = _by_record(entries)
        if not walking:
            return found
        batch = Batch(
            policy=rights,
            object=self.object,
            action=action,
            entries=walking,
            source=rights.viewer.source,
            cause=f"sweep {self.sweep.id} undone",
        )
        done = (await self.take_in(batch, self.tx)).entries
        return {
            **found,
            **_by_record(
                one.having(record=asked.record) for asked, one in zip(walking, done, strict=True)
            ),
        }


async def taken_back(
    tx: Tx, held: Policy, sweep: Sweep, items: Sequence[Item], *, take_in: TakeIn
) -> Sequence[Outcome]:
    """Take a sweep back as far as these records go; what somebody changed since stays."""
    out: list[Outcome] = []
    for name, some in groupby(sorted(items, key=_object), _object):
        of_it, wrong = list(some), _wrong(held, name, sweep)
        if wrong:
            out += [_kept(one, *wrong) for one in of_it]
            continue
        obj = held.snapshot.objects[name]
        back = Back(tx=tx, held=held, sweep=sweep, take_in=take_in, object=obj, items=of_it)
        out += await back.outcomes()
    return out


def _by_record(entries: Iterable[Entry]) -> Mapping[UUID, Entry]:
    return {one.record: one for one in entries if one.record}


def _object(item: Item) -> str:
    return item.object


def _wrong(held: Policy, obj: str, sweep: Sweep) -> Sequence[Problem]:
    """Say what keeps all records of an object as they are, if anything does."""
    if obj not in held.snapshot.objects:
        return [problem(NoSuchRecord, object=obj)]
    try:
        held.demand(obj, right(sweep.spec))
    except ActionNotAllowed as fault:
        return fault.problems
    return ()


def _outcome(item: Item, entry: Entry) -> Outcome:
    if entry.fate is not Fate.REFUSED:
        return Outcome(position=item.position, outcome="undone")
    stale = any(one.fault is Stale for one in entry.problems)
    return _kept(item, *((problem(ChangedSince),) if stale else entry.problems))


def _kept(item: Item, *problems: Problem) -> Outcome:
    return Outcome(position=item.position, outcome="kept", problems=problems)


def _told(items: Sequence[Item], *names: str) -> str:
    """Give what PostgreSQL has to know of some records, as JSON."""
    known = [{name: getattr(one, name) for name in ("record", *names)} for one in items]
    return orjson.dumps(known).decode()


def _same(obj: Object, key: str) -> Sql:
    """Give the condition that a field of the record `t` holds what `b` says, or `x`, if not."""
    if obj.fields[key].column is not None:
        return sql("t.{key} IS NOT DISTINCT FROM b.{key}", key=ident(key))
    if obj.fields[key].kind.name != "lookups":
        return sql("false")
    return sql(
        "(SELECT array_agg(l.target ORDER BY l.target) FROM {link} AS l WHERE l.record = t.id)"
        " IS NOT DISTINCT FROM (SELECT array_agg(e::uuid ORDER BY e::uuid)"
        " FROM json_array_elements_text(CASE json_typeof(x.became -> {key})"
        " WHEN 'array' THEN x.became -> {key} END) AS e)",
        link=ident(link_table(obj.key, key)),
        key=param(key, "text"),
    )


def _shown(obj: Object, key: str, value: Json) -> Json:
    """Give a value as people see and type it."""
    field = obj.fields[key]
    return None if value is None else field.kind.told(value, field.settings)
