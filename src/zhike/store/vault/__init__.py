"""
Secrets at rest: encrypted with a key that the database does not hold.

What the platform has to be able to say again (the secret of a code generator, the password of
another system) goes through here. What it only has to recognise is kept as a hash elsewhere.
"""

from zhike.store.vault.faults import BadSecretKey, NoSuchSecret, Unreadable
from zhike.store.vault.keeping import SecretName, drop_secret, keep_secret, secret_named, secrets
from zhike.store.vault.queries import QUERIES
from zhike.store.vault.vault import Vault

__all__ = [
    "QUERIES",
    "BadSecretKey",
    "NoSuchSecret",
    "SecretName",
    "Unreadable",
    "Vault",
    "drop_secret",
    "keep_secret",
    "secret_named",
    "secrets",
]
