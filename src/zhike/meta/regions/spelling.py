"""How people write the names of divisions: 浙江, 恩施, 苏州高新区 for longer official ones."""

import re
from collections.abc import Iterator

PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族"
    "|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族"
    "|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克|怒族"
    "|鄂温克族|裕固族|保安族|独龙族|鄂伦春族|各族"
)
PROVINCE = re.compile("(?:壮族|回族|维吾尔)?自治区$")
AUTONOMOUS = re.compile(f"(?:{PEOPLES})*自治[州县旗]$|(?:{PEOPLES})区$")
PLAIN = re.compile("(?:特别行政区|地区|新区|林区|矿区|[省市盟区县旗])$")
ZONE = re.compile("(?:开发区|园区|实验区|合作区|新片区|管理区|新城|示范区)(?:管委会)?$")
HIGH_TECH = re.compile("(?:国家)?(?:火炬)?高新?技术(?:产业)?(?:开发区|园区)$")
ECONOMIC = re.compile("(?:国家级?)?经济(?:技术)?开发区$")
SHORTEST = 2


def short(name: str) -> str:
    """Give a name without the word for what it is: 浙江省 → 浙江, 景宁畲族自治县 → 景宁."""
    for ending in (PROVINCE, AUTONOMOUS, PLAIN):
        bare = ending.sub("", name)
        if bare != name:
            return bare if len(bare) >= SHORTEST else name
    return name


def is_zone(name: str) -> bool:
    """Tell whether a name is that of a development zone."""
    return ZONE.search(name) is not None


def zone_names(name: str, above: tuple[str, ...]) -> Iterator[str]:
    """
    Give the ways to write a development zone, each without its place: 高新区, 经开区, 工业园区.

    `above` are the names of its province and city, which its own name often repeats.
    """
    bare = name
    for place in above:
        for way in (place, short(place)):
            bare = bare.removeprefix(way)
    for way in (name, bare):
        yield way
        if way.endswith("园区"):
            yield way.removesuffix("区")
        for pattern, words in ((HIGH_TECH, HIGH_TECH_WORDS), (ECONOMIC, ECONOMIC_WORDS)):
            if pattern.search(way):
                yield from (pattern.sub(word, way) for word in words)


HIGH_TECH_WORDS = ("高新区", "高新", "高新技术开发区", "高新技术产业开发区", "高新开发区")
ECONOMIC_WORDS = ("经开区", "开发区", "经济开发区", "经济技术开发区")
