"""What is set for the server in the table [api] of the settings, and beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from api import oidc as sign_in
from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.settings import Settings

_NUMBERS: Final = {  # least and most
    "calls": (0, 1_000_000),
    "seconds": (1, 86_400),
    "threads": (1, 64),
}
_SWITCHES: Final = ("metrics_open",)


@dataclass(frozen=True, slots=True)
class Configuration:
    """How the server serves."""

    calls: int = 600  # a token may make in `seconds`; 0: no limit
    seconds: int = 60
    threads: int = 8  # calls that work at the same time in one process
    metrics_open: bool = False  # /metrics answers others than this machine
    oidc: sign_in.Configuration | None = None


def read(settings: Settings) -> Configuration:
    """Read the tables of the server; Invalid with every fault."""
    table = settings.tables.get("api", {})
    faults = [*_unknown(table), *_wrong(table), *_no_switches(table)]
    if faults:
        says = N_("The settings cannot be used: {places}.")
        raise Invalid(says, faults=tuple(faults), places=", ".join(f.pointer for f in faults))
    numbers = {name: int(str(table[name])) for name in _NUMBERS if name in table}
    given: dict[str, Any] = {**numbers, **{n: table[n] for n in _SWITCHES if n in table}}
    oidc = settings.tables.get("oidc")
    return Configuration(**given, oidc=sign_in.configured(oidc) if oidc else None)


def _unknown(table: Mapping[str, object]) -> list[Fault]:
    says = N_("{key} is no setting; there are {known}.")
    known = (*_NUMBERS, *_SWITCHES)
    return [
        Fault(f"[api] {key}", "unknown_key", says, {"key": key, "known": known})
        for key in sorted(table.keys() - set(known))
    ]


def _wrong(table: Mapping[str, object]) -> list[Fault]:
    says = N_("{key} is to be a whole number from {least} to {most}.")
    return [
        Fault(f"[api] {key}", "no_number", says, {"key": key, "least": least, "most": most})
        for key, (least, most) in _NUMBERS.items()
        if key in table and not _fits(table[key], least, most)
    ]


def _no_switches(table: Mapping[str, object]) -> list[Fault]:
    says = N_("{key} is to be true or false.")
    return [
        Fault(f"[api] {key}", "no_switch", says, {"key": key})
        for key in _SWITCHES
        if key in table and not isinstance(table[key], bool)
    ]


def _fits(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
