"""
How many values each kind puts into standard form in a second of one core, beside what a bare
`str.strip` does in the same loop: `python -m bench.standardize`.

Time is that of the process, so that what else the machine does counts for little. `usual` are the
shapes that forms and exports send, `messy` those that people type.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

from zhike.meta import KINDS

USUAL: dict[str, Sequence[object]] = {
    "company_name": [
        "北京嘉和大文化传媒有限责任公司",
        "宁波百川电子商务有限责任公司",
        "腾讯科技（深圳）有限公司",
    ],
    "person_name": ["孙强", "胡刚勇", "钱文静", "欧阳娜娜"],
    "job_title": ["采购经理", "总经理", "销售总监", "采购部经理"],
    "phone": [
        "18784873928",
        "+86 15395545259",
        "86-13654765126",
        "+86-13812345678",
        "0571-81593195",
    ],
    "email": ["sales1752@example.com", "626167@qq.com", "Info151@Example.cn "],
    "credit_code": ["91110000CDP0000000", "91440300CDPTE5T01A", "12110000CDPG0W002Y"],
    "id_number": ["110105199003072936", "11010519491231002X"],
    "bank_account": ["6222021000000000009", "1202022209900123456"],
    "region": ["浙江省杭州市西湖区", "湖北", "北京/北京/海淀区", "浙江杭州", "330106"],
    "address": ["浙江省杭州市西湖区文三路90号", "科技园南区5栋301"],
    "date": ["2026-01-14", "2024/6/17", "20260203", "2025年8月1日"],
    "datetime": ["2026-06-13 01:26:00", "2025-06-15T17:21:00"],
    "money": ["614690000", "9077.50", 614690000, 1030000.5, "1,030,000.00", "9077万"],
    "percent": ["25%", "0.25", "3.5%"],
    "number": ["21", 37, "46", "1,234"],
    "boolean": ["是", "否", "√", "Y", True],
    "option": ["A", "重点客户", "普通"],
    "options": ["重点客户、普通", ["A", "B"]],
    "text": ["微信已加", "A 型泵", "SO2026000001"],
}
MESSY: dict[str, Sequence[object]] = {
    "company_name": [
        " 苏州明远一精密机械有限责任公司",
        "百川(杭州)科技有限公司",
        "騰訊控股有限公司",
    ],
    "person_name": ["王娜静(采购)", "马强伟 经理", "钱 强", "张伟先生"],
    "job_title": ["Sales Manager", "華東區銷售總監"],
    "phone": [
        "17111593195/0571-81593195",
        "010 6234 5678转801",
        "手机：138 1234 5678",
        "400-810-1234",
    ],
    "email": ["info151@example.cn;hr151@example.cn", "ｓａｌｅｓ＠example。com", "邮箱:a@b.cn"],
    "credit_code": ["9111 0000 CDP0 0000 00", "91110000cdp0000000"],
    "id_number": ["110105 19900307 2936", "110105491231002"],
    "bank_account": ["6222 0210 0000 0000 009"],
    "address": [" 浙江省 杭州市 文三路 ９０ 号"],
    "date": ["10/14/2025", "2024-08-08 13:30", "二〇二六年三月五日", "26.3.5", 45870],
    "money": ["¥1,030,000.00", "壹万贰仟元整", "（1,000）", "12.5万元"],
    "percent": ["百分之二十五", "２５％"],
    "boolean": ["是的", "☑", "无"],
    "option": ["zdkh", "Ａ"],
}
OPTIONS: dict[str, Any] = {
    "options": [{"key": "A", "label": "重点客户"}, {"key": "B", "label": "普通"}]
}
SETTINGS = {"option": OPTIONS, "options": OPTIONS}
ENOUGH = 0.4
ROUNDS = 200
GOAL = 100_000


def rate(read: Callable[[Any, Any], object], values: Sequence[object], asked: object) -> float:
    """Give calls per second of process time, the best of three."""
    many = [value for value in values for _ in range(ROUNDS)]
    best = 0.0
    for _ in range(3):
        count, started = 0, time.process_time()
        while (took := time.process_time() - started) < ENOUGH / 3:
            for value in many:
                read(value, asked)
            count += len(many)
        best = max(best, count / took)
    return best


def main() -> None:
    """Print the table."""
    floor = rate(lambda value, _: str.strip(value), ["  浙江省杭州市西湖区 "], None)
    print(f"{'floor':<14}{floor:>12,.0f} values/s (str.strip)")
    for title, shapes in (("usual", USUAL), ("messy", MESSY)):
        print(f"{title:<14}{'values/s':>12}{'of floor':>10}")
        for name, values in shapes.items():
            kind = KINDS[name]
            asked = kind.settings.model_validate(SETTINGS.get(name, {}))
            found = rate(kind.read, values, asked)
            short = "" if found >= GOAL or shapes is MESSY else f"  below {GOAL:,}"
            print(f"  {name:<12}{found:>12,.0f}{found / floor:>10.3f}{short}")


if __name__ == "__main__":
    main()
