"""
The web application: one tuple of routes behind one gate. Built by `bootstrap`, run by Granian.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Router
from starlette.types import ASGIApp

from zhike.doors.http import (
    access,
    config,
    desk,
    enrichment,
    expressions,
    handover,
    identity,
    merging,
    notifications,
    openapi,
    parsing,
    people,
    quality,
    scim,
    sharing,
    sign_in,
    standardizing,
    sweeps,
    trail,
    transfer,
    visitors,
)
from zhike.doors.http.gate import Gate
from zhike.doors.http.health import health
from zhike.doors.http.metrics import Meter
from zhike.doors.http.pages import pages
from zhike.doors.http.records import ROUTES
from zhike.doors.http.validation import on_fault, on_http, on_validation
from zhike.doors.system import System
from zhike.doors.worker.parent import HUSH
from zhike.kernel.faults import Fault

API = "/api/v1"


def create(system: System) -> ASGIApp:
    """Make the application of one process. It opens the system when the server starts it."""
    meter = Meter()
    nouns = FastAPI(
        title="Zhike",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for routes in (
        *people.ROUTES,
        *handover.ROUTES,
        *sharing.ROUTES,
        *sign_in.ROUTES,
        *access.ROUTES,
        *config.ROUTES,
        *expressions.ROUTES,
        *transfer.ROUTES,
        *identity.ROUTES,
        *merging.ROUTES,
        *notifications.ROUTES,
        *enrichment.ROUTES,
        *parsing.ROUTES,
        *quality.ROUTES,
        *standardizing.ROUTES,
        *sweeps.ROUTES,
        *trail.ROUTES,
        *visitors.ROUTES,
        openapi.ROUTES,
    ):
        nouns.include_router(routes, prefix=API)
    for routes in scim.ROUTES:
        nouns.include_router(routes, prefix=scim.BASE)
    nouns.include_router(health(meter))
    nouns.include_router(pages())
    nouns.include_router(desk.desk())
    nouns.add_exception_handler(Fault, on_fault)
    nouns.add_exception_handler(HTTPException, on_http)
    nouns.add_exception_handler(RequestValidationError, on_validation)
    # A path with a line break in it matches no mount; what is not here says so in our words too.
    known = [*ROUTES, Mount("", nouns)]
    app = Router(known, redirect_slashes=False, default=nouns, lifespan=_living(system))
    return Gate(app, system=system, meter=meter)


def _living(system: System) -> Callable[[Any], Any]:
    @asynccontextmanager
    async def lifespan(_: Router) -> AsyncIterator[None]:
        async with system:
            await system.attend()
            if HUSH is not None and threading.current_thread() is threading.main_thread():
                asyncio.get_running_loop().add_signal_handler(HUSH, system.bells.silence)
            yield

    return lifespan
