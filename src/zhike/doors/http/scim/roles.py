"""
The roles behind groups: documents of the configuration, made, renamed and removed by who may write
them.

A role that a directory makes grants nothing; what it grants is said in the configuration.
"""

from collections.abc import Mapping
from typing import Any

from scim2_models import ForbiddenException

from zhike.doors.http.call import Call
from zhike.doors.http.config.proposing import proposed
from zhike.doors.http.config.rights import keep_an_administrator, may_write
from zhike.kernel.tx import Tx
from zhike.meta import LabelSpec, Located, RoleSpec
from zhike.packs import Applied, Wish, apply
from zhike.store.catalog import one_stored

LONGEST = 120
"""How many characters the label of a role may have."""


async def make(call: Call, tx: Tx, title: str) -> tuple[RoleSpec, int]:
    """
    Make a role that grants nothing; `title` is its label in both languages.

    Gives it, and the version of the configuration that has it.
    """
    snapshot = await call.snapshot()
    key = proposed(title, taken=snapshot.roles)
    body = {"label": _both(title)}
    done = await _apply(call, tx, Wish(documents=[_document(key, body)]))
    return RoleSpec.model_validate({"key": key, **body}), done.version


async def rename(call: Call, tx: Tx, role: RoleSpec, title: str) -> RoleSpec:
    """Call a role by another name; its English label follows where it was the same or none."""
    there = await one_stored(tx, "role", role.key)
    label = {"zh": title, "en": role.label.en}
    if role.label.en in {"", role.label.zh}:
        label = _both(title)
    body = {**(there.body if there else {}), "label": label}
    await _apply(call, tx, Wish(documents=[_document(role.key, body)]))
    return role.model_copy(update={"label": LabelSpec(**label)})


async def remove(call: Call, tx: Tx, role: RoleSpec) -> None:
    """Remove a role that nobody holds any more."""
    await _apply(call, tx, Wish(remove=[("role", role.key)]))


async def refuse_reader(call: Call) -> None:
    """Refuse a key that may not write roles."""
    if not may_write(await call.policy(), ["role"]):
        raise ForbiddenException(detail="this key may not make, rename or remove roles")


async def _apply(call: Call, tx: Tx, wish: Wish) -> Applied:
    await refuse_reader(call)
    done = await apply(tx, wish)
    keep_an_administrator(done)
    return done


def _document(key: str, body: Mapping[str, Any]) -> Located:
    return Located(body={**body, "kind": "role", "key": key}, root="")


def _both(title: str) -> dict[str, str]:
    return {"zh": title, "en": title}
