"""From which probability on a record is refused or told of, by where it comes from."""

from dataclasses import dataclass

from zhike.meta import Snapshot

OTHERS = "others"
BLOCK, WARN = 0.99, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Probabilities; one that is None is never reached."""

    block: float | None
    warn: float | None

    @property
    def asks(self) -> bool:
        """Say whether anything would follow from a record that is alike."""
        return self.block is not None or self.warn is not None


SILENT = Thresholds(block=None, warn=None)


def thresholds(snapshot: Snapshot, key: str, source: str) -> Thresholds:
    """Give the thresholds of an object for a source (ui, api, form, import …)."""
    match = snapshot.matches.get(key)
    if match is None:
        return SILENT
    said = match.policy.get(source) or match.policy.get(OTHERS)
    if said is None:
        return Thresholds(block=BLOCK, warn=WARN)
    return Thresholds(block=said.block, warn=said.warn)
