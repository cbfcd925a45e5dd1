"""How many values of the usual shapes each kind reads in a second, on one core."""

import time
from collections.abc import Sequence
from contextlib import suppress

from zhike.kernel.faults import Fault
from zhike.meta import KINDS

SHAPES: dict[str, Sequence[object]] = {
    "phone": [
        "18784873928",
        "+86 15395545259",
        "86-13654765126",
        "196 2869 7476",
        "+86-13812345678",
    ],
    "money": ["614690000", "9077.50", 614690000, 1030000.5, "0"],
    "date": ["2026-01-14", "2024-06-17", "1990-02-03"],
    "datetime": ["2026-06-13 01:26:00", "2025-06-15T17:21:00"],
    "email": ["sales1752@example.com", "626167@qq.com", "Info151@Example.cn "],
    "company_name": ["北京嘉和大文化传媒有限责任公司", "宁波百川电子商务有限责任公司"],
    "person_name": ["孙强", "胡刚勇", "钱文静"],
    "text": ["微信已加", "A 型泵", "SO2026000001"],
    "option": ["A", "B"],
    "region": ["浙江省杭州市西湖区", "湖北", "北京/北京/海淀区", "浙江杭州"],
    "number": ["21", 37, "46"],
}
MESSY: dict[str, Sequence[object]] = {
    "phone": ["17111593195/0571-81593195", "010-62345678", "1366867994"],
    "money": ["9077万", "¥1,030,000.00", "296,250,000", "1.70亿"],
    "date": ["20260114", "2025年8月1日", "2026/2/3", "10/14/2025", "2024-08-08 00:00:00"],
    "email": ["info151@example.cn;hr151@example.cn"],
    "company_name": [" 苏州明远一精密机械有限责任公司", "百川(杭州)科技有限公司"],
    "person_name": ["王娜静(采购)", "马强伟 经理", "钱 强"],
}
ENOUGH = 0.3
OPTIONS = {"option": {"options": ["A", "B", "C"]}}


def rate(name: str, values: Sequence[object]) -> float:
    """Give values read per second."""
    kind = KINDS[name]
    settings = kind.settings.model_validate(OPTIONS.get(name, {}))
    read, count, started = kind.read, 0, time.perf_counter()
    while time.perf_counter() - started < ENOUGH:
        for value in values * 200:
            with suppress(Fault):
                read(value, settings)
        count += 200 * len(values)
    return count / (time.perf_counter() - started)


def main() -> None:
    """Print the table."""
    for title, shapes in (("usual", SHAPES), ("messy", MESSY)):
        print(f"{title:<14}values/s")
        for name, values in shapes.items():
            print(f"  {name:<12}{rate(name, values):>12,.0f}")


if __name__ == "__main__":
    main()
