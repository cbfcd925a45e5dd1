"""
What a policy says without any database: predicates, levels, and what is shared between people.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from tests.library import ALL, library, role

from zhike.access import ActionNotAllowed, MaskedField, Policy, policy
from zhike.kernel.sql import NOTHING
from zhike.kernel.viewer import Viewer, platform
from zhike.lang import UnknownField
from zhike.meta import RoleSpec, SecuritySpec

ME = UUID(int=1)
TRUSTING = SecuritySpec(admins_see_records=True)


def looking(*roles: RoleSpec, by: UUID = ME) -> Policy:
    """Give the policy of somebody with some roles."""
    viewer = Viewer(id=by, roles=frozenset(one.key for one in roles))
    return policy(library(*roles), viewer)


def reading(*scopes: str, **more: Any) -> Sequence[RoleSpec]:
    """Give a role for each scope of reading books."""
    return [role(f"r{number}", book={"read": scope, **more}) for number, scope in enumerate(scopes)]


OWN = '"t"."owner" = $1::uuid'
SHARED = (
    '"t"."id" = ANY(ARRAY(SELECT s.record FROM zk_share AS s WHERE s.object = $::text'
    " AND s.grantee = ANY($::text[]) AND (s.until IS NULL OR s.until > now())))"
)


def told(text: str) -> str:
    """Give a predicate without the numbers of its holes and without what is shared."""
    plain = re.sub(r"\$\d+", "$", text)
    return plain.replace(f" OR ({SHARED})", "").replace(f"({SHARED})", "SHARED")


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ((), "false"),
        (("none",), "false"),
        (("all",), ""),
        (("own",), '(("t"."owner" = $::uuid))'),
        (("department",), '(("t"."department" = ANY($::uuid[])))'),
        (("own", "all"), ""),
        (("own", "none", "own"), '(("t"."owner" = $::uuid))'),
        (("department", "departments"), '(("t"."department" = ANY($::uuid[])))'),
        (
            ("own", "subordinates"),
            '(("t"."owner" = ANY(array_append($::uuid[], $::uuid))))',
        ),
        (
            ("own", "departments"),
            '(("t"."department" = ANY($::uuid[])) OR ("t"."owner" = $::uuid))',
        ),
        (("pages > 3",), '(("t"."pages" > $::bigint))'),
        (("nosuch > 3",), "((false))"),
    ],
)
def test_scopes_add_up(scopes: Sequence[str], expected: str) -> None:
    each = looking(*reading(*scopes)).rows("book", "t").text
    listed = looking(role("all_of_them", book={"read": list(scopes)})).rows("book", "t").text

    assert told(each) == told(listed) == expected


def test_what_may_be_changed_must_be_seen() -> None:
    seen = looking(role("r", book={"read": "own", "update": "all", "delete": "own"}))

    assert seen.rows("book", "t", "update") == seen.rows("book", "t")
    assert seen.rows("book", "t", "delete").text == f"({OWN})"
    assert seen.rows("book", "t", "export").text == "false"


def test_a_field_is_changed_under_the_roles_that_grant_it() -> None:
    wide = role("wide", book={"read": "all", "update": "all", "fields": {"price": "read"}})
    narrow = role("narrow", book={"read": "own", "update": "own"})
    both = looking(wide, narrow)

    assert both.rows("book", "t", "update") == NOTHING
    assert both.rows("book", "t", "update", ("title",)) == NOTHING
    assert "owner" in both.rows("book", "t", "update", ("price",)).text
    assert both.rows("book", "t", "update", ("price", "title")).text.count("owner") == 1


@pytest.mark.parametrize(
    ("fields", "others", "levels"),
    [
        ({}, "write", {"title": "write", "price": "write", "owner": "write", "version": "read"}),
        ({"price": "masked"}, "read", {"title": "read", "price": "masked", "owner": "read"}),
        ({"title": "write"}, "hidden", {"title": "write", "price": "hidden", "owner": "read"}),
        ({"owner": "hidden"}, "write", {"owner": "hidden", "created_at": "read", "id": "read"}),
        ({"id": "hidden", "version": "masked"}, "write", {"id": "read", "version": "read"}),
        ({"worth": "write"}, "write", {"worth": "read"}),
    ],
)
def test_levels_of_fields(
    fields: Mapping[str, str], others: str, levels: Mapping[str, str]
) -> None:
    seen = looking(role("r", book={"read": "all", "fields": fields, "other_fields": others}))

    assert {key: seen.level("book", key) for key in levels} == levels


def test_a_role_that_reads_nothing_shows_nothing() -> None:
    seen = looking(role("r", book={"read": "none", "create": True}))

    assert seen.level("book", "title") == "hidden"
    assert seen.level("book", "title", "create") == "write"
    assert not seen.may("book", "read")
    assert not seen.may("book", "update")


def test_writing_is_granted_action_by_action() -> None:
    creating = role("c", book={"read": "all", "create": True, "fields": {"price": "read"}})
    updating = role("u", book={"read": "all", "update": "own", "other_fields": "read"})
    seen = looking(creating, updating)

    assert "title" in seen.writable("book", "create")
    assert seen.writable("book", "create") >= {"owner", "department"}
    assert "price" not in seen.writable("book", "create")
    assert seen.writable("book", "update") == frozenset()


def test_hidden_answers_like_absent_and_masked_says_so() -> None:
    seen = looking(role("r", book={**ALL, "fields": {"price": "hidden", "title": "masked"}}))

    with pytest.raises(UnknownField):
        seen.column("book", "price", "t")
    with pytest.raises(UnknownField):
        seen.column("book", "nosuch", "t")
    with pytest.raises(MaskedField):
        seen.column("book", "title", "t")
    assert seen.shown("book", "price", "t") is None
    assert "price" not in seen.seen.objects["book"].fields
    assert "price" in seen.snapshot.objects["book"].fields


def test_a_column_is_bare_where_every_role_grants_it() -> None:
    both = looking(*reading("own", "departments"))

    assert both.column("book", "price", "t").text == '"t"."price"'
    assert both.plain("book", "price", "t") == NOTHING


def test_people_with_the_same_roles_share_everything() -> None:
    roles = reading("own")
    known = library(*roles)
    one = policy(known, Viewer(id=ME, roles=frozenset({"r0"})))
    other = policy(known, Viewer(id=UUID(int=2), roles=frozenset({"r0"})))

    assert one.rights is other.rights
    assert one.rows("book", "t") is other.rows("book", "t")
    grantees = [f"user:{ME}", "role:r0"]
    assert one.rows("book", "t").bound(one.viewer.facts) == (ME, "book", grantees)


def test_the_platform_sees_and_does_everything() -> None:
    seen = policy(library(), platform())

    assert seen.rows("book", "t", "update", ("price",)) == NOTHING
    assert seen.level("book", "price") == "write"
    assert seen.may("book", "import")
    assert seen.configures
    assert seen.keeps_people
    assert not seen.may("nosuch", "read")


def test_the_administrator_needs_no_document() -> None:
    seen = policy(library(TRUSTING), Viewer(id=ME, roles=frozenset({"admin"})))

    assert seen.rows("book", "t", "delete") == NOTHING
    assert seen.configures
    assert seen.keeps_people


def test_an_administrator_sees_no_records_merely_by_being_one() -> None:
    seen = policy(library(), Viewer(id=ME, roles=frozenset({"admin"})))
    named = looking(role("admin", book={"read": "own"}, others=ALL))

    assert seen.configures
    assert not any(seen.may(one, "read") for one in ("book", "reader"))
    assert seen.described() == {}
    assert named.may("book", "read")
    assert named.may("reader", "read"), "a role without power over the workspace is like any other"


def test_a_document_says_what_the_administrator_may() -> None:
    seen = looking(role("admin", book={"read": "own"}))

    assert seen.rows("book", "t") != NOTHING
    assert not seen.configures


def test_people_may_be_looked_up_by_everybody() -> None:
    seen = looking(*reading("own"))

    assert seen.column("user", "name", "u").text == '"u"."name"'
    assert seen.rows("user", "u") == NOTHING


def test_what_is_told_of_oneself_leaves_out_what_is_hidden() -> None:
    seen = looking(
        role("r", book={"read": "own", "update": "own", "fields": {"price": "hidden"}})
    ).described()

    assert set(seen) == {"book"}
    assert {key: seen["book"][key] for key in ("read", "create", "update", "import")} == {
        "read": True,
        "create": False,
        "update": True,
        "import": False,
    }
    assert "price" not in seen["book"]["fields"]
    assert seen["book"]["fields"]["title"] == "write"
    assert "worth" not in seen["book"]["fields"]


def test_what_is_not_allowed_is_told_with_the_name_of_the_object() -> None:
    with pytest.raises(ActionNotAllowed) as raised:
        looking(*reading("own")).demand("book", "delete")

    assert "图书" in raised.value.says("zh")
