"""
The apps that come with the product: found beside the code or where a wheel put them, installed
once.

An app whose files have not changed since it was installed is not even read: a start has no time
for it.
"""

import sys
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from zhike.kernel.faults import Fault
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.meta import AppSpec
from zhike.packs.faults import NoFolder, NotConfirmed, Problems
from zhike.packs.install import Applied, apply
from zhike.packs.plan import Wish, plan
from zhike.packs.read import read_folder
from zhike.store.trail import note

SHIPPED = ("crm",)
"""The apps that every new workspace gets."""

QUERIES = load(Path(__file__).with_name("shipped.sql"))

PLACES = (Path(__file__).parents[3] / "apps", Path(sys.prefix) / "share" / "zhike" / "apps")
"""In the repository, and in an environment that a wheel was installed into."""


def folder(app: str) -> Path:
    """Give the folder of an app that comes with the product."""
    for place in PLACES:
        if (place / app / "app.yaml").is_file():
            return place / app
    raise NoFolder(path=app)


async def install(tx: Tx, app: str) -> Fault | None:
    """
    Install or upgrade a shipped app unless this very text is installed.

    Gives what stands against an upgrade, such as a field that somebody has added and the new
    version gives another kind: the version that is installed stays then, and nobody is kept from
    his work. Raises it for an app that is not there yet.
    """
    now = checksum(app)
    known = await tx.value(QUERIES["installed"](app=app))
    if known == now:
        return None
    try:
        async with tx.savepoint():
            await _installed(tx, app)
    except (Problems, NotConfirmed) as fault:
        if known is None:
            raise
        return fault
    await tx.run(QUERIES["note_installed"](app=app, checksum=now))
    return None


async def waiting(tx: Tx, app: str) -> bool:
    """Whether another version of a shipped app is installed than the one that came along."""
    known = await tx.value(QUERIES["installed"](app=app))
    return known is not None and known != checksum(app)


async def noted(tx: Tx) -> Mapping[str, str]:
    """Give the checksums of the apps as they were installed last."""
    return {str(app): str(sum_) for app, sum_ in await tx.rows(QUERIES["all_installed"]())}


async def bring(tx: Tx, app: str, *, confirm: Collection[str]) -> Applied:
    """Install a shipped app because somebody asks for it, or bring it up to date."""
    done = await apply(tx, wish(app), confirm=confirm)
    await tx.run(QUERIES["note_installed"](app=app, checksum=checksum(app)))
    note(tx, "app.installed", object="app", target=app, label=app)
    return done


def wish(app: str) -> Wish:
    """Give the wish that a shipped app be there as it came along."""
    read = read_folder(folder(app))
    if read.problems:
        raise Problems(read.problems)
    return Wish(documents=read.documents, app=app)


def specs() -> list[AppSpec]:
    """Give what the shipped apps say of themselves."""
    found = (one for app in SHIPPED for one in read_folder(folder(app) / "app.yaml").documents)
    return [AppSpec.model_validate(one.body) for one in found if one.kind == "app"]


async def _installed(tx: Tx, app: str) -> None:
    wanted = wish(app)
    # Nobody can be asked at a start, and whatever a step takes out of sight is kept.
    confirmed = [one.id for one in (await plan(tx, wanted)).lossy if one.reversible]
    await apply(tx, wanted, confirm=confirmed, later=True)


def checksum(app: str) -> str:
    """Name the text of a shipped app."""
    path = folder(app)
    whole = sha256()
    for file in sorted(path.rglob("*.yaml")):
        whole.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
