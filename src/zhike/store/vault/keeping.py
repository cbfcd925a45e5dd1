"""Secrets by name: written and used, never shown again."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from zhike.kernel.tx import Tx
from zhike.store.trail import note
from zhike.store.vault.faults import NoSuchSecret
from zhike.store.vault.queries import QUERIES
from zhike.store.vault.vault import Vault

SecretName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
MEMBERS = ("name", "updated_at", "updated_by")


async def keep_secret(tx: Tx, vault: Vault, *, name: str, value: str) -> None:
    """Keep a secret under a name; an earlier one is overwritten."""
    sealed = vault.seal(value.encode("utf-8"), purpose=_purpose(tx, name))
    await tx.run(QUERIES["keep_secret"](name=name, sealed=sealed, by=tx.viewer.id))
    note(tx, "secret.changed", object="secret", target=name, label=name)


async def secret_named(tx: Tx, vault: Vault, name: str) -> str:
    """Give a secret, to be used and not to be shown."""
    sealed = await tx.value(QUERIES["secret"](name=name))
    if sealed is None:
        raise NoSuchSecret(name=name)
    return vault.open(bytes(sealed), purpose=_purpose(tx, name)).decode("utf-8")


async def secrets(tx: Tx) -> list[Mapping[str, Any]]:
    """List the secrets there are, by name."""
    return [dict(zip(MEMBERS, row, strict=True)) for row in await tx.rows(QUERIES["secrets"]())]


async def drop_secret(tx: Tx, name: str) -> None:
    """Forget a secret."""
    if not await tx.run(QUERIES["drop_secret"](name=name)):
        raise NoSuchSecret(name=name)
    note(tx, "secret.deleted", object="secret", target=name, label=name)


def _purpose(tx: Tx, name: str) -> str:
    return f"secret {tx.workspace} {name}"
