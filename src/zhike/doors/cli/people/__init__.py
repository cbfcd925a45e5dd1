"""`zhike user` and `zhike key`: people and their API keys, for whoever sits at the machine."""

import typer

from zhike.doors.cli.people.emergency import add_emergency
from zhike.doors.cli.people.keys import add_keys
from zhike.doors.cli.people.roster import add_roster
from zhike.doors.cli.people.users import add_users
from zhike.doors.system import Room

__all__ = ["add"]


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this folder."""
    users = typer.Typer(help="用户 / users", no_args_is_help=True)
    app.add_typer(users, name="user")
    add_users(users, room)
    add_roster(users, room)
    add_emergency(users, room)
    keys = typer.Typer(help="API 密钥 / API keys", no_args_is_help=True)
    app.add_typer(keys, name="key")
    add_keys(keys, room)
