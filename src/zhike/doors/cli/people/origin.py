"""From where a command comes, as the logs keep it."""

import getpass
import platform
from contextlib import suppress

from zhike.kernel.viewer import Origin


def origin(reason: str = "") -> Origin:
    """Give who sits at the machine, as far as the machine knows."""
    user = "?"
    with suppress(OSError, KeyError):
        user = getpass.getuser()
    return Origin(agent=f"zhike cli ({user}@{platform.node()})", reason=reason)
