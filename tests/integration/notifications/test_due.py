"""What is due today and what is late, told once a day to whoever is in charge."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.integration.notifications.conftest import API, told
from tests.served import ALL, Served

from zhike.hub import notifications

REPAIR: dict[str, Any] = {
    "kind": "object",
    "key": "repair",
    "label": {"zh": "修补", "en": "Repair"},
    "title": "what",
    "fields": [
        {"key": "what", "kind": "text", "label": "内容"},
        {"key": "due_at", "kind": "datetime", "label": "期限"},
        {"key": "status", "kind": "option", "label": "状态", "options": ["进行中", "已完成"]},
    ],
}


@pytest.fixture(scope="module", autouse=True)
async def repairs(ada: httpx.AsyncClient) -> None:
    """A volunteer repairs books, until a day."""
    role = {"kind": "role", "key": "volunteer", "label": "V", "objects": {"repair": ALL}}
    for kind, key, body in (("object", "repair", REPAIR), ("role", "volunteer", role)):
        answer = await ada.put(f"{API}/config/{kind}/{key}", json=body)
        assert answer.is_success, answer.text


async def test_late_things_are_one_line_a_day(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    now = datetime.now(UTC)
    late, long_ago = now - timedelta(days=2), now - timedelta(days=60)
    owner = {"owner": library.ids["vic"]}
    rows = [
        {"what": "书脊", "due_at": late.isoformat(), **owner},
        {"what": "封面", "due_at": late.isoformat(), "status": "进行中", **owner},
        {"what": "做完", "due_at": late.isoformat(), "status": "已完成", **owner},
        {"what": "很久", "due_at": long_ago.isoformat(), **owner},
        {"what": "以后", "due_at": (now + timedelta(days=9)).isoformat(), **owner},
    ]
    made = await ada.post(f"{API}/records/repair", json=rows)
    assert made.status_code == 201, made.text

    for _ in range(2):
        await notifications.remind(library.system.hands, library.workspace)

    (line,) = [one for one in await told(vic) if one["kind"] == "due"]
    assert (line["says"], line["count"]) == ("2 条修补已逾期", 2)
    assert {one["title"] for one in line["records"]} == {"书脊", "封面"}
