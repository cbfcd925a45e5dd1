"""Where strangers fill in a public form: the addresses that were given out."""

from zhike.store.form_addresses.addresses import (
    Address,
    UnknownOwner,
    Wish,
    at_address,
    drop,
    keep,
    of_form,
)
from zhike.store.form_addresses.allowance import SentTooOften, spend

__all__ = [
    "Address",
    "SentTooOften",
    "UnknownOwner",
    "Wish",
    "at_address",
    "drop",
    "keep",
    "of_form",
    "spend",
]
