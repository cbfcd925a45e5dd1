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

    @property
    def least(self) -> float:
        """Give the probability below which nothing follows."""
        return min((one for one in (self.block, self.warn) if one is not None), default=2.0)


SILENT = Thresholds(block=None, warn=None)
USUAL = Thresholds(block=BLOCK, warn=WARN)
LATER = frozenset({"import"})
"""
Sources whose records are compared by their keys only, unless the policy names them: the lines of a
file are many, nobody is there to be asked, and a run looks through all of them at once afterwards.
"""


def thresholds(snapshot: Snapshot, key: str, source: str) -> Thresholds:
    """Give the thresholds of an object for a source (ui, api, form, import …)."""
    match = snapshot.matches.get(key)
    if match is None:
        return SILENT
    said = match.policy.get(source)
    if said is None:
        if source in LATER:
            return SILENT
        said = match.policy.get(OTHERS)
    return USUAL if said is None else Thresholds(block=said.block, warn=said.warn)
