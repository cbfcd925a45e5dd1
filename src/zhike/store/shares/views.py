"""Saved views shared with people, departments and roles by whoever owns them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from zhike.access import Policy
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json
from zhike.store import trail, views
from zhike.store.shares.faults import AlreadyOver, UnknownShare, ViewNotYours
from zhike.store.shares.grantees import QUERIES, demand
from zhike.store.shares.shared import Wanted, described
from zhike.store.views import VIEW


async def view_shares(
    tx: Tx,
    policy: Policy,
    id: UUID,  # noqa: A002 - what it is
    *,
    language: Language,
) -> Sequence[Mapping[str, Json]]:
    """Say with whom a view is shared, to its owner only."""
    await _own(tx, id)
    asked = QUERIES["shares"](object=VIEW, record=id, team=False, id=None, grantee=None)
    return [described(row, policy, language) for row in await tx.rows(asked)]


async def share_view(
    tx: Tx,
    policy: Policy,
    id: UUID,  # noqa: A002 - what it is
    wanted: Wanted,
    *,
    language: Language,
) -> Mapping[str, Json]:
    """Share a view of one's own, or share it differently."""
    view = await _own(tx, id)
    await demand(tx, policy.snapshot, wanted.to)
    made = await tx.value(
        QUERIES["share_view"](
            record=id, grantee=str(wanted.to), level=wanted.level, until=wanted.until,
            reason=wanted.reason, by=tx.viewer.id,
        )
    )  # fmt: skip
    trail.note(tx, "view.shared", object=VIEW, target=id, label=view.label, new=wanted.told())
    asked = QUERIES["shares"](object=VIEW, record=id, team=False, id=made, grantee=None)
    rows = await tx.rows(asked)
    if not rows:
        raise AlreadyOver(at="until")
    return described(rows[0], policy, language)


async def unshare_view(tx: Tx, id: UUID, share: UUID) -> None:  # noqa: A002 - what it is
    """Stop sharing a view with somebody."""
    view = await _own(tx, id)
    gone = await tx.row(QUERIES["drop_share"](id=share, object=VIEW, record=id, team=False))
    if gone is None:
        raise UnknownShare
    old = {"grantee": gone[0], "level": gone[1]}
    trail.note(tx, "view.unshared", object=VIEW, target=id, label=view.label, old=old)


async def _own(tx: Tx, id_: UUID) -> views.View:
    view = await views.found(tx, id_)
    if view.level != "own":
        raise ViewNotYours
    return view
