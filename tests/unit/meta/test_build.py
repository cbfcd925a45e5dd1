"""What documents add up to."""

from collections.abc import Mapping
from typing import Any

from zhike.meta import MODELS, Snapshot, build, diff, retyped

AUTHOR: Mapping[str, Any] = {
    "kind": "object",
    "key": "author",
    "label": {"zh": "作者", "en": "Author"},
    "fields": [{"key": "name", "kind": "text", "label": "姓名"}],
}
BOOK: Mapping[str, Any] = {
    "kind": "object",
    "key": "book",
    "label": {"zh": "图书", "en": "Book"},
    "title": "title",
    "unique": [["title", "edition"]],
    "fields": [
        {"key": "title", "kind": "text", "label": "书名"},
        {"key": "edition", "kind": "number", "label": "版次", "unique": True},
        {"key": "author", "kind": "lookup", "label": "作者", "object": "author"},
        {
            "key": "editors",
            "kind": "lookups",
            "label": "编者",
            "object": "author",
            "relation": "edited",
        },
        {"key": "keeper", "kind": "user", "label": "保管人"},
        {"key": "words", "kind": "formula", "label": "字数", "formula": "LEN(title)"},
        {
            "key": "chapters",
            "kind": "children",
            "label": "章",
            "object": "chapter",
            "field": "book",
        },
        {"key": "owner", "kind": "user", "system": True, "label": "馆员", "synonyms": ["管理员"]},
    ],
}
CHAPTER: Mapping[str, Any] = {
    "kind": "object",
    "key": "chapter",
    "label": {"zh": "章", "en": "Chapter"},
    "title": "id",
    "fields": [{"key": "book", "kind": "lookup", "label": "图书", "object": "book"}],
}


def built(*bodies: Mapping[str, Any]) -> Snapshot:
    """Build a snapshot of some documents."""
    typed = [MODELS[one["kind"]].model_validate(dict(one)) for one in bodies]
    return build(typed, version=7, zone="Asia/Shanghai")


LIBRARY = built(AUTHOR, BOOK, CHAPTER)


def test_the_platforms_fields_stand_around_the_objects_own() -> None:
    keys = list(LIBRARY.objects["book"].fields)

    assert keys[0] == "id"
    assert keys[1] == "title"
    assert keys[-8:] == [
        "owner", "department", "created_at", "created_by",
        "updated_at", "updated_by", "version", "deleted_at",
    ]  # fmt: skip


def test_a_field_of_the_platform_can_be_worded_for_one_object() -> None:
    owner = LIBRARY.objects["book"].fields["owner"]

    assert owner.label.zh == "馆员"
    assert owner.synonyms[0] == "管理员"
    assert owner.system
    assert LIBRARY.objects["author"].fields["owner"].label.zh == "负责人"


def test_a_lookup_is_a_relation_of_what_it_points_at() -> None:
    relations = LIBRARY.objects["author"].relations

    assert {key: (one.object, one.field, one.table) for key, one in relations.items()} == {
        "books": ("book", "author", ""),
        "edited": ("book", "editors", "book__editors"),
    }


def test_the_sub_table_names_the_relation_it_shows() -> None:
    assert list(LIBRARY.objects["book"].relations) == ["chapters"]


def test_people_are_objects_without_relations() -> None:
    assert LIBRARY.objects["user"].table == "zk_user"
    assert LIBRARY.objects["user"].system
    assert LIBRARY.objects["user"].relations == {}


def test_a_unique_field_is_a_unique_group_of_one() -> None:
    assert LIBRARY.objects["book"].unique == (("edition",), ("title", "edition"))


def test_the_title_is_searched_without_being_asked() -> None:
    searched = [one.key for one in LIBRARY.objects["book"].fields.values() if one.searched]

    assert searched == ["title"]


def test_a_formula_has_the_type_that_is_found_above() -> None:
    typed = retyped(LIBRARY, {("book", "words"): "number"})

    assert LIBRARY.objects["book"].fields["words"].column == "text"
    assert typed.objects["book"].fields["words"].column == "numeric"
    assert typed.objects["book"].fields["words"].type == "number"


def test_equal_documents_differ_in_nothing() -> None:
    assert diff(LIBRARY, built(AUTHOR, BOOK, CHAPTER)) == ()


def test_every_difference_is_one_change() -> None:
    fields = {one["key"]: one for one in BOOK["fields"]}
    changed = {
        **BOOK,
        "label": {"zh": "书", "en": "Book"},
        "unique": [],
        "fields": [
            {**fields["title"], "required": True},
            {**fields["edition"], "decimals": 1, "unique": False},
            fields["author"],
            {"key": "isbn", "kind": "text", "label": "书号"},
        ],
    }

    found = [
        type(one).__name__ for one in diff(built(AUTHOR, BOOK, CHAPTER), built(AUTHOR, changed))
    ]

    assert sorted(found) == [
        "FieldAdded",
        "FieldChanged",
        "FieldChanged",
        "FieldRemoved",
        "FieldRemoved",
        "FieldRemoved",
        "FieldRemoved",
        "FieldRetyped",
        "ObjectChanged",
        "ObjectChanged",
        "ObjectRemoved",
        "UniqueRemoved",
        "UniqueRemoved",
    ]
