"""What a register said, in the words of our fields. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from zhike.hub.registry.faults import RegistrySilent
from zhike.kernel.words import Words
from zhike.meta import QuestionSpec, RegistrySpec, SourceSpec, StateSpec

MOST = 20
"""How many companies of a search are shown."""
LONGEST = 4000
"""Of a value, in characters."""
CHINA = timedelta(hours=8)
"""Registers count days where they are."""
SAID = Words(zh="返回状态 {state}", en="it says {state}")
NO_OBJECT = Words(zh="返回内容不是 JSON 对象", en="what came back is no JSON object")

Json = Any


def found(spec: RegistrySpec, asked: QuestionSpec, said: Json) -> Sequence[Mapping[str, Json]]:
    """
    Give the companies that an answer holds, as the register writes them; none if it says so.

    Raises RegistrySilent if it is no answer.
    """
    name = spec.label.words()
    if not isinstance(said, Mapping):
        raise RegistrySilent(name=name, reason=NO_OBJECT)
    if spec.state is not None and not _good(spec.state, said, name=name):
        return ()
    there = at(said, asked.found, whole=True)
    listed = there if isinstance(there, list) else [there]
    return [one for one in listed if isinstance(one, Mapping)][:MOST]


def _good(state: StateSpec, said: Mapping[str, Json], *, name: Words) -> bool:
    word = str(at(said, state.at))
    if word in state.nothing:
        return False
    if word not in state.good:
        facts = {"state": word[:60]}
        reason = Words(zh=SAID.said("zh", facts), en=SAID.said("en", facts))
        raise RegistrySilent(name=name, reason=reason)
    return True


def values(spec: RegistrySpec, company: Mapping[str, Json]) -> dict[str, str]:
    """Give the values of our fields that a company of the register has, as it writes them."""
    read = {field: _value(spec.source(field), company) for field in spec.fields}
    return {field: value for field, value in read.items() if value}


def id_of(spec: RegistrySpec, company: Mapping[str, Json]) -> str:
    """Give a company's own id in its register."""
    return _written(at(company, spec.id))


def _value(source: SourceSpec, company: Mapping[str, Json]) -> str:
    for place in source.at:
        if text := _written(at(company, place, whole=True)):
            return _day(text, source.form) if source.form != "text" else text
    return ""


def _written(value: Json) -> str:
    match value:
        case str():
            return "".join(one for one in value if one.isprintable()).strip()[:LONGEST]
        case bool() | None:
            return ""
        case int() | float():
            return format(value, "f").rstrip("0").rstrip(".") if value % 1 else str(int(value))
        case list():
            return "、".join(filter(None, map(_written, value)))[:LONGEST]
        case _:
            return ""


def _day(text: str, form: str) -> str:
    try:
        seconds = float(text) / (1000 if form == "milliseconds" else 1)
        moment = datetime.fromtimestamp(seconds, UTC) + CHINA
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.date().isoformat()


def at(said: Json, place: str, *, whole: bool = False) -> Json:
    """Give what stands at a place; of lists the first thing, all of the last if `whole`."""
    steps = place.split(".")
    for step in steps:
        said = next(_things(said), None)
        said = said.get(step) if isinstance(said, Mapping) else None
    return said if whole else next(_things(said), None)


def _things(said: Json) -> Iterator[Json]:
    if isinstance(said, list):
        yield from said
    else:
        yield said
