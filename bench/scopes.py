"""
The page of the most complicated role beside one that sees everything, at a million customers.

The role sees its own records, those of everybody below in the reporting line, those of three named
departments with all below, and what is shared: `python -m bench.scopes`.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg

from bench.large import placed
from bench.load import Measured, get, load
from bench.place import BENCH, address, served, zhike

CUSTOMERS, PEOPLE, DEPARTMENTS, SHARES = 1_000_000, 600, 40, 5_000
SECONDS = 4.0
PAGE = "/api/v1/records/customer"
LOGIN = "person17"
ROLE = """
kind: role
key: tangled
label: {zh: 复杂角色, en: Tangled}
objects:
  customer:
    read: [own, subordinates, "departments:部门3", "departments:部门11", "departments:部门23"]
    update: own
    other_fields: read
"""
PAGES: Mapping[str, Mapping[str, str]] = {
    "filtered, newest first": {"where": 'region = "华东" and annual_revenue >= 50000000'},
    "filtered, with a capped count": {
        "where": 'region = "华东" and annual_revenue >= 50000000',
        "count": "capped",
    },
    "largest first": {"where": 'industry = "制造业"', "order": "-annual_revenue"},
    "by name": {"where": 'level = "A"', "order": "name"},
    "one rare value": {"where": "annual_revenue = 899000000"},
}
PLACES = f"""
INSERT INTO zk_department (name, parent)
SELECT '部门' || n, NULL FROM generate_series(0, {DEPARTMENTS - 1}) AS n;
UPDATE zk_department AS d SET parent = p.id FROM zk_department AS p
 WHERE d.name ~ '^部门[0-9]+$' AND substr(d.name, 3)::int > 0
   AND p.name = '部门' || (substr(d.name, 3)::int - 1) / 3;
WITH made AS (
    INSERT INTO zhike.account (workspace, login)
    SELECT 'main', 'person' || n FROM generate_series(0, {PEOPLE - 1}) AS n RETURNING id, login
)
INSERT INTO zk_user (id, login, name, department)
SELECT m.id, m.login, '员工' || substr(m.login, 7),
       (SELECT id FROM zk_department WHERE name = '部门' || substr(m.login, 7)::int % {DEPARTMENTS})
  FROM made AS m;
UPDATE zk_user AS u SET manager = m.id FROM zk_user AS m
 WHERE u.login ~ '^person[0-9]+$' AND substr(u.login, 7)::int > 0
   AND m.login = 'person' || (substr(u.login, 7)::int - 1) / 6;
INSERT INTO zk_user_department ("user", department, main)
SELECT id, department, true FROM zk_user WHERE login ~ '^person[0-9]+$';
INSERT INTO zk_user_role ("user", role)
SELECT id, 'tangled' FROM zk_user WHERE login = '{LOGIN}';
"""
FILL = """
INSERT INTO customer
       (name, zk_title, phone, region, annual_revenue, industry, level, status, owner, department,
        created_at)
SELECT '杭州' || chr(19968 + (n % 20000)::int) || chr(19968 + (n / 20000)::int) || '科技有限公司',
       '{head}' || f.place || l.place || '{tail}',
       '+86-13' || lpad(n::text, 9, '0'),
       (ARRAY['330106','310115','110108','440305','510107','420111','320506'])[1 + n % 7],
       1000000 * (n % 900), (ARRAY['制造业','互联网','建筑业'])[1 + n % 3],
       (ARRAY['A','B','C'])[1 + n % 3], '潜在客户', u.id, u.department,
       now() - n * interval '1 second'
  FROM generate_series(1, {count}) AS n
  JOIN zk_user AS u ON u.login = 'person' || (n::bigint * 7919 % {people})
  JOIN place AS f ON f.code = n % 20000 JOIN place AS l ON l.code = n / 20000"""
SHARED = f"""
INSERT INTO zk_share (object, record, grantee, level)
SELECT 'customer', c.id, 'user:' || u.id, 'read'
  FROM (SELECT id FROM customer ORDER BY md5(id::text) LIMIT {SHARES}) AS c
  JOIN zk_user AS u ON u.login = '{LOGIN}'"""


def home() -> Path:
    """Give the home with a million customers; it is made once."""
    place = BENCH / "scopes"
    if not (place / "ready").exists():
        with served(place):
            pass
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "role.yaml").write_text(ROLE, encoding="utf-8")
            zhike(place, "apply", folder)
        url = address(place)
        with served(place), psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET search_path = ws_main, zhike")
            connection.execute(PLACES)
            head, tail = placed(connection)
            connection.execute(FILL.format(count=CUSTOMERS, people=PEOPLE, head=head, tail=tail))
            connection.execute(SHARED)
            connection.execute("VACUUM ANALYZE customer, zk_user, zk_share, zk_department")
        (place / "ready").touch()
    return place


def measured() -> Iterator[dict[str, str]]:
    """Measure every page as both, in turn."""
    place = home()
    keys = [
        zhike(place, "key", "create", "bench", "--as", login).splitlines()[-1]
        for login in ("admin", LOGIN)
    ]
    with served(place) as (port, _):
        for what, asked in PAGES.items():
            path = f"{PAGE}?limit=50&" + "&".join(
                f"{key}={quote(one)}" for key, one in asked.items()
            )
            whole, some = (_load(port, path, key) for key in keys)
            yield {
                "what": f"page of 1,000,000, {what}, tangled role",
                "ours": f"p95 {some.p95:.1f} ms",
                "floor": f"p95 {whole.p95:.1f} ms (sees all)",
                "ratio": f"{some.p95 / whole.p95:.2f} ×",
                "goal": "≤ 2 ×",
            }


def _load(port: int, path: str, key: str) -> Measured:
    load(port, lambda _: get(path, key), connections=1, seconds=1)
    return load(port, lambda _: get(path, key), connections=4, seconds=SECONDS)


if __name__ == "__main__":
    for line in measured():
        print(" | ".join(line.values()), flush=True)
