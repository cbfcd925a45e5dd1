"""
Quality: the fields that an object with a `quality` document has more, as formulas.

Each part is a formula over the record's own fields, so PostgreSQL keeps it right with every write,
whoever writes, and lists, filters, scopes and reports use it like any other field. Two values
cannot be had from the record itself: how alike another record is (`quality_alike`, given by what
identity runs find), and the day on which its age was last looked at (`quality_at`, given by the
daily job: a stored column cannot ask for the time).
"""

from collections.abc import Callable, Iterator, Mapping

from zhike.kernel.words import Words
from zhike.meta.documents import CountedSpec, QualitySpec
from zhike.meta.kinds import KINDS
from zhike.meta.kinds.kind import Json
from zhike.meta.snapshot import Field

SCORE = "quality"
PARTS = ("quality_completeness", "quality_validity", "quality_freshness", "quality_uniqueness")
AT, ALIKE = "quality_at", "quality_alike"
KEYS = (SCORE, *PARTS, ALIKE, AT)
"""All fields that a `quality` document gives, in the object's order."""

LABELS: Mapping[str, tuple[str, str]] = {
    SCORE: ("质量分", "Quality"),
    "quality_completeness": ("完整度", "Completeness"),
    "quality_validity": ("有效度", "Validity"),
    "quality_freshness": ("新鲜度", "Freshness"),
    "quality_uniqueness": ("唯一度", "Uniqueness"),
    ALIKE: ("疑似重复程度", "Likeness to another record"),
    AT: ("质量评估时间", "Quality judged at"),
}

MOST = 40
"""So many fields are counted where the document names none."""
TELLING = frozenset({"phone", "email", "credit_code", "id_number", "company_name", "person_name"})
"""Kinds by which a customer is reached or told from others: they count twice."""
COUNTED = TELLING | {
    "text", "url", "option", "options", "region", "address", "date", "datetime", "number", "money",
    "lookup", "user", "bank_account", "percent",
}  # fmt: skip
"""Kinds that people fill; tags, notes and files say nothing by being absent."""

CALLED = ("总", "工", "哥", "姐", "女士", "先生", "小姐", "老师", "经理", "主任")
"""How people are addressed: 王总 is no name."""
NOWHERE = ("example.com", "test.com", "abc.com", "123.com", "aaa.com", "xxx.com")
"""Domains that stand in for an address nobody has."""
MADE_UP = (*(str(n) * 7 for n in range(10)), "1234567", "2345678", "7654321", "6543210")
"""How numbers end that were typed because one was asked for."""


def _name(key: str) -> str:
    one, two = (
        ", ".join(f'"{said}"' for said in CALLED if len(said) == length) for length in (1, 2)
    )
    return (
        f"LEN({key}) > 3 or"
        f" LEN({key}) > 1 and RIGHT({key}, 1) not in [{one}] and RIGHT({key}, 2) not in [{two}]"
    )


def _company(key: str) -> str:
    return f"LEN({key}) >= 4"


def _email(key: str) -> str:
    nowhere = ", ".join(f'"{said}"' for said in NOWHERE)
    return f'RIGHT({key}, LEN({key}) - FIND("@", {key})) not in [{nowhere}]'


def _phone(key: str) -> str:
    made_up = ", ".join(f'"{said}"' for said in MADE_UP)
    return f"LEN({key}) >= 8 and RIGHT({key}, 7) not in [{made_up}]"


RIGHT: Mapping[str, Callable[[str], str]] = {
    "person_name": _name,
    "company_name": _company,
    "email": _email,
    "phone": _phone,
}
"""By kind: when a value that could be read is still not a right one."""


def fields(spec: QualitySpec, own: Mapping[str, Field], *, title: str) -> Iterator[Field]:
    """Give the fields that a `quality` document adds to an object that has these of its own."""
    part = dict(zip(PARTS, parts(spec, own, title=title), strict=True))
    weights = spec.weights.model_dump()
    whole = sum(weights.values()) or 1
    total = " + ".join(f"{weights[key.removeprefix('quality_')]} * {key}" for key in PARTS)
    yield _field(SCORE, "formula", indexed=spec.index, formula=f"ROUND(({total}) / {whole})")
    for key, formula in part.items():
        yield _field(key, "formula", formula=formula)
    yield _field(ALIKE, "number", decimals=0)
    yield _field(AT, "datetime")


def parts(spec: QualitySpec, own: Mapping[str, Field], *, title: str) -> tuple[str, ...]:
    """Give the expressions of the four parts, in their order."""
    return (
        _completeness(counted(spec, own, title=title)),
        _validity(conditions(spec, own)),
        freshness(spec, AT),
        f"100 - COALESCE({ALIKE}, 0)",
    )


def counted(spec: QualitySpec, own: Mapping[str, Field], *, title: str) -> tuple[CountedSpec, ...]:
    """Give what counts for completeness: as written, else what the fields themselves suggest."""
    if spec.complete:
        return spec.complete
    named = [one for one in own.values() if _fillable(one) or one.key == title]
    told = [CountedSpec(fields=(one.key,), weight=_weight(one, title)) for one in named]
    return tuple(sorted(told, key=lambda one: -one.weight)[:MOST])


def conditions(spec: QualitySpec, own: Mapping[str, Field]) -> Mapping[str, str]:
    """Give by field when its value is a right one."""
    known = {one.key: RIGHT[one.kind.name](one.key) for one in own.values() if _judged(one)}
    for key, said in spec.valid.items():
        known[key] = f"({known[key]}) and ({said})" if key in known else said
    return known


def freshness(spec: QualitySpec, moment: str) -> str:
    """Give the expression of how fresh a record is at a moment, itself an expression."""
    since = spec.fresh.since
    start = since if since == "created_at" else f"COALESCE({since}, created_at)"
    steps = [
        f"{moment} - {start} <= {days} days, {100 - 25 * n}"
        for n, days in enumerate(spec.fresh.days)
    ]
    return f"IFS({moment} is empty, 100, {', '.join(steps)}, true, 0)"


def _fillable(field: Field) -> bool:
    return field.kind.name in COUNTED and field.column is not None and field.default is None


def _judged(field: Field) -> bool:
    return field.kind.name in RIGHT and not field.system


def _weight(field: Field, title: str) -> int:
    if field.key == title:
        return 3
    return 2 if field.required or field.unique or field.kind.name in TELLING else 1


def _completeness(counts: tuple[CountedSpec, ...]) -> str:
    whole = sum(one.weight for one in counts)
    if not whole:
        return "100"
    filled = (
        f"IF({' or '.join(f'{key} is not empty' for key in one.fields)}, {one.weight}, 0)"
        for one in counts
    )
    return f"ROUND(100 * ({' + '.join(filled)}) / {whole})"


def _validity(known: Mapping[str, str]) -> str:
    """Of the values that can be judged and are there, the share that is right."""
    if not known:
        return "100"
    filled = " + ".join(f"IF({key} is empty, 0, 1)" for key in known)
    right = " + ".join(f"IF({key} is not empty and ({said}), 1, 0)" for key, said in known.items())
    return f"COALESCE(ROUND(100 * ({right}) / ({filled})), 100)"


def _field(key: str, kind: str, *, indexed: bool = False, **settings: Json) -> Field:
    known = KINDS[kind]
    if kind == "formula":
        settings["decimals"] = 0
    return Field(
        key=key,
        kind=known,
        settings=known.settings.model_validate(settings),
        label=Words(zh=LABELS[key][0], en=LABELS[key][1]),
        indexed=indexed,
        system=True,
        type="number" if kind == "formula" else known.type,
    )
