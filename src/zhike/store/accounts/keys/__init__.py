"""API keys: what programs show instead of a password."""

from zhike.store.accounts.keys.keys import NewKey, add_key, drop_key, drop_keys, keys_of

__all__ = ["NewKey", "add_key", "drop_key", "drop_keys", "keys_of"]
