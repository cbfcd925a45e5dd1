"""Postal addresses of China, told by what they are made of: places, streets, numbers."""

import re
from collections.abc import Iterator, Sequence

from zhike.hub.parse.found import Finding, segments
from zhike.meta.kinds.person_name import HAN

PLACE = re.compile(
    rf"[{HAN}]{{2,8}}?(?:省|自治区|市|区|县|州|盟|旗|镇|乡)|^(?:北京|上海|天津|重庆)"
)
STREET = re.compile(
    r"(?:路|街|大道|道|巷|弄|胡同|里|村|园区|工业区|工业园|产业园|科技园|软件园"
    r"|开发区|新区|广场"
    r"|大厦|大楼|中心|花园|小区|商城|市场)"
)
NUMBER = re.compile(
    r"\d{1,6}(?:-\d{1,5})? ?(?:号|室|栋|幢|座|楼|层|单元|弄)"
    r"|[A-Za-z]座|[A-Za-z]?\d{1,5}室"
)
ZIP = re.compile(r"^(?:邮编)?\d{6} ?(?=[^\d])")
LABEL = re.compile(
    rf"^(?:[{HAN}]{{0,4}}地址(?:[、及和]电话)?|我们在|位于|地点|收货地"
    r"|寄到|寄|公司在|在) ?[:是为]? ?"
)
ROOM = re.compile(r" (?:[A-Za-z]?\d{1,5}(?!\d)(?:号楼|[栋幢座楼层室号])?|[A-Za-z]座)[^ ]{0,12}$")
UNIT = re.compile(r"(?:号楼|号院|单元|[号栋幢座楼层室弄])(?!码|[工长])")
"""What stands behind a number in an address, also where a blank was typed between them."""
UNITED = re.compile(r"(?:\d|(?<![A-Za-z])[A-Za-z])$")
ENOUGH, LEAST, LONGEST = 2, 6, 80


def address(text: str) -> Iterator[Finding]:
    """Find addresses."""
    for place, said in segments(text, breaks="\n,;|。!?"):
        for offset, piece in _pieces(said):
            start = place + offset
            piece_ = piece
            for lead in (LABEL, ZIP):
                if found := lead.match(piece_):
                    start, piece_ = start + found.end(), piece_[found.end() :]
            marks = sum(bool(one.search(piece_)) for one in (PLACE, STREET, NUMBER))
            if marks >= ENOUGH and LEAST <= len(piece_) <= LONGEST:
                yield Finding(
                    sort="address", start=start, end=start + len(piece_), text=piece_,
                    confidence=0.6 + 0.1 * marks,
                )  # fmt: skip


def _pieces(said: str) -> Iterator[tuple[int, str]]:
    """Give the words of a segment; those that only go on with an address stay together."""
    start, words = 0, said.split(" ")
    while words:
        piece = words.pop(0)
        while words and _belongs(piece, words):
            piece = f"{piece} {words.pop(0)}"
        if piece:
            yield start, piece
        start += len(piece) + 1


def _belongs(piece: str, words: Sequence[str]) -> bool:
    """Say whether the first of some words still belongs to an address."""
    word = words[0]
    if UNIT.match(word):
        return bool(UNITED.search(piece))
    tower = len(word) == 1 and word.isascii() and word.isalpha() and words[1:2] == ["座"]
    return tower or ROOM.match(f" {word}") is not None or _goes_on(piece, word)


def _goes_on(piece: str, word: str) -> bool:
    return bool(
        PLACE.search(piece) and (STREET.search(word) or NUMBER.search(word) or PLACE.match(word))
    )
