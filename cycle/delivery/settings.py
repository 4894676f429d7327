"""What a town sets about webhooks: the table [webhooks] of its settings.

[webhooks]
allow = ["fachverfahren.stadt.intern", "10.20.0.0/16"]  # may be reached though not public
http = false   # addresses without encryption
threads = 4    # deliveries under way at once
keep_days = 30 # so long it is seen what was delivered
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_network
from typing import Final

from cycle.errors import Fault, Invalid
from cycle.i18n import N_

MOST: Final = {"threads": 64, "keep_days": 3650}


@dataclass(frozen=True, slots=True)
class Hooks:
    """How webhooks are sent."""

    allow: tuple[str, ...] = ()  # hosts and networks that may be reached though not public
    http: bool = False
    threads: int = 4
    keep_days: int = 30


def read(table: Mapping[str, object]) -> Hooks:
    """Read the table; Invalid with every fault: unknown keys and values that cannot be used."""
    known = [each.name for each in fields(Hooks)]
    faults = [_unknown(key, known) for key in sorted(table.keys() - set(known))]
    faults += [fault for key in known if key in table and (fault := _fault(key, table[key]))]
    if faults:
        raise Invalid(
            N_("The settings cannot be used: {places}."),
            faults=tuple(faults),
            places=", ".join(fault.pointer for fault in faults),
        )
    return Hooks(**{key: _taken(value) for key, value in table.items()})  # type: ignore[arg-type] # seen above


def is_network(entry: str) -> bool:
    """Tell a network or an address from the name of a host."""
    try:
        ip_network(entry, strict=False)
    except ValueError:
        return False
    return True


def _taken(value: object) -> object:
    return tuple(str(each).lower() for each in value) if isinstance(value, list) else value


def _unknown(key: str, known: list[str]) -> Fault:
    values = {"key": f"webhooks.{key}", "known": tuple(known)}
    says = N_("{key} is no setting; there are {known}.")
    return Fault(f"webhooks.{key}", "unknown_key", says, values)


def _fault(key: str, value: object) -> Fault | None:
    place = f"webhooks.{key}"
    if key == "allow":
        fits = isinstance(value, list) and all(_is_entry(each) for each in value)
        says = N_("{key} is to be a list of hosts and networks in quotes.")
        return None if fits else Fault(place, "not_a_list", says, {"key": place})
    if key == "http":
        says = N_("{key} is to be true or false.")
        return None if isinstance(value, bool) else Fault(place, "no_switch", says, {"key": place})
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST[key]:
        return None
    says = N_("{key} is to be a whole number from 1 to {most}.")
    return Fault(place, "out_of_range", says, {"key": place, "most": MOST[key]})


def _is_entry(entry: object) -> bool:
    """Tell a host or a network from a slip: a mistyped network must not pass as a host."""
    if not isinstance(entry, str) or not entry or entry != entry.strip():
        return False
    return is_network(entry) or not any(sign in entry for sign in "/:*@ ")
