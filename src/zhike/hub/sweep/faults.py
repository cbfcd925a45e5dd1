"""What may be wrong with a sweep."""

from collections.abc import Mapping

from zhike.kernel.faults import Conflict, Fault, NotFound, TooMany
from zhike.kernel.words import Words

STATES: Mapping[str, Words] = {
    "waiting": Words(zh="排队中", en="waiting"),
    "running": Words(zh="进行中", en="running"),
    "done": Words(zh="已完成", en="done"),
    "failed": Words(zh="已中断", en="broken off by a fault"),
    "cancelled": Words(zh="已取消", en="cancelled"),
    "undoing": Words(zh="撤销中", en="being taken back"),
    "undone": Words(zh="已撤销", en="taken back"),
}
"""What people call the states of a sweep."""


class UnknownSweep(NotFound):
    """There is no such sweep of yours."""

    code = "H850"
    zh = "您没有这次批量操作"


class SweepOver(Conflict):
    """A sweep that is {state} cannot be broken off."""

    code = "H851"
    zh = "状态为“{state}”的批量操作不能取消"


class NotUndoable(Conflict):
    """A sweep that is {state} cannot be taken back."""

    code = "H852"
    zh = "状态为“{state}”的批量操作不能撤销"
    hint = Words(
        zh="已结束且改动过记录的批量操作可以撤销一次",
        en="what has ended and changed something can be, once",
    )


class ChangedSince(Fault):
    """Somebody changed it since."""

    code = "H853"
    zh = "之后已被修改"


class TooManySweeps(TooMany):
    """{count} sweeps of yours are still under way."""

    code = "H854"
    zh = "您还有 {count} 个批量操作没有结束"
    hint = Words(
        zh="请等待其中一个完成，或取消不再需要的",
        en="wait for one of them to end, or cancel one you no longer want",
    )
