"""Whether the records an entry points at are there, as far as the viewer can see. Pure."""

from collections.abc import Mapping

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta import Json
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.write import Around, Departed, UnknownRecord, pointers, shape

A_FILE = Words(zh="文件", en="file")


def referred(batch: Batch, found: Around) -> Batch:
    """Refuse the entries that point at nothing; a new owner brings the department to the record."""
    fields = {
        key: object_
        for key, object_ in shape(batch.policy.snapshot, batch.object.key).pointers.items()
        if key not in batch.given
    }
    if not found.targets:
        return batch
    return batch.having(
        [
            _checked(one, batch, fields, found) if one.fate is Fate.WAITING else one
            for one in batch.entries
        ]
    )


def _checked(entry: Entry, batch: Batch, fields: Mapping[str, str], found: Around) -> Entry:
    problems = [
        wrong
        for key, object_ in fields.items()
        for one in pointers(entry, key)
        if (wrong := _wrong(batch, key, one, found.targets.get(object_, {})))
    ]
    if problems:
        return entry.refused(*problems)
    entry = _led(entry, fields, found)
    owner = entry.values.get("owner")
    known = found.targets.get("user", {}).get(owner) if owner else None
    if known and "department" not in entry.values and known.get("department"):
        return entry.having(values={**entry.values, "department": known["department"]})
    return entry


def _led(entry: Entry, fields: Mapping[str, str], found: Around) -> Entry:
    """Have an entry that points at a merged record point at the one it became part of."""
    into = {
        key: {id_: known["into"] for id_, known in found.targets.get(object_, {}).items()
              if "into" in known}
        for key, object_ in fields.items()
        if entry.values.get(key)
    }  # fmt: skip
    moved: dict[str, Json] = {}
    for key, merged in into.items():
        value = entry.values[key]
        if isinstance(value, list) and not merged.keys().isdisjoint(value):
            moved[key] = list(dict.fromkeys(merged.get(one, one) for one in value))
        elif not isinstance(value, list) and value in merged:
            moved[key] = merged[value]
    return entry.having(values={**entry.values, **moved}) if moved else entry


def _wrong(
    batch: Batch, key: str, id_: str, targets: Mapping[str, Mapping[str, Json]]
) -> Problem | None:
    mine = str(batch.policy.viewer.id)
    field = batch.object.fields[key]
    known = targets.get(id_)
    if known is None:
        if id_ == mine and field.target == "user":
            return None
        pointed = batch.policy.snapshot.objects.get(field.target or "")
        label = pointed.label if pointed else A_FILE
        return problem(UnknownRecord, at=key, value=id_, object=label)
    return problem(Departed, at=key, value=id_) if known.get("active") is False else None
