"""The document kind `page`: what stands where on the page of one record."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from zhike.meta.documents.spec import Key, Label, Rule, Spec

BlockKind = Literal["facts", "timeline", "journal", "related", "quality", "stage"]
"""
What a block shows: fields; what happened; the box to write down what happened; records that belong
to this one; how good it is; how far it has come.
"""


class BlockSpec(Spec):
    """One block of a page."""

    block: BlockKind
    label: Label | None = None
    fields: tuple[Key, ...] = ()
    """Facts: which, empty for all. Related: what is told of each record beside its title."""
    relation: Key | None = None
    """Related: whose records; none for all relations that no other block shows."""
    field: Key | None = None
    """Stage: the option field that says how far the record has come; none for the usual one."""
    limit: int = Field(default=4, ge=1, le=20)
    """Related: how many records are shown."""
    visible: Rule = ""


class ColumnSpec(Spec):
    """Blocks below each other."""

    width: Literal["narrow", "medium", "wide"] = "medium"
    blocks: tuple[BlockSpec, ...] = ()


class PageSpec(Spec):
    """What stands where on the page of a record: blocks over its whole width, then columns."""

    kind: Literal["page"] = "page"
    key: Key
    object: Key
    label: Label
    roles: tuple[Key, ...] = ()
    """For whom it is; empty: for everybody. A page for one's role goes before one for everybody."""
    top: tuple[BlockSpec, ...] = ()
    columns: tuple[ColumnSpec, ...] = Field(default=(), max_length=4)

    def blocks(self) -> Iterator[tuple[tuple[str | int, ...], BlockSpec]]:
        """Give every block with its place in the document."""
        for number, one in enumerate(self.top):
            yield ("top", number), one
        for place, column in enumerate(self.columns):
            for number, one in enumerate(column.blocks):
                yield ("columns", place, "blocks", number), one
