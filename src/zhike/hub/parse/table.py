"""A block of cells as a spreadsheet copies it: lines of cells with tabs, with or without a head."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zhike.hub.ingest.guess.mapping import Names, scores
from zhike.hub.parse.fill import Draft, Filled, draft, read
from zhike.hub.parse.found import Finding, evened

SHARE = 0.5
"""So much of a line has to be names of fields for it to be a head."""
SURE = 0.6
MOST = 50


def is_table(text: str) -> bool:
    """Tell whether a text is a block of cells: every line has a tab."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and all("\t" in line for line in lines)


def rows(text: str, names: Names, as_of: date | None = None) -> Iterator[Draft]:
    """Give a draft for each line, by its head if it has one, else by what each cell holds."""
    lines = list(_lines(text))
    head = _head(lines[0][1], names) if lines else {}
    for place, line in lines[1 if head else 0 :][:MOST]:
        known = (names, as_of)
        yield _by_head(place, line, head, known) if head else _by_content(place, line, known)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line.rstrip("\r")
        start += len(line) + 1


def _head(line: str, names: Names) -> dict[int, str]:
    found: dict[int, str] = {}
    cells = line.split("\t")
    for n, cell in enumerate(cells):
        fits = {key: one for key, one in scores((cell.strip(),), names).items() if one >= SURE}
        free = {key: one for key, one in fits.items() if key not in found.values()}
        if free:
            found[n] = max(free, key=lambda key: free[key])
    filled = sum(1 for cell in cells if cell.strip())
    return found if filled and len(found) >= max(1, SHARE * filled) else {}


Known = tuple[Names, date | None]
"""The fields by their names, and the day from which days are counted."""


def _by_head(place: int, line: str, head: dict[int, str], given: Known) -> Draft:
    names, as_of = given
    fields: dict[str, Filled] = {}
    links: dict[str, Finding] = {}
    left: list[Finding] = []
    start = place
    for n, cell in enumerate(line.split("\t")):
        text = evened(cell).strip()
        if text:
            at = start + evened(cell).index(text)
            key = head.get(n, "")
            one = Finding(sort=names.fields[key].kind.name if key else "text", start=at,
                          end=at + len(text), text=text, confidence=0.97, field=key)  # fmt: skip
            known = names.fields.get(key)
            if known is not None and known.kind.name == "lookup":
                links[key] = one
            elif known is not None and (value := read(known, one, as_of)) is not None:
                fields[key] = Filled(value=value, finding=one)
            else:
                left.append(replace(one, confidence=0.0))
        start += len(cell) + 1
    return Draft(fields=fields, links=links, left=left)


def _by_content(place: int, line: str, given: Known) -> Draft:
    told = draft(evened(line.replace("\t", "\n")), *given)
    return Draft(
        fields={
            key: replace(one, finding=_moved(one.finding, place))
            for key, one in told.fields.items()
        },
        links={key: _moved(one, place) for key, one in told.links.items()},
        left=[_moved(one, place) for one in told.left],
    )


def _moved(one: Finding, place: int) -> Finding:
    return replace(one, start=one.start + place, end=one.end + place)
