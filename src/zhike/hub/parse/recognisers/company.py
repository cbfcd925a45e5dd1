"""Names of companies and other bodies, told by how they end."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding
from zhike.meta.kinds.person_name import HAN

FORMS = (
    "有限责任公司|股份有限公司|有限公司|集团公司|总公司|公司|集团|事务所|研究院|研究所|设计院|合作社|经营部"
    "|商行|工厂|制造厂|电子厂|加工厂|厂|大学|学院|医院|中学|小学|幼儿园|协会|基金会|银行|酒店|商场|超市|门市部|工作室"
)
SIGNS = rf"[{HAN}A-Za-z0-9()&·.-]"
CHINESE = re.compile(
    rf"{SIGNS}{{2,40}}?(?:{FORMS})(?!{SIGNS}{{0,12}}(?:有限公司|公司|集团))"
    rf"(?:\([{HAN}]{{2,10}}\))?(?:[{HAN}]{{2,10}}(?:分公司|办事处|分行|支行|分部))?"
)
ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:(?:[A-Z][\w&'-]{0,30},?|&) ){1,6}"
    r"(?:(?:Co\.?|Company),? ?(?:Ltd|Limited)\.?|Ltd\.?|Limited|Inc\.?|LLC|L\.L\.C\.|GmbH|AG"
    r"|Corp(?:oration)?\.?|Group|Co\.)(?![A-Za-z])"
)
LEADING = re.compile(
    rf"^(?:(?:您好|你好|大家好|老师好|我们是|我们|我这边是|这边是|这里是|我是|咱们|来自于?|就职于|任职于|公司是|单位是|公司名称"
    rf"|(?:拜访|走访|见|联系|去)了|公司全称|公司名|单位名称|抬头|开票抬头|名称|公司|单位|贵公司|客户|为|是|叫|在|[{HAN}]{{2,3}}@)(?=.{{4}}))+"
)
NOT_ONE = re.compile(
    r"^(?:贵|我|我们|你们|咱们|他们|该|本|这家|那家|分|子|总|大|小|新|老|上市|母)?(?:公司|集团|厂|银行)$"
)
LEAST = 4


def company(text: str) -> Iterator[Finding]:
    """Find names of companies."""
    for one in CHINESE.finditer(text):
        start = one.start() + _lead(one[0])
        said = text[start : one.end()]
        if len(said) >= LEAST and not NOT_ONE.match(said):
            sure = 0.95 if "有限公司" in said or "有限责任公司" in said else 0.75
            yield Finding(sort="company", start=start, end=one.end(), text=said, confidence=sure)
    for one in ENGLISH.finditer(text):
        yield Finding(sort="company", start=one.start(), end=one.end(), text=one[0], confidence=0.9)


def _lead(said: str) -> int:
    found = LEADING.match(said)
    return found.end() if found else 0
