"""Departments as tables name them: by path, by code, or by a name only one of them has. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhike.hub.roster.faults import NoSuchPlace, SeveralPlaces
from zhike.kernel.faults import Fault

STEP = re.compile(r"\s*[/／\\>＞]\s*")
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """A department that has to be there first."""

    id: UUID
    name: str
    parent: UUID | None
    path: Path


def steps(text: str) -> Path:
    """Give the names a path leads over."""
    return tuple(one for one in STEP.split(text.strip()) if one)


class Places:
    """The tree as it is, and as it grows by what a table names."""

    def __init__(self, known: Sequence[Mapping[str, Any]], fresh: Iterator[UUID]) -> None:
        self._fresh = fresh
        self._by_path: dict[Path, list[UUID]] = {}
        self._by_code = {one["code"].casefold(): one["id"] for one in known if one["code"]}
        self._by_end: dict[Path, list[UUID]] = {}
        self.added: list[NewPlace] = []
        paths: dict[UUID, Path] = {}
        for one in known:
            path = (*paths.get(one["parent"], ()), one["name"])
            paths[one["id"]] = path
            self._remember(path, one["id"])

    def found(self, text: str, *, create: bool) -> UUID | type[Fault]:
        """Give the department that is meant, made if it may be, or what is wrong."""
        code = self._by_code.get(text.casefold())
        path = steps(text)
        if code is not None or not path:
            return code or NoSuchPlace
        for known in (self._by_path.get(path, []), self._by_end.get(path, [])):
            if known:
                return known[0] if len(known) == 1 else SeveralPlaces
        return self._made(path) if create else NoSuchPlace

    def _made(self, path: Path) -> UUID | type[Fault]:
        above = self._by_path.get(path[:-1], [])
        if len(path) > 1 and len(above) != 1:
            made = SeveralPlaces if above else self._made(path[:-1])
            if not isinstance(made, UUID):
                return made
            above = [made]
        parent = above[0] if len(path) > 1 else None
        place = NewPlace(id=next(self._fresh), name=path[-1], parent=parent, path=path)
        self.added.append(place)
        self._remember(path, place.id)
        return place.id

    def _remember(self, path: Path, id_: UUID) -> None:
        self._by_path.setdefault(path, []).append(id_)
        for start in range(len(path)):
            self._by_end.setdefault(path[start:], []).append(id_)
