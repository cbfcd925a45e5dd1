"""
Jobs that somebody asked for and follows in the books: claimed, done chunk by chunk, ended.

Killed at any moment, a job is begun again and goes on from where its books say it stands.
"""

from zhike.hub.jobs.again import again
from zhike.hub.jobs.asker import asker
from zhike.hub.jobs.books import Books, reasons, said
from zhike.hub.jobs.chunks import in_chunks
from zhike.hub.jobs.resume import resume
from zhike.hub.jobs.unforeseen import refused_by_disk, unforeseen

__all__ = [
    "Books",
    "again",
    "asker",
    "in_chunks",
    "reasons",
    "refused_by_disk",
    "resume",
    "said",
    "unforeseen",
]
