"""
A labelled set of people as a shop types them in: names, telephones, addresses, birthdays.

Its noise is of another sort than that of the companies: telephones that changed, families with one
telephone and one address, namesakes, names in pinyin. Generated from one seeded source of chance.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pypinyin import lazy_pinyin

SEED = 20260815
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹彭曾肖田董袁潘于蒋蔡"
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志红文斌宇浩然子轩梓涵晨欣怡佳琪雨桐思雅诗俊熙"
    "博嘉铭泽楠婷倩璐莹雪琳瑶辉鹏飞龙凯宁峰亮健康安乐天成东南春秋月云山川江河海波"
)
SAME_SOUND = {
    "伟": "维", "芳": "方", "静": "婧", "丽": "莉", "磊": "蕾", "军": "君", "洋": "阳", "艳": "燕",
    "涛": "滔", "明": "铭", "华": "桦", "玉": "钰", "建": "健", "志": "智", "红": "宏", "文": "雯",
    "浩": "皓", "晨": "辰", "怡": "仪", "佳": "嘉", "俊": "骏", "博": "勃", "婷": "亭", "鹏": "朋",
}  # fmt: skip
PLACES = (
    ("河南省", "郑州市", ("金水区", "二七区", "中原区")),
    ("湖南省", "长沙市", ("岳麓区", "芙蓉区", "雨花区")),
    ("陕西省", "西安市", ("雁塔区", "碑林区", "未央区")),
    ("福建省", "厦门市", ("思明区", "湖里区", "集美区")),
    ("辽宁省", "沈阳市", ("和平区", "沈河区", "铁西区")),
    ("", "重庆市", ("渝中区", "江北区", "沙坪坝区")),
)
ROADS = (
    "人民路", "建设路", "解放路", "和平街", "文化路", "花园路", "长江大道", "中山北路", "育才街",
    "学府路", "青年路", "朝阳街", "胜利路", "友谊街", "滨河路", "迎宾大道", "光明路", "新华街",
)  # fmt: skip
ESTATES = ("阳光花园", "翠湖小区", "锦绣家园", "康桥名郡", "书香苑", "幸福里", "世纪城", "绿地国际")
FIELDS = ("name", "phone", "address", "birthday", "wechat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, or one spelling of somebody."""

    label: int
    name: str
    phone: str
    place: tuple[str, str, str]
    street: str
    birthday: date
    wechat: str
    address: str = ""
    born: str = ""

    def written(self) -> Sequence[str | None]:
        """Give the values in the order of the fields, as nobody mistyped them."""
        address = self.address or "".join((*self.place, self.street))
        born = self.born or self.birthday.isoformat()
        return (self.name, self.phone, address, born, self.wechat)


def people(
    entities: int = 3_000, *, doubled: float = 0.4, seed: int = SEED
) -> Iterator[tuple[str, Sequence[str | None]]]:
    """Give labels and values; `doubled` is which share of the people is there more than once."""
    chance = Random(seed)
    for one in list(_everybody(chance, entities)):
        yield str(one.label), one.written()
        if chance.random() < doubled:
            for _ in range(chance.choice((1, 1, 1, 2, 3))):
                yield str(one.label), _misspelt(chance, one)


def _everybody(chance: Random, count: int) -> Iterator[Person]:
    made = 0
    while made < count:
        first = _somebody(chance, made)
        yield first
        made += 1
        for _ in range(chance.choice((0, 0, 0, 1, 2))):  # a family: one roof, often one telephone
            if made == count:
                return
            other = _somebody(chance, made)
            shared = chance.random() < 0.3
            yield replace(
                other,
                name=first.name[0] + other.name[1:] if chance.random() < 0.5 else other.name,
                place=first.place,
                street=first.street,
                phone=first.phone if shared else other.phone,
            )
            made += 1


def _somebody(chance: Random, label: int) -> Person:
    name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
    province, city, districts = chance.choice(PLACES)
    road, number = chance.choice(ROADS), chance.randrange(1, 400)
    house = (
        f"{chance.choice(ESTATES)}{chance.randrange(1, 40)}号楼{chance.randrange(1, 30)}"
        f"{chance.randrange(1, 5):02d}室"
    )
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(365 * 60))
    short = "".join(lazy_pinyin(name))
    return Person(
        label=label,
        name=name,
        phone=chance.choice(("13", "15", "18", "17")) + f"{chance.randrange(10**9):09d}",
        place=(province, city, chance.choice(districts)),
        street=f"{road}{number}号{house if chance.random() < 0.6 else ''}",
        birthday=born,
        wechat=f"{short}{chance.randrange(10_000)}" if chance.random() < 0.7 else "",
    )


def _misspelt(chance: Random, one: Person) -> Sequence[str | None]:
    values = dict(zip(FIELDS, one.written(), strict=True))
    for field, (often, change) in NOISE.items():
        if values[field] and chance.random() < often:
            values[field] = change(chance, one)
    for field, often in MISSING.items():
        if chance.random() < often:
            values[field] = None
    return tuple(values[one] or None for one in FIELDS)


def _name(chance: Random, one: Person) -> str:
    name, sort = one.name, chance.random()
    known = [n for n, char in enumerate(name) if char in SAME_SOUND]
    if sort < 0.5 and known:
        at = chance.choice(known)
        return name[:at] + SAME_SOUND[name[at]] + name[at + 1 :]
    if sort < 0.7:
        at = chance.randrange(1, len(name))
        return name[:at] + chance.choice(GIVEN) + name[at + 1 :]
    if sort < 0.85:
        given = "".join(lazy_pinyin(name[1:])).title()
        return f"{''.join(lazy_pinyin(name[0])).title()} {given}"
    return f"{name[0]} {name[1:]}"


def _digits(chance: Random, text: str) -> str:
    at = chance.randrange(3, len(text) - 1)
    if chance.random() < 0.5:
        return text[:at] + str(chance.randrange(10)) + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _phone(chance: Random, one: Person) -> str:
    if chance.random() < 0.4:  # another number
        return "19" + f"{chance.randrange(10**9):09d}"
    return _digits(chance, one.phone)


def _address(chance: Random, one: Person) -> str:
    parts = list(one.place)
    for n, often in enumerate((0.6, 0.3, 0.3)):
        if chance.random() < often:
            parts[n] = ""
    street = one.street
    if chance.random() < 0.3:
        street = street.replace("号楼", "栋").replace("室", "")
    if chance.random() < 0.2:
        street = street.split("号")[0] + "号"
    if chance.random() < 0.15:
        at = chance.randrange(len(street))
        street = street[:at] + street[at + 1 :]
    if chance.random() < 0.05:  # moved
        return "".join(
            (*chance.choice(PLACES)[:2], f"{chance.choice(ROADS)}{chance.randrange(400)}号")
        )
    return "".join(parts) + street


def _born(chance: Random, one: Person) -> str:
    if one.birthday.day <= 12 and chance.random() < 0.5:
        return one.birthday.replace(month=one.birthday.day, day=one.birthday.month).isoformat()
    return (one.birthday + timedelta(days=chance.choice((-10, -1, 1, 10, 365)))).isoformat()


def _wechat(chance: Random, one: Person) -> str:
    return one.wechat.upper() if chance.random() < 0.5 else one.phone


NOISE: Mapping[str, tuple[float, Callable[[Random, Person], str]]] = {
    "name": (0.25, _name),
    "phone": (0.2, _phone),
    "address": (0.6, _address),
    "birthday": (0.15, _born),
    "wechat": (0.2, _wechat),
}
MISSING = {"phone": 0.1, "address": 0.25, "birthday": 0.4, "wechat": 0.3}
