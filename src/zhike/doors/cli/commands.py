"""Which module knows which command. A new command is one file and one line here."""

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "serve": "zhike.doors.cli.serve",
    "worker": "zhike.doors.cli.serve",
}
