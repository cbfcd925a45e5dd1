"""
The web application: one tuple of routes behind one gate. Built by `bootstrap`, run by Granian.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

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
from zhike.doors.http.routing import SCIM, Later
from zhike.doors.http.validation import speaking
from zhike.doors.system import System
from zhike.doors.worker.parent import HUSH

API = "/api/v1"


def create(system: System) -> ASGIApp:
    """Make the application of one process. It opens the system when the server starts it."""
    meter = Meter()
    nouns = speaking()
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
    nouns.include_router(health(meter))
    nouns.include_router(pages())
    nouns.include_router(desk.desk())
    # A path with a line break in it matches no mount; what is not here says so in our words too.
    known = [*ROUTES, Mount(SCIM, Later("zhike.doors.http.scim")), Mount("", nouns)]
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
