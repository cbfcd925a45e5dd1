"""
Functions about the change that is being looked at, for rules and flows.

The statement that asks brings the event under the name `event`, with `kind`, `old` and `new`.
"""

from zhike.kernel.sql import sql
from zhike.lang.functions.function import Function, Parameter, doc

FIELD = Parameter(name="field")

EVENTS = (
    Function(
        name="OLD",
        parameters=(FIELD,),
        gives="first",
        sql=lambda field: field,
        immutable=False,
        form="field",
        event=True,
        doc=doc("字段变更前的值", "The value of a field before the change"),
    ),
    Function(
        name="CHANGED",
        parameters=(FIELD,),
        gives="boolean",
        sql=lambda field: field,
        immutable=False,
        form="field",
        event=True,
        doc=doc("字段是否在本次变更中改变", "Whether the change touched a field"),
    ),
    Function(
        name="CHANGED_TO",
        parameters=(FIELD, Parameter(name="value")),
        gives="boolean",
        sql=lambda field, value: sql("{field} = {value}", field=field, value=value),
        immutable=False,
        form="field",
        event=True,
        doc=doc("字段是否在本次变更中变为某值", "Whether the change gave a field this value"),
    ),
    Function(
        name="CREATED",
        gives="boolean",
        sql=lambda: sql("true"),
        immutable=False,
        form="field",
        event=True,
        doc=doc("记录是否刚刚创建", "Whether the change created the record"),
    ),
)
