"""
The scene an expression is read in: which object `this record` is, who looks, and what was found
wrong.

A relation's condition is read in a scene of its own, inside the outer one; all share one list of
problems.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from zhike.kernel.faults import Fault, Problem, problem
from zhike.lang.faults import NestedTooFar
from zhike.lang.sight import Sight
from zhike.lang.tree import Name, Node, Span
from zhike.lang.typed import Typed
from zhike.meta.snapshot import Object, Snapshot

MAX_NESTING = 8
"""
How deep relations may be nested: aliases grow with every level, and PostgreSQL cuts long names.
"""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Everything that reading a node depends on beside the node itself."""

    snapshot: Snapshot
    obj: Object
    sight: Sight
    event: bool
    understand: "Callable[[Node, Scene], Typed | None]"
    formula: "Callable[[Object, str, Scene], Typed | None]"
    """Understands the formula of a field, given the scene that reads it."""
    found: list[Problem] = field(default_factory=list)
    keys: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The path in keys of every name that was resolved, by the identity of its node."""
    texts: dict[int, str] = field(default_factory=dict)
    """The key of every option that was written by its label, by the identity of its node."""
    level: int = 0
    within: tuple[tuple[str, str], ...] = ()
    """The formulas that are being understood just now, outermost first."""

    def read(self, node: Node) -> Typed | None:
        """Understand a node in this scene; None if that failed and was reported."""
        return self.understand(node, self)

    def inside(self, target: str, span: Span) -> "Scene | None":
        """Give the scene of a related record."""
        if self.level >= MAX_NESTING:
            self.wrong(NestedTooFar, span, limit=MAX_NESTING)
            return None
        return replace(self, obj=self.snapshot.objects[target], level=self.level + 1)

    def wrong(self, fault: type[Fault], span: Span, **facts: object) -> None:
        """List a problem at a place."""
        self.note(problem(fault, at=span.at, **facts), span)

    def note(self, one: Problem, span: Span) -> None:
        """List a problem that somebody else worded, at a place."""
        place: Mapping[str, object] = (
            {"start": span.start, "end": span.end} if span.start >= 0 else {}
        )
        self.found.append(replace(one, at=span.at, facts={**one.facts, **place}))

    def resolved(self, node: Name, keys: tuple[str, ...]) -> None:
        """Remember what a name is called by its keys."""
        self.keys[id(node)] = keys
