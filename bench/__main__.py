"""
`make bench`: the product beside its floor, in one run on one machine, as a table of ratios.

Writes the last figures into bench/README.md. `python -m bench create` measures only how one record
is created, and writes nothing.
"""

import json
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg

from bench import create
from bench.load import Measured, get, load, post
from bench.place import BENCH, Statements, floor, overheard, served, zhike
from bench.sheet import sheet
from bench.watch import watched
from zhike.packs.demo.words import CITIES, GIVEN, SURNAMES, TRADES

LINES = 200_000
SECONDS = 6.0
FILTER = {
    "where": 'region = "华东" and annual_revenue >= 50000000',
    "count": "capped",
    "limit": "50",
}
SIGNS = 39 * 94
"""The characters that names are made of."""
SCATTERED = 2_654_435_761
"""What numbers are multiplied by, so that one customer is not like the next."""
PAGE = "/api/v1/records/customer"
README = Path(__file__).with_name("README.md")
BARE_TABLE = """
CREATE TABLE IF NOT EXISTS bench_bare (
    id uuid PRIMARY KEY DEFAULT uuidv7(), created_at timestamptz DEFAULT now(), name text, phone
    text, landline text, email text, contact_name text, region text, address text, industry text,
    employees integer, annual_revenue numeric, level text, status text, source text)"""
BARE_INSERT = """
INSERT INTO bench_bare (name, phone, landline, email, contact_name, region, address, industry,
                        employees, annual_revenue, level, status, source)
SELECT name, phone, landline, email, contact_name, region, address, industry, employees,
       annual_revenue, level, status, source
  FROM json_populate_record(NULL::bench_bare, $1::json)
RETURNING row_to_json(bench_bare.*)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table."""

    what: str
    ours: str
    floor: str = ""
    ratio: str = ""
    goal: str = ""


def customer(number: int) -> bytes:
    """
    Give the n-th new customer, as people type it.

    Nobody is alike, or the gate would refuse half of them: each has a brand, an address and people
    of its own, in one of the cities and trades that the others are in.
    """
    mixed = number * SCATTERED % SIGNS**2
    brand = _sign(mixed % SIGNS) + _sign(mixed // SIGNS) + _sign(mixed % 1009)
    city, (trade, industry) = CITIES[number % len(CITIES)], TRADES[number % len(TRADES)]
    return json.dumps(
        {
            "name": f"{city.name}{brand}{trade}有限公司",
            "phone": f"199{number:08d}",
            "landline": f"{city.area_code}-8{number % 10_000_000:07d}",
            "email": f"sales@bench{number}.cn",
            "contact_name": SURNAMES[number % len(SURNAMES)] + GIVEN[mixed % len(GIVEN)],
            "region": city.region,
            "address": f"文{_sign(mixed // 7 % SIGNS)}路 {number % 997} 号",
            "industry": industry,
            "employees": 50,
            "annual_revenue": "5200000",
            "level": "B",
            "status": "潜在客户",
            "source": "官网",
        }
    ).encode()


def _sign(number: int) -> str:
    """Give a common character; no two of them are the same one in another script."""
    return bytes((0xB0 + number // 94, 0xA1 + number % 94)).decode("gb2312")


def start(home: Path) -> Iterator[Line]:
    """From the command to `ready`, on a new home and on one that is there."""
    for what, goal in (("first start to ready", 10), ("start to ready, existing home", 4)):
        with served(home) as (_, seconds):
            yield Line(what=what, ours=f"{seconds:.1f} s", goal=f"≤ {goal} s")


def bulk(home: Path) -> Line:
    """An import from the file to the last acknowledged record, with history and identity gate."""
    path = sheet(BENCH / f"customers-{LINES}.xlsx", LINES)
    started = time.perf_counter()
    with watched() as peak:
        zhike(home, "import", str(path), "--object", "customer")
    seconds = time.perf_counter() - started
    return Line(
        what=f"import of {LINES:,} × 15 from xlsx",
        ours=f"{LINES / seconds:,.0f} rows/s, {peak.megabytes():,.0f} MB",
        goal="≥ 10,000 rows/s, < 1,000 MB",
    )


def against(what: str, ours: Measured, below: Measured, goal: float) -> Line:
    """Compare two runs of load."""
    if ours.refused or below.refused:
        raise RuntimeError(f"{what}: {ours.refused} and {below.refused} requests were refused")
    return Line(
        what=what,
        ours=f"{ours.rate:,.0f}/s (p95 {ours.p95:.1f} ms)",
        floor=f"{below.rate:,.0f}/s (p95 {below.p95:.1f} ms)",
        ratio=f"{ours.rate / below.rate:.2f}",
        goal=f"≥ {goal}",
    )


def requests(home: Path) -> Iterator[Line]:
    """Reading and creating, the product and the floor in turn on the same records."""
    key = zhike(home, "key", "create", "bench")
    asked = overheard(home, FILTER)
    ids = some_ids(home)
    listed = f"{PAGE}?" + "&".join(f"{name}={_quoted(value)}" for name, value in FILTER.items())
    with served(home) as (port, _):
        ours = {
            "one": load(
                port,
                lambda n: get(f"{PAGE}/{ids[n % len(ids)]}", key),
                connections=16,
                seconds=SECONDS,
            ),
            "page": load(port, lambda _: get(listed, key), connections=8, seconds=SECONDS),
            "create": load(
                port, lambda n: post(PAGE, key, customer(n)), connections=16, seconds=SECONDS
            ),
        }
        below = _floor(asked, ids)
    yield against("one record by id, 16 connections", ours["one"], below["one"], 0.5)
    yield against("filtered page of 50 with count, 8", ours["page"], below["page"], 0.5)
    yield against("create one record, 16", ours["create"], below["create"], 0.35)


def _floor(asked: Statements, ids: list[str]) -> dict[str, Measured]:
    bare_table(asked)
    with floor(asked, BARE_INSERT) as port:
        return {
            "one": load(
                port,
                lambda n: get(f"/one/{ids[n % len(ids)]}", ""),
                connections=16,
                seconds=SECONDS,
            ),
            "page": load(port, lambda _: get("/page", ""), connections=8, seconds=SECONDS),
            "create": load(
                port, lambda n: post("/new", "", customer(n)), connections=16, seconds=SECONDS
            ),
        }


def bare_table(asked: Statements) -> None:
    """Make the table that the floor inserts into."""
    with psycopg.connect(asked.url, autocommit=True) as connection:
        connection.execute("SET search_path = ws_main, zhike")
        connection.execute(BARE_TABLE)


def creating() -> Iterator[str]:
    """One record created, the product and the floor in turns."""
    home = create.filled()
    key = zhike(home, "key", "create", "bench")
    asked = overheard(home, FILTER)
    with served(home) as (ours, _), floor(asked, BARE_INSERT) as below, create.counted(home) as new:
        bare_table(asked)
        requests = (
            lambda _: post(PAGE, key, customer(next(new))),
            lambda _: post("/new", "", customer(next(new))),
        )
        yield from create.compared(home, ours, below, requests)


def some_ids(home: Path) -> list[str]:
    """Give the ids of a thousand customers."""
    found = zhike(
        home, "query", "customer", "--select", "id", "--limit", "1000", "--format", "json"
    )
    return [one["id"] for one in json.loads(found)]


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def table(lines: list[Line]) -> str:
    """Give the figures as a Markdown table."""
    head = "| what | Zhike | floor | ratio | goal |\n|---|---|---|---|---|"
    rows = (
        f"| {one.what} | {one.ours} | {one.floor} | {one.ratio} | {one.goal} |" for one in lines
    )
    return "\n".join([head, *rows])


def keep(text: str) -> None:
    """Replace the figures in the README."""
    memory = psutil.virtual_memory().total / 2**30
    size = f"{psutil.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"
    top, _, rest = README.read_text(encoding="utf-8").partition("<!-- figures -->")
    _, _, bottom = rest.partition("<!-- end -->")
    day = datetime.now(UTC).date().isoformat()
    figures = f"<!-- figures -->\n{day}, {size}\n\n{text}\n<!-- end -->"
    README.write_text(top + figures + bottom, encoding="utf-8")


def main() -> None:
    """Measure, print, keep."""
    if "create" in sys.argv:
        for told in creating():
            print(told, flush=True)
        return
    home = BENCH / "home"
    shutil.rmtree(home, ignore_errors=True)
    BENCH.mkdir(exist_ok=True)
    lines: list[Line] = []

    def say(line: Line) -> None:
        lines.append(line)
        print(line.what, line.ours, line.floor, line.ratio, line.goal, sep="  │  ", flush=True)

    for line in start(home):
        say(line)
    say(bulk(home))
    for line in requests(home):
        say(line)
    keep(table(lines))
    print("\n" + table(lines))


if __name__ == "__main__":
    main()
