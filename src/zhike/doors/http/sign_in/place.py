"""Where the browser believes to be: the host and origin that passkeys and redirects belong to."""

import re
from ipaddress import ip_address

from zhike.doors.http.call import Call
from zhike.doors.http.sign_in.faults import ForeignNext, NeedsName
from zhike.store.accounts.factors import Site

HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?")
NEXT = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
LONGEST_NEXT = 500


def origin_of(call: Call) -> str:
    """Give the origin of our pages as the browser that calls has it in its address line."""
    host = (call.header(b"x-forwarded-host") or call.header(b"host") or "").lower()
    if not HOST.fullmatch(host):
        raise NeedsName(host=host[:80])
    return f"{'https' if call.secure else 'http'}://{host}"


def site_of(call: Call) -> Site:
    """Give the site that passkeys are made for; an address in numbers is none."""
    origin = origin_of(call)
    scheme, _, place = origin.partition("://")
    host = place.partition(":")[0]
    if scheme == "http" and host != "localhost" and not host.endswith(".localhost"):
        raise NeedsName(host=origin)
    try:
        ip_address(host)
    except ValueError:
        return Site(host=host, origin=origin)
    raise NeedsName(host=host)


def onward(wanted: str) -> str:
    """Give the page to go on to, which has to be one of ours."""
    if len(wanted) > LONGEST_NEXT or not NEXT.fullmatch(wanted):
        raise ForeignNext(at="next")
    return wanted
