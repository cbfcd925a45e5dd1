"""The quality of the records of an object, as far as the asker sees them."""

from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.routing import Asked, router
from zhike.hub import quality

ROUTES = router("quality")


@ROUTES.get("/quality/{object}")
async def get_quality(object: str, call: Asked) -> Response:  # noqa: A002 - the word of the API
    """Tell how many records have which score, the worst fields and owners, and the last days."""
    held = await call.policy()
    async with call.reading() as tx:
        return answer(await quality.report(tx, held, object, language=call.language))
