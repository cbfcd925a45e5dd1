"""
Reads the golden files of the field kinds.

    # decimals: 2            a setting of the field (YAML) for the pairs below it
    9077万                   what came in; `json …` for what is no text, `\\n` and `\\u…` as in JSON
    => "90770000.00"         the standard form, as JSON
    => "a" + b | c           … with what else stood there
    => "a" ~ short_name      … with a remark
    => ! unreadable          refused
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from zhike.kernel.faults import Fault
from zhike.meta import KINDS, FieldKind, Reading, Settings

FOLDER = Path(__file__).parents[2] / "golden" / "kinds"
ESCAPES = re.compile(r"\\(?:u[0-9a-f]{4}|[nrt])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One example of what a kind reads, and as what."""

    kind: FieldKind
    settings: Settings
    given: Any
    expected: str
    at: str

    def read(self) -> str:
        """Give what the kind reads, written as in the file."""
        try:
            return written(self.kind.read(self.given, self.settings))
        except Fault as fault:
            return f"! {fault.word()}"


def written(reading: Any) -> str:
    """Write what was read as the files do."""
    if not isinstance(reading, Reading):
        return json.dumps(reading, ensure_ascii=False)
    text = json.dumps(reading.value, ensure_ascii=False)
    if reading.rest:
        text += f" + {' | '.join(reading.rest)}"
    return f"{text} ~ {reading.remark.word}" if reading.remark else text


def pairs() -> Iterator[Pair]:
    """Give every pair of every file."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield from _pairs(path)


def _pairs(path: Path) -> Iterator[Pair]:
    kind = KINDS[path.stem]
    said: dict[str, Any] = {}
    given: str | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if given is None and (setting := re.fullmatch(r"# ([a-z_]+): (.*)", line)):
            said = {**said, **yaml.safe_load(f"{setting[1]}: {setting[2]}")}
        elif line.startswith("=> "):
            yield Pair(
                kind=kind,
                settings=kind.settings.model_validate(said),
                given=_given(given or ""),
                expected=line.removeprefix("=> "),
                at=f"{path.stem}:{number}",
            )
            given = None
        elif given is None and line:
            given = line


def _given(line: str) -> Any:
    if line.startswith("json "):
        return json.loads(line.removeprefix("json "))
    return ESCAPES.sub(lambda found: json.loads(f'"{found.group()}"'), line)


def settings(kind: FieldKind) -> Mapping[str, Any]:
    """Give settings with which a kind can be tried."""
    return next(
        (one.settings.model_dump(exclude_unset=True) for one in pairs() if one.kind is kind), {}
    )
