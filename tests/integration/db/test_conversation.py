"""What a conversation with PostgreSQL promises."""

from zhike.db.conversation import Conversation
from zhike.kernel.sql import param, sql


async def test_json_comes_as_the_bytes_that_postgresql_made(tx: Conversation) -> None:
    made = await tx.value(sql("SELECT json_build_object('a', {name}::text)", name=param("杭")))

    assert made == '{"a" : "杭"}'.encode()


async def test_statements_see_the_workspace_first(tx: Conversation) -> None:
    assert await tx.value(sql("SHOW search_path")) == '"ws_main", zhike'
