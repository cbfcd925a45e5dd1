"""Faults of parsing."""

from zhike.kernel.faults import Fault, TooLarge


class TextTooLong(TooLarge):
    """The text has {length} characters; {limit} can be read at once."""

    code = "H681"
    zh = "文本有 {length} 个字符，一次最多识别 {limit} 个"


class NothingToRead(Fault):
    """There is nothing to read in the text."""

    code = "H682"
    zh = "文本中没有可识别的内容"
