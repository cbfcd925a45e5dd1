"""
What one viewer may see and do: the one thing every read and every write asks.

A policy is the rights of the viewer's roles, shared with everybody who holds the same ones, and the
viewer. It gives SQL and words; it never touches a connection.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from zhike.access import grants
from zhike.access.faults import ActionNotAllowed
from zhike.access.grants import ACTIONS, Action
from zhike.access.personal import personal
from zhike.access.reasons import Reason, reasons
from zhike.access.rights import Rights
from zhike.kernel.sql import Sql
from zhike.kernel.viewer import Viewer
from zhike.kernel.words import Words
from zhike.meta import Json, Level, RoleSpec, Snapshot

DONE: Mapping[str, Words] = {
    "read": Words(zh="查看", en="see"),
    "create": Words(zh="新建", en="create"),
    "update": Words(zh="修改", en="change"),
    "delete": Words(zh="删除", en="delete"),
    "export": Words(zh="导出", en="export"),
    "import": Words(zh="导入", en="import"),
    "transfer": Words(zh="转移", en="transfer"),
    "share": Words(zh="共享", en="share"),
    "merge": Words(zh="合并", en="merge"),
    "print": Words(zh="打印", en="print"),
}
ROOM = 1024
"""For how many sets of roles, with what is granted in person, the rights are kept."""
PRESSED = Words(zh="按钮操作", en="press a button on")
"""What people call the actions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one viewer may see and do under one version of the configuration."""

    rights: Rights
    viewer: Viewer

    @property
    def snapshot(self) -> Snapshot:
        """The whole configuration, hidden parts included."""
        return self.rights.snapshot

    @property
    def seen(self) -> Snapshot:
        """
        The configuration without what is hidden from this viewer; check what people write with it.
        """
        return self.rights.seen

    @property
    def configures(self) -> bool:
        """Whether the viewer may change the configuration."""
        return self._runs("configure", lambda role: role.configure)

    @property
    def keeps_people(self) -> bool:
        """Whether the viewer may change users, departments and who holds which role."""
        return self._runs("people", lambda role: role.people)

    @property
    def audits(self) -> bool:
        """Whether the viewer may read the logs of what others did."""
        return self._runs("audit", lambda role: role.audit)

    @property
    def approves_exports(self) -> bool:
        """Whether the viewer may approve what others want to export."""
        return self._runs("approve_exports", lambda role: role.approve_exports)

    def _runs(self, what: str, said: Callable[[RoleSpec], bool]) -> bool:
        rights = self.rights
        left = rights.narrowed is None or not rights.narrowed.isdisjoint((f"*:{what}", "*:*"))
        return rights.roles is None or (left and any(said(role) for role in rights.roles))

    def may(self, obj: str, action: Action) -> bool:
        """Say whether there is any record on which the action might be allowed."""
        return self.rights.may(obj, action)

    def demand(self, obj: str, action: Action) -> None:
        """Raise ActionNotAllowed unless the action might be allowed on some record."""
        if not self.rights.may(obj, action):
            known = self.snapshot.objects.get(obj)
            done = DONE.get(action, PRESSED)
            raise ActionNotAllowed(action=done, object=known.label if known else obj)

    def rows(
        self,
        object: str,  # noqa: A002 - the word of `lang.Sight`
        alias: str,
        action: Action = "read",
        fields: Iterable[str] = (),
    ) -> Sql:
        """Give the condition that a record may be read, or acted upon in these fields."""
        return self.rights.rows(object, alias, action, fields)

    def belonging(self, obj: str, alias: str) -> Sql | None:
        """
        Give the condition that a record is seen by whom it belongs to, whatever else it holds.

        It asks for `owner`, `department` and nothing else; None if nobody's records are seen so.
        """
        return self.rights.belonging(obj, alias)

    def column(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - as above
        """Give a field's value as it may be asked about; see `Rights.column`."""
        return self.rights.column(object, field, alias)

    def plain(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - as above
        """Give the condition that a record shows a field unmasked; `NOTHING` if each one does."""
        return self.rights.plain(object, field, alias)

    def reveals(self, obj: str, field: str) -> bool:
        """Say whether masked values of a field may be looked at in full on some record."""
        return self.rights.roles is None or bool(self.rights.granted.revealing(obj, field))

    def shown(self, obj: str, field: str, alias: str) -> Sql | None:
        """Give a field's value as JSON shows it to this viewer; None if it is hidden everywhere."""
        return self.rights.shown(obj, field, alias)

    def level(self, obj: str, field: str, action: Action = "read") -> Level:
        """Give the best level of a field over the roles that allow the action at all."""
        return self.rights.level(obj, field, action)

    def writable(self, obj: str, action: Action = "update") -> frozenset[str]:
        """Name the fields that may be given a value on some record."""
        levels = self.rights.levels(obj, action)
        return frozenset(key for key, level in levels.items() if level == "write")

    def reasons(
        self, obj: str, action: Action, field: str | None = None, *, alias: str = "t"
    ) -> tuple[Reason, ...]:
        """Give everything that speaks for or against an action; see `access.reasons`."""
        return reasons(self.rights, obj, action, field, alias=alias)

    def described(self) -> Mapping[str, Json]:
        """Say what may be done, as `GET /me` shows it; what is hidden is simply absent."""
        return self.rights.described


def policy(snapshot: Snapshot, viewer: Viewer) -> Policy:
    """
    Give the policy of one viewer.

    The rights behind it are worked out once for each set of roles, with what is granted to a person
    alone, what an API key leaves of it, and how much is shared.
    """
    held = None if viewer.trusted else viewer.roles
    key = (held, viewer.personal, viewer.narrowed, viewer.sharing)
    kept: OrderedDict[Hashable, Rights] = snapshot.memo.setdefault("rights", OrderedDict())
    rights = kept.get(key)
    if rights is None:
        rights = kept[key] = _rights(snapshot, viewer)
        if len(kept) > ROOM:
            kept.popitem(last=False)
    else:
        kept.move_to_end(key)
    return Policy(rights=rights, viewer=viewer)


def _rights(snapshot: Snapshot, viewer: Viewer) -> Rights:
    if viewer.trusted:
        return Rights(snapshot=snapshot, roles=None)
    roles = grants.held(viewer.roles, snapshot.roles)
    if viewer.personal:
        roles = (*roles, personal(viewer.personal))
    return Rights(snapshot=snapshot, roles=roles, narrowed=viewer.narrowed, sharing=viewer.sharing)


__all__ = ["ACTIONS", "Action", "Policy", "policy"]
