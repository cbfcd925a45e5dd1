"""Many merges asked for at once: the clusters of an identity run, as a job that can be undone."""

from zhike.hub.merge.many.batches import Batch, found, of_run, progress, start, start_undo, would
from zhike.hub.merge.many.run import run_many, undo_many

__all__ = [
    "Batch",
    "found",
    "of_run",
    "progress",
    "run_many",
    "start",
    "start_undo",
    "undo_many",
    "would",
]
