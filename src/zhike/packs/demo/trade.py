"""
What the demo company has done in three years: customers and all that hangs on them.

Pure: everything is drawn from one seeded source of chance, so the same number of customers gives
the same company. Records name each other by position; `run` turns positions into ids.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from zhike.packs.demo.people import Person
from zhike.packs.demo.words import (
    BRANDS_FIRST,
    BRANDS_SECOND,
    CITIES,
    COMPETITORS,
    FORMS,
    GIVEN,
    INTERESTS,
    PLANS,
    PRODUCTS,
    SEED,
    SOURCES,
    SURNAMES,
    TAGS,
    TALKS,
    TITLES,
    TRADES,
    City,
)

YEARS = 3
WON, LOST = "赢单", "输单"
STAGES = ("初步沟通", "需求确认", "方案报价", "商务谈判", WON, LOST)
CHANCE = {
    "初步沟通": "0.1",
    "需求确认": "0.3",
    "方案报价": "0.5",
    "商务谈判": "0.7",
    WON: "1",
    LOST: "0",
}
FEW, MANY = 12_000, 300_000
"""From so many companies on, short names need a third and a fourth character."""
REASONS = ("客户选择竞品", "立项失败", "预算限制", "需求变化")
BUILDER = "admin"
"""The login of whoever owns what belongs to nobody in particular."""
ROADS = ("科技", "工业", "创新", "滨江")
REVENUE = {"A": 10_000_000, "B": 3_000_000, "C": 600_000}
SETTLED_AFTER = 90
"""Days after which an opportunity is won or lost."""
KINDS = ("电话", "拜访", "微信", "邮件", "会议")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    One record to be written.

    `links` name other drafts of the same chapter (or products) by object and position; `owner` is
    the login of a user.
    """

    values: Mapping[str, Any]
    owner: str
    created_at: datetime
    links: Mapping[str, tuple[str, int]] = field(default_factory=dict)


class Ledger:
    """Everything that is drawn, by object, in the order in which it must be written."""

    def __init__(self) -> None:
        self.drafts: dict[str, list[Draft]] = {}

    def add(self, object_key: str, draft: Draft) -> int:
        """Keep a draft and give its position."""
        drafts = self.drafts.setdefault(object_key, [])
        drafts.append(draft)
        return len(drafts) - 1


class Story:
    """Tells the years of one company, customer by customer."""

    def __init__(self, staff: Sequence[Person], *, today: date) -> None:
        self.random = Random(SEED)
        self.today = datetime.combine(today, time(18))
        self.ledger = Ledger()
        self.sellers = {
            territory: [
                one.login
                for one in staff
                if one.role == "sales_rep" and one.department == f"{territory}大区"
            ]
            for territory in {city.territory for city in CITIES}
        }
        self.finance = [one.login for one in staff if one.role == "finance"]
        self.names: set[str] = set()

    def told(self, customers: int, *, size: int = 500) -> Iterator[Ledger]:
        """Tell of so many customers, some at a time; a chapter's links stay within it."""
        yield self._catalogue()
        for first in range(0, customers, size):
            for number in range(first, min(first + size, customers)):
                self._customer(number)
            yield self._closed()

    def _catalogue(self) -> Ledger:
        """Give what the company sells, and against whom."""
        begun = self.today - timedelta(days=365 * YEARS)
        for code, name, line, unit, price, cost in PRODUCTS:
            values = {
                "code": code, "name": name, "category": line, "unit": unit,
                "price": price, "cost": cost,
            }  # fmt: skip
            self.ledger.add("product", Draft(values=values, owner=BUILDER, created_at=begun))
        for name in COMPETITORS:
            values = {"name": name, "threat": self.random.randint(1, 5)}
            self.ledger.add("competitor", Draft(values=values, owner=BUILDER, created_at=begun))
        return self._closed()

    def _closed(self) -> Ledger:
        ledger, self.ledger = self.ledger, Ledger()
        return ledger

    def _customer(self, number: int) -> None:
        random = self.random
        city = random.choice(CITIES)
        trade, industry = random.choice(TRADES)
        short, name = self._name(city, trade)
        owner = random.choice(self.sellers[city.territory])
        since = self._moment(self.today, -random.randint(5, 365 * YEARS))
        level = random.choices("ABC", (2, 3, 5))[0]
        talks = random.choices((0, 2, 5, 12, 25), (1, 3, 4, 3, 1))[0]
        contact = self._person()
        values = {
            "external_id": f"C{number + 1:06d}",
            "name": name,
            "short_name": short,
            "phone": self._mobile(number, 0),
            "landline": f"{city.area_code}-{random.randint(80000000, 88999999)}",
            "email": f"contact@demo-{number + 1}.example.cn",
            "website": f"https://www.demo-{number + 1}.example.cn",
            "contact_name": contact,
            "contact_title": random.choice(TITLES),
            "region": city.region,
            "address": f"{random.choice(ROADS)}路 {random.randint(1, 999)} 号",
            "industry": industry,
            "employees": random.choice((20, 50, 80, 120, 300, 500, 1200, 5000)),
            "annual_revenue": random.randint(2, 90) * REVENUE[level],
            "level": level,
            "source": random.choice(SOURCES),
            "interests": random.sample(INTERESTS, random.randint(0, 2)),
            "tags": random.sample(TAGS, random.choice((0, 0, 1, 2))),
        }  # fmt: skip
        deals = random.choices((0, 1, 2, 4), (4, 4, 2, 1))[0] if talks else 0
        customer = self.ledger.add("customer", Draft(values=values, owner=owner, created_at=since))
        contacts = self._contacts(customer, number, contact, owner=owner, since=since)
        won = sum(self._deal(customer, contacts[0], owner, since) for _ in range(deals))
        self._talks(customer, contacts, talks, owner=owner, since=since)
        status = (
            "成交客户"
            if won
            else random.choice(("潜在客户", "待联系", "意向明确", "考虑中", "流失客户"))
        )
        self.ledger.drafts["customer"][customer] = Draft(
            values={**values, "status": status}, owner=owner, created_at=since
        )

    def _name(self, city: City, trade: str) -> tuple[str, str]:
        while True:
            short = self.random.choice(BRANDS_FIRST) + self.random.choice(BRANDS_SECOND)
            if len(self.names) > FEW:
                short += self.random.choice(BRANDS_SECOND)
            if len(self.names) > MANY:
                short += self.random.choice(BRANDS_FIRST)
            key = city.name + short + trade
            if key not in self.names:
                self.names.add(key)
                return city.name + short, key + self.random.choice(FORMS)

    def _moment(self, since: datetime, days: float) -> datetime:
        """Give a moment within office hours so many days later, never after today."""
        day = (since + timedelta(days=days)).date()
        at = datetime.combine(
            day, time(self.random.randint(9, 17), self.random.choice((0, 15, 30, 45)))
        )
        return min(at, self.today)

    def _person(self) -> str:
        return self.random.choice(SURNAMES) + self.random.choice(GIVEN)

    def _mobile(self, number: int, seat: int) -> str:
        """Numbers of one company differ from those of any other, as they do in life."""
        return f"1{(3, 5, 8)[seat % 3]}{number * 7 + seat:09d}"

    def _contacts(
        self, customer: int, number: int, first: str, *, owner: str, since: datetime
    ) -> list[int]:
        count = self.random.choice((1, 1, 2, 3))
        return [
            self.ledger.add(
                "contact",
                Draft(
                    values={
                        "name": first if seat == 0 else self._person(),
                        "title": self.random.choice(TITLES),
                        "phone": self._mobile(number, seat),
                        "main": seat == 0,
                    },
                    links={"customer": ("customer", customer)},
                    owner=owner,
                    created_at=since,
                ),
            )
            for seat in range(count)
        ]

    def _talks(
        self, customer: int, contacts: list[int], count: int, *, owner: str, since: datetime
    ) -> None:
        days = max((self.today - since).days, 1)
        for at in sorted(self._moment(since, self.random.uniform(0, days)) for _ in range(count)):
            values = {
                "kind": self.random.choice(KINDS),
                "content": self.random.choice(TALKS),
                "at": at.isoformat(timespec="minutes"),
                "next_plan": self.random.choice(PLANS),
                "next_at": (at + timedelta(days=self.random.randint(2, 30))).isoformat(
                    timespec="minutes"
                ),
            }
            links = {
                "customer": ("customer", customer),
                "contact": ("contact", self.random.choice(contacts)),
            }
            self.ledger.add(
                "activity", Draft(values=values, links=links, owner=owner, created_at=at)
            )

    def _deal(self, customer: int, contact: int, owner: str, since: datetime) -> bool:
        random = self.random
        begun = self._moment(since, random.uniform(0, max((self.today - since).days - 1, 1)))
        age = (self.today - begun).days
        stage = (
            random.choice((WON, WON, LOST)) if age > SETTLED_AFTER else random.choice(STAGES[:4])
        )
        code, product, _, unit, price, _ = random.choice(PRODUCTS)
        quantity = random.choice((1, 2, 5, 10, 20, 50))
        values = {
            "name": f"{product} {quantity} {unit}",
            "amount": price * quantity,
            "closes_on": (begun + timedelta(days=random.randint(30, 120))).date().isoformat(),
            "stage": stage,
            "probability": CHANCE[stage],
        }
        if stage == LOST:
            values["lost_reason"] = random.choice(REASONS)
        links = {"customer": ("customer", customer), "contact": ("contact", contact)}
        deal = self.ledger.add(
            "opportunity", Draft(values=values, links=links, owner=owner, created_at=begun)
        )
        if stage == WON:
            closed = self._moment(begun, random.randint(20, 80))
            line = (code, product, price, quantity)
            self._sale(
                deal, line, links={"customer": links["customer"]}, owner=owner, closed=closed
            )
        return stage == WON

    def _sale(
        self,
        deal: int,
        line: tuple[str, str, int, int],
        *,
        links: Mapping[str, tuple[str, int]],
        owner: str,
        closed: datetime,
    ) -> None:
        code, product, price, quantity = line
        amount = price * quantity
        add = self.ledger.add
        links = {**links, "opportunity": ("opportunity", deal)}
        terms = {
            "name": f"{product}采购合同",
            "amount": amount,
            "signed_on": closed.date().isoformat(),
            "starts_on": closed.date().isoformat(),
            "ends_on": (closed + timedelta(days=365)).date().isoformat(),
            "stage": "生效",
        }
        contract = add("contract", Draft(values=terms, links=links, owner=owner, created_at=closed))
        links = {**links, "contract": ("contract", contract)}
        paid = self.random.choice((0, 0.3, 0.6, 1, 1))
        values = {
            "ordered_at": closed.isoformat(timespec="minutes"),
            "product_name": product,
            "quantity": quantity,
            "amount": amount,
            "status": "待付款" if not paid else "已完成" if paid == 1 else "部分付款",
        }
        order = add("order", Draft(values=values, links=links, owner=owner, created_at=closed))
        goods = {"product_name": product, "quantity": quantity, "price": price}
        position = [one[0] for one in PRODUCTS].index(code)
        of_order = {"order": ("order", order), "product": ("product", position)}
        add("order_line", Draft(values=goods, links=of_order, owner=owner, created_at=closed))
        if paid:
            self._payment(round(amount * paid, 2), closed, {**links, "order": ("order", order)})

    def _payment(
        self, amount: float, closed: datetime, links: Mapping[str, tuple[str, int]]
    ) -> None:
        at = min(closed + timedelta(days=self.random.randint(5, 60)), self.today)
        values = {"amount": f"{amount:.2f}", "received_on": at.date().isoformat(), "method": "转账"}
        links = {key: links[key] for key in ("customer", "order", "contract")}
        owner = self.random.choice(self.finance)
        self.ledger.add("payment", Draft(values=values, links=links, owner=owner, created_at=at))
