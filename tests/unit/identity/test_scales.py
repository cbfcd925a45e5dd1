"""The levels of each scale: what they mean, and that DuckDB and Python judge alike."""

# ruff: noqa: S608 - the SQL is made of our own names

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhike.hub.identity.runs.aspects import Aspect
from zhike.hub.identity.scales import BY_KIND, SCALES, Parts, Scale
from zhike.hub.identity.scales.shape import edits, folded, shape
from zhike.hub.identity.weighing.shipped import CHANCE

PAIRS = [
    ("company_name", "杭州海纳科技有限公司", "海纳（杭州）科技有限责任公司", "same"),
    ("company_name", "杭州海纳科技有限公司", "海納科技有限公司", "same_core"),
    ("company_name", "杭州恒丰精密机械有限公司", "杭州衡丰精密机械有限公司", "same_sound"),
    ("company_name", "杭州海纳自动化设备有限公司", "杭州海纳自动化没备有限公司", "misspelt"),
    ("company_name", "上海海科自动化设备有限公司", "上海海料自动化没备有限公司", "two_typos"),
    ("company_name", "上海海科自动化设备有限公司", "上海新丰自动化设备有限公司", "different"),
    ("company_name", "杭州海纳自动化设备有限公司", "杭州海纳自动化", "cut_short"),
    ("company_name", "杭州海纳科技有限公司", "宁波海纳科技有限公司", "elsewhere"),
    ("company_name", "海纳科技有限公司", "海纳科技有限公司苏州分公司", "elsewhere"),
    ("company_name", "杭州海纳科技有限公司", "杭州海纳贸易有限公司", "different"),
    ("company_name", "杭州海纳科技有限公司", "杭州海纳科技股份有限公司", "same_core"),
    ("company_name", "杭州海纳电气有限公司", "杭州海纳电子有限公司", "different"),
    ("company_name", "宁波昂创塑料制品有限公司", "宁波昂创五金制品有限公司", "different"),
    ("company_name", "杭州海纳信息技术有限公司", "杭州海纳信信技术有限公司", "misspelt"),
    ("company_name", "杭州海纳新材料有限公司", "杭州海纳材料有限公司", "misspelt"),
    ("company_name", "杭州海纳科技有限公司公司", "杭州海纳科技有限责任公司", "same"),
    ("company_name", "郑州海纳科技有限公司", "郑川海纳科技有限公司", "one_typo"),
    ("company_name", "上海海纳化工有限公司", "海纳（尚海）化工有限公司", "one_typo"),
    ("company_name", "长沙东方红化工有限公司", "东方红化工有限公司", "same_core"),
    ("company_name", "杭州海纳", "杭州海纳印刷有限公司", "brand"),
    ("company_name", "杭州海纳", "宁波海纳印刷有限公司", "elsewhere"),
    ("company_name", "杭州海纳食品有限公司", "杭州海纳品有限公司", "misspelt"),
    ("company_name", "杭州市第二中学", "杭州市第三中学", "different"),
    ("company_name", "中建三局集团有限公司", "中建八局集团有限公司", "different"),
    ("company_name", "浙江师范大学", "浙江师范大学附属医院", "different"),
    ("person_name", "王伟", "王伟", "same_short"),
    ("person_name", "王建伟", "王建伟", "same"),
    ("person_name", "张晓明", "张小明", "same_sound"),
    ("person_name", "欧阳娜娜", "欧阳娜", "one_typo"),
    ("person_name", "王伟", "李娜", "another"),
    ("person_name", "王芳", "Wang Fang", "same_sound"),
    ("person_name", "michaela neumann", "neumann michaela", "same_sound"),
    ("person_name", "michaela neumann", "peter neumann", "partly"),
    ("person_name", "michaela neumann", "peter jones", "different"),
    ("phone", "+86-13812345678", "13812345678", "different"),
    ("phone", "+86-13812345678", "+86-13812345679", "one_typo"),
    ("email", "li@haina.com", "info@haina.com", "same_domain"),
    ("email", "li@qq.com", "wang@qq.com", "different"),
    ("email", "li@haina.com", "il@haina.com", "one_typo"),
    ("credit_code", "91330106MA2CFAKE01", "91330106MA2CFAKE10", "one_typo"),
    ("credit_code", "91330106MA2CFAKE01", "91110108MA01ABCD2X", "different"),
    ("date", "1980-02-01", "1980-01-02", "two_typos"),
    ("address", "浙江省杭州市西湖区文一路1号", "杭州市西湖区文一路 1", "same"),
    ("address", "重庆市渝中区人民路12号3栋1203室", "渝中区人民路12号", "same_street"),
    ("address", "杭州市人民路12号", "宁波市人民路12号", "elsewhere"),
    ("address", "杭州市滨江区网商路599号", "杭州市滨江区网商路595号", "typos"),
    ("text", "windradyen street", "windradyen st reet", "same"),
    ("text", "brentwood village", "brentwood vilage", "alike"),
]


@pytest.mark.parametrize(("kind", "one", "other", "word"), PAIRS)
def test_two_values_agree_on_a_level(kind: str, one: str, other: str, word: str) -> None:
    scale = BY_KIND[kind]
    level = scale.level(scale.taken_apart(one), scale.taken_apart(other))
    assert level is not None
    assert scale.levels[level].word == word


@pytest.mark.parametrize("name", ["王总", "李女士", "小张", "陈经理"])
def test_a_form_of_address_says_nothing(name: str) -> None:
    scale = BY_KIND["person_name"]
    assert scale.taken_apart(name) == scale.nothing()


def test_a_value_that_says_nothing_is_not_compared() -> None:
    for scale in SCALES:
        assert (
            scale.level(scale.nothing(), scale.taken_apart("杭州海纳 13812345678 a@b.cn")) is None
        )


def test_the_last_level_of_every_scale_takes_what_is_left() -> None:
    for scale in SCALES:
        assert scale.levels[-1].sql == "ELSE"
        assert 0.95 <= sum(one.prior for one in scale.levels) <= 1.05, scale.name


def test_the_gate_has_a_weight_for_every_level_before_anything_is_learnt() -> None:
    for scale in SCALES:
        assert {one.word for one in scale.levels} <= CHANCE[scale.name].keys()


def told(scale: Scale, one: Parts, other: Parts) -> int | None:
    """Give the level DuckDB finds."""
    aspect = Aspect(field="f", scale=scale)
    names = {part: aspect.column(part) for part in scale.parts}
    cases = "".join(
        f" WHEN {level.sql.format_map(names)} THEN {n}"
        for n, level in enumerate(scale.levels)
        if level.sql != "ELSE"
    )
    columns = ", ".join(
        f'?::VARCHAR AS "{names[key]}_{side}"' for side in "lr" for key in scale.parts
    )
    first = aspect.first
    found = duckdb.execute(
        f'SELECT CASE WHEN "{first}_l" IS NULL OR "{first}_r" IS NULL THEN NULL{cases}'
        f" ELSE {len(scale.levels) - 1} END FROM (SELECT {columns})",
        [*one, *other],
    ).fetchall()
    level: int | None = found[0][0]
    return level


WORDS = st.sampled_from(
    ["杭州", "宁波", "海纳", "恒通", "衡通", "科技", "贸易", "电气", "电子", "制品",
     "有限公司", "分公司", "(", ")", "13812345678", "a", "b1", "@haina.com", "@qq.com",
     " ", "1", "2", "号", "納", "东方红", "宁川", "第二", "第三", "中学", "大学"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map("".join)


@given(one=TEXTS, other=TEXTS)
@settings(max_examples=150, deadline=None)
def test_duckdb_and_python_find_the_same_level(one: str, other: str) -> None:
    for scale in SCALES:
        a, b = scale.taken_apart(one), scale.taken_apart(other)
        assert told(scale, a, b) == scale.level(a, b), (scale.name, a, b)
        assert scale.level(a, a) in (None, 0) or scale.name in ("company", "address", "person")


DIGITS = st.text("0123456789", min_size=6, max_size=20)
SLIPS = st.sampled_from(["another", "swapped", "left out", "too much", "two"])


@given(number=DIGITS, at=st.integers(0, 19), slip=SLIPS)
@settings(max_examples=150, deadline=None)
def test_a_slip_is_found_wherever_it_is(number: str, at: int, slip: str) -> None:
    """DuckDB counts only where one end of the two agrees; one slip leaves one of them alone."""
    at %= len(number) - 1
    before, here, after = number[:at], number[at : at + 2], number[at + 2 :]
    typed = {
        "another": f"{before}x{here[1]}{after}",
        "swapped": f"{before}{here[::-1]}{after}",
        "left out": f"{before}{here[1]}{after}",
        "too much": f"{before}x{here}{after}",
        "two": f"{before}xy{after}",
    }[slip]
    scale = BY_KIND["credit_code"]
    one, other = scale.taken_apart(number), scale.taken_apart(typed)
    assert told(scale, one, other) == scale.level(one, other)
    assert told(scale, other, one) == scale.level(other, one)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("ABC ltd", "abcltd"), ("ＡＢ１２", "ab12"), ("華為 技術", "华为技术"), ("", "")],
)
def test_texts_are_folded(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text(alphabet="海纳科技贸易有限ab12", max_size=12), st.integers(0, 2))
def test_a_shape_has_a_letter_for_each_character(text: str, most: int) -> None:
    drawn = shape(text)
    assert (len(drawn), drawn.isascii()) == (len(text), True)
    assert edits(drawn, drawn, most)
