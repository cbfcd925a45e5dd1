"""Reading YAML that nobody has vetted."""

from pathlib import Path

import pytest

from zhike.packs import read_folder, read_text


def told(text: str) -> list[str]:
    """Name what is wrong with a text, with its line."""
    return [f"{one.at} {one.word}" for one in read_text(text, file="a.yaml").problems]


def test_words_stay_the_texts_they_look_like() -> None:
    text = """
kind: object
key: no
values: [no, on, 2026-01-01, 0571, 1_000, 1e5, .5, 12:30, "true", ~]
facts: [true, false, null, 12, -3, 2.5]
"""
    (one,) = read_text(text, file="a.yaml").documents

    assert one.body["values"] == [
        "no", "on", "2026-01-01", "0571", "1_000", "1e5", ".5", "12:30", "true", None,
    ]  # fmt: skip
    assert one.body["facts"] == [True, False, None, 12, -3, 2.5]


def test_a_file_may_hold_several_documents_with_their_own_lines() -> None:
    read = read_text("kind: app\nkey: a\n---\n---\nkind: app\nkey: b\n", file="a.yaml")

    assert [one.at("key") for one in read.documents] == ["a.yaml:2", "a.yaml:6"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("key: [", ["a.yaml:1 not_yaml"]),
        ("- 1\n- 2\n", ["a.yaml:1 not_a_document"]),
        ("a: 1\nb: 2\na: 3\n", ["a.yaml:3 written_twice"]),
        ("a: !!python/object/apply:os.system [ls]\n", ["a.yaml:1 not_yaml"]),
        ("a: !!binary aGk=\n", ["a.yaml:1 not_yaml"]),
        ("a: !thing {x: 1}\n", ["a.yaml:1 not_yaml"]),
        ("? [1, 2]\n: 3\n", ["a.yaml:1 not_yaml"]),
        ("a: 99999999999999999999\n", ["a.yaml:1 not_yaml"]),
        ('a: "\x00"\n', ["a.yaml not_yaml"]),
        ("a: &a [*a]\n", ["a.yaml:1 too_deep"]),
        ("a: " + "[" * 5000, ["a.yaml too_deep"]),
        ("", []),
        ("# nothing\n---\n", []),
    ],
)
def test_what_is_no_plain_data_is_refused_with_its_line(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_bomb_of_aliases_is_refused() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{after}: &{after} [{','.join([f'*{before}'] * 9)}]\n"

    assert [one.split()[1] for one in told(bomb)] == ["too_many_aliases"]


def test_a_folder_is_read_in_order_and_its_tests_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("kind: view\nkey: b\n", encoding="utf-8")
    (tmp_path / "a.yml").write_text("\ufeffkind: app\nkey: library\n", encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "c.yaml").write_text("- given\n", encoding="utf-8")

    read = read_folder(tmp_path)

    assert read.problems == ()
    assert read.app == "library"
    assert [one.at() for one in read.documents] == ["a.yml:1", "b.yaml:1"]


def test_files_that_are_no_text_or_too_large_are_listed(tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("label: 客户".encode("gbk"))
    (tmp_path / "huge.yaml").write_text("#" * 2_000_001, encoding="utf-8")

    found = read_folder(tmp_path).problems

    assert [(one.at, one.word) for one in found] == [
        ("gbk.yaml", "not_yaml"),
        ("huge.yaml", "file_too_large"),
    ]


def test_an_empty_folder_and_two_apps_are_problems(tmp_path: Path) -> None:
    assert [one.word for one in read_folder(tmp_path).problems] == ["no_folder"]
    (tmp_path / "a.yaml").write_text("kind: app\nkey: a\n---\nkind: app\nkey: b\n")
    assert [one.word for one in read_folder(tmp_path).problems] == ["second_app"]
