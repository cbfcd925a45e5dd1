"""What nobody foresaw ends a job at once, with a reason; the traceback stands in the log."""

from dataclasses import replace

import pytest
from tests.integration.ingest.club import Club, sheet

from zhike.hub import export, ingest
from zhike.hub.export import ledger
from zhike.hub.faults import Unforeseen
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch

CONTENT = sheet(["姓名", "手机"], ["安", "13912345678"])


async def surprised(batch: Batch, tx: Tx) -> Batch:
    raise ZeroDivisionError("nobody thought of this")


async def test_an_import_ends_as_failed_and_may_be_run_again(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    id_ = await club.started(CONTENT)

    with pytest.raises(Unforeseen):
        await ingest.run(replace(club.hands, take_in=surprised), id_, workspace=club.workspace)

    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        task = await ingest.found(tx, id_)
    assert task.state == "failed"
    assert "ZeroDivisionError" in task.counts.stopped["zh"]
    assert str(id_) in caplog.text
    assert "nobody thought of this" in caplog.text
    assert (await ingest.run(club.hands, id_, workspace=club.workspace)).counts.created == 1


async def test_a_dry_run_ends_as_failed(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    draft = await club.draft(CONTENT)
    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        task = await ingest.found(tx, draft.id)
        asked = await ingest.rehearsal.ask(tx, task)

    with pytest.raises(Unforeseen):
        await ingest.rehearsal.rehearse(
            replace(club.hands, rehearse=surprised), asked.id, workspace=club.workspace
        )

    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        tried = await ingest.rehearsal.latest(tx, task)
    assert tried.state == "failed"
    assert tried.stopped is not None
    assert "ZeroDivisionError" in tried.stopped["en"]
    assert "nobody thought of this" in caplog.text


async def test_an_undo_says_why_it_stopped_and_goes_on(
    club: Club, caplog: pytest.LogCaptureFixture
) -> None:
    task = await club.imported(CONTENT)
    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        await ingest.undo.ask(tx, await club.policy(), task.id)

    with pytest.raises(Unforeseen):
        await ingest.undo.undo(
            replace(club.hands, take_in=surprised), task.id, workspace=club.workspace
        )

    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        told = await ingest.undo.progress(tx, task.id, "en")
    assert "ZeroDivisionError" in str(told["stopped"])
    assert (await ingest.undo.undo(club.hands, task.id, workspace=club.workspace)).state == "undone"


async def test_an_export_ends_as_failed(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    asked = await club.asked({"select": ["name"]})

    class Broken:
        """A store of files that nobody can use."""

    with pytest.raises(Unforeseen):
        await export.run(
            replace(club.hands, files=Broken()),  # type: ignore[arg-type] # on purpose
            asked.id,
            workspace=club.workspace,
        )

    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        found = await ledger.found(tx, asked.id)
    assert found.state == "failed"
    assert "AttributeError" in caplog.text
