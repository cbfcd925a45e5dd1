"""The ways in which the lines of a file become records: as new ones, or as changes by a key."""

from zhike.hub.ingest.ways.compare import Compared, Seen, Stand, compared
from zhike.hub.ingest.ways.into import NEW, Taken, Way
from zhike.hub.ingest.ways.parts import Part, kin, part_problems, parts

__all__ = [
    "NEW",
    "Compared",
    "Part",
    "Seen",
    "Stand",
    "Taken",
    "Way",
    "compared",
    "kin",
    "part_problems",
    "parts",
]
