"""A signature drawn by hand."""

from typing import ClassVar

from zhike.kernel.words import Words
from zhike.meta.kinds.id import Id
from zhike.meta.kinds.kind import EMPTINESS, Settings, Settled


class Signature(Id):
    """A picture of a signature: the id of what was uploaded before."""

    name = "signature"
    label = Words(zh="手写签名", en="signature")
    type = "json"
    settings: ClassVar[Settled] = Settings
    operators = EMPTINESS
    indexable = None
    display = "signature"
    writable = True
    ordered = False
