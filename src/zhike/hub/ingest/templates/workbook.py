"""
A workbook to fill in: a line of hints, the heads, drop-downs for what may be chosen, and a sheet of
examples. Codes and phones are texts, so that they keep their digits.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from zhike.access import Policy
from zhike.hub.ingest.check import BY_HISTORY, fillable
from zhike.kernel.words import Language, Words
from zhike.meta import Field, Object

PLAIN = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
EXAMPLES = Words(zh="示例", en="Examples")
CHOICES = Words(zh="可选项", en="Choices")
REQUIRED = Words(zh="必填", en="required")
CHOOSE = Words(zh="请从下拉列表中选择", en="choose from the list")
LINES = 5_000
WIDTH = 18
SAMPLES: dict[str, Words] = {
    "company_name": Words(zh="杭州某某科技有限公司", en="Hangzhou Example Technology Co., Ltd."),
    "person_name": Words(zh="李明朗", en="Li Minglang"),
    "phone": Words(zh="13800138000", en="13800138000"),
    "email": Words(zh="liming@example.com", en="liming@example.com"),
    "url": Words(zh="www.example.com", en="www.example.com"),
    "date": Words(zh="2026-03-01", en="2026-03-01"),
    "datetime": Words(zh="2026-03-01 09:30", en="2026-03-01 09:30"),
    "money": Words(zh="12000.00", en="12000.00"),
    "number": Words(zh="100", en="100"),
    "percent": Words(zh="15%", en="15%"),
    "region": Words(zh="浙江省杭州市西湖区", en="浙江省杭州市西湖区"),
    "address": Words(zh="文三路 100 号", en="文三路 100 号"),
    "boolean": Words(zh="是", en="是"),
}
"""What a cell of some kind may look like."""


def write_template(path: Path, policy: Policy, obj: Object, language: Language) -> Path:
    """Write the template of an object; only fields that may be filled in are in it."""
    writable = policy.writable(obj.key, "create")
    fields = [one for key, one in fillable(obj, writable).items() if key not in BY_HISTORY]
    with Workbook(str(path), PLAIN) as book:
        bold = book.add_format({"bold": True, "bg_color": "#f2f2f2", "num_format": "@"})
        grey = book.add_format({"italic": True, "font_color": "#808080", "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(obj.label.said(language)[:31])
        examples = book.add_worksheet(EXAMPLES.said(language))
        choices = book.add_worksheet(CHOICES.said(language))
        sheet.freeze_panes(2, 0)
        for one in (sheet, examples):
            one.set_column(0, max(len(fields) - 1, 0), WIDTH, text)
        for at, field in enumerate(fields):
            sheet.write_string(0, at, _hint(field, language), grey)
            for one, row in ((sheet, 1), (examples, 0)):
                one.write_string(row, at, _head(field, language), bold)
            offered = _offered(field, language)
            examples.write_string(1, at, offered[0] if offered else _sample(field, language))
            if offered:
                _choose(sheet, choices, at, (field.label.said(language), offered))
    return path


def _choose(sheet: Any, choices: Any, at: int, given: tuple[str, Sequence[str]]) -> None:
    """Offer what may be chosen; other texts are warned of, since synonyms are understood, too."""
    label, offered = given
    choices.write_string(0, at, label)
    for row, one in enumerate(offered, 1):
        choices.write_string(row, at, one)
    column = _letters(at)
    source = f"='{choices.get_name()}'!${column}$2:${column}${len(offered) + 1}"
    wanted = {"validate": "list", "source": source, "error_type": "information"}
    sheet.data_validation(2, at, LINES, at, wanted)


def _letters(at: int) -> str:
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text


def _head(field: Field, language: Language) -> str:
    return f"{field.label.said(language)}{'*' if field.required else ''}"


def _hint(field: Field, language: Language) -> str:
    parts = [REQUIRED.said(language)] if field.required else []
    if _offered(field, language):
        parts.append(CHOOSE.said(language))
    elif field.kind.name in SAMPLES:
        parts.append(f"{'如' if language == 'zh' else 'e.g.'} {_sample(field, language)}")
    return ";".join(parts)


def _sample(field: Field, language: Language) -> str:
    known = SAMPLES.get(field.kind.name)
    return known.said(language) if known else ""


def _offered(field: Field, language: Language) -> list[str]:
    if field.kind.name == "boolean":
        return ["是", "否"]
    options = getattr(field.settings, "options", ()) or ()
    labels = [one.label for one in options]
    return [one.en or one.zh if language == "en" else one.zh for one in labels]
