"""
The search index while many records come in.

What is new in it waits in a list until it is sorted in. Usually whoever fills the list pays for
that; while an import writes, somebody else does it on another connection, and so on another core.
"""

from zhike.kernel.sql import Sql, param, sql
from zhike.meta import Object
from zhike.store.ddl import names

LATER = sql("SELECT set_config('gin_pending_list_limit', '256MB', true)")
"""
Let what the rest of the transaction writes wait, however much it is.

Every search reads all that waits, so it must not wait long.
"""


def sorted_in(object_: Object) -> Sql:
    """Give the statement that sorts in what waits; it holds up nobody who writes or searches."""
    index = names.index(object_.table, "zk_search")
    return sql("SELECT gin_clean_pending_list({index})", index=param(index, "regclass"))
