"""Asking a register over HTTP, and staying away for a while from one that does not answer."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from time import monotonic, time
from typing import Any, Literal

from zhike.hub.registry.answer import found
from zhike.hub.registry.faults import RegistrySilent
from zhike.hub.registry.question import Fillings, request
from zhike.kernel.faults import Fault
from zhike.kernel.words import Words
from zhike.meta import QuestionSpec, RegistrySpec
from zhike.outbound import Http, Limits, PrivateHosts, client

PAUSE = 30.0
"""Seconds for which a register that did not answer is left alone."""
MOST = 500
SIZE = 1 << 20
NO_JSON = Words(zh="返回内容不是 JSON", en="what came back is no JSON")
RESTING = Words(zh="刚才没有应答，稍后再试", en="it did not answer a moment ago; try later")

Client = Callable[[PrivateHosts, Limits], AbstractAsyncContextManager[Http]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a register is asked: for companies by words, or for one by the register's own id."""

    asked: QuestionSpec
    kind: Literal["search", "detail"]
    text: str

    @property
    def key(self) -> str:
        """How its answer is remembered: not any more once the question is put in another way."""
        said = f"{self.asked.method} {self.asked.url} {self.asked.body}"
        return f"{self.kind} {sha256(said.encode()).hexdigest()[:12]} {self.text}"


def searching(spec: RegistrySpec, words: str) -> Question:
    """Ask for companies by words of their names."""
    return Question(asked=spec.search, kind="search", text=words)


def picking(spec: RegistrySpec, id_: str) -> Question | None:
    """Ask for one company; None if the register tells no more than its search did."""
    if spec.detail is None:
        return None
    return Question(asked=spec.detail, kind="detail", text=id_)


class Registries:
    """What this process knows of company registers: which of them answer at present."""

    def __init__(self, *, lent: Client = client) -> None:
        self._lent = lent
        self._silent: dict[tuple[str, str], float] = {}

    def refuse_resting(self, workspace: str, spec: RegistrySpec) -> None:
        """Refuse to ask a register that did not answer a moment ago: nobody waits for it twice."""
        if self._silent.get((workspace, spec.key), 0.0) > monotonic():
            raise RegistrySilent(name=spec.label.words(), reason=RESTING)

    async def said(
        self,
        workspace: str,
        spec: RegistrySpec,
        question: Question,
        *,
        secrets: Mapping[str, str],
        private: PrivateHosts,
    ) -> Any:
        """Give what a register answers, as JSON; raises RegistrySilent if it does not."""
        try:
            said = await self._said(spec, question, secrets=secrets, private=private)
            found(spec, question.asked, said)  # what cannot be read is no answer
        except RegistrySilent:
            if len(self._silent) >= MOST:
                self._silent.clear()
            self._silent[workspace, spec.key] = monotonic() + PAUSE
            raise
        return said

    async def _said(
        self,
        spec: RegistrySpec,
        question: Question,
        *,
        secrets: Mapping[str, str],
        private: PrivateHosts,
    ) -> Any:
        given = Fillings(
            words=question.text if question.kind == "search" else "",
            id=question.text if question.kind == "detail" else "",
            moment=time(),
            secrets=secrets,
        )
        sent = request(spec, question.asked, given)
        name = spec.label.words()
        try:
            # What the address holds may be a secret, so no fault of the call is passed on with it.
            async with self._lent(private, Limits(seconds=spec.seconds, size=SIZE)) as http:
                answer = await http.request(
                    sent.method,
                    sent.url,
                    headers=dict(sent.headers),
                    json=sent.body,
                    follow_redirects=False,
                )
        except Fault as fault:
            raise RegistrySilent(name=name, reason=type(fault).word()) from None
        if answer.status_code != HTTPStatus.OK:
            raise RegistrySilent(name=name, reason=f"HTTP {answer.status_code}")
        try:
            return answer.json()
        except (ValueError, RecursionError):
            raise RegistrySilent(name=name, reason=NO_JSON) from None
