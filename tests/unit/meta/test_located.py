"""Addresses of parts of documents."""

from zhike.meta import Located

BODY = {"kind": "match", "key": "book", "keys": [{"fields": ["isbn"]}]}


def test_without_a_file_an_address_is_a_path() -> None:
    assert Located(body=BODY).at("keys", 0, "fields", 1) == "matches.book.keys[0].fields[1]"


def test_a_caller_may_say_where_paths_begin() -> None:
    assert Located(body=BODY, root="documents[2]").at("keys", 0) == "documents[2].keys[0]"
    assert Located(body=BODY, root="").at("keys", 0) == "keys[0]"


def test_in_a_file_an_address_is_the_nearest_line() -> None:
    lines = {(): 1, ("keys",): 4, ("keys", 0): 5}
    one = Located(body=BODY, file="a.yaml", lines=lines)

    assert one.at("keys", 0, "using") == "a.yaml:5"
    assert one.at("keys", 3) == "a.yaml:4"
    assert one.at("other") == "a.yaml:1"
