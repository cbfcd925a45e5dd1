"""One question to a register: from memory if it was asked before, else counted and asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhike.doors.http.call import Call
from zhike.hub import registry
from zhike.hub.registry import Question, RegistrySilent
from zhike.meta import RegistrySpec
from zhike.outbound import PrivateHosts
from zhike.store.vault import secret_named

Company = Mapping[str, Any]


async def companies(call: Call, spec: RegistrySpec, question: Question) -> Sequence[Company]:
    """
    Give what a register answers. While it is waited for, no transaction is open.

    Raises RegistrySilent and CallsUsedUp.
    """
    registries = call.system.registries
    async with call.transaction() as tx:
        known = await registry.remembered(tx, spec, question)
        if known is not None:
            return registry.found(spec, question.asked, known)
        registries.refuse_resting(call.workspace, spec)
        secrets = {one: await secret_named(tx, call.system.vault, one) for one in spec.secrets}
        await registry.count(tx, spec)
    snapshot = await call.snapshot()
    private = PrivateHosts.of(snapshot.security.private_hosts)
    try:
        said = await registries.said(
            call.workspace, spec, question, secrets=secrets, private=private
        )
    except RegistrySilent:
        async with call.transaction() as tx:
            await registry.count_failed(tx, spec)
        raise
    async with call.transaction() as tx:
        await registry.remember(tx, spec, question, said)
    return registry.found(spec, question.asked, said)
