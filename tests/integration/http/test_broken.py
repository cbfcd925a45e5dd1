"""What is our own mistake is told as such at every door, with a number and nothing else."""

from typing import Any

import httpx
import pytest

from zhike.db.faults import BrokenStatement
from zhike.doors.http.people import departments


async def test_a_statement_of_ours_that_is_wrong_is_not_the_callers_mistake(
    ada: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise BrokenStatement(reason="column does not exist")

    monkeypatch.setattr(departments, "departments", broken)

    answer = await ada.get("/api/v1/departments")

    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    assert "column" not in answer.text
