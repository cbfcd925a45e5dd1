"""
The worker's door: runs queued jobs until it is told to stop, or until whoever started it is gone.
"""

from zhike.doors.worker.parent import watch_parent
from zhike.doors.worker.run import work

__all__ = ["watch_parent", "work"]
