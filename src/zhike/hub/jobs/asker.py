"""In whose name a job is done: whoever asked for it, with what they may do now."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from zhike.access import Policy, policy
from zhike.hub.faults import AskerGone
from zhike.hub.hands import Hands
from zhike.kernel.viewer import Viewer, platform


async def asker(
    hands: Hands,
    workspace: str,
    actor: UUID | None,
    *,
    source: str,
    limits: Iterable[str] | None = None,
) -> Policy:
    """
    Give what whoever asked for a job may do by now; nobody in person: what the platform may.

    `limits`: what the key it was asked for with left of the rights. Raises AskerGone
    if they work here no more.
    """
    viewer: Viewer | None = platform(source)
    if actor is not None:
        async with hands.db.reading(platform(source), workspace) as tx:
            viewer = await hands.viewer_of(tx, actor)
    if viewer is None:
        raise AskerGone
    own = replace(viewer.limited(limits), source=source)
    return policy(await hands.catalog.snapshot(workspace), own)
