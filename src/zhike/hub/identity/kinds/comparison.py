"""What a way to compare knows: the contract that every file in this folder fulfils."""

from typing import ClassVar

from zhike.kernel.words import Words
from zhike.meta import Json


class Comparison:
    """
    One way to compare values.

    Two values agree if they have a key in common. A value that says too little to recognise anybody
    by has none.
    """

    name: ClassVar[str]
    label: ClassVar[Words]
    kinds: ClassVar[frozenset[str] | None] = None
    """
    The field kinds it is made for; None for all. Other fields of the key are compared exactly.
    """

    def keys(self, value: Json) -> tuple[str, ...]:
        """Give the keys of a standardized value; most have one."""
        raise NotImplementedError
