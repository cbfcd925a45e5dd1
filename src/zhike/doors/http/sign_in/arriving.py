"""From somebody a provider vouches for to a session: recognised, linked, added, or turned away."""

from dataclasses import dataclass
from time import time
from uuid import UUID

from zhike.doors.http.call import Call
from zhike.hub.providers import NotKnownHere, Voucher
from zhike.kernel.faults import Problem
from zhike.kernel.tx import Tx
from zhike.meta import IdentityProviderSpec, Snapshot
from zhike.store.accounts import Attempt, Begun, People, begin, user
from zhike.store.accounts.contacts import standard
from zhike.store.accounts.factors import Shown, begin_with_second, link, linked, same_person
from zhike.store.trail import note, note_sign_in

WAY = "oidc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """Somebody who comes recommended."""

    voucher: Voucher
    spec: IdentityProviderSpec
    snapshot: Snapshot


async def received(tx: Tx, call: Call, guest: Recommended) -> Begun:
    """Open a session for whoever the provider vouches for; `tx` is the platform's."""
    person = await _person(tx, call, guest)
    if person is None:
        said = guest.voucher.login or guest.voucher.subject
        note_sign_in(tx, "wrong", login=said, way=WAY)
        return Begun(refused=NotKnownHere())
    account, login = person
    rules = guest.snapshot.security
    attempt = Attempt(workspace=call.workspace, login=login, ip=call.ip)
    if guest.spec.second_factor == "there":
        return await begin(tx, account, attempt=attempt, rules=rules, way=WAY)
    shown = Shown(vault=call.system.vault, code=None, now=time())
    return await begin_with_second(tx, account, attempt=attempt, rules=rules, shown=shown, way=WAY)


async def join(tx: Tx, account: UUID, guest: Recommended) -> None:
    """Have the provider mean this person from now on."""
    voucher = guest.voucher
    await link(
        tx,
        account,
        provider=guest.spec.key,
        issuer=voucher.issuer,
        subject=voucher.subject,
    )
    note(
        tx,
        "user.provider_linked",
        object="user",
        target=account,
        label=(await user(tx, account, full=True))["name"],
        new={"provider": guest.spec.key, "subject": voucher.subject},
    )


async def _person(tx: Tx, call: Call, guest: Recommended) -> tuple[UUID, str] | None:
    voucher = guest.voucher
    known = await linked(tx, issuer=voucher.issuer, subject=voucher.subject)
    if known is not None:
        return known
    values = {"email": voucher.email, "number": voucher.number, "login": voucher.login}
    for by in guest.spec.known_by:
        if found := await same_person(tx, by, values[by]):
            await join(tx, found[0], guest)
            return found
    return await _added(tx, call, guest) if guest.spec.create else None


async def _added(tx: Tx, call: Call, guest: Recommended) -> tuple[UUID, str]:
    """Add somebody nobody knows. Who calls themselves like somebody else is refused by that."""
    voucher, snapshot = guest.voucher, guest.snapshot
    people = People(roles=snapshot.roles, passwords=call.system.passwords, rules=snapshot.security)
    login = voucher.login or voucher.email or f"{guest.spec.key}:{voucher.subject}"
    given = {
        "login": login[:100],
        "name": (voucher.name or login)[:100],
        "email": _readable("email", voucher.email),
        "mobile": _readable("mobile", voucher.mobile),
        "number": voucher.number or None,
        "roles": list(guest.spec.roles),
        "language": call.language,
    }
    account = await people.add(tx, given)
    await join(tx, account, guest)
    return account, str(given["login"])


def _readable(member: str, said: str) -> str | None:
    read = standard(member, said)
    return None if isinstance(read, Problem) else read
