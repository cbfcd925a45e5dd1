"""
Where things meet: the only file that knows every concrete part.

`build` puts a system together without touching anything, `prepare` makes an installation ready for
its first guest, `web` and `main` are what the server and the shell call.
"""

from starlette.types import ASGIApp

from zhike.db import Database, Jobs
from zhike.doors import http
from zhike.doors.system import System
from zhike.hub.decide import decide
from zhike.hub.intake import INTAKE
from zhike.kernel.settings import Settings, settings
from zhike.store.accounts import Passwords, Viewers, Workspaces
from zhike.store.catalog import Catalog
from zhike.store.files import Files

CHECKING = INTAKE[: INTAKE.index(decide) + 1]
"""What is walked to look at a record without saving it."""


def build(given: Settings) -> System:
    """Put a system together. Nothing is opened yet."""
    db = Database(given)
    workspaces = Workspaces(db, default=given.workspace)
    return System(
        settings=given,
        db=db,
        jobs=Jobs(),
        catalog=Catalog(db),
        workspaces=workspaces,
        viewers=Viewers(db, zone_of=workspaces.zone_of),
        passwords=Passwords(),
        files=Files(given.home),
        intake=INTAKE,
        checking=CHECKING,
    )


def web() -> ASGIApp:
    """Make the web application of one process, as told by the environment."""
    return http.create(build(settings()))
