"""
Writes the order of Chinese characters by pinyin: `.venv/bin/python tools/pinyin_order.py`.

The file is data that records are kept by: once it says something else, every `zk_title` has to be
derived anew (see `meta/reading/order.py`).
"""

import csv
import sys
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import orjson

from zhike.meta.reading.pinyin import COMMON, SURNAMES, plain, readings

PLACE = Path(__file__).parents[1] / "src/zhike/meta/reading/order.csv"
TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
LAST = "~"


def toned(said: str) -> str:
    """Give a syllable with its tone as a digit, 5 for none."""
    marks = unicodedata.normalize("NFD", said)
    return plain(said) + next((digit for mark, digit in TONES.items() if mark in marks), "5")


def main() -> None:
    """Put every character into the row of its syllable."""
    found = find_spec("pypinyin")
    if found is None or found.origin is None:
        sys.exit("pypinyin is not installed")
    told = orjson.loads(Path(found.origin).with_name("pinyin_dict.json").read_bytes())
    rows: dict[str, list[str]] = {}
    surnames: dict[str, list[str]] = {}
    for code in (code for block in BLOCKS for code in block):
        one = chr(code)
        ways = told.get(str(code), "").split(",")
        said = next((way for way in ways if plain(way) == COMMON.get(one)), ways[0])
        rows.setdefault(toned(said) if plain(said) else LAST, []).append(one)
        surname = SURNAMES.get(one)
        if surname is not None and surname != readings().characters.get(one):
            way = next((way for way in ways if plain(way) == surname), "")
            surnames.setdefault(toned(way) if way else f"{surname}5", []).append(one)
    with PLACE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["syllable", "characters", "surnames"])
        for said in sorted(rows.keys() | surnames.keys()):
            named = "".join(surnames.get(said, []))
            writer.writerow([said, "".join(rows.get(said, [])), named])


if __name__ == "__main__":
    main()
