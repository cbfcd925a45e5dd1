"""People and what SCIM calls them, there and back. Pure."""

import re
from typing import Any

from scim2_models import (
    Context,
    GroupMembership,
    InvalidValueException,
    Meta,
    Reference,
    ResponseParameters,
)

from zhike.doors.http.routing import SCIM
from zhike.doors.http.scim.answers import version_of
from zhike.doors.http.scim.models import (
    Email,
    EnterpriseUser,
    Manager,
    Name,
    Person,
    PhoneNumber,
    User,
)
from zhike.store.accounts.directory import Entry

Given = dict[str, Any]
LONGEST = {"login": 100, "name": 100, "email": 200, "mobile": 200, "number": 200, "zone": 100}
"""How many characters there may be."""
HAN = re.compile(r"[\u3400-\u9fff]")


def resource(entry: Entry) -> User[EnterpriseUser]:
    """Give a person as SCIM shows them."""
    names = Name(
        formatted=entry.name,
        family_name=entry.family or None,
        given_name=entry.given or None,
    )
    shown = Person(
        id=str(entry.id),
        external_id=entry.external,
        user_name=entry.login,
        name=names,
        display_name=entry.name,
        preferred_language=entry.language,
        timezone=entry.zone,
        active=entry.active,
        emails=[Email(value=entry.email, type="work", primary=True)] if entry.email else None,
        phone_numbers=[PhoneNumber(value=entry.mobile, type="mobile", primary=True)]
        if entry.mobile
        else None,
        groups=[
            GroupMembership(value=one, ref=Reference(f"{SCIM}/Groups/{one}"), type="direct")
            for one in entry.roles
        ]
        or None,
    )
    shown[EnterpriseUser] = EnterpriseUser(
        employee_number=entry.number,
        department=entry.department,
        manager=Manager(value=str(entry.manager)) if entry.manager else None,
    )
    shown.meta = Meta(
        resource_type="User",
        created=entry.created_at,
        last_modified=entry.updated_at,
        location=f"{SCIM}/Users/{entry.id}",
    )
    shown.meta.version = version_of(shown.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))
    return shown


def dumped(
    shown: User[EnterpriseUser], parameters: ResponseParameters[Any] | None = None
) -> dict[str, Any]:
    """Give it as JSON, with the attributes that were asked for."""
    return shown.model_dump(
        scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=parameters
    )


def given(wanted: User[EnterpriseUser], was: User[EnterpriseUser] | None) -> Given:
    """Give what `People` is to write, without department and manager, which have to be found."""
    company = wanted[EnterpriseUser] or EnterpriseUser()
    out: Given = {
        "login": wanted.user_name,
        "name": named(wanted, was),
        "email": _first(wanted.emails),
        "mobile": _first(wanted.phone_numbers),
        "number": company.employee_number or None,
        "zone": wanted.timezone or None,
    }
    _refuse_unfit(out)
    if wanted.active is not None:
        out["active"] = wanted.active
    if language := _language(wanted.preferred_language):
        out["language"] = language
    return out


def _refuse_unfit(out: Given) -> None:
    for member, most in LONGEST.items():
        if len(out[member] or "") > most:
            raise InvalidValueException(detail=f"{member}: more than {most} characters")
    if not (out["login"] or "").strip():
        raise InvalidValueException(detail="userName: blank")


def named(wanted: User[EnterpriseUser], was: User[EnterpriseUser] | None) -> str:
    """
    Give a person's one name. SCIM has several for it; the one that changed is meant.
    """
    offered = _names(wanted)
    before = _names(was) if was else [None, None, None]
    changed = [new for new, old in zip(offered, before, strict=True) if new and new != old]
    standing = [one for one in offered if one]
    return (changed or standing or [wanted.user_name or ""])[0].strip() or wanted.user_name or ""


def _names(person: User[EnterpriseUser]) -> list[str | None]:
    name = person.name or Name()
    return [person.display_name, name.formatted, _composed(name)]


def _composed(name: Name) -> str | None:
    """Put a name together: 王小明, but Anna King."""
    family, own = (name.family_name or "").strip(), (name.given_name or "").strip()
    if HAN.search(family + own):
        return family + own
    return " ".join(filter(None, (own, family))) or None


def _first(several: list[Email] | list[PhoneNumber] | None) -> str | None:
    """Give the one that is kept: the primary one, or the first."""
    filled = [one for one in several or () if one.value]
    primary = [one for one in filled if one.primary]
    return next((str(one.value) for one in [*primary, *filled]), None)


def _language(said: str | None) -> str | None:
    """Give the language of ours that is meant, if one is."""
    short = (said or "").lower()[:2]
    return short if short in {"zh", "en"} else None
