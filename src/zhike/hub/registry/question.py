"""The request a register is sent, from its document and what is asked. Pure."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from zhike.meta import QuestionSpec, RegistrySpec
from zhike.meta.documents.registry import HOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent: a method, an address, headers, and a body if it is a post."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillings:
    """What the holes of a document are filled with."""

    words: str = ""
    id: str = ""
    moment: float
    """Seconds since 1970."""
    secrets: Mapping[str, str]

    def named(self) -> dict[str, str]:
        """Give every filling by the name of its hole."""
        return {
            "words": self.words,
            "id": self.id,
            "seconds": str(int(self.moment)),
            "milliseconds": str(int(self.moment * 1000)),
            **{f"secret.{name}": value for name, value in self.secrets.items()},
        }


def request(spec: RegistrySpec, asked: QuestionSpec, given: Fillings) -> Request:
    """Make a request out of a question."""
    fillings = given.named()
    fillings["sign"] = signature(spec, fillings)
    headers = {name: _line(filled(text, fillings)) for name, text in spec.headers.items()}
    body = None
    if asked.body is not None:
        body = {name: filled(text, fillings) for name, text in asked.body.items()}
    quoted = {name: quote(value, safe="") for name, value in fillings.items()}
    return Request(
        method=asked.method.upper(), url=filled(asked.url, quoted), headers=headers, body=body
    )


def signature(spec: RegistrySpec, fillings: Mapping[str, str]) -> str:
    """
    Sign a request as its document says.

    MD5 and SHA-1 are the providers' choice; what protects the call is https.
    """
    if spec.sign is None:
        return ""
    text = filled(spec.sign.of, fillings).encode()
    if spec.sign.secret is not None:
        made = hmac.digest(fillings[f"secret.{spec.sign.secret}"].encode(), text, "sha256").hex()
    else:
        made = hashlib.new(spec.sign.by, text, usedforsecurity=False).hexdigest()
    return made.upper() if spec.sign.letters == "upper" else made


def filled(text: str, fillings: Mapping[str, str]) -> str:
    """Fill the holes of a text. What is filled in is not looked at for holes again."""
    return HOLE.sub(lambda hole: fillings.get(hole[1], ""), text)


def _line(text: str) -> str:
    """Give what may stand in a header: one line of visible ASCII."""
    return "".join(one for one in text if " " <= one <= "~")
