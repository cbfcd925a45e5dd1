"""What the query parameters of a list say, as SCIM calls them."""

from typing import Annotated, Any

from fastapi import Depends, Query

LONGEST = 2000
"""Characters of a filter."""

Text = Annotated[str | None, Query(max_length=LONGEST)]


async def asked(  # noqa: PLR0917 - one for each query parameter
    filter: Text = None,  # noqa: A002 - SCIM's word
    startIndex: int | None = None,  # noqa: N803
    count: int | None = None,
    attributes: Text = None,
    excludedAttributes: Text = None,  # noqa: N803
) -> dict[str, Any]:
    """Give what is said, without what is not."""
    said = {
        "filter": filter,
        "startIndex": startIndex,
        "count": count,
        "attributes": attributes,
        "excludedAttributes": excludedAttributes,
    }
    return {name: one for name, one in said.items() if one is not None}


Searching = Annotated[dict[str, Any], Depends(asked)]
