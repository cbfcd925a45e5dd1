"""Names of people and their titles."""

import re
from collections.abc import Iterator

from zhike.hub.parse.found import Finding, segments
from zhike.meta.kinds.person_name import ADDRESS, COMPOUND, DUTIES, HAN

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董袁潘蒋蔡余于杜叶"
    "程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺"
    "顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关"
    "兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁"
    "蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全"
    "佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
DUTY = rf"(?:[{HAN}]{{0,6}}?(?:{DUTIES})(?:/[{HAN}]{{1,8}})?)"
NAME = rf"(?:(?:{COMPOUND})[{HAN}]{{1,2}}|[{SURNAMES}][{HAN}]{{1,2}})"
LATIN = r"(?: {1,2}[A-Z][A-Za-z .'-]{1,30})?"
ALONE = re.compile(
    rf"(?:[{HAN}]{{1,6}}[部处科组] {{1,2}})?({NAME}){LATIN}(?: {{0,3}}[(\[ ]? ?({DUTY})[)\]]?)?$"
)
TITLE_FIRST = re.compile(rf"({DUTY})[ :-]{{1,3}}({NAME})(?= |$)")
NOT_ONE = re.compile(r"[想要你我他们的了是有吗呢在给请谢]")
WORDS = frozenset(
    (
        "方式", "方便", "方法", "方案", "高新", "高级", "高端", "金融", "安全", "程序",
        "时间", "时候", "马上", "成都", "明天", "明白", "白天", "周一", "周二", "周三",
        "周四", "周五", "周六", "周日", "周末", "万元", "曾经", "江苏", "江西", "江北",
        "江南", "安徽", "温州", "常州", "常熟", "徐州", "金华", "黄山", "黄石", "石家",
        "田园", "云南", "海南", "宁波", "宁夏", "连云", "连锁", "华东", "华南", "华北",
        "华中", "许多", "于是", "关于", "关系", "管理", "包括", "包装", "毛利", "单位",
        "单价", "平台", "平时", "席位", "党委", "左右", "支持", "文件", "文化", "余额",
        "全部", "经理", "项目", "应该", "应用", "路过", "路由", "司机", "和你", "沙发",
        "游戏", "花园", "阳光", "房产", "房间", "水平", "牛肉", "马路", "冷链", "成交",
        "成本", "成品", "贺卡", "康复", "邮箱",
    )
)  # fmt: skip
"""What begins like a surname and is no name."""
SAID = re.compile(
    rf"(?:我是(?:[^\n,。]{{0,40}}的)?|我叫|本人|联系人|联系|姓名|找|收件人|发件人|老板"
    rf"|对接人|负责人|联络人|接口人)[ :是为]{{0,3}}({NAME})"
    rf"(?: {{0,2}}[(]?({DUTY})[)]?)?(?![{HAN}])"
)
SPACED = re.compile(rf"^([{SURNAMES}] {{1,4}}[{HAN}](?: {{0,4}}[{HAN}])?)(?: {{2,6}}({DUTY}))?$")
WORD = r"[A-Z][a-z]{1,20}(?:-[A-Z][a-z]{1,20})?"
ENGLISH = re.compile(rf"^(?:(?:Mr|Ms|Mrs|Dr)\.? )?({WORD}(?: [A-Z]\.?)? {WORD}(?: {WORD})?)$")
ENGLISH_TITLE = re.compile(
    r"^((?:[A-Z][A-Za-z&]{0,20} ){0,4}(?:Manager|Director|Engineer|President|CEO|CTO|CFO|COO"
    r"|Officer|Buyer|Sales|Assistant|Partner|Consultant|Representative|Founder|Head|Executive)"
    r"(?: of [A-Z][A-Za-z& ]{1,30})?)$"
)
TITLE = re.compile(rf"^(?:高级|资深|首席|区域|大区|华东|华南|华北|全国|执行|常务)?{DUTY}$")


ADDRESSED = re.compile(rf"[{SURNAMES}](?:{DUTIES})$")
WHOLE = re.compile(rf"{NAME}$")


def person(text: str) -> Iterator[Finding]:
    """Find a person's name, and a title beside it or alone on its line."""
    named = False
    for one in (*_said(text), *_lines(text)):
        named = named or one.sort == "person"
        yield one
    if not named:
        yield from _words(text)


def _said(text: str) -> Iterator[Finding]:
    for one in SAID.finditer(text):
        if one[1] not in WORDS:
            yield from _named(one, 1, 2, place=0, confidence=0.9)


def _lines(text: str) -> Iterator[Finding]:
    for place, said in segments(text):
        if (one := SPACED.match(said)) or (_is_name(said) and (one := ALONE.match(said))):
            yield from _named(one, 1, 2, place=place, confidence=0.85)
        elif one := TITLE_FIRST.match(said):
            yield from _named(one, 2, 1, place=place, confidence=0.85)
        elif _is_title(said) or ENGLISH_TITLE.match(said):
            yield Finding(sort="title", start=place, end=place + len(said), text=said,
                          confidence=0.85)  # fmt: skip
        elif one := ENGLISH.match(said):
            yield Finding(sort="person", start=place + one.start(1), end=place + one.end(1),
                          text=one[1], confidence=0.7)  # fmt: skip


def _is_title(said: str) -> bool:
    """李经理 is how somebody is addressed, and a sentence may end with a word for a trade."""
    return bool(TITLE.match(said)) and not (ADDRESSED.match(said) or NOT_ONE.search(said))


def _words(text: str) -> Iterator[Finding]:
    """Where no line is a name, take the first word that may be one."""
    for place, said in segments(text, breaks="\n ,;|/、。!?:"):
        if WHOLE.match(said) and _is_name(said):
            yield Finding(sort="person", start=place, end=place + len(said), text=said,
                          confidence=0.6)  # fmt: skip
            return


def _is_name(said: str) -> bool:
    """A form of address (王总) is no name, nor is a word that begins like one."""
    first = said.partition(" ")[0]
    return not (ADDRESS.fullmatch(first) or first in WORDS or NOT_ONE.search(first))


def _named(
    one: re.Match[str], name: int, title: int, *, place: int, confidence: float
) -> Iterator[Finding]:
    yield Finding(sort="person", start=place + one.start(name), end=place + one.end(name),
                  text=one[name], confidence=confidence)  # fmt: skip
    if one[title]:
        yield Finding(sort="title", start=place + one.start(title), end=place + one.end(title),
                      text=one[title], confidence=confidence)  # fmt: skip
