"""Which module knows which command. A new command is one file and one line here."""

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    "audit": "zhike.doors.cli.audit",
    "demo": "zhike.doors.cli.demo",
    "doctor": "zhike.doors.cli.doctor",
    "export": "zhike.doors.cli.exports",
    "import": "zhike.doors.cli.imports",
    "serve": "zhike.doors.cli.serving",
    "worker": "zhike.doors.worker.command",
    "user": "zhike.doors.cli.people",
    "key": "zhike.doors.cli.people",
    "query": "zhike.doors.cli.query",
    "plan": "zhike.doors.cli.configure",
    "apply": "zhike.doors.cli.configure",
}
