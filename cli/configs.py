"""`cycle config`: the settings in force, and where each of them comes from."""

import re
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from cli.desk import flags_of
from cli.frame import Verb
from cycle import settings
from cycle.errors import Fault, Invalid
from cycle.i18n import N_

if TYPE_CHECKING:
    from cli.desk import Desk

HIDDEN: Final = "…"
_SECRET: Final = re.compile(r"secret|password|passwd|token$|credential", re.IGNORECASE)
_IN_URL: Final = re.compile(r"(\w+://[^/@\s]*?):[^/\s]*@")
_IN_QUERY: Final = re.compile(r"((?:password|sslpassword|passfile)=)[^&\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting: what it is and who said so."""

    setting: str
    value: object
    origin: str  # a flag, a variable, the path of a file, or "default"


def masked(key: str, value: object) -> object:
    """Give a setting without what opens a door."""
    if _SECRET.search(key):
        return HIDDEN if value else None
    if isinstance(value, str):
        return _IN_QUERY.sub(rf"\1{HIDDEN}", _IN_URL.sub(rf"\1:{HIDDEN}@", value))
    if isinstance(value, Mapping):
        return {name: masked(str(name), each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [masked("", each) for each in value]
    return value


def rows(here: settings.Settings) -> Iterator[SettingRow]:
    """Give every setting, those of the tables too."""
    for key in settings.KEYS:
        value = getattr(here, key)
        yield SettingRow(key, masked(key, value), here.origins[key])
    for table, usual in _tables().items():
        given, origin = here.tables.get(table, {}), here.origins.get(table, settings.DEFAULT)
        for key in (*usual, *sorted(given.keys() - usual.keys())):
            value = given.get(key, usual.get(key))
            told = origin if key in given else settings.DEFAULT
            yield SettingRow(f"{table}.{key}", masked(key, value), told)


def _tables() -> dict[str, dict[str, object]]:
    """Give what each table would say if it said nothing; a sign-in has nothing usual."""
    from cycle.delivery.settings import Hooks

    api = asdict(import_module("api.configuration").Configuration())
    del api["oidc"]
    return {"api": api, "oidc": {}, "webhooks": asdict(Hooks())}


def faults_of(here: settings.Settings, found: tuple[Fault, ...]) -> list[Fault]:
    """Give what is wrong with the settings, and with the tables of the server."""
    from cycle.delivery import settings as hooks

    all_of_them = list(found)
    reads: list[tuple[Callable[[Any], object], object]] = [
        (import_module("api.configuration").read, here),
        (hooks.read, here.tables.get("webhooks", {})),
    ]
    for read, given in reads:
        try:
            read(given)
        except Invalid as wrong:
            all_of_them += wrong.faults
    return all_of_them


def said(desk: "Desk", fault: Fault) -> str:
    """Say what is wrong with a setting; a key that is none may have been meant to be another."""
    from cycle.reading.problems import fault as told

    says, place = told(fault, desk.tongue), str(masked("", fault.pointer))
    near = get_close_matches(
        str(fault.values.get("key", "")).rpartition(".")[2],
        [str(each) for each in fault.values.get("known", ())],  # type: ignore[attr-defined] # a tuple
        n=1,
    )
    meant = " " + desk.say(N_("Did you mean {near}?"), near=near[0]) if near else ""
    return f"{says}{meant}" if says.startswith(place) else f"{place}: {says}{meant}"


def _show(desk: "Desk", args: Namespace) -> int:
    from cli.lists import put_rows

    here, wrong = settings.looked(flags_of(args))
    put_rows(desk, "setting", list(rows(here)), "setting value origin")
    found = faults_of(here, wrong)
    for each in found:
        desk.tell("{fault}", fault=said(desk, each))
    return 2 if found else 0


VERBS = (
    Verb(
        "show", N_("every setting, its value and who said so; what is secret stays hidden"),
        _show, mends=True,
    ),
)  # fmt: skip
