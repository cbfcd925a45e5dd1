"""What can be wrong with options that go with some values of another field only."""

from collections.abc import Iterator, Mapping
from typing import Any

from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.words import Words
from zhike.meta.documents import ObjectSpec
from zhike.meta.faults import NoSuchField, nearest
from zhike.meta.located import Located

OPTIONS = frozenset({"option", "options"})


class NoSuchGovernor(Fault):
    """`{name}` has no option `{option}`."""

    code = "M170"
    zh = "“{name}”没有选项“{option}”"
    hint = Words(zh="可用：{known}", en="these will do: {known}")


class NothingToDependOn(Fault):
    """`{name}` has no options that others could depend on."""

    code = "M171"
    zh = "“{name}”没有可供其他选项依据的选项"
    hint = Words(zh="请选择另一个单选或多选字段", en="choose another option field")


def dependence_problems(located: Located, spec: ObjectSpec, number: int) -> Iterator[Problem]:
    """Give what is wrong with the conditions of a field's options among the fields beside it."""
    field = spec.fields[number]
    for place, one in enumerate(_options(field.model_extra)):
        when = one.get("when") if isinstance(one, Mapping) else None
        if not isinstance(when, Mapping):
            continue
        for other, wanted in when.items():
            at = located.at("fields", number, "options", place, "when", other)
            yield from _governed(spec, field.key, str(other), wanted, at=at)


def _governed(
    spec: ObjectSpec, key: str, other: str, wanted: object, *, at: str
) -> Iterator[Problem]:
    there = {one.key: one for one in spec.fields if one.kind in OPTIONS and one.key != key}
    if other not in there and any(one.key == other for one in spec.fields):
        yield problem(NothingToDependOn, at=at, name=other)
        return
    if other not in there:
        near = nearest(other, there)
        yield problem(NoSuchField, at=at, object=spec.key, name=other, near=near)
        return
    known = [_key(one) for one in _options(there[other].model_extra)]
    for option in wanted if isinstance(wanted, list | tuple) else ():
        if option not in known:
            told = "、".join(known[:5])
            yield problem(NoSuchGovernor, at=at, name=other, option=option, known=told)


def _options(extra: Any) -> list[Any]:
    given = (extra or {}).get("options", [])
    return list(given) if isinstance(given, list | tuple) else []


def _key(option: Any) -> str:
    return str(option.get("key", "")) if isinstance(option, Mapping) else str(option)
