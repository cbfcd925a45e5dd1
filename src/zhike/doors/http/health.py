"""Whether the process lives, whether it can work, and what it counted."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from zhike.doors.http.answers import answer
from zhike.doors.http.metrics import Meter
from zhike.doors.http.routing import call_of


def health(meter: Meter) -> APIRouter:
    """Give the routes; they stand outside of /api, where machines look for them."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def alive() -> Response:
        return answer({"status": "ok"})

    @router.get("/readyz")
    async def ready(request: Request) -> Response:
        system = call_of(request).system
        checks = await system.checks()
        good = all(one == "ok" for one in checks.values())
        told: dict[str, Any] = {"status": "ok" if good else "unready", "checks": checks}
        if good and (stale := await system.stale()):
            # It works; older records may not be found by everything that says something of them.
            told["renewing"] = stale
        return answer(told, 200 if good else 503)

    @router.get("/metrics")
    async def metrics() -> Response:
        return PlainTextResponse(meter.written(), media_type="text/plain; version=0.0.4")

    return router
