"""How files of the same shape were mapped last time: by oneself, else by anybody."""

from zhike.hub.ingest.recall.shapes import recalled, remember

__all__ = ["recalled", "remember"]
