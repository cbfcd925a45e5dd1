"""
Which addresses may be dialled. Pure: it looks at names and numbers, and asks no name server.

Everything that is not plainly an address of the public internet is refused, in whatever writing it
comes: an IPv4 address inside an IPv6 one counts as both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Self

from zhike.kernel.words import Words

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

METADATA: tuple[Network, ...] = tuple(
    ip_network(one)
    for one in (
        "169.254.0.0/16",
        "100.100.100.200/32",
        "168.63.129.16/32",
        "192.0.0.192/32",
        "fd00:ec2::254/128",
        "fd20:ce::254/128",
        "fe80::/10",
    )
)
"""Where clouds tell a machine its secrets: only a network that is listed as such opens these."""
TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("::/96"))
"""Prefixes whose last 32 bits are an IPv4 address."""

OWN = Words(zh="内网或保留地址 {address}", en="{address} is a private or reserved address")
SECRET = Words(zh="云元数据地址 {address}", en="{address} belongs to a cloud's metadata service")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateHosts:
    """The part of the own network that outgoing calls may reach; by default none of it."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, listed: Iterable[str]) -> Self:
        """Read `security.private_hosts`: addresses and networks (CIDR), anything else is a name."""
        hosts: set[str] = set()
        networks: list[Network] = []
        for one in listed:
            text = one.strip().lower().rstrip(".")
            try:
                networks.append(ip_network(text.strip("[]"), strict=False))
            except ValueError:
                hosts.add(text)
        return cls(hosts=frozenset(hosts), networks=tuple(networks))

    def refused(self, host: str, address: str) -> Words | None:
        """Say why a name may not be dialled at an address it has; nothing if it may."""
        meant = _meant(ip_address(address.partition("%")[0]))
        if any(_within(one, self.networks) for one in meant):
            return None
        facts = {"address": address}
        if any(_within(one, METADATA) for one in meant):
            return Words(zh=SECRET.said("zh", facts), en=SECRET.said("en", facts))
        if all(map(_public, meant)) or host.lower().rstrip(".") in self.hosts:
            return None
        return Words(zh=OWN.said("zh", facts), en=OWN.said("en", facts))


def _meant(address: Address) -> tuple[Address, ...]:
    """Give an address and those that are written inside it."""
    if isinstance(address, IPv4Address):
        return (address,)
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in one for one in TRANSLATED):
        inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return (*(one for one in inside if one is not None), address)


def _public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and (
        address.ipv4_mapped or any(address in one for one in TRANSLATED)
    ):
        # Only a way of writing the IPv4 address, which is asked as well.
        return int(address) & 0xFFFFFFFF != 0 and not address.is_loopback
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not (isinstance(address, IPv6Address) and address.is_site_local)
    )


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == one.version and address in one for one in networks)
