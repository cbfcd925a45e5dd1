"""What may be wrong with a hand-over."""

from zhike.kernel.faults import Conflict, Fault, NotFound
from zhike.kernel.words import Words


class UnknownHandover(NotFound):
    """There is no such hand-over."""

    code = "H801"
    zh = "交接不存在"


class NotHandedOver(Fault):
    """`{name}` holds no people that could be handed over."""

    code = "H802"
    zh = "“{name}”不是可以交接的对象或人员字段"
    hint = Words(
        zh="写对象名（负责人）或“对象.字段”",
        en="write an object, or an object.field that names people",
    )


class UnknownTarget(Fault):
    """There is nobody {id} to take over."""

    code = "H803"
    zh = "没有可以接手的人或部门 {id}"


class TargetDeparted(Fault):
    """{name} does not work here any more and cannot take over."""

    code = "H804"
    zh = "{name}已停用，不能接手"


class TargetIsPerson(Fault):
    """Nobody hands over to themselves."""

    code = "H805"
    zh = "不能交接给本人"


class NoManager(Fault):
    """The person has no manager to take over."""

    code = "H806"
    zh = "此人没有直属上级可以接手"
    hint = Words(zh="请指定接手人", en="name who takes over")


class LeftWithoutOwner(Fault):
    """{count} records of {label} would be left behind: no rule takes them."""

    code = "H807"
    zh = "“{label}”有 {count} 条记录没有规则接手"
    hint = Words(zh="请在末尾加一条无条件的规则", en="add a last rule without a condition")


class HandoverUnderWay(Conflict):
    """A hand-over of this person is under way."""

    code = "H808"
    zh = "此人的交接正在进行"


class TargetLeaving(Conflict):
    """{name} is being handed over and cannot take over."""

    code = "H809"
    zh = "{name}正在交接，不能接手"


class NotUndoable(Conflict):
    """A hand-over that is {state} cannot be taken back."""

    code = "H810"
    zh = "状态为“{state}”的交接不能撤销"


class PersonDeparted(Conflict):
    """{name} does not work here any more: nothing can be given back."""

    code = "H811"
    zh = "{name}已停用，无法归还"
    hint = Words(zh="请先启用此人", en="enable the person first")


class NotALookup(Fault):
    """`{name}` does not lead to a record with an owner."""

    code = "H812"
    zh = "“{name}”不是指向有负责人记录的关联字段"


class ParentCycle(Fault):
    """Objects cannot follow each other in a circle: {chain}."""

    code = "H813"
    zh = "跟随关系形成循环：{chain}"


class StillOwning(Conflict):
    """{count} records are still the person's: {objects}."""

    code = "H814"
    zh = "此人名下仍有 {count} 条记录：{objects}"
    hint = Words(zh="请再次交接其余记录", en="hand over the rest once more")


class TakesOverReports(Fault):
    """{name} reports to the person and would become their own manager."""

    code = "H816"
    zh = "{name}向此人汇报，不能成为自己的上级"


class OwnerOnly(Fault):
    """Only the owner of a record can be a pool or follow another record."""

    code = "H817"
    zh = "只有负责人字段可以移入公海或跟随其他记录"
