"""Passwords: how they are kept, and what they have to be."""

from zhike.store.accounts.passwords.hashing import Passwords
from zhike.store.accounts.passwords.own import (
    Own,
    judged,
    keep_password,
    note_password,
    own_password,
)
from zhike.store.accounts.passwords.policy import wrong_password

__all__ = [
    "Own",
    "Passwords",
    "judged",
    "keep_password",
    "note_password",
    "own_password",
    "wrong_password",
]
