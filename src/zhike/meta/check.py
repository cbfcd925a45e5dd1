"""
Do the documents make sense together? Every problem at once, each with its address.

Nothing is raised. What is written in the expression language (formulas, scopes, conditions) is
checked above, where that language is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhike.kernel.faults import Problem, problem
from zhike.kernel.viewer import ADMIN
from zhike.meta.check_faces import face_problems
from zhike.meta.check_object import Known, field_problem, object_problem, object_problems
from zhike.meta.documents import (
    AppSpec,
    Document,
    FormSpec,
    IdentityProviderSpec,
    MatchSpec,
    ObjectSpec,
    PageSpec,
    QualitySpec,
    RegistrySpec,
    RoleSpec,
    SecuritySpec,
    ViewSpec,
)
from zhike.meta.faults import (
    DuplicateKey,
    GivenByQuality,
    KeptTooShort,
    NoSuchApp,
    NoSuchRole,
    PowerForStrangers,
    SecondMatch,
    SecondQuality,
    nearest,
)
from zhike.meta.located import Located, Path
from zhike.meta.quality import KEYS
from zhike.meta.specs import spec

LEAST_MONTHS = 6
"""So long the law (网络安全法 第二十一条) asks for logs to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document with what became of it: typed, unless its words are wrong."""

    located: Located
    spec: Document | None


def check(documents: Iterable[Located]) -> list[Problem]:
    """Give everything that is wrong with some documents, taken as the whole configuration."""
    return checked(documents)[1]


def checked(documents: Iterable[Located]) -> tuple[list[Read], list[Problem]]:
    """Give the documents as far as they could be read, and everything that is wrong with them."""
    read: list[Read] = []
    problems: list[Problem] = []
    for one in documents:
        typed, found = spec(one)
        read.append(Read(located=one, spec=typed))
        problems.extend(found)
    known = Known.of(
        [one.spec for one in read if isinstance(one.spec, ObjectSpec)],
        broken=[
            one.located.key for one in read if one.spec is None and one.located.kind == "object"
        ],
        judged=[one.spec.object for one in read if isinstance(one.spec, QualitySpec)],
    )
    problems.extend(_twice(read))
    for each in read:
        problems.extend(_about(each, known, read))
    return read, problems


def _about(one: Read, known: Known, all_read: Sequence[Read]) -> Iterator[Problem]:
    match one.spec:
        case ObjectSpec() as written:
            yield from object_problems(one.located, written, known)
        case RoleSpec() as written:
            yield from _role(one.located, written, known)
        case MatchSpec() | QualitySpec() | RegistrySpec():
            yield from _of_records(one, known, all_read)
        case ViewSpec() | FormSpec() | PageSpec() as written:
            yield from face_problems(one.located, written, known, _roles(all_read))
        case AppSpec() as written:
            yield from _app(one.located, written, known, all_read)
        case SecuritySpec() | IdentityProviderSpec() as written:
            yield from _sign_in(one.located, written, all_read)
        case None:
            return


def _roles(all_read: Iterable[Read]) -> list[str]:
    return [one.spec.key for one in all_read if isinstance(one.spec, RoleSpec)]


def _of_records(one: Read, known: Known, all_read: Sequence[Read]) -> Iterator[Problem]:
    """Give what is wrong with a document about the records of one object."""
    if isinstance(one.spec, MatchSpec):
        yield from _match(one.located, one.spec, known)
        yield from _second_match(one, one.spec, all_read)
    elif isinstance(one.spec, QualitySpec):
        yield from _quality(one, one.spec, known, all_read)
    elif isinstance(one.spec, RegistrySpec):
        yield from _registry(one.located, one.spec, known)


def _twice(read: Iterable[Read]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Located] = {}
    for one in read:
        name = (one.located.kind, one.located.key)
        first = seen.setdefault(name, one.located)
        if first is not one.located and one.located.key:
            yield problem(
                DuplicateKey,
                at=one.located.at("key"),
                name=f"{name[0]} {name[1]}",
                first=first.at("key"),
            )


def _role(located: Located, written: RoleSpec, known: Known) -> Iterator[Problem]:
    for object_, grant in written.objects.items():
        at: Path = ("objects", object_)
        named: list[tuple[str, Path]] = [(one, (*at, "fields", one)) for one in grant.fields]
        named += [(one, (*at, "reveal", place)) for place, one in enumerate(grant.reveal)]
        for number, stage in enumerate(grant.stages):
            named += [(one, (*at, "stages", number, "fields", one)) for one in stage.fields]
        yield from _granted(located, object_, named, known, at=at)
    for number, denial in enumerate(written.deny):
        at = ("deny", number)
        named = [(one, (*at, "fields", place)) for place, one in enumerate(denial.fields)]
        yield from _granted(located, denial.object, named, known, at=(*at, "object"))


def _granted(
    located: Located, object_: str, named: Iterable[tuple[str, Path]], known: Known, *, at: Path
) -> Iterator[Problem]:
    """Give what is wrong with an object and some of its fields, as a role names them."""
    missing = object_problem(object_, known, at=located.at(*at))
    if missing:
        yield missing
        return
    for field, path in named:
        yield from field_problem(object_, field, known, at=located.at(*path))


def _sign_in(
    located: Located, written: SecuritySpec | IdentityProviderSpec, all_read: Iterable[Read]
) -> Iterator[Problem]:
    if isinstance(written, SecuritySpec):
        yield from _security(located, written, all_read)
    else:
        yield from _provider(located, written, all_read)


def _security(
    located: Located, written: SecuritySpec, all_read: Iterable[Read]
) -> Iterator[Problem]:
    roles = {one.spec.key for one in all_read if isinstance(one.spec, RoleSpec)}
    for log, months in written.logs:
        if 0 < months < LEAST_MONTHS:
            at = located.at("logs", log)
            yield problem(KeptTooShort, at=at, months=months, least=LEAST_MONTHS)
    for number, role in enumerate(written.sign_in.second_factor_roles):
        if role not in roles:
            yield problem(
                NoSuchRole,
                at=located.at("sign_in", "second_factor_roles", number),
                name=role,
                near=nearest(role, roles),
            )


def _provider(
    located: Located, written: IdentityProviderSpec, all_read: Iterable[Read]
) -> Iterator[Problem]:
    roles = {one.spec.key: one.spec for one in all_read if isinstance(one.spec, RoleSpec)}
    for number, key in enumerate(written.roles):
        role, at = roles.get(key), located.at("roles", number)
        if role is None:
            yield problem(NoSuchRole, at=at, name=key, near=nearest(key, roles))
        elif key == ADMIN or role.configure or role.people or role.audit or role.approve_exports:
            yield problem(PowerForStrangers, at=at, name=key)


def _registry(located: Located, written: RegistrySpec, known: Known) -> Iterator[Problem]:
    missing = object_problem(written.object, known, at=located.at("object"))
    if missing:
        yield missing
        return
    for field in written.fields:
        yield from field_problem(written.object, field, known, at=located.at("fields", field))


def _match(located: Located, written: MatchSpec, known: Known) -> Iterator[Problem]:
    missing = object_problem(written.object, known, at=located.at("object"))
    if missing:
        yield missing
        return
    named: list[tuple[str, Path]] = [
        (field, ("keys", number, "fields", place))
        for number, key in enumerate(written.keys)
        for place, field in enumerate(key.fields)
    ]
    named.extend(
        (field, ("unless_differs", number)) for number, field in enumerate(written.unless_differs)
    )
    named.extend((field, ("survive", field)) for field in written.survive)
    named.extend(
        (field, ("near", number, place))
        for number, some in enumerate(written.near or ())
        for place, field in enumerate(some)
    )
    named.extend(
        (one.field, ("compare", n, "field")) for n, one in enumerate(written.compare) if one.field
    )
    named.extend((one, (word,)) for word in LONE if (one := getattr(written, word)) is not None)
    for field, path in named:
        yield from field_problem(written.object, field, known, at=located.at(*path))
    yield from _against(located, written, known)


LONE = ("group", "protected_until")
"""Members of a match document that name one field."""


def _against(located: Located, written: MatchSpec, known: Known) -> Iterator[Problem]:
    for number, one in enumerate(written.against):
        at = ("against", number)
        missing = object_problem(one.object, known, at=located.at(*at, "object"))
        if missing:
            yield missing
            continue
        for theirs, ours in one.fields.items():
            path = located.at(*at, "fields", theirs)
            yield from field_problem(one.object, theirs, known, at=path)
            yield from field_problem(written.object, ours, known, at=path)


def _second_match(one: Read, written: MatchSpec, all_read: Iterable[Read]) -> Iterator[Problem]:
    for other in all_read:
        if other is one:
            return
        if isinstance(other.spec, MatchSpec) and other.spec.object == written.object:
            if other.spec.key != written.key:
                yield problem(
                    SecondMatch,
                    at=one.located.at("object"),
                    object=written.object,
                    first=other.spec.key,
                )
            return


def _quality(
    one: Read, written: QualitySpec, known: Known, all_read: Iterable[Read]
) -> Iterator[Problem]:
    missing = object_problem(written.object, known, at=one.located.at("object"))
    if missing:
        yield missing
        return
    first = next(
        other.spec.key
        for other in all_read
        if isinstance(other.spec, QualitySpec) and other.spec.object == written.object
    )
    if first != written.key:
        at = one.located.at("object")
        yield problem(SecondQuality, at=at, object=written.object, first=first)
    named: list[tuple[str, Path]] = [
        (field, ("complete", number, "fields", place))
        for number, counted in enumerate(written.complete)
        for place, field in enumerate(counted.fields)
    ]
    named.extend((field, ("valid", field)) for field in written.valid)
    named.append((written.fresh.since, ("fresh", "since")))
    for field, path in named:
        yield from field_problem(written.object, field, known, at=one.located.at(*path))
    yield from _judged_twice(one.located, written.object, known)


def _judged_twice(located: Located, object_: str, known: Known) -> Iterator[Problem]:
    """Say so where an object has a field of its own by the name of one that is given here."""
    for key in known.objects.get(object_, {}).keys() & set(KEYS):
        yield problem(GivenByQuality, at=located.at("object"), name=key, object=object_)


def _app(
    located: Located, written: AppSpec, known: Known, all_read: Iterable[Read]
) -> Iterator[Problem]:
    for number, object_ in enumerate(written.navigation):
        missing = object_problem(object_, known, at=located.at("navigation", number))
        if missing:
            yield missing
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for one in all_read:
        by_kind[one.located.kind].add(one.located.key)
    for number, app in enumerate(written.requires):
        if app not in by_kind["app"]:
            yield problem(NoSuchApp, at=located.at("requires", number), name=app)
