"""What people are told of: each kind with the words for it, in the order of the settings."""

from collections.abc import Mapping
from typing import Literal, get_args

from zhike.kernel.words import Words

Kind = Literal[
    "given", "team", "shared", "mentioned", "request", "answer", "approval", "export", "job", "due"
]

KINDS: Mapping[Kind, Words] = {
    "given": Words(zh="有记录转给我", en="Records given to me"),
    "team": Words(zh="我被加入相关团队", en="I join a record's team"),
    "shared": Words(zh="有内容共享给我", en="Something is shared with me"),
    "mentioned": Words(zh="有人提到我", en="Somebody mentions me"),
    "request": Words(zh="等我处理的申请", en="Requests that wait for me"),
    "answer": Words(zh="我的申请有了答复", en="Answers to my requests"),
    "approval": Words(zh="等我审批的导出", en="Exports that wait for my approval"),
    "export": Words(zh="我的导出有了结果", en="News of my exports"),
    "job": Words(zh="我的导入等后台任务结束", en="My imports and other jobs end"),
    "due": Words(zh="任务到期提醒", en="Tasks that are due"),
}
"""Every kind; people switch them off one by one."""

KNOWN = frozenset(get_args(Kind))
