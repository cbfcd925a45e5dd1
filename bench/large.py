"""The page at ten million customers, beside the page at what an import left."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg

from bench.load import get, load
from bench.place import overheard, served, zhike

MILLIONS = 10
FILL = """
INSERT INTO customer
       (name, phone, region, annual_revenue, industry, level, status, owner, created_at)
SELECT '杭州' || chr(19968 + (n % 20000)::int) || chr(19968 + (n / 20000)::int) || '科技有限公司',
       '+86-13' || lpad(n::text, 9, '0'),
       (ARRAY['330106','310115','110108','440305','510107','420111','320506'])[1 + n % 7],
       1000000 * (n % 900), (ARRAY['制造业','互联网','建筑业'])[1 + n % 3],
       (ARRAY['A','B','C'])[1 + n % 3], '潜在客户',
       (SELECT id FROM zk_user LIMIT 1), now() - n * interval '1 second'
  FROM generate_series(1, %s) AS n"""


def script(url: str, text: str) -> None:
    """Run statements in the workspace, each on its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET search_path = ws_main, zhike")
        connection.execute(text)


def measured(home: Path, path: str, filters: Mapping[str, str]) -> dict[str, str]:
    """Measure the page, fill up to ten million, measure again."""
    key = zhike(home, "key", "create", "large")
    listed = f"{path}?" + "&".join(f"{name}={quote(value)}" for name, value in filters.items())
    asked = overheard(home, filters)
    with served(home) as (port, _):
        before = load(port, lambda _: get(listed, key), connections=1, seconds=5)
        with psycopg.connect(asked.url, autocommit=True) as connection:
            connection.execute("SET search_path = ws_main, zhike")
            for _ in range(MILLIONS):
                connection.execute(FILL, [1_000_000])
            connection.execute("VACUUM ANALYZE customer")
        after = load(port, lambda _: get(listed, key), connections=1, seconds=5)
    return {
        "what": "the same page at 10,000,000 customers, 1 connection",
        "ours": f"{after.p50:.1f} ms (at 200,000: {before.p50:.1f} ms)",
        "ratio": f"{after.p50 / before.p50:.2f} ×",
        "goal": "≤ 1.5 ×",
    }
