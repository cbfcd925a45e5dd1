"""Functions of texts. A text of no characters is empty; positions count from 1, as in Excel."""

from decimal import Decimal

from zhike.kernel.sql import Param, Sql, joined, param, sql, vetted
from zhike.lang.functions.function import NUMBERS, TEXTS, Function, Parameter, doc, shows

TEXT = Parameter(name="text", accepts=TEXTS)
COUNT = Parameter(name="count", accepts=NUMBERS)
LEAST, MOST = Decimal(0), Decimal(1_000_000)
"""Between these a count of characters is cut, as `zhike.whole` does it."""


def _whole(count: Sql) -> Sql:
    """
    Give a count of characters as PostgreSQL takes it.

    One that is written out is worked out here: a formula that is kept in a column is read again at
    every write, with all its calls.
    """
    match count.parts:
        case (Param(value=Decimal() as known),):
            return param(int(max(LEAST, min(known, MOST))), "integer")
        case _:
            return sql("zhike.whole({count})", count=count)


def _concat(*args: Sql) -> Sql:
    filled = [sql("coalesce({one}, '')", one=one) for one in args]
    return sql("NULLIF({all}, '')", all=joined(filled, by=" || "))


def _masked(text: Sql, first: Sql | None = None, last: Sql | None = None) -> Sql:
    return sql(
        "zhike.masked({text}, {first}, {last})",
        text=text, first=first or vetted("3"), last=last or vetted("4"),
    )  # fmt: skip


def _kept(name: str) -> Parameter:
    return Parameter(name=name, accepts=NUMBERS, optional=True, whole=range(1001))


TEXT_OF = (
    Function(
        name="LEN",
        parameters=(TEXT,),
        gives="number",
        sql=lambda text: sql("coalesce(length({text}), 0)::numeric", text=text),
        doc=doc("字符数；空为 0", "The number of characters; 0 if empty"),
        examples=shows(('LEN("知客 CRM")', "6"), ("LEN(empty)", "0")),
    ),
    Function(
        name="LEFT",
        parameters=(TEXT, COUNT),
        sql=lambda text, count: sql(
            "NULLIF(left({text}, {count}), '')", text=text, count=_whole(count)
        ),
        doc=doc("开头的若干个字符", "The first characters"),
        examples=shows(('LEFT("杭州科技", 2)', "杭州"), ('LEFT("a", -1)', None)),
    ),
    Function(
        name="RIGHT",
        parameters=(TEXT, COUNT),
        sql=lambda text, count: sql(
            "NULLIF(right({text}, {count}), '')", text=text, count=_whole(count)
        ),
        doc=doc("结尾的若干个字符", "The last characters"),
        examples=shows(
            ('RIGHT("13812345678", 4)', "5678"),
        ),
    ),
    Function(
        name="MID",
        parameters=(TEXT, Parameter(name="start", accepts=NUMBERS), COUNT),
        sql=lambda text, start, count: sql(
            "NULLIF(substr({text}, {start}, {count}), '')",
            text=text,
            start=_whole(start),
            count=_whole(count),
        ),
        doc=doc("从第几个字符起的若干个字符", "Some characters from a position on"),
        examples=shows(('MID("abcdef", 3, 2)', "cd"), ('MID("abc", 9, 2)', None)),
    ),
    Function(
        name="TRIM",
        parameters=(TEXT,),
        sql=lambda text: sql("NULLIF(btrim({text}, E' \\t\\n\\r\\u3000\\u00A0'), '')", text=text),
        doc=doc("去掉首尾的空白", "The text without blanks around it"),
        examples=shows(('TRIM("  知客　")', "知客"), ('TRIM("  ")', None)),
    ),
    Function(
        name="UPPER",
        parameters=(TEXT,),
        sql=lambda text: sql("upper({text})", text=text),
        doc=doc("转为大写", "The text in capitals"),
        examples=shows(
            ('UPPER("abc知")', "ABC知"),
        ),
    ),
    Function(
        name="LOWER",
        parameters=(TEXT,),
        sql=lambda text: sql("lower({text})", text=text),
        doc=doc("转为小写", "The text in small letters"),
        examples=shows(
            ('LOWER("ABC")', "abc"),
        ),
    ),
    Function(
        name="REPLACE",
        parameters=(
            TEXT,
            Parameter(name="old", accepts=TEXTS),
            Parameter(name="new", accepts=TEXTS),
        ),
        sql=lambda text, old, new: sql(
            "zhike.replaced({text}, {old}, {new})", text=text, old=old, new=new
        ),
        doc=doc(
            "把文本中的一段全部换成另一段", "The text with one part replaced wherever it stands"
        ),
        examples=shows(('REPLACE("a-b-c", "-", "/")', "a/b/c"), ('REPLACE("a-b", "-", "")', "ab")),
    ),
    Function(
        name="CONCAT",
        parameters=(TEXT,),
        repeats=1,
        sql=_concat,
        doc=doc("连接若干文本，空值跳过", "Texts in a row, empty ones left out"),
        examples=shows(('CONCAT("a", empty, 1.50)', "a1.5"), ("CONCAT(empty)", None)),
    ),
    Function(
        name="FIND",
        parameters=(Parameter(name="part", accepts=TEXTS), TEXT),
        gives="number",
        sql=lambda part, text: sql(
            "NULLIF(strpos({text}, {part}), 0)::numeric", part=part, text=text
        ),
        doc=doc(
            "一段文本在另一段中的位置，找不到时为空",
            "The position of a part in a text, empty if it is not there",
        ),
        examples=shows(('FIND("b", "abc")', "2"), ('FIND("x", "abc")', None)),
    ),
    Function(
        name="MASK",
        parameters=(
            TEXT,
            _kept("first"),
            _kept("last"),
        ),
        sql=_masked,
        doc=doc(
            "打码，只留开头和结尾若干字符（默认 3 和 4）",
            "The text with stars but for its first and last characters (3 and 4 if not said)",
        ),
        examples=shows(
            ('MASK("13812345678")', "138****5678"),
            ('MASK("李明朗", 1, 0)', "李**"),
            ('MASK("abc")', "***"),
        ),
    ),
    Function(
        name="PINYIN",
        parameters=(TEXT,),
        sql=lambda text: sql("zhike.pinyin({text})", text=text),
        doc=doc("汉字的拼音，不带声调", "Chinese characters in pinyin, without tones"),
        examples=shows(
            ('PINYIN("杭州A1")', "hangzhoua1"),
        ),
    ),
    Function(
        name="REGION_CODE",
        parameters=(Parameter(name="region", accepts=frozenset({"region"})),),
        sql=lambda region: region,
        doc=doc("地区的行政区划代码", "The administrative code of a region"),
        examples=shows(
            ("REGION_CODE(empty)", None),
        ),
    ),
)
