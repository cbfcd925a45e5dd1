"""Which defaults are expressions: a text that is one call, such as `NOW()`."""

import re

CALL = re.compile(r"[A-Z_]+\(.*\)", re.ASCII | re.DOTALL)


def is_expression(default: object) -> bool:
    """Say whether a default is computed when a record is created."""
    return isinstance(default, str) and CALL.fullmatch(default) is not None
