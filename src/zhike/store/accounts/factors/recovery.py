"""Recovery codes: ten of them, to be written down, each good for one sign-in."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from zhike.kernel.tx import Tx
from zhike.store.accounts.factors.queries import QUERIES
from zhike.store.accounts.factors.totp import plain
from zhike.store.vault import Vault

COUNT = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like others."""
GROUPS, LENGTH = 3, 4


async def new_recovery_codes(tx: Tx, vault: Vault, account: UUID) -> Sequence[str]:
    """Give ten new codes, the only time they can be seen; earlier ones no longer work."""
    codes = [_code() for _ in range(COUNT)]
    await tx.run(QUERIES["drop_recovery_codes"](account=account))
    prints = [_prints(vault, account, one)[0] for one in codes]
    await tx.run(QUERIES["add_recovery_codes"](account=account, prints=prints))
    return codes


async def recovered(tx: Tx, vault: Vault, account: UUID, code: str) -> bool:
    """Tell whether this is a recovery code of somebody's; it is used up by that."""
    prints = list(_prints(vault, account, code))
    return bool(await tx.run(QUERIES["take_recovery_code"](account=account, prints=prints)))


def _code() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def _prints(vault: Vault, account: UUID, code: str) -> tuple[bytes, ...]:
    meant = plain(code).lower().replace("-", "")
    return vault.prints(meant, purpose=f"recovery {account}")
