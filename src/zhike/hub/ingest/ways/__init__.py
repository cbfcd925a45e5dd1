"""The ways in which the lines of a file become records: as new ones, or as changes by a key."""

from zhike.hub.ingest.ways.into import NEW, Taken, Way
from zhike.hub.ingest.ways.parts import Part, part_problems, parts

__all__ = ["NEW", "Part", "Taken", "Way", "part_problems", "parts"]
