"""Reaches, and what follows from them: stages, denials, what is left of a narrow key."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.library import ALL, library, role

from zhike.access import Policy, button, personal_problems, policy
from zhike.access.reach import EVERYTHING, NOBODY, Condition, Reach, reach, union
from zhike.kernel.sql import NOTHING
from zhike.kernel.viewer import Viewer
from zhike.meta import RoleSpec

ME = UUID(int=1)
NAMES = ("own", "subordinates", "department", "departments", "pages > 3", "rare")
IMPLIED = {"own": "subordinates", "department": "departments"}


def looking(*roles: RoleSpec, **more: Any) -> Policy:
    """Give the policy of somebody with some roles."""
    held = frozenset(one.key for one in roles)
    return policy(library(*roles), Viewer(id=ME, roles=held, **more))


ATOMS = st.sampled_from([reach(one) for one in NAMES])
REACHES = st.recursive(
    ATOMS | st.sampled_from([NOBODY, EVERYTHING]),
    lambda some: st.one_of(
        st.tuples(some, some).map(lambda two: two[0] | two[1]),
        st.tuples(some, some).map(lambda two: two[0] & two[1]),
        ATOMS.map(lambda one: ~one),
    ),
    max_leaves=6,
)
FACTS = st.sets(st.sampled_from(NAMES)).map(
    lambda held: held | {IMPLIED[one] for one in held if one in IMPLIED}
)


def holds(one: Reach, facts: set[str]) -> bool:
    """Say whether a record of which these conditions hold lies in a reach."""
    return any(all((it.name in facts) == it.holds for it in each) for each in one.alternatives)


@given(one=REACHES, other=REACHES, facts=FACTS)
def test_reaches_are_added_and_intersected(one: Reach, other: Reach, facts: set[str]) -> None:
    assert holds(one | other, facts) == (holds(one, facts) or holds(other, facts))
    assert holds(one & other, facts) == (holds(one, facts) and holds(other, facts))
    assert not one.whole or holds(one, facts)
    assert one or not holds(one, facts)


@given(one=REACHES, other=REACHES, facts=FACTS)
def test_what_covers_holds_wherever_the_other_does(
    one: Reach, other: Reach, facts: set[str]
) -> None:
    if one.covers(other) and holds(other, facts):
        assert holds(one, facts)
    assert (one | other).covers(one)
    assert one.covers(one & other)


@given(names=st.lists(st.sampled_from(NAMES), max_size=3), facts=FACTS)
def test_scopes_are_turned_around_as_a_whole(names: list[str], facts: set[str]) -> None:
    one = union(reach(name) for name in names)

    assert holds(~one, facts) != holds(one, facts)


def test_what_another_alternative_says_is_left_out() -> None:
    assert reach(("own", "subordinates")) == reach("subordinates")
    assert reach(("department:A", "departments:A")) == reach("departments:A")
    assert reach("own") & ~reach("subordinates") == NOBODY
    assert reach(("own", "all")) == EVERYTHING
    assert reach(("none",)) == reach(()) == reach(False) == reach(None) == NOBODY
    assert reach("rare").alternatives == {frozenset({Condition("rare")})}


def staged(*stages: Mapping[str, Any], **grant: Any) -> RoleSpec:
    """Give a role on books with stages."""
    return role("staged", book={**ALL, **grant, "stages": list(stages)})


def test_the_first_stage_that_holds_decides() -> None:
    seen = looking(
        staged(
            {"when": "rare", "fields": {"price": "hidden"}},
            {"when": "pages > 3", "fields": {"price": "masked"}},
        )
    )

    assert seen.rows("book", "t") == NOTHING
    assert seen.level("book", "price") == "write"
    plain = seen.rights.plain("book", "price", "t").text
    assert plain.count("IS NOT TRUE") == 2
    assert seen.rights.unhidden("book", "price", "t").text.count("rare") == 1
    assert seen.column("book", "title", "t").text == '"t"."title"'


def test_what_a_stage_does_not_change_costs_nothing() -> None:
    seen = looking(staged({"when": "rare", "other_fields": "read"}))

    assert seen.plain("book", "price", "t") == NOTHING
    assert "rare" in seen.rows("book", "t", "update", ("price",)).text
    assert seen.rows("book", "t", "update") == NOTHING


def test_a_stage_shows_no_more_of_a_field_than_the_role_names() -> None:
    role_ = staged({"when": "rare", "other_fields": "write"}, fields={"price": "hidden"})
    opened = staged({"when": "rare", "fields": {"price": "read"}}, fields={"price": "hidden"})

    assert looking(role_).level("book", "price") == "hidden"
    assert looking(opened).level("book", "price") == "read"


@pytest.mark.parametrize(
    ("denied", "rows", "price", "worth"),
    [
        ({"object": "book"}, "false", "hidden", "hidden"),
        ({"object": "book", "actions": ["delete"]}, "", "write", "read"),
        ({"object": "book", "fields": ["price"]}, "", "hidden", "hidden"),
        ({"object": "book", "fields": ["price"], "actions": ["update"]}, "", "read", "read"),
        ({"object": "book", "where": "none"}, "", "write", "read"),
    ],
)
def test_a_denial_wins_over_every_role(
    denied: Mapping[str, Any], rows: str, price: str, worth: str
) -> None:
    everything = role("everything", book={**ALL, "fields": {"worth": "read"}})
    seen = looking(everything, role("less", deny=[denied]))

    assert seen.rows("book", "t").text == rows
    assert seen.level("book", "price", "update") == price
    assert seen.level("book", "worth") == worth


def test_what_is_broken_later_denies_all_the_same() -> None:
    gone = role("gone", book=ALL, deny=[{"object": "book", "where": "nosuch > 3"}])

    assert looking(gone).rows("book", "t").text == "(false)"


def test_actions_follow_from_others_unless_said() -> None:
    silent = looking(role("r", book={"read": "all", "update": "own", "delete": "rare"}))
    told = looking(
        role("r", book={"read": "all", "update": "own", "transfer": "none", "share": "all"})
    )

    assert "owner" in silent.rows("book", "t", "transfer").text
    assert "zk_share" not in silent.rows("book", "t", "transfer").text
    assert "rare" in silent.rows("book", "t", "merge").text
    assert silent.rows("book", "t", "print") == NOTHING
    assert not told.may("book", "transfer")
    assert not told.may("book", "merge")
    assert told.rows("book", "t", "share") == NOTHING
    assert "owner" not in told.writable("book", "update")
    assert "title" in told.writable("book", "update")


def test_buttons_are_granted_one_by_one() -> None:
    grant = {"read": "all", "buttons": {"approve": "own", "void": "none"}}
    seen = looking(role("r", book=grant))

    assert seen.may("book", button("approve"))
    assert not seen.may("book", button("void"))
    assert not seen.may("book", button("nosuch"))
    assert seen.described()["book"]["buttons"] == ["approve"]


NARROW: Sequence[tuple[frozenset[str], Sequence[bool]]] = [
    (frozenset(), (False, False, False)),
    (frozenset({"book:read"}), (True, False, False)),
    (frozenset({"book:*"}), (True, True, False)),
    (frozenset({"*:read"}), (True, False, True)),
    (frozenset({"*:*"}), (True, True, True)),
    (frozenset({"reader:read", "*:update"}), (False, False, True)),
]


@pytest.mark.parametrize(("narrowed", "told"), NARROW)
def test_a_narrow_key_does_less(narrowed: frozenset[str], told: Sequence[bool]) -> None:
    seen = looking(role("r", others=ALL), narrowed=narrowed)

    asked = (("book", "read"), ("book", "update"), ("reader", "read"))
    assert tuple(seen.may(obj, action) for obj, action in asked) == tuple(told)  # type: ignore[arg-type]
    assert [seen.rows(obj, "t", action) == NOTHING for obj, action in asked] == [*told]  # type: ignore[arg-type]
    assert seen.column("user", "name", "u").text == '"u"."name"'


@pytest.mark.parametrize(
    ("narrowed", "runs"),
    [(None, True), (frozenset({"*:*"}), True), (frozenset({"*:read"}), False)],
)
def test_a_narrow_key_runs_nothing(narrowed: frozenset[str] | None, runs: bool) -> None:  # noqa: FBT001
    seen = policy(library(), Viewer(id=ME, roles=frozenset({"admin"}), narrowed=narrowed))

    told = {seen.configures, seen.keeps_people, seen.audits, seen.approves_exports}
    assert told == {runs}


def test_narrowness_and_personal_grants_are_part_of_what_is_shared() -> None:
    known = library(role("r", book={"read": "own"}))
    one = Viewer(id=ME, roles=frozenset({"r"}))
    narrow = Viewer(id=ME, roles=frozenset({"r"}), narrowed=frozenset({"book:read"}))
    granted = Viewer(id=ME, roles=frozenset({"r"}), personal='{"book": {"read": "all"}}')

    rights = [policy(known, each).rights for each in (one, narrow, granted)]
    assert len({id(each) for each in rights}) == 3
    assert policy(known, granted).rows("book", "t") == NOTHING


def test_a_personal_grant_is_one_more_role_and_may_deny() -> None:
    body = '{"book": {"read": "none", "deny": [{"fields": ["price"]}]}, "reader": {"read": "all"}}'
    seen = looking(role("r", book=ALL), personal=body)

    assert seen.may("book", "read")
    assert seen.level("book", "price") == "hidden"
    assert seen.may("reader", "read")
    assert not seen.may("loan", "read")


def test_a_personal_grant_that_cannot_be_read_denies() -> None:
    seen = looking(role("r", others=ALL), personal='{"book": {"raed": "all"}}')

    assert not seen.may("book", "read")
    assert seen.may("reader", "read")


@pytest.mark.parametrize(
    ("object_", "body", "said"),
    [
        ("book", {"read": "all", "fields": {"price": "masked"}}, []),
        ("book", {"read": ["own", "departments:总部"], "deny": [{"fields": ["price"]}]}, []),
        ("bock", {"read": "all"}, [("object", "no_such_object")]),
        ("book", {"raed": "all"}, [("raed", "unknown_word")]),
        ("book", {"fields": {"prize": "read"}}, [("fields.prize", "no_such_field")]),
        ("book", {"fields": {"price": "red"}}, [("fields.price", "not_one_of")]),
        ("book", {"read": "nosuch > 3"}, [("read:1:1", "unknown_field")]),
        ("book", {"deny": [{"where": "pages"}]}, [("deny[0].where:1:1", "wrong_type")]),
        ("book", {"deny": [{"actions": ["reed"]}]}, [("deny[0].actions[0]", "not_one_of")]),
        (
            "book",
            {"stages": [{"when": "rare", "fields": {"x": "read"}}]},
            [("stages[0].fields.x", "no_such_field")],
        ),
        ("book", {"read": 3}, [("read", "wrong_shape")]),
        ("book", {"create": ["own", 3]}, [("create", "wrong_shape")]),
        ("book", {"read": "own", "object": "book"}, [("object", "unknown_word")]),
        ("book", "all", [("", "wrong_shape")]),
        ("book", None, [("", "wrong_shape")]),
        ("book", {"deny": "all"}, [("deny", "wrong_shape")]),
    ],
)
def test_the_body_of_a_personal_grant_is_checked(
    object_: str, body: object, said: list[tuple[str, str]]
) -> None:
    assert [(one.at, one.word) for one in personal_problems(object_, body, library())] == said
