"""
An identity provider that can be told to lie. It speaks real HTTP on the loopback, wants PKCE, and
gives each code out once; its tokens are what a test makes of them.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "zhike & co", "p+ss%word:1"
"""Names and secrets may hold anything; inside Basic they are form-encoded first."""


def part(value: Any) -> str:
    """Write one part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Crooked:
    """What the provider knows and how it lies; each test starts from an honest one."""

    def __init__(self) -> None:
        self.honest()
        self.asked: list[str] = []
        self.port = 0

    def honest(self) -> None:
        """Tell the truth from now on."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})
        self.claims: dict[str, Any] = {}
        self.about: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.codes: dict[str, dict[str, str]] = {}
        self.token_type: dict[str, Any] = {}

    @property
    def issuer(self) -> str:
        """Where it stands."""
        return f"http://localhost:{self.port}"

    def signed(self, claims: dict[str, Any]) -> str:
        """Sign claims as one should."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def metadata(self) -> dict[str, Any]:
        """Tell about itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            **({} if self.userinfo is None else {"userinfo_endpoint": f"{self.issuer}/userinfo"}),
            **self.about,
        }

    def token(self, asked: dict[str, str]) -> dict[str, Any]:
        """Give what a code is good for."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "s-1",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "name": "Nora",
            "preferred_username": "nora",
            "phone_number": "13800138000",
            **self.claims,
        }
        said = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "at", "token_type": "Bearer", "id_token": self.sign(said),
                **self.token_type}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """Answers for the provider."""

    crooked: Crooked

    def do_GET(self) -> None:
        """Answer what is fetched."""
        split, crooked = urlsplit(self.path), self.crooked
        crooked.asked.append(split.path)
        match split.path:
            case "/.well-known/openid-configuration":
                self.tell(crooked.metadata())
            case "/jwks":
                self.tell({"keys": [crooked.key.as_dict(private=False)]})
            case "/authorize":
                self.authorize({name: one[0] for name, one in parse_qs(split.query).items()})
            case "/userinfo" if crooked.userinfo is not None:
                self.tell(crooked.userinfo)
            case _:
                self.tell({"error": "not_found"}, 404)

    def authorize(self, asked: dict[str, str]) -> None:
        """Let everybody in."""
        code = secrets.token_hex(8)
        self.crooked.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.crooked.issuer,
                          "session_state": "whatever"})  # fmt: skip
        self.send_response(302)
        self.send_header("location", f"{asked['redirect_uri']}?{back}")
        self.end_headers()

    def do_POST(self) -> None:
        """Exchange a code, once, for who knows the secret and the verifier."""
        self.crooked.asked.append(urlsplit(self.path).path)
        length = int(self.headers["content-length"])
        form = {name: one[0] for name, one in parse_qs(self.rfile.read(length).decode()).items()}
        asked = self.crooked.codes.pop(form["code"], None)
        proof = part(hashlib.sha256(form["code_verifier"].encode()).digest())
        name = urlencode({"": CLIENT})[1:] + ":" + urlencode({"": SECRET})[1:]
        basic = "Basic " + base64.b64encode(name.encode()).decode()
        known = basic == self.headers["authorization"] or (
            form.get("client_id") == CLIENT and form.get("client_secret") == SECRET
        )
        if not known:
            self.tell({"error": "invalid_client"}, 401)
        elif (
            asked is None
            or proof != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            self.tell({"error": "invalid_grant", "error_description": "<script>"}, 400)
        else:
            self.tell(self.crooked.token(asked))

    def tell(self, said: Any, status: int = 200) -> None:
        """Answer with JSON."""
        raw = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def crooked_provider() -> Iterator[Crooked]:
    """Run the provider on a port of its own."""
    crooked = Crooked()
    handler = type("Bound", (Handler,), {"crooked": crooked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    crooked.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield crooked
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
