"""The short-lived cookies of a sign-in under way: tickets that only this browser can bring back."""

from typing import Literal

from starlette.requests import cookie_parser
from starlette.responses import Response

from zhike.doors.http.call import Call
from zhike.doors.http.sign_in.person import counter
from zhike.store.accounts.factors import Ticket, TicketGone

Crumb = Literal["zhike_oidc", "zhike_second"]
PATH = "/api/v1/auth"


def set_crumb(response: Response, call: Call, name: Crumb, *, ticket: str, minutes: int) -> None:
    """Give this browser a ticket to keep."""
    response.set_cookie(
        name,
        ticket,
        max_age=minutes * 60,
        httponly=True,
        samesite="lax",
        secure=call.secure,
        path=PATH,
    )


def crumb(call: Call, name: Crumb) -> Ticket:
    """Give the ticket this browser was given."""
    crumbs = cookie_parser(call.header(b"cookie") or "")
    if name not in crumbs:
        raise TicketGone
    return counter(call, name).read(crumbs[name])


def drop_crumb(response: Response, call: Call, name: Crumb) -> None:
    """Have this browser forget its ticket."""
    response.delete_cookie(name, httponly=True, samesite="lax", secure=call.secure, path=PATH)
