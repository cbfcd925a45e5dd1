"""`zhike serve`: the processes of an installation, started and ended as one."""

from zhike.doors.cli.serving.command import add

__all__ = ["add"]
