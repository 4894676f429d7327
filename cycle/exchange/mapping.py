"""A map: how a town's file calls our columns, what it leaves out, and its words for ours."""

import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cycle.errors import Fault, Invalid
from cycle.exchange.cells import alike
from cycle.exchange.tables import content
from cycle.i18n import N_

_KEYS = ("columns", "constants", "values", "ignore")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a map says; an empty one says nothing."""

    columns: dict[str, str] = field(default_factory=dict)  # ours → theirs
    constants: dict[str, str] = field(default_factory=dict)  # ours → value of every row
    values: dict[str, dict[str, str]] = field(default_factory=dict)  # ours → theirs → ours
    ignore: tuple[str, ...] = ()  # their columns that are not read
    raw: bytes = b""  # the same file read with another map is another import

    def translated(self, names: Iterable[str], cell: str) -> str:
        """Give our word for a cell's word, the cell itself where the map knows none."""
        if not self.values:
            return cell
        for words in (self.values.get(alike(name), {}) for name in names):
            if alike(cell) in words:
                return words[alike(cell)]
        return cell


NO_MAP = Mapping()


def load(path: str | Path) -> Mapping:
    """Read a map; raise Invalid naming every key that no map has."""
    raw = content(path)
    try:
        found = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise Invalid(
            N_("{path} is no TOML: {why}"),
            fix=N_("`cycle template mapping` prints a map to begin with."),
            path=str(path),
            why=str(broken),
        ) from broken
    faults = _faults(found)
    if faults:
        raise Invalid(
            N_("Please check the map: {fields}."),
            faults=tuple(faults),
            fix=N_("`cycle template mapping` prints a map to begin with."),
            fields=", ".join(fault.pointer for fault in faults),
        )
    return Mapping(
        found.get("columns", {}),
        found.get("constants", {}),
        {
            alike(name): {alike(theirs): ours for theirs, ours in words.items()}
            for name, words in found.get("values", {}).items()
        },
        tuple(found.get("ignore", ())),
        raw,
    )


def _faults(found: AnyMapping[str, Any]) -> list[Fault]:
    faults = [_unknown(key) for key in found if key not in _KEYS]
    for name in ("columns", "constants"):
        faults += _not_words(name, found.get(name, {}))
    values = found.get("values", {})
    if not isinstance(values, dict):
        return [*faults, _not_table("values")]
    for column, words in values.items():
        faults += _not_words(f"values.{column}", words)
    ignore = found.get("ignore", [])
    if not isinstance(ignore, list) or not all(isinstance(name, str) for name in ignore):
        faults.append(Fault("ignore", "not_a_list", N_("`ignore` is a list of column names.")))
    return faults


def _unknown(key: str) -> Fault:
    says = N_("A map has no {key}; it has {known}.")
    return Fault(key, "unknown_key", says, {"key": key, "known": ", ".join(_KEYS)})


def _not_table(name: str) -> Fault:
    return Fault(name, "not_a_table", N_("[{name}] is a table of names."), {"name": name})


def _not_words(name: str, found: object) -> list[Fault]:
    if not isinstance(found, dict):
        return [_not_table(name)]
    says = N_("{key} must be text in quotes.")
    return [
        Fault(f"{name}.{key}", "not_text", says, {"key": key})
        for key, value in found.items()
        if not isinstance(value, str)
    ]
