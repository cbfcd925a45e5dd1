"""The demo company's own people: a tree of departments and forty users with roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from zhike.packs.demo.words import GIVEN, SURNAMES

TERRITORIES = ("华东", "华南", "华北", "西部")


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One department; the parent is named by its name, which is unique here."""

    name: str
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One user with the department he sits in."""

    login: str
    name: str
    number: str
    mobile: str
    department: str
    role: str
    head: bool


DEPARTMENTS = (
    Department(name="知客演示公司", parent=None),
    Department(name="销售部", parent="知客演示公司"),
    *(Department(name=f"{place}大区", parent="销售部") for place in TERRITORIES),
    Department(name="市场部", parent="知客演示公司"),
    Department(name="财务部", parent="知客演示公司"),
    Department(name="客服部", parent="知客演示公司"),
)

SEATS = (
    ("销售部", "sales_manager", 1),
    *((f"{place}大区", "sales_manager", 1) for place in TERRITORIES),
    *((f"{place}大区", "sales_rep", 6) for place in TERRITORIES),
    ("市场部", "marketing", 4),
    ("财务部", "finance", 3),
    ("客服部", "service", 4),
)
"""Department, role, number of people: forty in all."""

KNOWN = ("钱强", "孙丽", "周涛", "赵敏", "李雷")
"""Salesmen whom real-looking ledgers name; the demo company employs them."""


def people(random: Random) -> Iterator[Person]:
    """Give the users, heads of departments first."""
    names = _names(random)
    number = 0
    for department, role, count in SEATS:
        for seat in range(count):
            number += 1
            yield Person(
                login=f"u{number:03d}",
                name=next(names)
                if role != "sales_rep" or number - 6 >= len(KNOWN)
                else KNOWN[number - 6],
                number=f"{number:04d}",
                mobile=f"139{10000000 + number * 7919:08d}",
                department=department,
                role=role,
                head=seat == 0 and (role != "sales_rep"),
            )


def _names(random: Random) -> Iterator[str]:
    seen = set(KNOWN)
    while True:
        name = random.choice(SURNAMES) + random.choice(GIVEN)
        if name not in seen:
            seen.add(name)
            yield name
