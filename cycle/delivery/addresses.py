"""Where deliveries may go: public addresses, and what the town allows besides.

A webhook must not become a way into the town's own network. The host is looked up once, every
address it has is judged, and what was judged is what is connected to.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from cycle.delivery.settings import Hooks, is_network

Resolve = Callable[[str, int], Sequence[str]]
_PUBLIC_V6: Final = ip_network("2000::/3")  # all that is handed out; the rest is special
_SIX_TO_FOUR: Final = (ip_network("2002::/16"), ip_network("192.88.99.0/24"))


class Barred(Exception):
    """The host, or one of its addresses, is none that deliveries may go to."""


def resolved(host: str, port: int) -> list[str]:
    """Look a host up; forms such as 0177.1 or 2130706433 become the address they stand for."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise Barred(f"{host} is not known") from unknown
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def checked(host: str, port: int, hooks: Hooks, resolve: Resolve = resolved) -> Sequence[str]:
    """Give the addresses of a host that may be connected to.

    Raises Barred where there is none, or one of them is not public: who mixes both is up to
    something.
    """
    found = resolve(host, port)
    if not found:
        raise Barred(f"{host} has no address")
    allowed = host.lower().rstrip(".") in hooks.allow
    for each in found:
        if not allowed and not _may(each, hooks):
            raise Barred(f"{host} is at {each}, which is not public")
    return found


def _may(address: str, hooks: Hooks) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    networks = (ip_network(entry, strict=False) for entry in hooks.allow if is_network(entry))
    return is_public(found) or any(found in network for network in networks)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address belongs to somebody out there, and leads nowhere else."""
    if address.is_multicast or not address.is_global:
        return False
    if any(address in network for network in _SIX_TO_FOUR):
        return False
    return isinstance(address, IPv4Address) or address in _PUBLIC_V6
