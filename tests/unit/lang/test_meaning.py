"""What an expression depends on, what may be stored, and what a formula may say."""

from dataclasses import dataclass, field, replace

import pytest
from tests.unit.lang.shelves import BOOK, LOAN, READER, SHELVES

from zhike.kernel.faults import Fault, Invalid
from zhike.kernel.sql import NOTHING, Sql, ident, sql
from zhike.lang import (
    FULL_SIGHT,
    UnknownField,
    checked,
    compiled,
    computed,
    predicate,
    storable,
    value,
)
from zhike.meta import ObjectSpec, Snapshot, build


@pytest.mark.parametrize(
    ("text", "immutable", "same_row"),
    [
        ("price * 2", True, True),
        ("YEAR(published)", True, True),
        ("YEAR(seen_at)", False, True),
        ("published + 7 days", True, True),
        ("seen_at + 7 days", False, True),
        ("TODAY() - published > 3 days", False, True),
        ("published in this month", False, True),
        ('seen_at > "2026-01-01"', False, True),
        ("owner = ME()", False, True),
        ("owner.name", True, False),
        ('owner = "王芳"', True, False),
        ("SUM(loans.fee)", True, False),
        ("SUM(loans.fee, due < TODAY())", False, False),
        ("worth", True, True),
        ("title & pages", True, True),
        ("title & published", False, True),
        ('DATEADD(published, 1, "month")', True, True),
        ('DATEADD(seen_at, 1, "month")', False, True),
        ("REGION_CODE(printed_in)", True, True),
        ('printed_in & ""', False, True),
    ],
)  # fmt: skip
def test_it_is_known_what_a_value_depends_on(text: str, *, immutable: bool, same_row: bool) -> None:
    known = checked(text, SHELVES, "book")

    assert (known.immutable, known.same_row) == (immutable, same_row)
    assert (storable(known) == []) is (immutable and same_row)


def test_what_keeps_a_formula_from_being_stored_is_shown() -> None:
    found = storable(checked("COUNT(loans) + DAYS_SINCE(seen_at)", SHELVES, "book"))

    assert [(one.at, one.word, one.facts["part"]) for one in found] == [
        ("1:1", "not_same_record", "COUNT(loans)"),
        ("1:16", "not_storable", "DAYS_SINCE(seen_at)"),
        ("1:27", "not_storable", "seen_at"),
    ]


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("price > 1", {("book", "price")}),
        ("double > 1", {("book", "double"), ("book", "worth"), ("book", "price"),
                        ("book", "discount")}),
        ('owner.name = "x"', {("book", "owner"), ("user", "name")}),
        ('SUM(loans.fee, state = "open")', {("loan", "book"), ("loan", "fee"), ("loan", "state")}),
        ("COUNT(fans) > 1", {("reader", "favourites")}),
    ],
)  # fmt: skip
def test_it_is_known_what_is_read(text: str, reads: set[tuple[str, str]]) -> None:
    assert checked(text, SHELVES, "book").reads == reads


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("pages + price", "money"), ("price / pages", "money"), ("price / price", "number"),
        ("discount * discount", "percent"), ("pages / 2", "number"),
        ("published - bought", "duration"),
        ("published + 1", "date"), ("published + 3 hours", "datetime"), ("title & pages", "text"),
        ("SUM(loans.fee)", "money"), ("LATEST(loans.state)", "option"),
        ("LIST(loans.state)", "list"),
        ("IF(rare, price, 0)", "money"), ("IF(rare, empty, published)", "date"), ("owner", "user"),
        ("COALESCE(published, seen_at)", "datetime"), ("rare and rare", "boolean"),
        ("worth", "money"),
        ("LATEST(loans.book)", "record"),
        ("ME()", "user"), ("MY_DEPARTMENTS()", "list"),
    ],
)  # fmt: skip
def test_a_value_has_a_type(text: str, type_: str) -> None:
    assert checked(text, SHELVES, "book").type == type_


def _with(*fields: dict[str, object]) -> Snapshot:
    book = {**BOOK, "fields": [*BOOK["fields"], *fields]}
    specs = [ObjectSpec.model_validate(one) for one in (book, READER, LOAN)]
    return build(
        [one.model_copy(update={"fields": tuple(f for f in one.fields if f.kind != "children")})
         for one in specs],
        version=1, zone="Asia/Shanghai",
    )  # fmt: skip


def _formula(key: str, text: str) -> dict[str, object]:
    return {"key": key, "kind": "formula", "label": key, "formula": text, "stored": False}


def test_a_formula_that_depends_on_itself_is_refused() -> None:
    snapshot = _with(_formula("one", "two + 1"), _formula("two", "three"), _formula("three", "one"))

    with pytest.raises(Invalid) as met:
        checked("one > 1", snapshot, "book")

    (found,) = met.value.problems
    assert found.word == "formula_cycle"
    assert found.facts["chain"] == "one → two → three → one"


def test_formulas_that_grow_without_end_are_refused() -> None:
    steps = [_formula(f"step{n}", f"step{n - 1} + step{n - 1}") for n in range(1, 40)]
    snapshot = _with(_formula("step0", "pages"), *steps)

    with pytest.raises(Fault) as met:
        predicate("step39 > 1", snapshot, "book", "r", FULL_SIGHT)

    assert met.value.word() == "too_complex"


def test_a_formula_without_a_column_is_computed() -> None:
    assert computed(SHELVES, "book", "worth", "r").text.startswith('("r"."price" * ')
    assert computed(SHELVES, "book", "price", "r") == ident("r", "price")


def test_events_are_spoken_of_where_there_are_events() -> None:
    text = 'OLD(genre) = "小说" and CHANGED(pages) and CHANGED_TO(price, 5) and not CREATED()'

    known = checked(text, SHELVES, "book", event=True, wants="boolean")

    assert compiled(known, alias="r", sight=FULL_SIGHT).text == (
        '("event"."old" ->> $1::text)::text = $2::text'
        ' AND coalesce("event"."new" ? $3::text, false)'
        ' AND coalesce("event"."new" ? $4::text, false)'
        ' AND ("event"."new" ->> $5::text)::numeric = $6::numeric'
        ' AND ("event"."kind" = \'created\') IS NOT TRUE'
    )


@dataclass(frozen=True, kw_only=True)
class Dim:
    """Sees no prices, and readers' names only on some records."""

    hidden: frozenset[tuple[str, str]] = frozenset({("book", "price"), ("reader", "favourites")})
    asked: list[tuple[str, str]] = field(default_factory=list)

    def rows(self, obj: str, alias: str) -> Sql:
        return sql("{seen}", seen=ident(alias, "seen")) if obj == "loan" else NOTHING

    def column(self, obj: str, key: str, alias: str) -> Sql:
        self.asked.append((obj, key))
        if (obj, key) in self.hidden:
            raise UnknownField(field=key, object=obj)
        return ident(alias, key)

    def plain(self, obj: str, key: str, alias: str) -> Sql:
        return NOTHING


DIM = Dim()


@pytest.mark.parametrize(
    "text",
    [
        "price > 1", "{定价} > 1", "IF(rare, price, 1) > 1", "COUNT(loans, book.price > 1) > 1",
        "price is empty", "COUNT(fans) > 0", "MAX(loans.book.price) > 1",
    ],
)  # fmt: skip
def test_what_is_hidden_is_answered_like_what_does_not_exist(text: str) -> None:
    for asked in (text, text.replace("price", "prixe").replace("fans", "fanz")):
        with pytest.raises(Fault) as met:
            predicate(asked, SHELVES, "book", "r", DIM)

        (found,) = met.value.problems
        assert found.fault.word() in {"unknown_field", "not_a_relation"}
        assert "price" not in str(found.facts.get("near"))
        assert found.facts["field"] in asked


def test_only_visible_records_are_counted() -> None:
    text = "COUNT(loans) > 1 and worth > 1"

    done = predicate(text, SHELVES, "book", "r", replace(DIM, hidden=frozenset()))

    assert 'AND ("r_1"."seen")) > $1::numeric' in done.text
    assert ("book", "worth") in DIM.asked


def test_a_kept_statement_belongs_to_one_sight() -> None:
    text = "COUNT(loans) > 77"
    full = predicate(text, SHELVES, "book", "r", FULL_SIGHT)
    dim = predicate(text, SHELVES, "book", "r", DIM)

    assert full != dim
    assert predicate(text, SHELVES, "book", "r", FULL_SIGHT) is full
    assert predicate(text, SHELVES, "book", "r", DIM) is dim
    assert value(text, SHELVES, "book", "r", DIM) != dim
