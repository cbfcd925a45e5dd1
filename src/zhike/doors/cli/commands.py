"""Which module knows which command. A new command is one file and one line here."""

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "demo": "zhike.doors.cli.demo",
    "doctor": "zhike.doors.cli.doctor",
    "serve": "zhike.doors.cli.serve",
    "worker": "zhike.doors.cli.serve",
}
