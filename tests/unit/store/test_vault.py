"""Encrypting at rest: the key file, keys that come and go, and what a ciphertext is bound to."""

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from zhike.store.vault import BadSecretKey, Unreadable, Vault


def key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def test_what_is_sealed_is_opened_again_and_looks_different_each_time(tmp_path: Path) -> None:
    vault = Vault(tmp_path)

    one, two = (vault.seal("密码".encode(), purpose="a") for _ in range(2))

    assert one != two
    assert vault.open(one, purpose="a").decode() == vault.open(two, purpose="a").decode() == "密码"


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Vault(home).seal(b"x", purpose="a")

    assert stat.S_IMODE((home / "secret.key").stat().st_mode) == 0o600
    assert [one.name for one in home.iterdir()] == ["secret.key"]


def test_processes_that_start_together_have_one_key(tmp_path: Path) -> None:
    def sealed(_: int) -> bytes:
        return Vault(tmp_path).seal(b"x", purpose="a")

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(sealed, range(32)))

    assert {Vault(tmp_path).open(one, purpose="a") for one in found} == {b"x"}


def test_what_is_for_one_use_is_not_for_another(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    sealed = vault.seal(b"x", purpose="a")

    assert vault.opened(sealed, purpose="b") is None
    with pytest.raises(Unreadable):
        vault.open(sealed, purpose="b")


@pytest.mark.parametrize("at", [0, 1, 5, 12, 13, -1])
def test_what_was_touched_is_not_opened(tmp_path: Path, at: int) -> None:
    vault = Vault(tmp_path)
    sealed = bytearray(vault.seal(b"secret", purpose="a"))
    sealed[at] ^= 1

    assert vault.opened(bytes(sealed), purpose="a") is None


@pytest.mark.parametrize("size", range(30))
def test_what_was_cut_is_not_opened(tmp_path: Path, size: int) -> None:
    vault = Vault(tmp_path)

    assert vault.opened(vault.seal(b"secret", purpose="a")[:size], purpose="a") is None


def test_a_new_key_is_put_before_the_old_one(tmp_path: Path) -> None:
    old, new = key(), key()
    sealed = Vault(tmp_path, key=old).seal(b"x", purpose="a")
    (known,) = Vault(tmp_path, key=old).prints("code", purpose="a")

    both = Vault(tmp_path, key=f"{new}\n{old}")
    assert both.open(sealed, purpose="a") == b"x"
    assert known in both.prints("code", purpose="a")
    assert Vault(tmp_path, key=new).open(both.seal(b"y", purpose="a"), purpose="a") == b"y"
    with pytest.raises(Unreadable):
        Vault(tmp_path, key=new).open(sealed, purpose="a")


@pytest.mark.parametrize("bad", ["", " ", "short", "é", base64.b64encode(b"x" * 31).decode()])
def test_a_key_that_is_none_is_told(tmp_path: Path, bad: str) -> None:
    (tmp_path / "secret.key").write_text(bad, encoding="utf-8")

    with pytest.raises(BadSecretKey):
        Vault(tmp_path).seal(b"x", purpose="a")
