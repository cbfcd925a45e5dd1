"""What is our own mistake is told as such at every door, with a number and nothing else."""

from tests.served import served

from zhike.doors.system import System
from zhike.kernel.viewer import platform


async def test_a_statement_of_ours_that_is_wrong_is_not_the_callers_mistake(
    system: System,
) -> None:
    library = await served(system, "damaged")
    client = await library.signed_in("ada")
    async with system.db.transaction(platform(), "damaged") as tx:
        await tx.script("ALTER TABLE zk_department RENAME COLUMN head TO gone")

    answer = await client.get("/api/v1/departments")

    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    assert "head" not in answer.text
