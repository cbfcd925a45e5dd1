"""How Chinese characters are read, for what is found and compared: see `meta.reading.pinyin`."""

from zhike.meta.reading.pinyin import named, plain, readings, syllables

__all__ = ["named", "plain", "readings", "syllables"]
