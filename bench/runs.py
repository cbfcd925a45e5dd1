"""
A run over a million customers: how long it looks for duplicates, and what it takes.

`python -m bench.runs`, or with another number of customers. They are those of `bench.gate`; nobody
typed any of them twice, so what is measured is the looking. Then a run that follows it, a thousand
customers having changed since.
"""

import json
import sys
import time
from typing import Any

import httpx
import psycopg

from bench.gate import CUSTOMERS, at, key, prepared, spent
from bench.place import address, served

PAUSE = 0.5
CHANGED = """
UPDATE customer SET name = '新' || name, updated_at = now()
 WHERE id IN (SELECT id FROM customer TABLESAMPLE SYSTEM (1) LIMIT 1000)
"""


def ran(client: httpx.Client, **given: Any) -> dict[str, Any]:
    """Have a run made, and give what the books say of it."""
    made = client.post("/api/v1/identity/customer/runs", json=given)
    made.raise_for_status()
    begun, step, steps = time.perf_counter(), "", dict[str, float]()
    while True:
        told: dict[str, Any] = client.get(made.headers["location"]).json()
        if told["step"] != step or told["state"] in ("done", "failed"):
            now = time.perf_counter()
            steps[step or "waiting"] = round(now - begun, 1)
            begun, step = now, told["step"]
        if told["state"] in ("done", "failed"):
            return {**told, "steps": steps}
        time.sleep(PAUSE)


def main(count: int = CUSTOMERS) -> None:
    """Measure and print."""
    home = at(count)
    prepared(home, count)
    with served(home) as (port, _), psycopg.connect(address(home), autocommit=True) as db:
        db.execute("SET search_path = ws_main")
        headers = {"Authorization": f"Bearer {key(home)}"}
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60
        ) as client:
            for given in ({}, {"incremental": True}, {"incremental": True}):
                before, begun = spent(home), time.perf_counter()
                told = ran(client, **given)
                figures = {
                    "seconds": round(time.perf_counter() - begun, 1),
                    "processor seconds": round(spent(home) - before, 1),
                }
                words = ("state", "incremental", "records", "pairs", "clusters", "steps")
                print(json.dumps({word: told[word] for word in words} | figures), flush=True)
                db.execute(CHANGED)


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
