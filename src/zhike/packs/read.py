"""
YAML → documents that know on which line everything stands.

Only plain data is read: no tags that make objects, no merge keys, words such as `no` and
`2026-01-01` stay the texts they look like. Every problem of every file is listed, none is raised.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from zhike.kernel.faults import Problem, problem
from zhike.meta import Json, Located
from zhike.meta import Path as Address
from zhike.packs.faults import (
    FileTooLarge,
    NoFolder,
    NotADocument,
    NotYaml,
    SecondApp,
    TooDeep,
    TooManyAliases,
    WrittenTwice,
)

LARGEST = 2_000_000
"""Bytes of one file."""
MOST_NODES = 200_000
DEEPEST = 40
LARGEST_NUMBER = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What was found in a folder, or in one file."""

    documents: tuple[Located, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def app(self) -> str | None:
        """The app that the documents make up, if one of them says so."""
        return next((one.key for one in self.documents if one.kind == "app"), None)


Resolvers = dict[str, list[tuple[str, re.Pattern[str]]]]


def _resolvers() -> Resolvers:
    """Say which bare words are something else than texts, by their first letter."""
    digits = "-0123456789"
    kinds = {
        "bool": (r"true|false", ["t", "f"]),
        "null": (r"null|~|", ["n", "~", ""]),
        "int": (r"-?(0|[1-9]\d*)", [*digits]),
        "float": (r"-?(0|[1-9]\d*)\.\d+", [*digits]),
    }
    found: Resolvers = {}
    for tag, (pattern, firsts) in kinds.items():
        known = (f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$", re.ASCII))
        for first in firsts:
            found.setdefault(first, []).append(known)
    return found


class Plain(yaml.SafeLoader):
    """YAML with the few types of JSON: what else looks like a text is one."""

    yaml_implicit_resolvers = _resolvers()


def read_folder(path: Path) -> Folder:
    """Read every YAML file of a folder, in the order of their names; a single file will do too."""
    files = [path] if path.is_file() else sorted(_files(path))
    if not files:
        return Folder(documents=(), problems=(problem(NoFolder, at=str(path), path=path.name),))
    root = path if path.is_dir() else path.parent
    read = [_read_file(one, one.relative_to(root).as_posix()) for one in files]
    documents = tuple(one for folder in read for one in folder.documents)
    problems = [one for folder in read for one in folder.problems]
    return Folder(documents=documents, problems=(*problems, *_second_app(documents)))


def read_text(text: str, *, file: str) -> Folder:
    """Read the documents of one file, separated by `---`."""
    documents: list[Located] = []
    problems: list[Problem] = []
    try:
        for node in _nodes(text):
            one = _Reading(file)
            body = one.value(node)
            problems.extend(one.problems)
            if isinstance(body, Mapping):
                documents.append(Located(body=body, file=file, lines=one.lines))
            elif body is not None:
                problems.append(problem(NotADocument, at=f"{file}:{_line(node)}"))
    except yaml.YAMLError as error:
        problems.append(_not_yaml(error, file))
    except RecursionError:
        problems.append(problem(TooDeep, at=file))
    return Folder(documents=tuple(documents), problems=tuple(problems))


def _nodes(text: str) -> Iterator[yaml.Node]:
    # The loader written in C is ten times as fast and falls over dead on ten thousand brackets.
    loader = Plain(text)
    try:
        while loader.check_node():
            node = loader.get_node()
            if node is not None:
                yield node
    finally:
        loader.dispose()


def _files(path: Path) -> Iterator[Path]:
    for suffix in ("*.yaml", "*.yml"):
        yield from (one for one in path.rglob(suffix) if one.is_file() and not _test(one, path))


def _test(file: Path, root: Path) -> bool:
    """An app's given/when/then tests lie beside it and are no configuration."""
    return "tests" in file.relative_to(root).parts[:-1]


def _read_file(path: Path, name: str) -> Folder:
    if path.stat().st_size > LARGEST:
        limit = f"{LARGEST // 1_000_000} MB"
        return Folder(documents=(), problems=(problem(FileTooLarge, at=name, limit=limit),))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"UTF-8, byte {error.start}"
        return Folder(documents=(), problems=(problem(NotYaml, at=name, reason=reason),))
    return read_text(text, file=name)


def _second_app(documents: Sequence[Located]) -> Iterator[Problem]:
    apps = [one for one in documents if one.kind == "app"]
    for one in apps[1:]:
        yield problem(SecondApp, at=one.at("key"), first=apps[0].key)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _not_yaml(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    at = f"{file}:{mark.line + 1}" if mark else file
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    return problem(NotYaml, at=at, reason=reason)


class _Reading:
    """One document on its way from nodes to values: notes lines, and what is wrong on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Address, int] = {}
        self.problems: list[Problem] = []
        self._nodes = 0
        self._plain = Plain("")

    def value(self, node: yaml.Node) -> Json:
        return self._value(node, ())

    def _value(self, node: yaml.Node, path: Address) -> Json:
        self.lines[path] = _line(node)
        if self._refused(node, path):
            return None
        match node:
            case yaml.MappingNode(tag="tag:yaml.org,2002:map"):
                return self._mapping(node, path)
            case yaml.SequenceNode(tag="tag:yaml.org,2002:seq"):
                return [self._value(one, (*path, at)) for at, one in enumerate(node.value)]
            case yaml.ScalarNode():
                return self._scalar(node)
            case _:
                self._say(NotYaml, node, reason=f"{node.tag} is not known here")
                return None

    def _refused(self, node: yaml.Node, path: Address) -> bool:
        """Refuse bombs: aliases make a small file as large as the world."""
        self._nodes += 1
        if self._nodes == MOST_NODES:
            self._say(TooManyAliases, node)
        if len(path) == DEEPEST:
            self._say(TooDeep, node)
        return self._nodes >= MOST_NODES or len(path) >= DEEPEST

    def _mapping(self, node: yaml.MappingNode, path: Address) -> dict[str, Json]:
        out: dict[str, Json] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if not key:
                self._say(NotYaml, key_node, reason="a key is a word")
                continue
            if key in out:
                self._say(WrittenTwice, key_node, name=key)
                continue
            out[key] = self._value(value_node, (*path, key))
            self.lines[*path, key] = _line(key_node)
        return out

    def _scalar(self, node: yaml.ScalarNode) -> Json:
        try:
            value: Hashable = self._plain.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            self._say(NotYaml, node, reason=str(error).splitlines()[0])
            return None
        if value is None or isinstance(value, str | bool | float):
            return value
        if isinstance(value, int) and abs(value) < LARGEST_NUMBER:
            return value
        self._say(NotYaml, node, reason=f"{node.tag} is not known here")
        return None

    def _say(self, fault: type, node: yaml.Node, **facts: object) -> None:
        self.problems.append(problem(fault, at=f"{self.file}:{_line(node)}", **facts))
