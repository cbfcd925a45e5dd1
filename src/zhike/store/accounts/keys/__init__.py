"""API keys: what programs show instead of a password."""

from zhike.store.accounts.keys.allowance import Allowances
from zhike.store.accounts.keys.keys import (
    KeySpec,
    NewKey,
    add_key,
    drop_key,
    drop_keys_of,
    keys_of,
)
from zhike.store.accounts.keys.scopes import narrowed_scopes, wrong_scopes

__all__ = [
    "Allowances",
    "KeySpec",
    "NewKey",
    "add_key",
    "drop_key",
    "drop_keys_of",
    "keys_of",
    "narrowed_scopes",
    "wrong_scopes",
]
