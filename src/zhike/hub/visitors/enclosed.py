"""
Files that strangers enclose: how many, how large, and of which kinds.

A kind is told by what is in a file, and its name has to agree: what opens as a picture is called
one. Kinds that anything could be (text, archives, programs) are not taken from strangers.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from zhike.hub.visitors.faults import FileNotTaken, TooManyFiles
from zhike.kernel.faults import Problem, problem
from zhike.meta import Field, FormSpec
from zhike.store.files import FileTooLarge

ENCLOSABLE = frozenset({"attachment", "image"})
MEGABYTE = 1 << 20
OFFICE = "application/vnd.openxmlformats-officedocument."
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    f"{OFFICE}wordprocessingml.document": (".docx",),
    f"{OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{OFFICE}presentationml.presentation": (".pptx",),
}
"""What may be taken from strangers, and what a file of it may be called."""
HEADS: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"%PDF-": "application/pdf",
}
PARTS: Mapping[str, str] = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
END = struct.Struct("<4s4H2LH")
"""How an archive ends: entries, bytes of their directory, and a remark, which these have not."""
ENTRIES, DIRECTORY = 4000, MEGABYTE
MACROS = "vbaproject.bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file as it came: for which field, what it is called, how large it is, what it is."""

    uuid: UUID
    field: str
    name: str
    size: int
    type: str | None
    """None: nothing that is taken."""

    @property
    def id(self) -> str:
        """As a record keeps it."""
        return str(self.uuid)


def allowed(field: Field) -> Mapping[str, tuple[str, ...]]:
    """Give the types a field takes from strangers, with what a file of each may be called."""
    if field.kind.name not in ENCLOSABLE:
        return {}
    accept = getattr(field.settings, "accept", ())
    pictures = field.kind.name == "image"
    return {
        one: suffixes
        for one, suffixes in SUFFIXES.items()
        if (not pictures or one.startswith("image/"))
        and (not accept or any(_meant(word, one, suffixes) for word in accept))
    }


def _meant(word: str, one: str, suffixes: Sequence[str]) -> bool:
    word = word.strip().lower()
    if word.startswith("."):
        return word in suffixes
    return one.startswith(word[:-1]) if word.endswith("/*") else one == word


def recognised(file: IO[bytes], size: int) -> str | None:
    """Say what a file is by what is in it; None for whatever is not taken from strangers."""
    file.seek(0)
    head = file.read(16)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    for begin, kind in HEADS.items():
        if head.startswith(begin):
            return kind
    return _office(file, size) if head.startswith(b"PK\x03\x04") else None


def _office(file: IO[bytes], size: int) -> str | None:
    """Tell a document by its parts; its directory is looked at only if it is as small as it is."""
    if size < END.size:
        return None
    file.seek(size - END.size)
    mark, _, _, _, entries, directory, _, remark = END.unpack(file.read(END.size))
    if mark != b"PK\x05\x06" or remark or entries > ENTRIES or directory > DIRECTORY:
        return None
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if "[Content_Types].xml" not in names or any(one.lower().endswith(MACROS) for one in names):
        return None
    found = {PARTS[one] for one in names if one in PARTS}
    return found.pop() if len(found) == 1 else None


def wrong(
    form: FormSpec, fields: Mapping[str, Field], files: Sequence[Enclosed]
) -> Iterator[Problem]:
    """Give what is wrong with enclosed files, each at its field."""
    manners = form.manners
    for key in dict.fromkeys(one.field for one in files):
        mine = [one for one in files if one.field == key]
        most = min(manners.files, getattr(fields[key].settings, "max", manners.files))
        if len(mine) > most or (len(files) > manners.files and key == files[-1].field):
            yield problem(TooManyFiles, at=key, limit=min(most, manners.files))
        taken = allowed(fields[key])
        for one in mine:
            if one.size > manners.file_mb * MEGABYTE:
                yield problem(FileTooLarge, at=key, limit=f"{manners.file_mb} MB")
            elif one.size == 0 or not _called(one.name, taken.get(one.type or "", ())):
                yield problem(FileNotTaken, at=key, name=one.name, kinds=_kinds(taken.values()))


def _called(name: str, suffixes: Sequence[str]) -> bool:
    return PurePosixPath(name).suffix.lower() in suffixes


def _kinds(suffixes: Iterable[Sequence[str]]) -> str:
    return " ".join(one.removeprefix(".") for some in suffixes for one in some[:1])


def plain(name: str) -> str:
    """Give a name as it can be shown anywhere: no path, nothing that cannot be seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(one for one in last if one.isprintable())
    stem, suffix = PurePosixPath(shown).stem, PurePosixPath(shown).suffix
    return f"{stem[:100]}{suffix[:10]}" or "file"
