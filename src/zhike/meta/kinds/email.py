"""An e-mail address."""

import re
from collections.abc import Mapping
from typing import Any

from email_validator import EmailNotValidError, validate_email

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import TEXT, FieldKind, Json, Reading, unreadable
from zhike.meta.reading.line import figure, halved

USUAL = re.compile(r"[a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*@(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]{2,24}")
JOINTS = re.compile(r"[;,、|/\\\n]+|(?<=[a-z])\s*或\s*|\s+(?=\S+@)")
NAMED = re.compile(r"^(?:电子邮箱|电子邮件|邮箱地址|邮箱|邮件|e-?mail|mail)\s*:\s*", re.IGNORECASE)
LINK = re.compile(r"[\[(<]*mailto:", re.IGNORECASE)
FOLLOWED = re.compile(r"^([^\s@]+@[^\s@()]+\.[a-zA-Z]{2,24})[\s(\[]+([^@]+?)[)\]]?$")
AROUND = " .,;:。<>()[]\"'"
IN_BRACKETS = re.compile(r"^(.*?)\s*<([^<>@]+@[^<>@]+)>$")
AROUND_SIGNS = re.compile(r"\s*([@.。])\s*")
LONGEST = 254
LONGEST_NAME = 64


class Email(FieldKind):
    """
    An address in small letters, as people compare them: `sales@example.com`.

    Of several addresses the first one counts and the others are handed back.
    """

    name = "email"
    label = Words(zh="邮箱", en="e-mail address")
    operators = TEXT
    display = "email"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and (plain := _usual(raw.strip().lower())):
            return plain
        text = figure(raw if not isinstance(raw, str) else raw.strip().replace("\n", ";"))
        if not text:
            return None
        return self._several(halved(text).strip())

    def _several(self, text: str) -> Json | Reading:
        found: list[str] = []
        rest: list[str] = []
        bare = NAMED.sub("", text[: LONGEST * 4])
        for piece in (piece.strip() for piece in JOINTS.split(bare)):
            name, address = _parted(piece)
            done = _address(address)
            (found if done else rest).append(done or piece)
            rest.extend(one for one in (name,) if one and done)
        if not found:
            raise unreadable(text, self)
        left = tuple(one for one in dict.fromkeys((*found[1:], *rest)) if one and one != found[0])
        return Reading(value=found[0], rest=left) if left else found[0]

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql(
            "left({column}, CASE WHEN position('@' IN {column}) > 4 THEN 3 ELSE 1 END) "
            "|| '***' || substr({column}, position('@' IN {column}))",
            column=column,
        )

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "format": "email"}


def _parted(piece: str) -> tuple[str, str]:
    """Take a name from before or behind an address: `李雷 <lilei@example.com>`."""
    first, *links = LINK.split(piece)
    bare = first if "@" in first or not links else links[0]
    if found := IN_BRACKETS.match(bare):
        return found[1].strip("\"' "), found[2]
    if found := FOLLOWED.match(bare):
        return found[2], found[1]
    return "", bare.strip(AROUND)


def _address(text: str) -> str | None:
    bare = AROUND_SIGNS.sub(lambda found: found[1].replace("。", "."), text).lower()
    if plain := _usual(bare):
        return plain
    if len(bare) > LONGEST or "@" not in bare:
        return None
    try:
        checked = validate_email(bare, check_deliverability=False)
    except (EmailNotValidError, ValueError):
        return None
    return checked.normalized.lower()


def _usual(text: str) -> str | None:
    if len(text) > LONGEST or USUAL.fullmatch(text) is None:
        return None
    return text if text.index("@") <= LONGEST_NAME else None
