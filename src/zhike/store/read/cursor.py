"""
Where a page ended, as an opaque text: the order values of its last record, made and read here only.

A cursor fits the query it came from and no other. It carries nothing that the page did not show:
records cannot be ordered by what their reader may not see.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import blake2b

from zhike.store.read.faults import BadCursor, ForeignCursor

Place = tuple[str | None, ...]
"""The order values of a record as PostgreSQL writes them, its id last."""

LONGEST = 16_000


def written(place: bytes, identity: str) -> str:
    """Give the cursor of a place, which is the JSON array that PostgreSQL made of it."""
    return urlsafe_b64encode(_seal(place, identity) + place).decode("ascii").rstrip("=")


def read(cursor: str, identity: str, *, length: int) -> Place:
    """Give the place a cursor stands for; raises BadCursor if it is not one of this query."""
    if len(cursor) > LONGEST:
        raise BadCursor(reason="too long", at="cursor")
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (NotBase64, UnicodeEncodeError) as error:
        raise BadCursor(reason="not base64", at="cursor") from error
    if raw[:SEAL] != _seal(raw[SEAL:], identity):
        raise ForeignCursor(at="cursor")
    place = json.loads(raw[SEAL:])
    if len(place) != length:
        raise ForeignCursor(at="cursor")
    return tuple(place)


SEAL = 9


def _seal(place: bytes, identity: str) -> bytes:
    """A checksum, not a secret: whoever forges one gets a page of what they may see anyway."""
    return blake2b(place, key=_key(identity), digest_size=SEAL).digest()


def _key(identity: str) -> bytes:
    return blake2b(identity.encode(), digest_size=16).digest()
