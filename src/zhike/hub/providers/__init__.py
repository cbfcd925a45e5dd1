"""
Identity providers (OpenID Connect): systems whose word is taken for who somebody is.

This is the side that asks: it sends people there, takes back a code, and believes nothing that is
not signed by a key the provider publishes, for us, for this very sign-in.
"""

from zhike.hub.providers.claims import Voucher
from zhike.hub.providers.faults import (
    ForeignDomain,
    InsecureProvider,
    NotKnownHere,
    ProviderBroken,
    ProviderRefused,
    TokenRefused,
)
from zhike.hub.providers.metadata import Metadata
from zhike.hub.providers.party import Arrival, Departure, Providers

__all__ = [
    "Arrival",
    "Departure",
    "ForeignDomain",
    "InsecureProvider",
    "Metadata",
    "NotKnownHere",
    "ProviderBroken",
    "ProviderRefused",
    "Providers",
    "TokenRefused",
    "Voucher",
]
