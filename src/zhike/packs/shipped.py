"""
The apps that come with the product: found beside the code or where a wheel put them, installed
once.

An app whose files have not changed since it was installed is not even read: a start has no time
for it.
"""

import sys
from hashlib import sha256
from pathlib import Path

from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.packs.faults import NoFolder, Problems
from zhike.packs.install import apply
from zhike.packs.plan import Wish, plan
from zhike.packs.read import read_folder

QUERIES = load(Path(__file__).with_name("shipped.sql"))

PLACES = (Path(__file__).parents[3] / "apps", Path(sys.prefix) / "share" / "zhike" / "apps")
"""In the repository, and in an environment that a wheel was installed into."""


def folder(app: str) -> Path:
    """Give the folder of an app that comes with the product."""
    for place in PLACES:
        if (place / app / "app.yaml").is_file():
            return place / app
    raise NoFolder(path=app)


async def install(tx: Tx, app: str) -> bool:
    """Install or upgrade a shipped app unless this very text is installed; tell whether it did."""
    path = folder(app)
    checksum = _checksum(path)
    if await tx.value(QUERIES["installed"](app=app)) == checksum:
        return False
    read = read_folder(path)
    if read.problems:
        raise Problems(read.problems)
    wish = Wish(documents=read.documents, app=app)
    # Nobody can be asked at a start, and whatever a step takes out of sight is kept.
    confirmed = [one.id for one in (await plan(tx, wish)).lossy if one.reversible]
    await apply(tx, wish, confirm=confirmed)
    await tx.run(QUERIES["note_installed"](app=app, checksum=checksum))
    return True


def _checksum(path: Path) -> str:
    whole = sha256()
    for file in sorted(path.rglob("*.yaml")):
        whole.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
