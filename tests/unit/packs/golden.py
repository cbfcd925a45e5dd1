"""Files of cases: blocks of text under `== name` lines, cases apart by lines of `=`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "golden"
RULER = "=" * 20


def cases(folder: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Give the cases of all files of a folder, each with a name to find it by."""
    for path in sorted((GOLDEN / folder).glob("*.txt")):
        for number, case in enumerate(path.read_text(encoding="utf-8").split(f"{RULER}\n"), 1):
            yield f"{path.stem}-{number}", dict(_blocks(case))


def _blocks(case: str) -> Iterator[tuple[str, str]]:
    for block in case.split("== ")[1:]:
        name, _, text = block.partition("\n")
        yield name.strip(), text.strip("\n")
