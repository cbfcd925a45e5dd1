"""The lending library as the language sees it: a field of every type, relations of every kind."""

from collections.abc import Mapping
from typing import Any

from zhike.lang import checked
from zhike.meta import ObjectSpec, RoleSpec, Snapshot, build, retyped

GENRES = (
    {"key": "novel", "label": {"zh": "小说", "en": "Novel"}, "synonyms": ["长篇"]},
    {"key": "history", "label": {"zh": "历史", "en": "History"}},
    {"key": "诗歌", "label": {"zh": "诗歌", "en": "Poetry"}},
)

BOOK: Mapping[str, Any] = {
    "key": "book",
    "label": {"zh": "图书", "en": "Book"},
    "title": "title",
    "fields": [
        {"key": "title", "kind": "text", "label": {"zh": "书名", "en": "Title"}},
        {"key": "subtitle", "kind": "text", "label": {"zh": "副题", "en": "Subtitle"}},
        {"key": "phone", "kind": "phone", "label": {"zh": "电话", "en": "Phone"}},
        {"key": "genre", "kind": "option", "label": {"zh": "类别", "en": "Genre"},
         "options": GENRES},
        {"key": "themes", "kind": "options", "label": {"zh": "主题", "en": "Themes"},
         "options": GENRES},
        {"key": "tags", "kind": "tags", "label": {"zh": "标签", "en": "Tags"}},
        {"key": "price", "kind": "money", "label": {"zh": "定价", "en": "Price"},
         "synonyms": ["价格"]},
        {"key": "pages", "kind": "number", "label": {"zh": "页数", "en": "Pages"}},
        {"key": "weight", "kind": "number", "decimals": 3, "label": {"zh": "重量", "en": "Weight"}},
        {"key": "discount", "kind": "percent", "label": {"zh": "折扣", "en": "Discount"}},
        {"key": "stars", "kind": "rating", "label": {"zh": "评分", "en": "Stars"}},
        {"key": "published", "kind": "date", "label": {"zh": "出版日期", "en": "Published"}},
        {"key": "bought", "kind": "date", "label": {"zh": "购入日期", "en": "Bought"}},
        {"key": "seen_at", "kind": "datetime", "label": {"zh": "盘点时间", "en": "Seen"}},
        {"key": "rare", "kind": "boolean", "label": {"zh": "珍本", "en": "Rare"}},
        {"key": "printed_in", "kind": "region", "label": {"zh": "印地", "en": "Printed in"}},
        {"key": "keepers", "kind": "users", "label": {"zh": "保管人", "en": "Keepers"}},
        {"key": "today", "kind": "text", "label": {"zh": "今日", "en": "Today"}},
        {"key": "in", "kind": "number", "label": {"zh": "入库", "en": "In"}},
        {"key": "worth", "kind": "formula", "stored": False,
         "label": {"zh": "估价", "en": "Worth"}, "formula": "price * (1 - COALESCE(discount, 0))"},
        {"key": "double", "kind": "formula", "stored": False,
         "label": {"zh": "两倍", "en": "Double"}, "formula": "worth * 2"},
    ],
}  # fmt: skip

READER: Mapping[str, Any] = {
    "key": "reader",
    "label": {"zh": "读者", "en": "Reader"},
    "fields": [
        {"key": "name", "kind": "text", "label": {"zh": "姓名", "en": "Name"}},
        {"key": "sponsor", "kind": "lookup", "object": "reader", "relation": "sponsored",
         "label": {"zh": "介绍人", "en": "Sponsor"}},
        {"key": "favourites", "kind": "lookups", "object": "book", "relation": "fans",
         "label": {"zh": "收藏", "en": "Favourites"}},
        {"key": "cards", "kind": "children", "object": "card", "field": "reader",
         "label": {"zh": "借书证", "en": "Cards"}},
        {"key": "home", "kind": "text", "label": {"zh": "地址", "en": "Home"}},
        {"key": "work", "kind": "text", "label": {"zh": "地址", "en": "Work"}},
    ],
}  # fmt: skip

CARD: Mapping[str, Any] = {
    "key": "card",
    "label": {"zh": "借书证", "en": "Card"},
    "title": "number",
    "fields": [
        {"key": "number", "kind": "text", "label": {"zh": "证号", "en": "Number"}},
        {"key": "reader", "kind": "lookup", "object": "reader",
         "label": {"zh": "读者", "en": "Reader"}},
    ],
}  # fmt: skip

LOAN: Mapping[str, Any] = {
    "key": "loan",
    "label": {"zh": "借阅", "en": "Loan"},
    "title": "note",
    "fields": [
        {"key": "note", "kind": "text", "label": {"zh": "备注", "en": "Note"}},
        {"key": "book", "kind": "lookup", "object": "book", "label": {"zh": "图书", "en": "Book"}},
        {"key": "reader", "kind": "lookup", "object": "reader",
         "label": {"zh": "读者", "en": "Reader"}},
        {"key": "due", "kind": "date", "label": {"zh": "应还日期", "en": "Due"}},
        {"key": "fee", "kind": "money", "label": {"zh": "费用", "en": "Fee"}},
        {"key": "state", "kind": "option", "label": {"zh": "状态", "en": "State"},
         "options": ["open", "returned", "lost"]},
    ],
}  # fmt: skip

ROLES = (
    RoleSpec.model_validate({"key": "librarian", "label": "馆员"}),
    RoleSpec.model_validate({"key": "guest", "label": "访客"}),
)


def shelves(*, version: int = 1) -> Snapshot:
    """Give the snapshot of the library, with the types of its formulas."""
    specs = [ObjectSpec.model_validate(one) for one in (BOOK, READER, CARD, LOAN)]
    bare = build([*specs, *ROLES], version=version, zone="Asia/Shanghai")
    types = {
        (obj.key, one.key): checked(one.settings.formula, bare, obj.key).type
        for obj in bare.objects.values()
        for one in obj.fields.values()
        if one.kind.name == "formula"
    }
    return retyped(bare, types)


SHELVES = shelves()
