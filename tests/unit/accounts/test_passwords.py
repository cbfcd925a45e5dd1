"""What a password has to be."""

import pytest

from zhike.meta.documents.security import PasswordSpec
from zhike.store.accounts.passwords.policy import tried_first, wrong_password

ANN = ("liming", "李明朗", "A0017", "+86-13812345678", "li.ming@corp.example.com")


@pytest.mark.parametrize(
    "password",
    [
        "open sesame", "long enough", "correct horse", "something else", "一马当先八个字长",
        "rZ8-kk2-Qp1", "grandmother's teapot", "tuesday and a half",
    ],
)  # fmt: skip
def test_a_fair_password_is_fine(password: str) -> None:
    assert wrong_password(password, rules=PasswordSpec(), about=ANN) == []


@pytest.mark.parametrize(
    "password",
    [
        "password", "PassWord123!", "p@ssw0rd", "12345678", "87654321", "qwertyui", "1qaz2wsx",
        "abcdefgh", "aaaaaaaa", "abcabcabc", "19900101", "2026-01-01", "woaini1314", "admin888888",
        "iloveyou!!", "88888888", "zxcvbnm1", "Sunshine2024",
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert tried_first(password.casefold())


@pytest.mark.parametrize(
    "password",
    ["xLiMing-9000", "the 李明朗 way", "my liminglang x", "key13812345678", "no A0017 here"],
)
def test_what_tells_of_its_owner_is_refused(password: str) -> None:
    found = wrong_password(password, rules=PasswordSpec(), about=ANN)

    assert [one.word for one in found] == ["telling_password"]


def test_the_provider_of_an_address_tells_nothing() -> None:
    assert wrong_password("my corp teapot", rules=PasswordSpec(), about=ANN) == []


@pytest.mark.parametrize(
    ("password", "classes", "fine"),
    [("onlysmallones", 1, True), ("onlysmallones", 2, False), ("Small-and1", 4, True),
     ("密码也算符号吧好", 1, True), ("smalland1", 3, False)],
)  # fmt: skip
def test_kinds_of_characters_are_counted(password: str, classes: int, fine: bool) -> None:  # noqa: FBT001
    rules = PasswordSpec(classes=classes)

    assert (wrong_password(password, rules=rules) == []) is fine


def test_a_long_password_costs_no_time() -> None:
    assert wrong_password("ab" * 100_000, rules=PasswordSpec())[0].word == "weak_password"
    assert not tried_first("a" * 127 + "bc" * 60 + "!")
