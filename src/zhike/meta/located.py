"""A document as it was written, with the way back to where each part of it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhike.meta.kinds.kind import Json

Path = tuple[str | int, ...]

PLURAL: Mapping[str, str] = {"match": "matches"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """
    One document, not yet understood.

    `lines` says where each part stands in a file; without it, addresses are paths that begin with
    `root` (or, if there is none, with the document's kind and key).
    """

    body: Mapping[str, Json]
    root: str | None = None
    file: str = ""
    lines: Mapping[Path, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind as written, even if there is no such kind."""
        return str(self.body.get("kind", ""))

    @property
    def key(self) -> str:
        """The key as written, even if it is not a legal one."""
        return str(self.body.get("key", ""))

    @property
    def app(self) -> str:
        """The app the document says it belongs to; of an app document, the app itself."""
        return self.key if self.kind == "app" else ""

    def at(self, *path: str | int) -> str:
        """Give the address of one part: `customer.yaml:12` or `objects.customer.fields[3]`."""
        if self.lines:
            known = next(
                path[:size] for size in range(len(path), -1, -1) if path[:size] in self.lines
            )
            return f"{self.file}:{self.lines[known]}"
        root = self.root
        if root is None:
            root = f"{PLURAL.get(self.kind, self.kind + 's')}.{self.key}"
        return written((root, *path) if root else path)


def written(path: Path) -> str:
    """Write a path as people read it: `fields[3].options[1]`."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            out += f".{step}" if out else step
    return out
