"""One of a list of options."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import Field as Entry
from pydantic import model_validator

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words
from zhike.meta.documents import Label, LabelSpec, Spec
from zhike.meta.documents.spec import Key
from zhike.meta.kinds.kind import EQUALITY, FieldKind, Json, Settings, Settled
from zhike.meta.reading.line import BLANKS, halved, line, shown
from zhike.meta.reading.near import nearest
from zhike.meta.reading.pinyin import syllables

LONGEST = 400
SHORTEST = 2
"""Letters that a spelling must have: one could be any option's."""


class UnknownOption(Fault):
    """`{value}` is not one of the options."""

    code = "M211"
    zh = "“{value}”不在选项之中"
    hint = Words(zh="相近的选项：{near}", en="near to it: {near}")


class OptionSpec(Spec):
    """One option. Its key is what is stored; a stopped one stays readable and is not offered."""

    key: Annotated[str, Entry(min_length=1, max_length=100)]
    label: Label
    color: str = ""
    synonyms: tuple[str, ...] = ()
    stopped: bool = False
    when: Mapping[Key, tuple[str, ...]] = Entry(default_factory=dict)
    """Other option fields of the record, and which of their options this one goes with."""

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, given: object) -> object:
        """Take a plain word as an option that is called by its key."""
        if isinstance(given, str):
            return {"key": given, "label": given}
        if isinstance(given, Mapping) and "key" in given and "label" not in given:
            return {**given, "label": given["key"]}
        return given


class OptionSettings(Settings):
    """The options, in the order in which they are offered and sorted."""

    options: tuple[OptionSpec, ...] = Entry(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "OptionSettings":
        keys = [option.key for option in self.options]
        doubled = sorted({key for key in keys if keys.count(key) > 1})
        if doubled:
            raise ValueError(f"the option {doubled[0]!r} is there twice")
        return self

    @cached_property
    def known(self) -> Mapping[str, str]:
        """The key for each way to write it, exactly and folded; keys win over other ways."""
        ways = [
            *((word, one.key) for one in self.options for word in one.synonyms),
            *((one.label.en, one.key) for one in self.options),
            *((one.label.zh, one.key) for one in self.options),
            *((one.key, one.key) for one in self.options),
        ]
        said = {way: key for way, key in ways if way}
        return {folded(way): key for way, key in said.items()} | said

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """
        The key for each label in pinyin, whole (`zhongdian`) or in initials (`zd`), as far as only
        one option is spelled so.
        """
        ways: dict[str, set[str]] = {}
        for one in self.options:
            said = syllables("".join(folded(one.label.zh)))
            for way in ("".join(said), "".join(one[:1] for one in said)):
                if len(way) >= SHORTEST:
                    ways.setdefault(way, set()).add(one.key)
        return {way: keys.pop() for way, keys in ways.items() if len(keys) == 1}

    @cached_property
    def governors(self) -> frozenset[str]:
        """The fields on whose value it depends which options there are."""
        return frozenset(key for one in self.options for key in one.when)

    @cached_property
    def conditions(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """What each option that does not go with everything goes with."""
        return {one.key: one.when for one in self.options if one.when}

    @cached_property
    def labels(self) -> Mapping[str, LabelSpec]:
        """The label of each key."""
        return {one.key: one.label for one in self.options}


def folded(word: str) -> str:
    """Give a word as options are compared: without regard to case, width and spaces."""
    return "".join(halved(word).casefold().split())


def chosen(raw: Json, settings: OptionSettings) -> str | None:
    """Give the key of the option meant, None for nothing; raise if no option is meant."""
    if isinstance(raw, str) and len(raw) > LONGEST:
        raise UnknownOption(value=shown(raw))
    text = line(raw)
    key = settings.known.get(folded(text))
    if key is not None or not text:
        return key
    if text.lower() in BLANKS:
        return None
    if text.isascii() and (key := settings.spelled.get(folded(text))) is not None:
        return key
    ways = {way: one.label.zh for one in settings.options for way in (one.key, one.label.zh)}
    near = [ways[way] for way in nearest(text, ways)] or [one.label.zh for one in settings.options]
    raise UnknownOption(value=shown(text), near="、".join(dict.fromkeys(near[:5])))


class Option(FieldKind):
    """
    One of a list: level, status, source.

    Keys, labels in both languages, synonyms, and labels in pinyin or its initials are understood.
    """

    name = "option"
    label = Words(zh="单选", en="option")
    type = "option"
    settings: ClassVar[Settled] = OptionSettings
    operators = EQUALITY
    display = "option"

    def read(self, raw: Json, settings: Any) -> Json:
        known: str | None = settings.known.get(raw) if raw.__class__ is str else None
        return known if known is not None else chosen(raw, settings)

    def cell(self, value: Json, settings: Any) -> Json:
        label = settings.labels.get(value)
        return label.zh if label else value

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "enum": [*(one.key for one in settings.options), None]}
