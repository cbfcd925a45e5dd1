"""Secrets that are shown once tell by themselves whether they are of a session or a key."""

import secrets

import pytest

from zhike.store.accounts.tokens import KEY_MARK, new_key, new_session


def test_a_session_is_never_taken_for_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """One in 64³ secrets begins as keys do; whoever signed in with it was a stranger."""
    drawn = iter(["zk_A", "zk_B", "zkC"])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _: next(drawn))

    assert new_session().secret == "zkC"


def test_a_key_is_known_by_its_mark() -> None:
    assert new_key().secret.startswith(KEY_MARK)
