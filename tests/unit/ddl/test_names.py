"""Names in PostgreSQL, and the way back from them."""

from tests.unit.meta.test_build import LIBRARY

from zhike.store.ddl import fields_of, names


def test_a_constraint_leads_back_to_its_fields() -> None:
    assert fields_of(LIBRARY, "book__edition__unique") == ("book", ("edition",))
    assert fields_of(LIBRARY, "book__title__edition__unique") == ("book", ("title", "edition"))
    assert fields_of(LIBRARY, "book__author__reference") == ("book", ("author",))
    assert fields_of(LIBRARY, "book__editors__target__reference") == ("book", ("editors",))
    assert fields_of(LIBRARY, "book__id") == ("book", ("id",))
    assert fields_of(LIBRARY, "somebody_elses") is None


def test_long_names_are_cut_where_postgresql_would_and_stay_apart() -> None:
    group = tuple(f"a_field_with_a_long_name_{n}" for n in range(4))

    one, other = names.unique("book", group), names.unique("book", group[::-1])

    assert len(one) == len(other) == names.LONGEST
    assert one != other


def test_a_place_that_is_taken_is_not_given_twice() -> None:
    taken = frozenset({"zk_removed_pages", "zk_removed_pages_2"})

    assert names.aside("pages") == "zk_removed_pages"
    assert names.aside("pages", taken=taken) == "zk_removed_pages_3"
