"""The ways in which the lines of a file become records: as new ones, or as changes by a key."""

from zhike.hub.ingest.ways.into import NEW, Taken, Way

__all__ = ["NEW", "Taken", "Way"]
