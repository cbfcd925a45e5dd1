"""Mobile numbers and e-mails of people, in the same standard form as those of customers."""

from zhike.kernel.faults import Fault, Problem, problem
from zhike.meta import KINDS, Reading
from zhike.store.accounts.faults import UnreadableContact

NAMES = {"mobile": ("phone", "手机号"), "email": ("email", "邮箱")}


def standard(member: str, given: str | None) -> str | Problem | None:
    """Give a mobile number or e-mail as it is kept, or what is wrong with it."""
    kind = KINDS[NAMES[member][0]]
    if given is None or not given.strip():
        return None
    try:
        read = kind.read(given, kind.settings())
    except Fault:
        return problem(UnreadableContact, at=member, value=given[:80], kind=NAMES[member][1])
    value = read.value if isinstance(read, Reading) else read
    return str(value)


def mobile_of(login: str) -> str | None:
    """Give the mobile number that somebody signs in with, if it is one."""
    if not any(letter.isdigit() for letter in login):
        return None
    found = standard("mobile", login)
    return found if isinstance(found, str) else None
