"""Faults on their way out: one table of statuses, nothing of our inside told."""

import logging
from typing import Any

import httpx
import orjson
import pytest
from tests.architecture.test_faults import CATALOGUE

from zhike.db.faults import BrokenStatement
from zhike.doors.http.gate import told
from zhike.doors.http.problems import STATUS, TITLES, refusal, status_of
from zhike.kernel.faults import Conflict, Fault, Invalid, NotFound, TooMany, problem


def written(fault: Fault) -> tuple[int, dict[str, Any]]:
    answer = refusal(fault, "en")
    return answer.status_code, orjson.loads(answer.body)


def test_every_fault_has_a_status_with_a_title() -> None:
    assert {status_of(one) for one in CATALOGUE} <= TITLES.keys()
    assert set(STATUS.values()) <= TITLES.keys()


def test_several_problems_share_a_status_or_are_unprocessable() -> None:
    taken, missing = problem(Conflict, at="a"), problem(NotFound, at="b")

    assert written(Invalid([taken, taken]))[0] == 409
    assert written(Invalid([taken, missing]))[0] == 422
    assert written(Invalid([]))[0] == 422


def test_a_problem_document_holds_what_the_standard_wants() -> None:
    status, document = written(TooMany(seconds=7))

    assert status == 429
    assert document == {
        "type": "/api/docs#too_many",
        "title": "Too many attempts",
        "status": 429,
        "detail": "Too many attempts; try again in 7 seconds.",
        "errors": [
            {
                "path": "",
                "code": "too_many",
                "message": "Too many attempts; try again in 7 seconds.",
            }
        ],
    }


@pytest.mark.parametrize(
    "error", [ValueError("secret"), BrokenStatement(reason="secret"), RecursionError("secret")]
)
def test_our_own_mistakes_are_logged_and_not_told(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "zhike.http"):
        status, document = written(told(error, id=b"7f3a"))

    assert status == 500
    assert "secret" not in str(document)
    assert "7f3a" in document["detail"]
    assert "7f3a" in caplog.text


def test_half_a_surrogate_in_a_message_does_not_break_it() -> None:
    _, document = written(Invalid([problem(NotFound, at="a\ud800b")]))

    assert document["errors"][0]["path"] == "a?b"


async def test_parameters_nobody_knows_are_told_with_the_nearest(ada: httpx.AsyncClient) -> None:
    for path, nearest in (("/users?limt=1", "limit"), ("/records/book?wher=x", "where")):
        answer = await ada.get(f"/api/v1{path}", headers={"accept-language": "en"})

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "unknown_parameter"
        assert nearest in answer.json()["errors"][0]["hint"]
