"""How far the platform is with deriving everything anew, by the rules of a newer version."""

from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.config.rights import reader
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.meta import Json
from zhike.packs import renewal

ROUTES = router("configuration")
NEVER: dict[str, Json] = {"id": None, "state": "none", "total": 0, "done": 0, "stale": [], "met": 0}


@ROUTES.get("/renewal", openapi_extra=CONFIGURE)
async def show_renewal(call: Asked) -> Response:
    """
    Say how far the last renewal is, that a newer version began: `state` is `none`, `waiting`,
    `running`, `done` or `failed` (a start tries again), and `stale` names what may not be right for
    every record yet: `match` (who is recognised as the same), `search`, `title` (order of lists).
    `met` counts the records written meanwhile that may have been there already, until somebody
    looks for duplicates.
    """
    await reader(call)
    async with call.reading() as tx:
        known = await renewal.latest(tx)
    return answer(known.described() if known else NEVER)
