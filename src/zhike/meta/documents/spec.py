"""What every written thing has in common: keys, labels, and that unknown words are refused."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from zhike.kernel.words import Words

KEY = r"^[a-z][a-z0-9_]{0,47}$"
Key = Annotated[str, Field(pattern=KEY)]


class Spec(BaseModel):
    """
    What every written thing has in common: unknown words are refused, nothing changes once read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelSpec(Spec):
    """A label in both languages."""

    zh: str = Field(min_length=1, max_length=120)
    en: str = Field(default="", max_length=120)

    def words(self) -> Words:
        """Give the label as the kernel speaks it."""
        return Words(zh=self.zh, en=self.en)


def _label(value: object) -> object:
    return {"zh": value} if isinstance(value, str) else value


Label = Annotated[LabelSpec, BeforeValidator(_label)]
"""A label; a plain text is its Chinese."""


def _rule(value: object) -> object:
    """Take `true` and `false` for the expressions that they are."""
    return str(value).lower() if isinstance(value, bool) else value


Rule = Annotated[
    str, BeforeValidator(_rule, json_schema_input_type=bool | str), Field(max_length=4000)
]
"""An expression over the record that somebody has before them; empty: no rule."""
