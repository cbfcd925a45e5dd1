"""Pasted texts and their drafts: `tests/golden/parse`; a new case is a text and its lines."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhike.access import Policy, policy
from zhike.hub.parse import LONGEST, NothingToRead, TextTooLong, parse, parts
from zhike.kernel.viewer import platform
from zhike.packs.check import understand
from zhike.packs.read import read_folder

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "parse"
RULER = "====\n"


def _held() -> Policy:
    found = understand(read_folder(ROOT / "apps" / "crm").documents, version=1, zone="UTC")
    assert found.settled is not None
    return policy(found.settled.snapshot, platform())


HELD = _held()
SUNDAY = date(2026, 11, 22)
"""The day from which the golden texts count."""
CASES = [
    (f"{path.stem}-{number}", case)
    for path in sorted(GOLDEN.glob("*.txt"))
    for number, case in enumerate(path.read_text(encoding="utf-8").split(RULER), 1)
]


def told(text: str, key: str) -> str:
    obj = HELD.snapshot.objects[key]
    drafts = []
    for one in parse(text, HELD, obj, as_of=SUNDAY):
        lines = [
            f"{name} = {obj.fields[name].kind.told(held.value, obj.fields[name].settings)}"
            for name, held in one.fields.items()
        ]
        lines += [f"{name} -> {at.text}" for name, at in one.links.items()]
        lines += [f"left: {text[at.start : at.end]}" for at in one.left]
        drafts.append("\n".join(lines))
    return "\n--\n".join(drafts)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_text_becomes_what_the_golden_file_says(name: str, case: str) -> None:
    given_, _, wanted = case.partition("\n=>\n")
    key, _, text = given_.partition("\n")

    assert told(text, key) == wanted.strip("\n"), name


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 40


@pytest.mark.parametrize(("name", "case"), CASES[:20])
def test_every_value_says_where_it_stands(name: str, case: str) -> None:
    given_, _, _ = case.partition("\n=>\n")
    key, _, text = given_.partition("\n")

    for one in parse(text, HELD, HELD.snapshot.objects[key]):
        for held in one.fields.values():
            at = held.finding
            assert 0 <= at.start < at.end <= len(text), name
            assert 0 < at.confidence <= 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["customer", "contact", "lead"]))
def test_any_text_is_read_without_a_fault(text: str, key: str) -> None:
    if text.strip():
        parse(text, HELD, HELD.snapshot.objects[key])


BUSY = (
    "明天", "3月", "十", "2026-", "1点",
    "a", "1", "1 ", "1-", "公", "公司", "市", "路1号", "A B ", "@a.", "张", "张 ", "经理", ":",
    "a:",
    "\t", "(", "13", "+1 ", "www.", "http://a/", "A&", "- ", "6222 ",
)  # fmt: skip
"""What patterns like; each is repeated to the limit."""


@pytest.mark.parametrize("piece", BUSY)
def test_no_text_keeps_the_reader_busy(piece: str) -> None:
    """Repeated without end, every sign that a pattern likes; measured by the processor's time."""
    text = (piece * LONGEST)[:LONGEST]
    if not text.strip():
        return
    for key in ("contact", "activity"):
        begun = time.process_time()

        parse(text, HELD, HELD.snapshot.objects[key], as_of=SUNDAY)

        assert time.process_time() - begun < 2.0


def test_a_text_too_long_or_without_a_sign_is_refused() -> None:
    contact = HELD.snapshot.objects["contact"]

    with pytest.raises(TextTooLong):
        parse("x" * (LONGEST + 1), HELD, contact)
    with pytest.raises(NothingToRead):
        parse(" \n ", HELD, contact)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("浙江省杭州市海纳恒通信息技术有限公司", "杭州|海纳恒通|信息技术|有限公司|"),
        ("百川（杭州）科技股份有限公司", "杭州|百川|科技|股份有限公司|"),
        ("中国工商银行股份有限公司北京分公司", "|中国工商银行||股份有限公司|北京分公司"),
        ("华为", "|华为|||"),
    ],
)
def test_a_company_is_taken_apart(name: str, wanted: str) -> None:
    field = HELD.snapshot.objects["customer"].fields["name"]

    assert "|".join(str(one) for one in (parts(field, name) or {}).values()) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("浙江省杭州市西湖区文三路100号", "330106|浙江省|杭州市|西湖区|文三路100号"),
        ("上海市浦东新区张江路88号", "310115|上海市||浦东新区|张江路88号"),
        ("广东省东莞市松山湖路1号", "441900|广东省|东莞市||松山湖路1号"),
        ("文三路100号", "||||文三路100号"),
    ],
)
def test_an_address_is_taken_apart(text: str, wanted: str) -> None:
    customer = HELD.snapshot.objects["customer"]

    found = parts(customer.fields["address"], text) or {}

    assert "|".join(str(one or "") for one in found.values()) == wanted
    assert parts(customer.fields["phone"], "+86-13812345678") is None
