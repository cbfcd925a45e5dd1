"""What of an object is brought to the standard of today."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class AgainSpec(BaseModel):
    """Which fields (all that can be, if none is named) of which records."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fields: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    where: Annotated[str, Field(max_length=4000)] = ""
    """An expression; all records that the asker sees, if empty."""
