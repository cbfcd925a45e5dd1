"""Numbers in Chinese characters, as contracts have them: 壹佰万元整, 一百二十万, 贰元叁角伍分."""

import re
from collections.abc import Mapping
from decimal import Decimal

DIGITS: Mapping[str, int] = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
ONE = "[一壹二贰两三叁四肆五伍六陆七柒八捌九玖]"
SECTION = re.compile(
    f"(?:({ONE})[千仟])?[零〇]?(?:({ONE})[百佰])?[零〇]?(?:({ONE}?)[十拾])?[零〇]?({ONE})?[零〇]?"
)
NUMERAL = re.compile(
    r"(负?)(?:([^亿億]+)[亿億])?(?:([^万萬亿億]+)[万萬])?([^万萬亿億元圆圓角分]*?)"
    rf"[元圆圓]?[整正]?(?:({ONE})角)?(?:[零〇]?({ONE})分)?[整正]?"
)


def numeral(text: str) -> Decimal | None:
    """Read a number written in characters; None if it is not one."""
    found = NUMERAL.fullmatch(text.removeprefix("人民币").strip())
    if found is None or not any(sign in DIGITS or sign in "十拾" for sign in text):
        return None
    sections = [_section(found[at] or "") for at in (2, 3, 4)]
    if any(one is None for one in sections):
        return None
    total = 0
    for one in sections:
        total = total * 10**4 + (one or 0)
    cents = DIGITS.get(found[5], 0) * 10 + DIGITS.get(found[6], 0)
    value = Decimal(total * 100 + cents).scaleb(-2)
    return -value if found[1] else value


def _section(text: str) -> int | None:
    """Read what stands before 亿, before 万 or at the end: below ten thousand."""
    found = SECTION.fullmatch(text)
    if found is None:
        return None
    tens = 1 if found[3] == "" else DIGITS.get(found[3], 0)
    return (
        DIGITS.get(found[1], 0) * 1000
        + DIGITS.get(found[2], 0) * 100
        + tens * 10
        + DIGITS.get(found[4], 0)
    )
