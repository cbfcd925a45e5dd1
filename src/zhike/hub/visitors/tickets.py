"""
Tickets: what a page got when it was opened, and brings along when the form is sent.

One tells how long somebody had the page before them, so that what fills forms in without reading
them is turned away. Pure: the clock is handed in.
"""

import hmac
from base64 import urlsafe_b64encode

from zhike.hub.visitors.faults import OldTicket, TooSoon

AGE = 3
"""Seconds a person needs at least to fill anything in."""
OLDEST = 24 * 60 * 60
DIGITS = 12


def ticket(seal: bytes, *, now: float) -> str:
    """Give the ticket of a page that is opened now (seconds since 1970)."""
    return _signed(seal, int(now))


def torn(seal: bytes, shown: str, *, now: float) -> None:
    """Refuse what was sent without a ticket of ours, too soon after it was given or too late."""
    said, _, _ = shown.partition(".")
    if not (said.isascii() and said.isdigit() and len(said) <= DIGITS):
        raise OldTicket
    at = int(said)
    if not hmac.compare_digest(_signed(seal, at).encode(), shown.encode("utf-8", "replace")):
        raise OldTicket
    age = int(now) - at
    if age > OLDEST or age < 0:
        raise OldTicket
    if age < AGE:
        raise TooSoon(seconds=AGE - age)


def _signed(seal: bytes, at: int) -> str:
    mark = hmac.digest(seal, str(at).encode(), "sha256")
    return f"{at}.{urlsafe_b64encode(mark).decode().rstrip('=')}"
