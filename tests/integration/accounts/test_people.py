"""People as the store keeps them: rules that must hold whoever changes them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher

from zhike.db.conversation import Conversation
from zhike.kernel.faults import Fault, Invalid
from zhike.kernel.viewer import Viewer
from zhike.meta import RoleSpec, SecuritySpec, Snapshot
from zhike.meta.documents.security import SignInSpec
from zhike.store.accounts import (
    AboveYou,
    Attempt,
    DepartmentInUse,
    LastAdmin,
    Meant,
    Passwords,
    People,
    Wanted,
    add_department,
    begin,
    change_department,
    count_failure,
    departments,
    drop_department,
    lock_left,
    meant,
    user,
    users,
    viewer_of,
)

ROLES = {
    "admin": RoleSpec(key="admin", label="管理员", configure=True, people=True),
    "registrar": RoleSpec(key="registrar", label="人事", people=True),
    "librarian": RoleSpec(key="librarian", label="馆员"),
}
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def people() -> People:
    return People(roles=ROLES, passwords=CHEAP)


async def add(tx: Conversation, login: str, **given: Any) -> UUID:
    return await people().add(tx, {"login": login, "name": login.title(), **given})


async def refused(attempt: Any) -> list[str]:
    with pytest.raises(Invalid) as met:
        await attempt
    return [f"{one.at} {one.word}" for one in met.value.problems]


async def test_everything_wrong_with_somebody_new_is_said_at_once(tx: Conversation) -> None:
    await add(tx, "ann")

    said = await refused(
        add(
            tx,
            "Ann",
            mobile="not a number",
            email="@",
            password="short",
            roles=["libarian"],
            departments=[{"id": uuid4(), "main": True}],
            manager=uuid4(),
        )
    )

    assert sorted(said) == [
        "departments[0].id unknown_department",
        "email unreadable_contact",
        "login login_taken",
        "manager unknown_person",
        "mobile unreadable_contact",
        "password weak_password",
        "roles unknown_role",
    ]


async def test_a_person_may_sign_in_by_login_mobile_or_mail(tx: Conversation) -> None:
    ann = await add(
        tx, "ann", mobile="13800138000", email="ann@example.com", password="correct horse"
    )

    found = [
        (await meant(tx, shown)).account
        for shown in ("ann", "ANN", "13800138000", "138 0013 8000", "Ann@Example.com", "bob")
    ]

    assert found == [ann, ann, ann, ann, ann, None]


async def test_a_number_that_two_share_signs_in_nobody(tx: Conversation) -> None:
    await add(tx, "ann", mobile="13800138000")
    await add(tx, "ben", mobile="13800138000")

    assert await meant(tx, "13800138000") == Meant()


async def test_a_kept_password_fits_itself_only(tx: Conversation) -> None:
    await add(tx, "ann", password="correct horse")
    kept = (await meant(tx, "ann")).password

    assert await CHEAP.fits("correct horse", kept)
    assert not await CHEAP.fits("correct hors", kept)
    assert not await CHEAP.fits("nobody", None)


async def test_wrong_passwords_lock_as_the_workspace_says(tx: Conversation) -> None:
    attempt = Attempt(workspace="main", login="ann", ip="10.0.0.1")
    rules = SecuritySpec(sign_in=SignInSpec(failures=3, lock_minutes=30))
    seconds = []
    for _ in range(5):
        await count_failure(tx, attempt, rules)
        seconds.append(await lock_left(tx, attempt))

    assert seconds == [0, 0, 1800, 1800, 1800]


async def test_a_login_tried_from_everywhere_is_locked_but_shortly(tx: Conversation) -> None:
    left = []
    for number in range(103):
        attempt = Attempt(workspace="main", login="ann", ip=f"10.0.{number}.1")
        await count_failure(tx, attempt)
        left.append(await lock_left(tx, attempt))

    assert left[98:] == [0, 30, 60, 60, 60]


async def test_a_lock_holds_for_one_login_from_one_address(tx: Conversation) -> None:
    for _ in range(6):
        await count_failure(tx, Attempt(workspace="main", login="ann", ip="2001:db8::1"))

    left = [
        await lock_left(tx, Attempt(workspace=workspace, login=login, ip=ip))
        for workspace, login, ip in (
            ("main", "Ann", "2001:db8::1"),
            ("main", "ann", "2001:db8::2:ffff"),
            ("main", "ann", "10.0.0.2"),
            ("main", "ben", "2001:db8::1"),
            ("other", "ann", "2001:db8::1"),
        )
    ]

    assert left == [900, 900, 0, 0, 0]


async def test_a_right_password_clears_what_was_counted(tx: Conversation) -> None:
    ann = await add(tx, "ann", password="correct horse")
    attempt = Attempt(workspace="main", login="ann", ip="10.0.0.1")
    for _ in range(4):
        await count_failure(tx, attempt)

    begun = await begin(tx, ann, attempt=attempt, rules=SecuritySpec())
    assert begun.opened().secret
    await count_failure(tx, attempt)

    assert await lock_left(tx, attempt) == 0


async def test_a_viewer_knows_the_departments_below(tx: Conversation) -> None:
    library = await add_department(tx, {"name": "Library"})
    loans = await add_department(tx, {"name": "Loans", "parent": library})
    desk = await add_department(tx, {"name": "Desk", "parent": loans})
    shop = await add_department(tx, {"name": "Shop"})
    places = [{"id": shop, "main": False}, {"id": loans, "main": True}]
    await add(tx, "ann", departments=places, roles=["librarian"])

    viewer = await viewer_of(tx, "ann", zone="UTC")

    assert viewer is not None
    assert viewer.departments == (loans, shop)
    assert viewer.below == {loans, desk, shop}
    assert viewer.roles == {"librarian"}


async def test_departments_form_no_circle(tx: Conversation) -> None:
    library = await add_department(tx, {"name": "Library"})
    loans = await add_department(tx, {"name": "Loans", "parent": library})

    for parent in (loans, library):
        said = await refused(change_department(tx, library, {"parent": parent}))
        assert said == ["parent department_cycle"]
    said = await refused(change_department(tx, loans, {"parent": uuid4(), "head": uuid4()}))
    assert said == ["parent unknown_department", "head unknown_person"]


async def test_a_department_with_people_stays(tx: Conversation) -> None:
    library = await add_department(tx, {"name": "Library"})
    loans = await add_department(tx, {"name": "Loans", "parent": library})
    ann = await add(tx, "ann", departments=[{"id": loans}])

    for used in (library, loans):
        with pytest.raises(DepartmentInUse):
            await drop_department(tx, used, snapshot=Snapshot())
    await people().change(tx, ann, {"departments": []})
    await drop_department(tx, loans, snapshot=Snapshot())

    assert [one["name"] for one in await departments(tx)] == ["Library"]


async def test_nobody_manages_themselves_through_others(tx: Conversation) -> None:
    ann = await add(tx, "ann")
    ben = await add(tx, "ben", manager=ann)
    cat = await add(tx, "cat", manager=ben)

    said = await refused(people().change(tx, ann, {"manager": cat}))

    assert said == ["manager manager_cycle"]


async def test_the_last_administrator_stays(tx: Conversation) -> None:
    ann = await add(tx, "ann", roles=["admin"])
    ben = await add(tx, "ben", roles=["admin"])
    await people().change(tx, ben, {"active": False})

    for change in ({"active": False}, {"roles": []}):
        with pytest.raises(LastAdmin):
            async with tx.savepoint():
                await people().change(tx, ann, change)

    assert (await user(tx, ann, full=True))["roles"] == ["admin"]


@pytest.mark.parametrize(
    ("target", "change"),
    [
        ("ann", {"password": "taken over"}),
        ("ann", {"roles": []}),
        ("ben", {"roles": ["admin"]}),
        ("cat", {"roles": ["registrar", "admin"]}),
    ],
)
async def test_who_keeps_people_cannot_rise_above_themselves(
    tx: Conversation, target: str, change: Mapping[str, Any]
) -> None:
    ids = {
        "ann": await add(tx, "ann", roles=["admin"]),
        "ben": await add(tx, "ben", roles=["librarian"]),
        "cat": await add(tx, "cat", roles=["registrar"]),
    }
    tx.viewer = Viewer(id=ids["cat"], roles=frozenset({"registrar"}))

    with pytest.raises(AboveYou):
        await people().change(tx, ids[target], change)
    await people().change(tx, ids["ben"], {"roles": ["librarian", "registrar"]})


async def test_strangers_are_found_by_name_and_not_by_number(tx: Conversation) -> None:
    await add(tx, "ann", mobile="13800138000", number="007")

    async def names(search: str, *, full: bool) -> list[str]:
        return [one["name"] for one in await users(tx, Wanted(search=search), full=full)]

    assert await names("0013", full=True) == ["Ann"]
    assert await names("0013", full=False) == []
    assert await names("07", full=False) == ["Ann"]
    seen = (await users(tx, Wanted(search="ann"), full=False))[0]
    assert set(seen) == {"id", "name", "number", "label", "department", "active", "present"}


async def test_people_come_in_pages(tx: Conversation) -> None:
    for login in ("ann", "ben", "cat"):
        await add(tx, login)

    first = await users(tx, Wanted(limit=2), full=False)
    after = (first[-1]["name"], first[-1]["id"])
    rest = await users(tx, Wanted(limit=2, after=after), full=False)

    assert [one["name"] for one in [*first, *rest]] == ["Ann", "Ben", "Cat"]


async def test_a_fault_speaks_chinese(tx: Conversation) -> None:
    fault: Fault = LastAdmin()

    assert fault.says("zh") == "这样将没有任何人能管理工作区"
