"""
The page at ten million customers beside the same page at a hundred thousand.

`python -m bench.large`. Both homes are made once; the large one takes about 15 GB of disk. Both
servers run at the same time and are asked in turn, so that whatever else the machine does meets
both alike.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote

import psycopg

from bench.load import get, load
from bench.place import BENCH, address, served, zhike
from zhike.meta.reading.order import place

SMALL, LARGE = 100_000, 10_000_000
ROUNDS, SECONDS = 5, 1.0
PAGE = "/api/v1/records/customer"
PAGES: Mapping[str, Mapping[str, str]] = {
    "newest first": {},
    "filtered, newest first": {"where": 'region = "华东" and annual_revenue >= 50000000'},
    "filtered, with a capped count": {
        "where": 'region = "华东" and annual_revenue >= 50000000',
        "count": "capped",
    },
    "largest first": {"where": 'region = "华东"', "order": "-annual_revenue"},
    "by name": {"where": 'level = "A"', "order": "name"},
    "one phone number": {"where": 'phone = "+86-13000012345"'},
}
SPREAD = """
INSERT INTO customer
       (name, zk_title, phone, region, annual_revenue, industry, level, status, owner, created_at)
SELECT '杭州' || chr(19968 + (n %% 20000)::int) || chr(19968 + (n / 20000)::int) || '科技有限公司',
       %s || f.place || l.place || %s,
       '+86-13' || lpad(n::text, 9, '0'),
       (ARRAY['330106','310115','110108','440305','510107','420111','320506'])[1 + n %% 7],
       1000000 * (n %% 900), (ARRAY['制造业','互联网','建筑业'])[1 + n %% 3],
       (ARRAY['A','B','C'])[1 + (n / 3) %% 3], '潜在客户',
       (SELECT id FROM zk_user LIMIT 1), now() - n * interval '1 second'
  FROM generate_series(1, %s) AS n
  JOIN place AS f ON f.code = n %% 20000 JOIN place AS l ON l.code = n / 20000"""
SECONDARY = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
  FROM pg_index AS i WHERE i.indrelid = 'customer'::regclass AND NOT i.indisunique"""


def home(count: int) -> Path:
    """Give a home with some customers; the small one is the beginning of the large one."""
    place = BENCH / f"customers-{count}"
    if not (place / "ready").exists():
        with served(place):
            pass
        url = address(place)
        with served(place), psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET search_path = ws_main, zhike")
            _fill(connection, count)
        (place / "ready").touch()
    return place


def placed(connection: psycopg.Connection) -> tuple[str, str]:
    """Tell PostgreSQL where characters stand in lists by name; give the places of head and tail."""
    connection.execute("CREATE TEMP TABLE place (code bigint PRIMARY KEY, place text)")
    with connection.cursor().copy("COPY place FROM STDIN") as copy:
        for code in range(20_000):
            copy.write_row((code, place(chr(19968 + code))))
    connection.execute("ANALYZE place")
    return place("杭州"), place("科技有限公司")


def _fill(connection: psycopg.Connection, count: int) -> None:
    """Insert without the indexes that only serve reading, and make them afterwards."""
    connection.execute("SET maintenance_work_mem = '2GB'")
    indexes = connection.execute(SECONDARY).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute(SPREAD, [*placed(connection), count])
    for _, definition in indexes:
        connection.execute(definition)
    connection.execute("VACUUM ANALYZE customer")
    connection.execute("CHECKPOINT")


@contextmanager
def asked(count: int) -> Iterator[tuple[int, str]]:
    """Serve a home; give its port and the administrator's key."""
    place = home(count)
    key = zhike(place, "key", "create", "large").splitlines()[-1]
    with served(place) as (port, _):
        yield port, key


def measured() -> Iterator[dict[str, str]]:
    """Ask both for every page, in turn."""
    with asked(SMALL) as small, asked(LARGE) as large:
        for what, params in PAGES.items():
            path = f"{PAGE}?limit=50&" + "&".join(
                f"{key}={quote(one)}" for key, one in params.items()
            )
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(ROUNDS):
                for (port, key), into in zip((small, large), times, strict=True):
                    into.append(_p50(port, path, key))
            below, above = (median(one[1:]) for one in times)  # the first round warms up
            yield {
                "what": f"page of 50 at 10,000,000, {what}",
                "ours": f"{above:.1f} ms",
                "floor": f"{below:.1f} ms (at 100,000)",
                "ratio": f"{above / below:.2f} ×",
                "goal": "≤ 1.5 ×",
            }


def _p50(port: int, path: str, key: str) -> float:
    done = load(port, lambda _: get(path, key), connections=1, seconds=SECONDS)
    if done.refused:
        raise RuntimeError(f"{done.refused} requests for {path} were refused")
    return done.p50


if __name__ == "__main__":
    for line in measured():
        print(" | ".join(line.values()), flush=True)
