"""
The command line: `zhike serve`, `zhike import`, `zhike query` and the others.

Only the module of the command that was asked for is imported, so that a small command starts
quickly. Each module of `COMMANDS` has `add(app, room)`, which adds its commands. The room is what
`bootstrap` hands to the command line, since a door cannot build a system itself.
"""

import gc
import sys
from importlib import import_module

import typer
from rich.console import Console
from rich.markup import escape

from zhike.doors.cli.commands import COMMANDS
from zhike.doors.system import Room
from zhike.kernel.faults import Fault

__all__ = ["main"]


def main(room: Room) -> None:
    """Run the command line."""
    app = typer.Typer(
        name="zhike",
        help="知客 Zhike: 企业客户信息平台 / customer information platform",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    asked = {module for word, module in COMMANDS.items() if word in sys.argv[1:2]}
    gc.disable()
    for module in sorted(asked or set(COMMANDS.values())):
        import_module(module).add(app, room)
    # What was loaded stays, and web processes share it as long as nobody writes into it.
    gc.freeze()
    gc.enable()
    app.callback()(_nothing)
    try:
        app()
    except Fault as fault:
        _tell(fault)
        sys.exit(1)


def _nothing() -> None:
    """With a callback, a single command keeps its name."""


def _tell(fault: Fault) -> None:
    console = Console(stderr=True, highlight=False)
    for problem in fault.problems:
        place = f"{problem.at}: " if problem.at else ""
        said = escape(f"{place}{problem.says('zh')}\n  {problem.says('en')}")
        console.print(f"[red]✗[/] {said}", soft_wrap=True)
        if hint := problem.hint("zh"):
            console.print(f"  → {hint} / {problem.hint('en')}", style="dim", soft_wrap=True)
