"""
Makes the spreadsheet that the import is measured with: as messy as a salesman's, as large as
asked.
"""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from zhike.packs.demo.words import (
    BRANDS_FIRST,
    BRANDS_SECOND,
    CITIES,
    FORMS,
    GIVEN,
    SURNAMES,
    TRADES,
)

HEAD = (
    "客户编号", "公司名称(必填)", "联系人", "手机/电话", "座机", "邮箱", "所在地区",
    "详细地址", "行业", "员工人数", "年营收(元)", "客户级别", "来源", "录入日期", "备注",
)  # fmt: skip
LEVELS = ("A", "B", "C", "A级", "重点", None)
SOURCES = ("展会", "官网", "转介绍", "广告", None)


def _money(random: Random) -> object:
    amount = random.randint(100, 90000) * 10_000
    style = random.randrange(4)
    return (amount, f"{amount // 10_000}万", f"¥{amount:,}.00", f"{amount / 1e8:.2f}亿")[style]


def _day(random: Random) -> str:
    day = date(2023, 1, 1) + timedelta(days=random.randrange(1300))
    style = random.randrange(4)
    return (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    )[style]


def line(number: int, random: Random) -> tuple[object, ...]:
    """Give the n-th customer as a line of cells; of the same random numbers, the same one."""
    city = random.choice(CITIES)
    trade, industry = random.choice(TRADES)
    pair = number % (len(BRANDS_FIRST) * len(BRANDS_SECOND))
    rest = number // (len(BRANDS_FIRST) * len(BRANDS_SECOND))
    brand = (
        BRANDS_FIRST[pair % len(BRANDS_FIRST)]
        + BRANDS_SECOND[pair // len(BRANDS_FIRST)]
        + chr(0x4E00 + rest)
    )
    mobile = f"1{(3, 5, 8)[number % 3]}{number:09d}"
    return (
        f"X{number:07d}",
        f"{city.name}{brand}{trade}{random.choice(FORMS)}",
        random.choice(SURNAMES) + random.choice(GIVEN),
        (mobile, f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}", f"+86 {mobile}")[number % 3],
        f"{city.area_code}-8{number % 10_000_000:07d}",
        f"sales{number}@Example.cn",
        city.region if number % 2 else city.name,
        f"工业路 {number % 999} 号",
        industry,
        random.choice((20, 80, 300, None)),
        _money(random),
        random.choice(LEVELS),
        random.choice(SOURCES),
        _day(random),
        "展会认识" if number % 3 else None,
    )


def sheet(path: Path, lines: int) -> Path:
    """Write a workbook of so many customers, unless it is there already."""
    if path.exists():
        return path
    random = Random(2026)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("客户")
    page.write_row(0, 0, ["客户台账"])
    page.write_row(1, 0, HEAD)
    for number in range(lines):
        page.write_row(number + 2, 0, line(number, random))
    book.close()
    return path
