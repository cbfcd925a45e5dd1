"""What is standard stays so, however it was dressed up; and others who know agree with the kit."""

import unicodedata
from datetime import date

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pypinyin.phrases_dict import phrases_dict
from tests.unit.kinds.pairs import pairs

from zhike.kernel.faults import Fault
from zhike.meta import KINDS, FieldKind, Settings, drained, why
from zhike.meta.kinds.option import OptionSettings
from zhike.meta.reading.han import converted, settled, simplified, simplifier, traditional
from zhike.meta.reading.relative import placed

KIT = (
    "company_name", "person_name", "job_title", "phone", "email", "credit_code", "id_number",
    "bank_account", "region", "address", "date", "datetime", "money", "percent", "boolean",
)  # fmt: skip
TEXTS = {
    name: [one.given for one in pairs() if one.kind.name == name and isinstance(one.given, str)]
    for name in KIT
}
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
DRESSES = (
    str,
    str.upper,
    lambda text: text.translate(WIDE),
    lambda text: f" \u3000{text}\t",
    lambda text: f"{text}。",
    "\u200b".join,
    lambda text: f"{text}（{text}）",
    lambda text: f"{text} {text}",
    lambda text: f"{text}/{text}",
    lambda text: f"约{text}",
    lambda text: unicodedata.normalize("NFD", text),
)


def read(kind: FieldKind, raw: object, asked: Settings) -> object:
    try:
        return drained(kind.read(raw, asked))
    except Fault:
        return None


@pytest.mark.parametrize("name", KIT)
@settings(max_examples=60, deadline=None)
@given(data=some.data())
def test_what_is_standard_stays_as_it_is(name: str, data: some.DataObject) -> None:
    kind = KINDS[name]
    asked = kind.settings.model_validate({})
    text = data.draw(some.sampled_from(TEXTS[name]))
    other = data.draw(some.sampled_from(TEXTS[name]))
    dress = data.draw(some.sampled_from(DRESSES))
    raw = data.draw(some.sampled_from([dress(text), dress(text) + other, f"{other} {dress(text)}"]))

    value = read(kind, raw, asked)

    assert read(kind, value, asked) == value
    if isinstance(value, str):
        assert value == value.strip()


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_numbers_of_every_country_are_read_as_the_library_of_telephone_numbers_does(
    region: str,
) -> None:
    phone = KINDS["phone"]
    for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None or (region == "CN" and kind == phonenumbers.PhoneNumberType.FIXED_LINE):
            continue  # its example for China, 10 1234 5678, is no number that anybody has
        national = phonenumbers.national_significant_number(number)
        for form in ("INTERNATIONAL", "E164"):
            written = phonenumbers.format_number(
                number, getattr(phonenumbers.PhoneNumberFormat, form)
            )
            value = drained(phone.read(written, phone.settings()))
            assert "".join(sign for sign in value if sign.isdigit()).endswith(national[-7:])
            if number.country_code != 86:
                assert value == f"+{number.country_code}-{national}"


@given(
    some.from_regex(
        r"1[3-9][0-9]-?[0-9]{8}|(0571|010|400)-?[2-8][0-9]{6,7}|95[0-9]{3}", fullmatch=True
    )
)
def test_what_the_library_holds_valid_in_china_is_read(text: str) -> None:
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        return
    if phonenumbers.is_valid_number(number) and not number.extension:
        phone = KINDS["phone"]
        assert read(phone, text, phone.settings()) is not None, text


@given(some.text(max_size=20))
def test_simplified_text_stays_as_it_is(text: str) -> None:
    once = simplified(text)

    assert simplified(once) == once


def test_characters_of_both_scripts_are_left_alone() -> None:
    assert traditional().isdisjoint("乾著后台里面发干")
    assert simplified("乾元著名") == "乾元著名"


@given(some.text(alphabet="藉口坏子沈船反覆彷彿牴觸么麼杭州科技有限公司發后A ,", max_size=12))
def test_the_simplifier_is_not_missed_where_it_is_not_asked(text: str) -> None:
    assert converted(text) == simplifier().convert(text)


def test_no_phrase_of_settled_characters_is_converted() -> None:
    phrases = [one for one in phrases_dict if settled().issuperset(one)]

    assert "\n".join(phrases) == simplifier().convert("\n".join(phrases))


def test_a_spelling_that_two_options_share_means_neither() -> None:
    asked = OptionSettings.model_validate({"options": ["重点客户", "主动客户", "普通客户"]})
    option = KINDS["option"]

    assert option.read("ptkh", asked) == "普通客户"
    assert option.read("zhongdiankehu", asked) == "重点客户"
    assert read(option, "zdkh", asked) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天", "2026-11-21"),
        ("今天15:00", "2026-11-22 15:00"),
        ("三天前", "2026-11-19"),
        ("上周三", "2026-11-11"),
        ("下周五", "2026-11-27"),
        ("本月5号", "2026-11-05"),
        ("3月5日", "2026-03-05"),
        ("三月五日", "2026-03-05"),
        ("去年3月5日下午3点", "2025-03-05 下午3点"),
        ("两个月前", "2026-09-22"),
        ("三天之后", "2026-11-25"),
        ("两年前", "2024-11-22"),
        ("本月底", "2026-11-30"),
        ("下个月初", "2026-12-01"),
        ("月底前", "2026-11-30 前"),
        ("明年二月底", "2027-02-28"),
        ("今年年底", "2026-12-31"),
        ("明年底", "2027-12-31"),
        ("2月30日", None),
        ("改天", None),
    ],
)
def test_days_counted_from_another_one_need_that_day(text: str, day: str | None) -> None:
    assert placed(text, date(2026, 11, 22)) == day


@pytest.mark.parametrize(
    ("raw", "shown", "reasons"),
    [
        ("138 1234 5678", "+86-13812345678", ["spaces", "form"]),
        ("13812345678(王经理)", "+86-13812345678", ["part"]),
        ("百川(杭州)科技有限公司", "百川（杭州）科技有限公司", ["width"]),
        ("杭州 百川", "杭州百川", ["spaces"]),
        ("ＡＢＣ有限公司", "ABC有限公司", ["width"]),
        ("騰訊 控股", "腾讯控股", ["spaces", "traditional"]),
        ("A@B.com", "a@b.com", ["case"]),
        ("王娜静(采购)", "王娜静", ["part"]),
        ("9077万", "90770000.00", ["form"]),
        ("√", True, ["form"]),
        (45870, "2025-08-01", ["form"]),
    ],
)
def test_why_something_was_changed_follows_from_both(
    raw: object, shown: object, reasons: list[str]
) -> None:
    assert why(raw, shown) == reasons
