"""A number that the platform counts up: HT-20260701-0001."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import TEXT, FieldKind, Json, Settings, Settled, TooLong
from zhike.meta.reading.line import composed, line

LONGEST = 100
PERIODS: Mapping[str, str] = {"never": "", "year": "%Y", "month": "%Y%m", "day": "%Y%m%d"}


class AutoNumberSettings(Settings):
    """Fixed letters, the day as `yyyy`, `MM`, `dd` with dashes, and the number of digits."""

    prefix: str = Field(default="", max_length=40)
    date: str = Field(default="", pattern=r"^(?:yyyy|yy|MM|dd|[-/._])*$")
    digits: int = Field(default=4, ge=1, le=12)
    reset: Literal["never", "year", "month", "day"] = "never"


class AutoNumber(FieldKind):
    """
    A running number, never given twice; gaps are allowed.

    A number that comes with the record (an import from another system) is kept.
    """

    name = "auto_number"
    label = Words(zh="自动编号", en="automatic number")
    settings: ClassVar[Settled] = AutoNumberSettings
    operators = TEXT
    index = "btree"
    display = "auto_number"

    def read(self, raw: Json, settings: Any) -> Json:
        return composed(line(raw)) or None

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or len(value) <= LONGEST:
            return None
        return problem(TooLong, length=len(value), limit=LONGEST)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "maxLength": LONGEST}


def period(settings: AutoNumberSettings, day: date) -> str:
    """Give the period in which numbers count from one: `2026`, `202607`, or nothing for ever."""
    return day.strftime(PERIODS[settings.reset])


def numbered(settings: AutoNumberSettings, *, count: int, day: date) -> str:
    """Give the number for a count within its period."""
    written = re.sub("yyyy|yy|MM|dd", lambda found: _part(found.group(), day), settings.date)
    joint = "-" if written and written[-1].isdigit() else ""
    return f"{settings.prefix}{written}{joint}{count:0{settings.digits}}"


def _part(pattern: str, day: date) -> str:
    match pattern:
        case "yyyy":
            return f"{day.year:04}"
        case "yy":
            return f"{day.year % 100:02}"
        case "MM":
            return f"{day.month:02}"
        case _:
            return f"{day.day:02}"
