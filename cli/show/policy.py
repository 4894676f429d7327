"""The policy as people read it: every setting with its value, its meaning and its origin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cli.lists import put_rows
from cli.show import tables
from cycle.i18n import Tongue
from cycle.machine import words
from cycle.machine.policy_fields import FIELDS
from cycle.reading.shapes import number

if TYPE_CHECKING:
    from cli.desk import Desk
    from cycle.machine.policy_change import Change
    from cycle.reading.policy import SettingRow

_BARE = "–"
_WORDS = {"preset": "policy", "escalation": "escalation"}


@dataclass(frozen=True, slots=True)
class _Told:
    """One setting as a row of words."""

    name: str
    value: str
    origin: str
    meaning: str


def put(desk: "Desk", here: Mapping[str, Any], rows: "Sequence[SettingRow]") -> None:
    """Write the settings: in groups under the preset, or as a list where a form was asked for."""
    if desk.format in ("plain", "md"):
        put_rows(desk, "policy", [_told(desk, row) for row in rows], "name value origin meaning")
        return
    preset = words.name("policy", here["preset"], desk.tongue.lang)
    since = date.fromisoformat(here["since"])
    parts = [desk.say("Policy: {preset}, since {since}", preset=preset, since=since)]
    for group, found in groupby(rows, key=lambda row: row.group):
        heading = words.name("policy_group", group, desk.tongue.lang)
        parts.append("\n".join([heading, *(line for row in found for line in _lines(desk, row))]))
    desk.put("\n\n".join(parts))


def told(desk: "Desk", change: "Change") -> list[str]:
    """Say what a change of the policy brings about, a line for each."""
    lines = [
        f"{each.name}: {_spoken(each.name, each.was, desk.tongue)}"
        f" → {_spoken(each.name, each.now, desk.tongue)}"
        for each in change.settings
    ]
    if change.owed_now:
        guards = ", ".join(change.owed_now)
        lines.append(desk.say("Only noted as owed from now on: {guards}.", guards=guards))
    if change.blocking_now:
        guards = ", ".join(change.blocking_now)
        lines.append(desk.say("Blocking from now on: {guards}.", guards=guards))
    return lines or [desk.say("Nothing changes: it is so already.")]


def _lines(desk: "Desk", row: "SettingRow") -> list[str]:
    one = _told(desk, row)
    head = f"  {one.name:26}{one.value}"
    said = head if len(head) + len(one.origin) + 2 > desk.look.width else f"{head}  {one.origin}"
    more = [] if said != head else [one.origin]
    below = [part for text in (*more, one.meaning) for part in tables.wrap(text, _room(desk))]
    first, *rest = tables.wrap(said.strip(), desk.look.width - 2)
    top = f"  {first}" if rest else said.replace("\u00a0", " ")
    return [top, *(f"      {part}" for part in (*rest, *below))]


def _room(desk: "Desk") -> int:
    return desk.look.width - 6


def _told(desk: "Desk", row: "SettingRow") -> _Told:
    tongue = desk.tongue
    origin = words.name("setting_origin", row.origin, tongue.lang)
    if row.origin == "town":
        when = f" {tongue.date(row.since)}" if row.since else ""
        usual = words.name("setting_origin", "preset", tongue.lang)
        origin = f"{origin}{when} ({usual}: {_spoken(row.name, row.usual, tongue)})"
    return _Told(row.name, _spoken(row.name, row.value, tongue), origin, row.meaning)


def _spoken(name: str, value: Any, tongue: Tongue) -> str:  # noqa: ANN401 - any setting
    if isinstance(value, bool):
        return tongue.say("yes") if value else tongue.say("no")
    if isinstance(value, Mapping):
        rows = (f"{move}: {_spoken(name, roles, tongue)}" for move, roles in value.items())
        return "; ".join(rows) or _BARE
    if isinstance(value, (list, tuple, frozenset)):
        return ", ".join(sorted(value)) or _BARE
    if isinstance(value, str):
        return words.name(_WORDS.get(name, ""), value, tongue.lang)
    return _BARE if value is None else _figure(FIELDS[name].unit, value, tongue)


def _figure(unit: str, value: Decimal | float, tongue: Tongue) -> str:
    exact = Decimal(str(value)) * (100 if unit == "share" else 1)
    shown = tongue.number(number(exact))
    return f"{shown}\u00a0{words.name('policy_unit', unit, tongue.lang)}"
