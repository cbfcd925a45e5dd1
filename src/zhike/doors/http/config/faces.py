"""
The faces of an object as the one who asks may know them: forms to fill in, pages to look at.

A field that the asker does not see is absent, and so is a rule that speaks of one: the browser
could not judge it, and its words would tell that the field is there. Only what is for one's roles
is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from zhike import lang
from zhike.access import Policy
from zhike.kernel.faults import Fault
from zhike.kernel.words import Language
from zhike.meta import BlockSpec, FormSpec, LabelSpec, PageSpec, PlacedSpec, SectionSpec, ViewSpec

RULES = ("visible", "required", "readonly", "default", "computed")
KNOWN = frozenset({"read", "write"})
"""The levels at which the browser has the value itself."""

Told = dict[str, Any]
Face = TypeVar("Face", FormSpec, PageSpec, ViewSpec)


def forms(held: Policy, object_: str, language: Language) -> list[Told]:
    """Give the forms for one's roles, those for a role before those for everybody."""
    there = (one for one in held.snapshot.forms.values() if one.object == object_)
    return [_form(Telling(held, object_, language), one) for one in offered(held, there)]


def one_form(held: Policy, one: FormSpec, language: Language) -> Told:
    """Give one form, whomever it is for."""
    return _form(Telling(held, one.object, language), one)


def pages(held: Policy, object_: str, language: Language) -> list[Told]:
    """Give the pages for one's roles, those for a role before those for everybody."""
    there = (one for one in held.snapshot.pages.values() if one.object == object_)
    return [_page(Telling(held, object_, language), one) for one in offered(held, there)]


def offered(held: Policy, there: Iterable[Face]) -> list[Face]:
    """Give the faces that are for one's roles or for everybody."""
    mine = set(held.viewer.roles)
    found = [one for one in there if not one.roles or mine & set(one.roles)]
    return sorted(found, key=lambda one: not one.roles)


class Telling:
    """What may be told about one object to one viewer, in one language."""

    def __init__(self, held: Policy, object_: str, language: Language) -> None:
        self.held = held
        self.object = object_
        self.language = language
        self.levels: Mapping[str, str] = self.levels_of(object_)

    def levels_of(self, object_: str) -> Mapping[str, str]:
        """Give the level of every field that is not hidden; nothing of an object one sees not."""
        described: Any = self.held.described().get(object_) or {"fields": {}}
        levels: Mapping[str, str] = described["fields"]
        return levels

    def said(self, label: LabelSpec | None) -> str:
        return label.words().said(self.language) if label else ""

    def rule(self, rule: str, object_: str = "") -> str:
        """Give a rule by the keys of its fields, if the asker knows all of them."""
        if not rule:
            return ""
        rights = self.held.rights
        try:
            known = lang.checked(rule, rights.snapshot, object_ or self.object, sight=rights)
        except Fault:
            return ""
        if any(self.levels.get(field) not in KNOWN for _, field in known.parts):
            return ""
        return lang.written(known.node)


def _filled(told: Told) -> Told:
    """Leave out what says nothing."""
    return {name: value for name, value in told.items() if value not in ("", (), [], None, False)}


def _form(telling: Telling, one: FormSpec) -> Told:
    return {
        "key": one.key,
        "label": telling.said(one.label),
        "purpose": one.purpose,
        "rest": one.rest,
        "sections": list(_sections(telling, one.sections)),
        "tabs": [
            _filled({"label": telling.said(tab.label), "visible": telling.rule(tab.visible)})
            | {"sections": list(_sections(telling, tab.sections))}
            for tab in one.tabs
        ],
    }


def _sections(telling: Telling, sections: Iterable[SectionSpec]) -> Iterator[Told]:
    for one in sections:
        fields = [_placed(telling, each) for each in one.fields if each.field in telling.levels]
        if not fields and one.fields:
            continue
        yield _filled(
            {
                "label": telling.said(one.label),
                "help": telling.said(one.help),
                "folded": one.folded,
                "visible": telling.rule(one.visible),
            }
        ) | {"columns": one.columns, "fields": fields}


def _placed(telling: Telling, one: PlacedSpec) -> Told:
    field = telling.held.seen.objects[telling.object].fields[one.field]
    inside = telling.levels_of(field.target or "") if one.columns else {}
    return {"field": one.field, "width": one.width} | _filled(
        {name: telling.said(getattr(one, name)) for name in ("label", "help", "placeholder")}
        | {name: telling.rule(getattr(one, name)) for name in RULES}
        | {"columns": [each for each in one.columns if each in inside]}
    )


def _page(telling: Telling, one: PageSpec) -> Told:
    return {
        "key": one.key,
        "label": telling.said(one.label),
        "top": list(_blocks(telling, one.top)),
        "columns": [
            {"width": column.width, "blocks": list(_blocks(telling, column.blocks))}
            for column in one.columns
        ],
    }


def _blocks(telling: Telling, blocks: Iterable[BlockSpec]) -> Iterator[Told]:
    seen = telling.held.seen.objects[telling.object]
    for one in blocks:
        relation = seen.relations.get(one.relation) if one.relation else None
        if one.relation and (relation is None or not telling.held.may(relation.object, "read")):
            continue
        if one.field and one.field not in telling.levels:
            continue
        levels = telling.levels_of(relation.object) if relation else telling.levels
        fields = [each for each in one.fields if each.partition(".")[0] in levels]
        if one.fields and not fields and one.block == "facts":
            continue
        yield {"block": one.block} | _filled(
            {
                "label": telling.said(one.label),
                "fields": fields,
                "relation": one.relation,
                "field": one.field,
                "limit": one.limit if one.block == "related" else None,
                "visible": telling.rule(one.visible),
            }
        )
