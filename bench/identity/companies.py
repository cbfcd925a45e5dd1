"""
A labelled set of Chinese companies as they are typed in: the same ones in several spellings, and
different ones that look alike.

Generated from one seeded source of chance and kept in `companies.csv`, so that everybody measures
the same. `python -m bench.identity.companies` writes it anew.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from pypinyin import lazy_pinyin

SEED = 20260731
ENTITIES = 4_000
FILE = Path(__file__).with_name("companies.csv")
COLUMNS = (
    "id",
    "company",
    "name",
    "credit_code",
    "phone",
    "landline",
    "email",
    "address",
    "legal_person",
)

CITIES = (
    ("浙江省", "杭州市", "0571", ("西湖区", "滨江区", "余杭区")),
    ("浙江省", "宁波市", "0574", ("鄞州区", "海曙区", "北仑区")),
    ("江苏省", "苏州市", "0512", ("吴中区", "姑苏区", "相城区")),
    ("江苏省", "南京市", "025", ("江宁区", "鼓楼区", "玄武区")),
    ("广东省", "深圳市", "0755", ("南山区", "福田区", "宝安区")),
    ("广东省", "广州市", "020", ("天河区", "越秀区", "番禺区")),
    ("湖北省", "武汉市", "027", ("洪山区", "江岸区", "武昌区")),
    ("四川省", "成都市", "028", ("武侯区", "锦江区", "青羊区")),
    ("山东省", "青岛市", "0532", ("崂山区", "市北区", "黄岛区")),
    ("", "上海市", "021", ("浦东新区", "徐汇区", "闵行区")),
    ("", "北京市", "010", ("海淀区", "朝阳区", "丰台区")),
    ("", "天津市", "022", ("南开区", "河西区", "和平区")),
)
BRAND = (
    "海纳恒通瑞丰鼎盛宏远嘉禾卓越泰和云图智联昊天景明安信博雅创新佳和立诚金桥华彩东方正元启航凌志"
    "盛源锦绣同济国泰德隆福临广源汇丰吉祥康宁朗月美辰诺亚欧尚普惠强胜荣耀森林尚品腾飞维度祥瑞旭日"
    "易达银河永兴宇航元亨长城振华中科众合紫光百川晨曦大成飞跃高扬固德贵和浩瀚"
)
TRADES = (
    "科技", "信息技术", "网络科技", "机械设备", "精密机械", "电子",
    "自动化设备", "新材料", "贸易", "进出口", "物流", "供应链管理",
    "建筑工程", "装饰工程", "环保科技", "医疗器械", "生物科技", "食品",
    "服装", "包装材料", "文化传媒", "广告", "企业管理咨询", "教育科技",
    "汽车零部件", "仪器仪表", "化工", "塑料制品", "五金制品", "电气",
)  # fmt: skip
FORMS = ("有限公司", "有限公司", "有限公司", "有限公司", "股份有限公司", "有限责任公司")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志红文斌宇浩然子轩梓涵"
ROADS = (
    "文一路", "学院路", "解放大道", "科技园路", "创新大道", "人民路", "建设路", "中山路", "滨江路",
    "工业园区", "创业路", "望江路",
)  # fmt: skip
TRADITIONAL = dict(
    zip(
        "华东国电机业网贸联达运进务环医疗广设备测实银亚兴发动车业钱龙飞马贵义荣丰陆强"
        "义师长门开关间阳际宁万与亿产",
        "華東國電機業網貿聯達運進務環醫療廣設備測實銀亞興發動車業錢龍飛馬貴義榮豐陸強"
        "義師長門開關間陽際寧萬與億產",
        strict=True,
    )
)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One company as it really is, or as somebody typed it."""

    company: int
    place: tuple[str, str, str, tuple[str, ...]]
    brand: str
    trade: str
    form: str
    branch: str = ""
    name: str = ""
    credit_code: str = ""
    phone: str = ""
    landline: str = ""
    email: str = ""
    address: str = ""
    legal_person: str = ""
    typed: bool = field(default=False)


def credit_code(chance: Random) -> str:
    """Make a unified social credit code with its check character."""
    body = "91" + "".join(chance.choices("0123456789", k=6)) + "MA"
    body += "".join(chance.choices(ALPHABET, k=7))
    total = sum(ALPHABET.index(one) * weight for one, weight in zip(body, WEIGHTS, strict=True))
    return body + ALPHABET[-total % 31]


def full_name(one: Company) -> str:
    """Give the name as the register has it."""
    return one.place[1].removesuffix("市") + one.brand + one.trade + one.form + one.branch


def companies(chance: Random, count: int) -> list[Company]:
    """Make companies, some of them relatives of one another that must be kept apart."""
    agents = ["13" + "".join(chance.choices("0123456789", k=9)) for _ in range(count // 60)]
    made: list[Company] = []
    while len(made) < count:
        head = _head(chance, len(made))
        if chance.random() < 0.08:
            head = replace(head, phone=chance.choice(agents))
        made.append(head)
        roll = chance.random()
        if roll < 0.10:
            made.append(_sister(chance, head, len(made)))
        elif roll < 0.16:
            made.append(_elsewhere(chance, head, len(made)))
        elif roll < 0.20:
            made.append(_branch(chance, head, len(made)))
    return made[:count]


def _head(chance: Random, number: int) -> Company:
    place = chance.choice(CITIES)
    brand = "".join(chance.sample(BRAND, chance.choice((2, 2, 2, 3))))
    person = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
    domain = "".join(lazy_pinyin(brand)) + chance.choice((".com", ".cn", ".com.cn", "tech.com"))
    mailbox = chance.choice(("info", "sales", "hr", "office", "".join(lazy_pinyin(person))))
    one = Company(
        company=number,
        place=place,
        brand=brand,
        trade=chance.choice(TRADES),
        form=chance.choice(FORMS),
        credit_code=credit_code(chance),
        phone="1" + chance.choice("3578") + "".join(chance.choices("0123456789", k=9)),
        landline=f"{place[2]}-8" + "".join(chance.choices("0123456789", k=7)),
        email=f"{mailbox}@{domain}",
        address=f"{place[0]}{place[1]}{chance.choice(place[3])}{chance.choice(ROADS)}"
        f"{chance.randrange(1, 999)}号",
        legal_person=person,
    )
    return replace(one, name=full_name(one))


def _sister(chance: Random, head: Company, number: int) -> Company:
    """Give a company of the same brand and owner in another trade: one switchboard, one domain."""
    trade = chance.choice([one for one in TRADES if one != head.trade])
    one = replace(
        head,
        company=number,
        trade=trade,
        credit_code=credit_code(chance),
        phone=head.phone if chance.random() < 0.4 else _mobile(chance),
        email="info@" + head.email.partition("@")[2],
    )
    return replace(one, name=full_name(one))


def _elsewhere(chance: Random, head: Company, number: int) -> Company:
    """Give a company of the same name in another city, with or without a common owner."""
    place = chance.choice([one for one in CITIES if one != head.place])
    stranger = _head(chance, number)
    owner = head if chance.random() < 0.5 else stranger
    one = replace(
        stranger,
        place=place,
        brand=head.brand,
        trade=head.trade,
        form=head.form,
        email=owner.email,
        legal_person=owner.legal_person,
        phone=owner.phone if chance.random() < 0.3 else stranger.phone,
    )
    return replace(one, name=full_name(one))


def _branch(chance: Random, head: Company, number: int) -> Company:
    """Give a branch of a company, which is another party to a contract than its head."""
    where = chance.choice(CITIES)[1].removesuffix("市")
    one = replace(
        head,
        company=number,
        branch=f"{where}分公司",
        credit_code=credit_code(chance),
        phone=_mobile(chance),
    )
    return replace(one, name=full_name(one))


def _mobile(chance: Random) -> str:
    return "1" + chance.choice("3578") + "".join(chance.choices("0123456789", k=9))


Spoil = Callable[[Random, Company], Company]


def _sounds(chance: Random, name: str, at: int) -> str:
    """Give another character with the same reading, if there is a common one."""
    said = lazy_pinyin(name[at])
    alike = [
        one for one in BRAND + GIVEN + "豪恒横衡丰峰锋风诚城成程晟鑫欣新信星兴" if one != name[at]
    ]
    same = [one for one in alike if lazy_pinyin(one) == said]
    return chance.choice(same) if same else name[at]


def _typo(chance: Random, one: Company) -> Company:
    """Mistype one character of brand or trade."""
    start = one.name.find(one.brand)
    if start < 0:
        return one
    at = start + chance.randrange(len(one.brand + one.trade))
    if at >= len(one.name):
        return one
    how = chance.random()
    if how < 0.5:
        put = _sounds(chance, one.name, at)
    elif how < 0.75:
        put = chance.choice(BRAND)
    else:
        put = "" if len(one.brand) > 2 or at >= start + len(one.brand) else one.name[at] * 2
    return replace(one, name=one.name[:at] + put + one.name[at + 1 :])


def _shorter(chance: Random, one: Company) -> Company:
    """Leave the form or the place out, as people do."""
    name = one.name
    if chance.random() < 0.7 and not one.branch:
        name = name.removesuffix(one.form) + chance.choice(("", "公司"))
    else:
        name = name.removeprefix(one.place[1].removesuffix("市"))
    return replace(one, name=name)


def _longer(chance: Random, one: Company) -> Company:
    """Write the place out: 杭州市, 浙江省杭州市, 浙江杭州."""
    bare = one.place[1].removesuffix("市")
    if not one.name.startswith(bare):
        return one
    written = chance.choice((one.place[1], one.place[0] + one.place[1], one.place[0][:-1] + bare))
    return replace(one, name=written + one.name.removeprefix(bare))


def _bracketed(chance: Random, one: Company) -> Company:
    """Put the place into brackets: 海纳(杭州)科技有限公司."""
    bare = one.place[1].removesuffix("市")
    if not one.name.startswith(bare) or one.brand not in one.name:
        return one
    left, right = chance.choice(("()", "（）", "()"))
    rest = one.name.removeprefix(bare)
    at = rest.find(one.brand) + len(one.brand)
    return replace(one, name=f"{rest[:at]}{left}{bare}{right}{rest[at:]}")


def _traditional(_: Random, one: Company) -> Company:
    return replace(one, name="".join(TRADITIONAL.get(char, char) for char in one.name))


def _spaced(chance: Random, one: Company) -> Company:
    at = chance.randrange(1, len(one.name))
    return replace(one, name=one.name[:at] + chance.choice((" ", "\u3000", "  ")) + one.name[at:])


def _form(_: Random, one: Company) -> Company:
    if one.name.endswith("有限责任公司"):
        return replace(one, name=one.name.removesuffix("有限责任公司") + "有限公司")
    if one.name.endswith("股份有限公司"):
        return replace(one, name=one.name.removesuffix("股份有限公司") + "股份公司")
    if one.name.endswith("有限公司"):
        return replace(one, name=one.name.removesuffix("有限公司") + "有限责任公司")
    return one


SPOILS: tuple[tuple[Spoil, float], ...] = (
    (_longer, 0.2),
    (_bracketed, 0.12),
    (_form, 0.1),
    (_shorter, 0.3),
    (_typo, 0.35),
    (_traditional, 0.1),
    (_spaced, 0.1),
)


def typed(chance: Random, one: Company) -> Company:
    """Give a company as somebody else typed it: another spelling, other contacts, gaps."""
    for spoil, odds in SPOILS:
        if chance.random() < odds:
            one = spoil(chance, one)
    gaps = {
        "credit_code": 0.7,
        "phone": 0.3,
        "landline": 0.5,
        "email": 0.4,
        "address": 0.4,
        "legal_person": 0.4,
    }
    kept = {key: "" if chance.random() < odds else getattr(one, key) for key, odds in gaps.items()}
    if kept["phone"] and chance.random() < 0.25:
        kept["phone"] = _mobile(chance)
    if kept["address"] and chance.random() < 0.4:
        kept["address"] = kept["address"].removeprefix(one.place[0]).replace("号", "")
    if not any(kept.values()):
        kept["phone"] = one.phone
    return replace(one, typed=True, **kept)


def rows(seed: int = SEED, count: int = ENTITIES) -> Iterator[tuple[str, ...]]:
    """Give every line of the set; `company` says which lines are the same company."""
    chance = Random(seed)
    lines: list[Company] = []
    for one in companies(chance, count):
        gap = chance.random() < 0.3
        lines.append(replace(one, credit_code="") if gap else one)
        lines += [typed(chance, one) for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3)))]
    chance.shuffle(lines)
    for number, one in enumerate(lines):
        told = (one.name, one.credit_code, one.phone, one.landline, one.email, one.address)
        yield (str(number), str(one.company), *told, one.legal_person)


def main() -> None:
    """Write the set beside this file."""
    with FILE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(rows())


if __name__ == "__main__":
    main()
