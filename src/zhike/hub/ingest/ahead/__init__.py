"""
What can be done about the lines of a file before the database has anything to do with them: read,
standardized, with their identity keys and search words, chunk by chunk.
"""

from zhike.hub.ingest.ahead.chunks import Ahead, Chunk
from zhike.hub.ingest.ahead.process import Order, chunks

__all__ = ["Ahead", "Chunk", "Order", "chunks"]
