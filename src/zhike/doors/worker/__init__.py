"""
The worker's door: runs queued jobs until it is told to stop, or until whoever started it is gone.

`run` loads the queue, which nobody else needs; `parent` loads nothing.
"""
