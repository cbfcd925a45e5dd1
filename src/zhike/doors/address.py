"""Where Zhike is served: finds out whether it can be, and whether it is."""

import http.client
import socket

from zhike.kernel.faults import Unavailable
from zhike.kernel.settings import Settings
from zhike.kernel.words import Words

READY = "/readyz"


class PortTaken(Unavailable):
    """Nothing can be served on {host}:{port}: {reason}."""

    code = "W901"
    zh = "无法在 {host}：{port} 上提供服务：{reason}"
    hint = Words(
        zh="可能已有知客在运行；用 --port 换一个端口，或用 --port 0 任选",
        en="perhaps Zhike runs already; choose another with --port, or any with --port 0",
    )


def free_port(host: str, port: int) -> int:
    """Make sure that we can listen there, and give the port; 0 chooses one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise PortTaken(host=host, port=port, reason=error.strerror or str(error)) from error
        return int(probe.getsockname()[1])


def address(chosen: Settings) -> str:
    """Give the address for a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(chosen.host, chosen.host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host and '[' not in host else host}:{chosen.port}"


def answering(chosen: Settings) -> bool:
    """Tell whether Zhike answers there, and is ready."""
    host = address(chosen).removeprefix("http://").rpartition(":")[0].strip("[]")
    connection = http.client.HTTPConnection(host, chosen.port, timeout=5)
    try:
        connection.request("GET", READY)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
