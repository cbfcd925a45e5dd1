"""
The reading process: a file in, frames of plain values out.

It runs apart with little memory, so that a workbook made to burst takes nobody with it, and so that
reading never holds up whoever waits for something else.
"""

import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from zhike.hub.sheets import delimited, workbook
from zhike.hub.sheets.cells import Line, widest
from zhike.hub.sheets.detect import detected
from zhike.hub.sheets.faults import BrokenFile, EmptyFile, UnknownSheet
from zhike.hub.sheets.glance import glance, totals
from zhike.hub.sheets.slices import Slicing, slicing
from zhike.kernel.faults import Fault, Invalid

MEMORY = 2 << 30
SECONDS = 600
HEAD = 80


def main(arguments: list[str]) -> None:
    """Answer one question about one file: `peek FILE` or `read FILE SHEET SIZE`."""
    _confine()
    verb, path, *rest = arguments
    try:
        if verb == "peek":
            _send(("peek", peek(Path(path))))
        else:
            for frame in read(Path(path), sheet=rest[0], size=int(rest[1])):
                _send(frame)
    except Fault as fault:
        facts = {name: str(fact) for name, fact in fault.facts.items()}
        if isinstance(fault, Invalid):
            facts.pop("count")  # the family counts by itself
        _send(("fault", fault.code, facts))


def peek(path: Path) -> dict[str, Any]:
    """Say what kind of table it is and how each of its sheets begins."""
    kind = detected(path)
    if kind == "csv":
        encoding = delimited.encoding(path)
        delimiter = delimited.delimiter(path, encoding)
        lines = delimited.lines(path, encoding=encoding, delimiter=delimiter)
        facts = {"encoding": encoding.removesuffix("-sig"), "delimiter": delimiter}
        return {"format": kind, **facts, "sheets": [_seen("", lines, hidden=False)]}
    short = glance(path) if kind == "xlsx" else None
    book = workbook.opened(path, instead=short.file if short else None)
    last = dict(zip(book.sheet_names, short.last, strict=False)) if short else {}
    hides = dict(zip(book.sheet_names, short.hidden, strict=False)) if short else {}
    sheets = [
        _seen(name, workbook.lines(workbook.sheet(book, name)), hidden=hidden)
        | ({"last": last[name]} if last.get(name) else {})
        | {"hides": hides.get(name, 0)}
        for name, hidden in workbook.names(book)
    ]
    if not any(sheet["head"] for sheet in sheets):
        raise EmptyFile
    return {"format": kind, "encoding": "", "delimiter": "", "sheets": sheets}


def _seen(name: str, lines: Iterator[Line], *, hidden: bool) -> dict[str, Any]:
    head = list(islice(lines, HEAD))
    last = max((number for number, _ in head), default=0)
    for number, _ in lines:
        last = number
    return {"name": name, "hidden": hidden, "last": last, "width": widest(head), "head": head}


def read(path: Path, *, sheet: str, size: int) -> Iterator[tuple[Any, ...]]:
    """Give the lines of one sheet in pieces, then the lines that are totals by their formula."""
    kind = detected(path)
    if kind == "csv":
        encoding = delimited.encoding(path)
        delimiter = delimited.delimiter(path, encoding)
        lines = delimited.lines(path, encoding=encoding, delimiter=delimiter)
        summed: frozenset[int] = frozenset()
    else:
        book = workbook.opened(path)
        if sheet not in book.sheet_names:
            raise UnknownSheet(name=sheet, known=", ".join(book.sheet_names[:20]))
        position = book.sheet_names.index(sheet)
        sliced = slicing(path, position=position) if kind == "xlsx" else None
        if sliced is not None:
            del book
            yield from _in_slices(sliced, sheet=sheet, size=size)
            return
        summed = totals(path, position=position) if kind == "xlsx" else frozenset()
        lines = workbook.lines(workbook.sheet(book, sheet))
    yield ("totals", sorted(summed))
    while piece := list(islice(lines, size)):
        yield ("lines", piece)
    yield ("end",)


def _in_slices(sliced: Slicing, *, sheet: str, size: int) -> Iterator[tuple[Any, ...]]:
    """Give the same of a sheet that is read slice by slice; totals are told before their lines."""
    told: set[int] = set()
    coming: set[int] = set()

    def lines() -> Iterator[Line]:
        for short, summed in sliced.slices():
            coming.update(summed)
            book = workbook.opened(sliced.path, instead=short)
            yield from workbook.lines_of_slice(workbook.sheet(book, sheet))

    every = lines()
    while piece := list(islice(every, size)):
        if coming - told:
            told |= coming
            yield ("totals", sorted(told))
        yield ("lines", piece)
    yield ("end",)


def _confine() -> None:
    """Set limits where the operating system knows any (Windows does not)."""
    if find_spec("resource") is None:
        return
    limits = import_module("resource")
    for limit, most in ((limits.RLIMIT_AS, MEMORY), (limits.RLIMIT_CPU, SECONDS)):
        with suppress(ValueError, OSError):
            limits.setrlimit(limit, (most, most))


def _send(frame: tuple[Any, ...]) -> None:
    body = marshal.dumps(frame)
    sys.stdout.buffer.write(len(body).to_bytes(4, "big"))
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except BrokenPipeError:
        os._exit(0)
    except MemoryError:
        os._exit(3)
    except Exception as error:  # noqa: BLE001 - a library's surprise at a hostile file is the file's fault
        _send(("fault", BrokenFile.code, {"reason": type(error).__name__}))
