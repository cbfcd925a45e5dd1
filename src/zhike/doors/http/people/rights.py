"""What the one who asks may do here, as the routes about people want to know it."""

from zhike.doors.http.call import Call
from zhike.kernel.faults import NotAllowed
from zhike.kernel.words import Words
from zhike.store.accounts import People


class NotWithAKey(NotAllowed):
    """This takes a person who is signed in, not a key."""

    code = "W142"
    zh = "此操作须本人登录后进行，不能使用密钥"
    hint = Words(zh="请在浏览器中登录", en="sign in with a browser")


async def refuse_unless_keeper(call: Call) -> None:
    """Let pass only those who may change users and departments."""
    if not (await call.policy()).keeps_people:
        raise NotAllowed


async def people_of(call: Call) -> People:
    """Give what changes of people need to know here."""
    snapshot = (await call.policy()).snapshot
    return People(
        roles=snapshot.roles,
        passwords=call.system.passwords,
        rules=snapshot.security,
        version=snapshot.version,
        session=call.seen.token if call.seen else None,
    )


def refuse_key(call: Call) -> None:
    """Refuse a key: how somebody signs in is their own affair."""
    if call.guest.key is not None:
        raise NotWithAKey
