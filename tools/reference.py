"""
Writes the reference in docs/zh/reference and docs/en/reference from the code itself.

Run by `make docs`; a test compares what it would write with what is there.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import typer
from typer.main import get_command

import zhike
from zhike.doors.cli.commands import COMMANDS
from zhike.hub.intake import INTAKE
from zhike.kernel.faults import Fault
from zhike.kernel.settings import Settings
from zhike.kernel.words import Language, Words
from zhike.lang.functions import GROUPS
from zhike.meta import KINDS

ROOT = Path(__file__).parents[1]
LANGUAGES: Sequence[Language] = ("zh", "en")
Row = Sequence[str]

FLOORS = {
    "K": "kernel", "D": "db", "O": "outbound", "M": "meta", "L": "lang", "A": "access",
    "S": "store", "H": "hub", "P": "packs", "W": "doors",
}  # fmt: skip


def table(head: Row, rows: Iterable[Row]) -> str:
    """Give a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def page(title: Words, intro: Words, language: Language, *parts: str) -> str:
    """Give one page of the reference."""
    made = Words(zh="本页由 `make docs` 生成。", en="This page is made by `make docs`.")
    top = [f"# {title.said(language)}", intro.said(language), f"*{made.said(language)}*"]
    return "\n\n".join([*top, *parts]) + "\n"


def kinds(language: Language) -> str:
    """Say what a field can be."""
    head = ("kind", *_said(language, "名称", "name"), *_said(language, "列类型", "column"))
    rows = [
        (
            f"`{name}`",
            kind.label.said(language),
            f"`{column}`" if (column := _column(name)) else "—",
            " ".join(f"`{one}`" for one in _settings(name)) or "—",
            kind.index or "—",
        )
        for name, kind in KINDS.items()
    ]
    return page(
        Words(zh="字段类型", en="Field kinds"),
        Words(
            zh="一个字段可以是什么，在 YAML 里还能说些什么。每个字段都有："
            "`key kind label synonyms help required unique index search default`。",
            en="What a field can be, and what YAML may say beyond what every field has: "
            "`key kind label synonyms help required unique index search default`.",
        ),
        language,
        table(
            (*head, *_said(language, "设置", "settings"), *_said(language, "索引", "index")), rows
        ),
    )


def _said(language: Language, zh: str, en: str) -> tuple[str]:
    return (zh if language == "zh" else en,)


def _column(name: str) -> str | None:
    kind = KINDS[name]
    try:
        return kind.column(kind.settings())
    except ValueError:
        return kind.column(kind.settings.model_construct())


def _settings(name: str) -> Sequence[str]:
    return sorted(KINDS[name].settings.model_fields)


def functions(language: Language) -> str:
    """Say what expressions can call."""
    titles = {
        "logic": Words(zh="判断", en="Choosing"),
        "numbers": Words(zh="数字", en="Numbers"),
        "text": Words(zh="文本", en="Text"),
        "dates": Words(zh="日期", en="Dates"),
        "relations": Words(zh="关联记录", en="Relations"),
        "asker": Words(zh="谁在问", en="Who asks"),
        "events": Words(zh="变化（规则与流程中）", en="Changes (in rules and flows)"),
    }
    parts = []
    for group, entries in GROUPS.items():
        rows = [
            (
                f"`{one.usage}`",
                one.doc.said(language),
                "; ".join(f"`{example.text}` → `{example.gives}`" for example in one.examples[:2]),
            )
            for one in entries
        ]
        head = (*_said(language, "函数", "function"), "", *_said(language, "例子", "examples"))
        parts.append(f"## {titles[group].said(language)}\n\n{table(head, rows)}")
    return page(
        Words(zh="表达式函数", en="Functions"),
        Words(
            zh="筛选、公式、汇总和数据范围共用一种表达式语言。名称不分大小写。",
            en="Filters, formulas, roll-ups and scopes share one language. Names ignore case.",
        ),
        language,
        *parts,
    )


def catalogue() -> list[type[Fault]]:
    """Give every fault of the product, by code."""
    for module in pkgutil.walk_packages(zhike.__path__, "zhike."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[Fault]] = []
    waiting = list(Fault.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting.extend(one.__subclasses__())
        if one.__module__.startswith("zhike."):
            found.append(one)
    return sorted(set(found), key=lambda one: one.code)


def faults(language: Language) -> str:
    """Say what can go wrong."""
    rows = [
        (
            one.code,
            f"`{one.word()}`",
            one.template().said(language),
            one.hint.said(language),
            FLOORS[one.code[0]],
        )
        for one in catalogue()
    ]
    head = (
        *_said(language, "编号", "code"), "code",
        *_said(language, "说法", "sentence"), *_said(language, "提示", "hint"),
        *_said(language, "楼层", "floor"),
    )  # fmt: skip
    return page(
        Words(zh="错误目录", en="Faults"),
        Words(
            zh="`{…}` 处填入事实。API 的 `errors[].code` 是第二列的词。",
            en="`{…}` is filled with facts. `errors[].code` of the API is the word in column two.",
        ),
        language,
        table(head, rows),
    )


def settings(language: Language) -> str:
    """Say what an installation can be told."""
    said = _attribute_docs(Settings)
    rows = [
        (f"`ZHIKE_{one.name.upper()}`", f"`{one.default}`", said.get(one.name, ""))
        for one in fields(Settings)
    ]
    head = (*_said(language, "变量", "variable"), *_said(language, "默认", "default"), "")
    return page(
        Words(zh="设置", en="Settings"),
        Words(zh="环境变量；命令行参数优先。", en="Environment variables; the command line wins."),
        language,
        table(head, rows),
    )


def _attribute_docs(owner: type) -> Mapping[str, str]:
    """Read the texts that stand below attributes."""
    lines = inspect.getsource(owner).splitlines()
    found: dict[str, str] = {}
    name = ""
    for line in map(str.strip, lines):
        if line.startswith('"""') and line.endswith('"""') and len(line) > 3 and name:  # noqa: PLR2004
            found[name] = line.strip('"')
        name = line.split(":", 1)[0] if ":" in line and not line.startswith('"') else ""
    return found


def cli(language: Language) -> str:
    """Say what the command line can do."""
    parts = []
    for word, module in sorted(COMMANDS.items()):
        app = typer.Typer()
        importlib.import_module(module).add(app, None)
        app.callback()(_nothing)
        group = get_command(app)
        command = group.commands[word]  # type: ignore[attr-defined] # a callback makes it a group
        parts.append(f"## zhike {word}\n\n{(command.help or '').strip()}\n\n{_usage(command)}")
    return page(
        Words(zh="命令行", en="Command line"),
        Words(zh="`zhike 命令 --help` 显示全部。", en="`zhike COMMAND --help` shows everything."),
        language,
        *parts,
    )


def _nothing() -> None:
    """With a callback, a single command keeps its name."""


def _usage(command: object) -> str:
    inner = getattr(command, "commands", None)
    if inner:
        rows = [(f"`{name}`", one.help or "", _options(one)) for name, one in inner.items()]
    else:
        rows = [("", "", _options(command))]
    return table(("", "", "options"), rows)


def _options(command: object) -> str:
    words = []
    for one in getattr(command, "params", ()):
        argument = one.param_type_name == "argument"
        words.append(f"`{one.name.upper()}`" if argument else f"`{one.opts[0]}`")
    return " ".join(words)


def tree() -> str:
    """Give the packages of the product with what each says it is for."""
    lines = []
    for face in sorted((ROOT / "src" / "zhike").rglob("__init__.py")):
        package = face.parent.relative_to(ROOT / "src")
        said = ast.get_docstring(ast.parse(face.read_text(encoding="utf-8"))) or ""
        first = " ".join(said.split("\n\n")[0].split())
        indent = "  " * (len(package.parts) - 1)
        lines.append(f"{indent + package.name + '/':<22}{first}")
    return "\n".join(lines)


def intake() -> str:
    """Give the steps of the only way in, as `hub/intake.py` lists them."""
    return "INTAKE = (" + ", ".join(step.__name__ for step in INTAKE) + ")"


def decisions() -> str:
    """Give the decisions by number, as their pages are headed."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    heads = [one.read_text(encoding="utf-8").partition("\n")[0] for one in pages]
    return "\n".join(head.removeprefix("# ") for head in heads)


def architecture() -> str:
    """Give ARCHITECTURE.md with its tree, its way of a datum and its decisions as they are."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    made_of = {"tree": tree(), "intake": intake(), "decisions": decisions()}
    for mark, made in made_of.items():
        text = re.sub(
            rf"(<!-- {mark}: .*? -->\n```\n).*?(```)",
            lambda found, made=made: f"{found[1]}{made}\n{found[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


PAGES: Mapping[str, Callable[[Language], str]] = {
    "fields": kinds,
    "functions": functions,
    "faults": faults,
    "settings": settings,
    "cli": cli,
}


def written() -> Mapping[Path, str]:
    """Give every page and where it belongs."""
    pages = {
        ROOT / "docs" / language / "reference" / f"{name}.md": write(language)
        for language in LANGUAGES
        for name, write in PAGES.items()
    }
    return {**pages, ROOT / "ARCHITECTURE.md": architecture()}


def main() -> None:
    """Write the pages."""
    for path, text in written().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
