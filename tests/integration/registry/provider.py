"""A company register on the loopback, in the manner of the real ones."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HAINA = {
    "KeyNo": "k-haina",
    "Name": "杭州海纳科技有限公司",
    "CreditCode": "91440300CDPTE5T01A",
    "OperName": "钱建国",
    "RegistCapi": "6500万人民币",
    "StartDate": "2015年3月9日",
    "Status": "存续（在营、开业、在册）",
    "Address": "浙江省杭州市西湖区文三路 1 号",
}
BRANCH = {**HAINA, "KeyNo": "k-branch", "Name": "杭州海纳科技有限公司宁波分公司", "CreditCode": ""}


class Register:
    """What it knows, whom it lets in, and how it misbehaves."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[str] = []
        self.says: bytes | None = None
        """What it answers instead of the truth."""
        self.status = 200

    def answer(self, path: str, headers: Any) -> Any:
        """Answer one question."""
        said = parse_qs(urlsplit(path).query)
        stamp = headers["Timespan"]
        token = md5(f"APPKEY{stamp}S3CRET".encode(), usedforsecurity=False).hexdigest().upper()
        if headers["Token"] != token or said["key"] != ["APPKEY"]:
            return {"Status": "101", "Message": "key"}
        if "id" in said:
            known = {one["KeyNo"]: one for one in (HAINA, BRANCH)}.get(said["id"][0])
            return {"Status": "200", "Result": known} if known else {"Status": "201"}
        words = said["keyword"][0]
        found = [one for one in (HAINA, BRANCH) if words in one["Name"]]
        brief = [{"KeyNo": one["KeyNo"], "Name": one["Name"]} for one in found]
        return {"Status": "200", "Result": brief} if brief else {"Status": "201"}


@contextmanager
def register() -> Iterator[Register]:
    """Run a register for as long as somebody needs it."""
    known = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append(self.path)
            body = known.says
            if body is None:
                body = json.dumps(known.answer(self.path, self.headers)).encode()
            self.send_response(known.status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
