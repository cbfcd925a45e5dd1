"""Documents → YAML that `read` reads back as the same documents."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from zhike.meta import Json

FIRST: Sequence[str] = ("app", "object")
"""The kinds that stand first in a file; the others follow by name."""


class _Dumper(yaml.SafeDumper):
    """Plain data, without anchors: whoever reads the file finds every value where it counts."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a value again where it is meant again."""
        return True


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", _plainly(value))


def _plainly(value: float) -> str:
    """Give a float without an exponent, which would be read as a text."""
    said = repr(value)
    return said if "e" not in said else f"{value:.20f}".rstrip("0")


_Dumper.add_representer(float, _number)


def written(bodies: Iterable[Mapping[str, Json]]) -> str:
    """Write documents as one file, apps and objects first."""
    ordered = sorted(bodies, key=lambda one: (_place(one["kind"]), one["kind"], one["key"]))
    texts = [
        yaml.dump(dict(one), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
        for one in ordered
    ]
    return "---\n".join(texts)


def _place(kind: str) -> int:
    return FIRST.index(kind) if kind in FIRST else len(FIRST)
