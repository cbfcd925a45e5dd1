"""What happens to a shipped app when the product is upgraded."""

from pathlib import Path

import pytest
from tests.integration.packs.stories import LIBRARY, applied

from zhike.kernel.sql import sql
from zhike.kernel.tx import Tx
from zhike.packs import Problems, shipped
from zhike.store.catalog import snapshot_of

APP = "kind: app\nkey: library\nlabel: {zh: 图书馆, en: Library}\nversion: '1'\n"
SHELF = """
kind: object
key: shelf
label: {zh: 书架, en: Shelf}
fields:
  - {key: name, kind: text, label: {zh: 名称, en: Name}}
"""
PAGES = "  - {key: pages, kind: text, label: {zh: 页数, en: Pages}}\n"
THICK = "  - {key: thick, kind: formula, label: {zh: 厚, en: Thick}, formula: 'LEN(pages) > 3'}\n"
BROKEN = SHELF.replace("kind: text", "kind: nothing")


@pytest.fixture
def apps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that the shipped apps lie in."""
    monkeypatch.setattr(shipped, "PLACES", (tmp_path,))
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "app.yaml").write_text(APP + "---" + LIBRARY, encoding="utf-8")
    return tmp_path / "library"


async def test_an_upgrade_that_fits_is_installed(tx: Tx, apps: Path) -> None:
    await shipped.install(tx, "library")
    (apps / "shelf.yaml").write_text(SHELF, encoding="utf-8")

    waits = await shipped.waiting(tx, "library")
    against = await shipped.install(tx, "library")

    assert (waits, against) == (True, None)
    assert "shelf" in (await snapshot_of(tx)).objects
    assert not await shipped.waiting(tx, "library")


async def test_an_upgrade_that_contradicts_what_somebody_built_leaves_both(
    tx: Tx, apps: Path
) -> None:
    """Somebody has built a field on one that the next version takes away."""
    await shipped.install(tx, "library")
    await applied(tx, LIBRARY.replace(PAGES, PAGES + THICK))
    (apps / "app.yaml").write_text(APP + "---" + LIBRARY.replace(PAGES, ""), encoding="utf-8")
    before = await tx.rows(sql("SELECT * FROM zk_document ORDER BY 1, 2"))

    against = await shipped.install(tx, "library")

    assert isinstance(against, Problems)
    assert ["pages" in one.says("en") for one in against.problems] == [True]
    assert await tx.rows(sql("SELECT * FROM zk_document ORDER BY 1, 2")) == before
    assert await shipped.waiting(tx, "library")


async def test_an_app_that_is_not_there_yet_must_be_whole(tx: Tx, apps: Path) -> None:
    (apps / "shelf.yaml").write_text(BROKEN, encoding="utf-8")

    with pytest.raises(Problems):
        await shipped.install(tx, "library")
