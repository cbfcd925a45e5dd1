"""What somebody filled in, as it is sent."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class Filled(BaseModel):
    """What somebody filled in."""

    model_config = ConfigDict(extra="forbid")

    values: Annotated[dict[str, Any], Field(max_length=200)]
    ticket: Annotated[str, Field(max_length=200)]
    """What came with the form."""
    trap: Annotated[str, Field(max_length=1000)] = ""
    """What nobody sees; who fills it in is a robot."""
