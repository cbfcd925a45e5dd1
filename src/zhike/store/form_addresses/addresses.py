"""
The address of a public form: made, found, closed, taken away.

It is no secret of anybody's: whoever was given the link may hand it on. It is only long enough that
nobody finds it by trying, and it can be made anew.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhike.kernel.faults import Fault
from zhike.kernel.tx import Tx
from zhike.store.form_addresses.queries import QUERIES
from zhike.store.trail import note

LETTERS = 16
"""Random bytes of an address: 22 letters in a link."""
SEAL = 32


class UnknownOwner(Fault):
    """There is nobody `{id}` whom the records could belong to."""

    code = "S950"
    zh = "没有可作为负责人的人“{id}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a form is filled in, and whether it is at the moment."""

    form: str
    address: str
    seal: bytes
    """With what the tickets of its page are sealed."""
    open: bool
    """Whether somebody keeps it open; see `answers` for whether it is."""
    ends_at: datetime | None
    created_at: datetime
    owner: UUID | None
    """Whose the records are that come in."""
    owner_name: str | None
    answers: bool
    """Whether it is open and has not ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How an address is to be kept."""

    open: bool = True
    ends_at: datetime | None = None
    owner: UUID | None = None
    anew: bool = False
    """Whether there shall be another one; who has the old one finds nothing there."""


async def at_address(tx: Tx, address: str) -> Address | None:
    """Give what stands behind the address in a link."""
    return await _found(tx, address=address or None, form=None)


async def of_form(tx: Tx, form: str) -> Address | None:
    """Give the address of a form, if it has one."""
    return await _found(tx, form=form, address=None)


async def _found(tx: Tx, *, form: str | None, address: str | None) -> Address | None:
    row = await tx.row(QUERIES["form_address"](form=form, address=address))
    if row is None:
        return None
    form, address, seal, is_open, ends_at, created_at, owner, name, answers = row
    return Address(
        form=str(form),
        address=str(address),
        seal=bytes(seal),
        open=bool(is_open),
        ends_at=ends_at,
        created_at=created_at,
        owner=owner,
        owner_name=name,
        answers=bool(answers),
    )


async def keep(tx: Tx, form: str, wish: Wish) -> None:
    """Give a form an address, or keep the one it has as wished, and note that."""
    if wish.owner is not None and not await known_owner(tx, wish.owner):
        raise UnknownOwner(at="owner", id=wish.owner)
    await tx.run(
        QUERIES["keep_form_address"](
            form=form,
            address=secrets.token_urlsafe(LETTERS),
            seal=secrets.token_bytes(SEAL),
            open=wish.open,
            ends_at=wish.ends_at,
            owner=wish.owner,
            by=tx.viewer.id,
            anew=wish.anew,
        )
    )
    told = {"open": wish.open, "ends_at": wish.ends_at, "owner": wish.owner, "anew": wish.anew}
    note(tx, "form.published", target=form, new=told)


async def known_owner(tx: Tx, owner: UUID) -> bool:
    """Say whether somebody works here to whom records can belong."""
    found = await tx.row(QUERIES["form_owner"](id=owner))
    return found is not None and bool(found[0])


async def drop(tx: Tx, form: str) -> bool:
    """Take the address of a form away, and note that; False if it had none."""
    if await tx.row(QUERIES["drop_form_address"](form=form)) is None:
        return False
    note(tx, "form.withdrawn", target=form)
    return True
