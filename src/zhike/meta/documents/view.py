"""The document kind `view`: a saved way to look at the records of an object."""

from typing import Literal

from zhike.meta.documents.spec import Key, Label, Spec


class ViewSpec(Spec):
    """A saved way to look at an object's records."""

    kind: Literal["view"] = "view"
    key: Key
    object: Key
    label: Label
    select: tuple[str, ...] = ()
    where: str = ""
    order: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    """Which of its columns stay in sight when a table is moved sideways."""
    group: Key | None = None
    """By which field the records are put together: the bands of a table, the columns of a board."""
    layout: Literal["table", "board", "calendar", "gallery"] = "table"
    roles: tuple[Key, ...] = ()
    """Who is offered it; empty: everybody. It shows nobody anything they do not see without it."""
