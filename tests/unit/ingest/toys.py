"""A member of a lending library, as an object that files are imported into."""

from collections.abc import Mapping
from typing import Any

from zhike.meta import Object, ObjectSpec, Snapshot, build

MEMBER: Mapping[str, Any] = {
    "key": "member",
    "label": {"zh": "会员", "en": "Member"},
    "plural": {"zh": "会员", "en": "Members"},
    "fields": [
        {
            "key": "name", "kind": "person_name", "label": {"zh": "姓名", "en": "Name"},
            "synonyms": ["读者", "读者姓名", "名字"], "required": True,
        },
        {"key": "title", "kind": "text", "label": {"zh": "头衔", "en": "Title"}},
        {
            "key": "phone", "kind": "phone", "label": {"zh": "手机", "en": "Mobile"},
            "synonyms": ["电话", "手机号码", "联系电话"],
        },
        {"key": "landline", "kind": "phone", "label": {"zh": "座机", "en": "Landline"}},
        {
            "key": "email", "kind": "email", "label": {"zh": "邮箱", "en": "E-mail"},
            "synonyms": ["电子邮箱"],
        },
        {
            "key": "fee", "kind": "money", "label": {"zh": "年费", "en": "Annual fee"},
            "synonyms": ["会费"],
        },
        {"key": "discount", "kind": "percent", "label": {"zh": "折扣", "en": "Discount"}},
        {
            "key": "grade", "kind": "option", "label": {"zh": "等级", "en": "Grade"},
            "synonyms": ["会员等级"], "options": ["普通", "银卡", "金卡"],
        },
        {
            "key": "joined", "kind": "date", "label": {"zh": "入会日期", "en": "Joined"},
        },
        {
            "key": "books", "kind": "number", "label": {"zh": "借书数量", "en": "Books"},
            "synonyms": ["数量"],
        },
        {
            "key": "region", "kind": "region", "label": {"zh": "所在地区", "en": "Region"},
            "synonyms": ["地区"],
        },
        {"key": "address", "kind": "address", "label": {"zh": "详细地址", "en": "Address"},
         "synonyms": ["地址"]},
        {"key": "remark", "kind": "long_text", "label": {"zh": "备注", "en": "Notes"}},
    ],
}  # fmt: skip


def library() -> Snapshot:
    """Give the snapshot in which there are members only."""
    return build([ObjectSpec.model_validate(MEMBER)], version=1, zone="Asia/Shanghai")


def member() -> Object:
    """Give the object of members."""
    return library().objects["member"]
