"""All people of a workspace as viewers, at once: for whoever asks who may do something."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer

QUERIES = load(Path(__file__).with_name("queries.sql"))
Tree = Mapping[UUID, Iterable[UUID]]
"""What stands right under each one."""


async def everybody(tx: Tx, *, zone: str) -> list[Viewer]:
    """Give everybody who may sign in, in order of name, each with what they may be granted by."""
    people, departments = await tx.several([QUERIES["everybody"](), QUERIES["all_departments"]()])
    reports: dict[UUID, list[UUID]] = defaultdict(list)
    children: dict[UUID, list[UUID]] = defaultdict(list)
    parent: dict[UUID, UUID] = {}
    for id_, above in departments:
        if above is not None:
            children[above].append(id_)
            parent[id_] = above
    for row in people:
        if row[5] is not None:
            reports[row[5]].append(row[0])
    return [
        Viewer(
            id=id_,
            name=name,
            roles=frozenset(roles),
            departments=tuple(places),
            below=frozenset(_under(places, children)),
            above=frozenset(one for place in places for one in _over(place, parent)),
            subordinates=frozenset(_under(reports.get(id_, ()), reports)) - {id_},
            personal=personal or "",
            language=language,
            source="ui",
            zone=own_zone or zone,
        )
        for id_, name, language, own_zone, working, _, roles, places, personal in people
        if working
    ]


def _under(roots: Iterable[UUID], tree: Tree) -> set[UUID]:
    """Give some nodes and everything under them."""
    found: set[UUID] = set()
    waiting = list(roots)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(tree.get(one, ()))
    return found


def _over(node: UUID, parent: Mapping[UUID, UUID]) -> list[UUID]:
    """Give a node and everything over it."""
    found = [node]
    while (above := parent.get(found[-1])) is not None and above not in found:
        found.append(above)
    return found
