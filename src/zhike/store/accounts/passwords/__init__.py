"""Passwords: how they are kept, and what they have to be."""

from zhike.store.accounts.passwords.hashing import LEAST, Passwords, weak

__all__ = ["LEAST", "Passwords", "weak"]
