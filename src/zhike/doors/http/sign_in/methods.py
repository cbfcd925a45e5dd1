"""Which ways to sign in there are, for the page that offers them."""

from fastapi import APIRouter
from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.routing import Asked, router
from zhike.doors.http.sign_in.faults import NeedsName
from zhike.doors.http.sign_in.place import site_of

ROUTES: APIRouter = router("auth")


@ROUTES.get("/auth/methods")
async def methods(call: Asked) -> Response:
    """Say which ways to sign in there are, the same to everybody."""
    snapshot = await call.snapshot()
    providers = [
        {
            "key": one.key,
            "label": one.label.words().said(call.language),
            "url": f"/api/v1/auth/oidc/{one.key}",
        }
        for one in snapshot.providers.values()
        if one.active
    ]
    return answer({"password": True, "passkey": _passkeys(call), "providers": providers})


def _passkeys(call: Call) -> bool:
    """Whether passkeys can be used at the address by which we are called."""
    try:
        site_of(call)
    except NeedsName:
        return False
    return True
