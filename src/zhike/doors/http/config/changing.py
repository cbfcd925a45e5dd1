"""Many documents at once: what they would do, and the doing of it."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.config.rights import configurer, keep_an_administrator
from zhike.doors.http.problems import listed
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.packs import Problems, Wish, apply, located, plan

ROUTES = router("configuration")

Word = Annotated[str, Field(max_length=48)]


class Named(BaseModel):
    """The name of a document."""

    model_config = ConfigDict(extra="forbid")

    kind: Word
    key: Word


class Wanted(BaseModel):
    """Documents to be there, others to be gone."""

    model_config = ConfigDict(extra="forbid")

    documents: Annotated[list[dict[str, Any]], Field(max_length=2000)] = []
    remove: Annotated[list[Named], Field(max_length=2000)] = []

    def kinds(self) -> set[str]:
        """Give the kinds of documents that are spoken of."""
        said = (str(one.get("kind", "")) for one in self.documents)
        return {*said, *(one.kind for one in self.remove)}

    def wish(self) -> Wish:
        """Give it as `packs` takes it."""
        names = [(one.kind, one.key) for one in self.remove]
        return Wish(documents=located(self.documents), remove=names)


class Judged(Wanted):
    """The same, perhaps while somebody is still drawing."""

    drawing: bool = False
    """Whether what is wrong is told in the answer, as `problems`, instead of refused."""


class Confirmed(Wanted):
    """The same, with the steps that may lose something."""

    confirm: Annotated[list[str], Field(max_length=2000)] = []


@ROUTES.post("/config/plan", openapi_extra=CONFIGURE)
async def plan_documents(given: Judged, call: Asked) -> Response:
    """Say what applying documents would do: each step, its lock, its rows, what it loses."""
    await configurer(call, given.kinds())
    async with call.transaction() as tx:
        made = await plan(tx, given.wish())
    if made.problems and not given.drawing:
        raise Problems(made.problems)
    told = {"problems": listed(made.problems, call.language)} if given.drawing else {}
    return answer({**made.as_json(), **told})


@ROUTES.post("/config/apply", openapi_extra=CONFIGURE)
async def apply_documents(given: Confirmed, call: Asked) -> Response:
    """Apply documents, all of them or none; what loses something has to be confirmed by step."""
    await configurer(call, given.kinds())
    async with call.transaction() as tx:
        done = await apply(tx, given.wish(), confirm=given.confirm)
        keep_an_administrator(done)
    call.system.heard(f"{call.workspace} config")
    return answer({**done.plan.as_json(), "version": done.version})
