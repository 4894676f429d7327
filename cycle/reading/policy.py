"""The policy of the town: every setting with its value, what it means and where it comes from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.policy import PRESETS
from cycle.machine.policy_change import Change
from cycle.machine.policy_faults import guards, owing
from cycle.machine.policy_fields import FIELDS, GUARD_SETS, ROLES_OF
from cycle.machine.words import guard_task
from cycle.reading.door import Reader
from cycle.reading.shapes import Json, plain
from cycle.reading.town import TownRow, town

PRESET: Final = "preset"
_GROUPS: Final = dict.fromkeys((*GUARD_SETS, ROLES_OF), "steps")
_UNITS: Final = dict.fromkeys(GUARD_SETS, "guards") | {ROLES_OF: "roles"}


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting: what it is, what it is usually, and who set it since when."""

    name: str
    group: str
    value: Json
    unit: str
    origin: str  # preset or town
    since: date | None  # None: nobody set it, or the journal does not tell
    usual: Json
    meaning: str


@dataclass(frozen=True, slots=True)
class GuardRow:
    """One condition: whether it blocks, is only noted, or blocks in every town."""

    guard: str
    rule: str
    origin: str
    meaning: str


_VERSION: Final = "SELECT version FROM municipality WHERE id = :m"
_SETS: Final = """
SELECT e.day, p.content FROM event e
LEFT JOIN event_payload p ON p.municipality_id = :m AND p.n = e.n
WHERE e.municipality_id = :m AND e.key = :ags AND e.action = 'policy_set' ORDER BY e.n
"""


def show(reader: Reader, lang: str, only: str | None = None) -> Json:
    """Give the preset with every setting, or one of them; NotFound, Unavailable (broken)."""
    here = town(reader)
    since = _since(reader, here)
    return {
        PRESET: here.preset,
        "since": plain(since.get(PRESET, here.started_on)),
        "settings": plain(_rows(here, since, lang, only)),
        "version": reader.value(_VERSION),
    }


def settings(reader: Reader, lang: str, only: str | None = None) -> list[SettingRow]:
    """Give every setting as a row, or those of that name or group."""
    here = town(reader)
    return _rows(here, _since(reader, here), lang, only)


def conditions(reader: Reader, lang: str) -> list[GuardRow]:
    """Give every condition of measures and rounds, and what the town's policy makes of it."""
    here = town(reader)
    policy, usual = here.policy, PRESETS[here.preset]
    owed, usually = owing(policy), owing(usual)
    return [
        GuardRow(
            guard,
            "never" if not waivable else "owed" if guard in owed else "blocks",
            PRESET if (guard in owed) == (guard in usually) else "town",
            guard_task(guard, lang, {}),
        )
        for guard, waivable in sorted(guards().items())
    ]


def of_measure(here: TownRow, raised_to: str | None) -> Json:
    """Give the policy that holds for a measure, and whether it was raised for it."""
    preset = here.policy_of(raised_to).preset
    return {PRESET: preset, "origin": "measure" if preset != here.preset else "town"}


def changed(change: Change) -> Json:
    """Give a change of the policy as JSON."""
    return {
        "settings": [
            {"name": each.name, "was": _json(each.was), "is": _json(each.now)}
            for each in change.settings
        ],
        "owed_now": list(change.owed_now),
        "blocking_now": list(change.blocking_now),
    }


def _rows(
    here: TownRow, since: Mapping[str, date], lang: str, only: str | None
) -> list[SettingRow]:
    rows = [_row(here, name, since, lang) for name in (*FIELDS, *_GROUPS)]
    found = [row for row in rows if only in (None, row.name, row.group)]
    if not found:
        raise NotFound(
            N_("The policy has no setting {name}."),
            fix=N_("`cycle policy show` lists what a town can set."),
            name=only,
        )
    return found


def _row(here: TownRow, name: str, since: Mapping[str, date], lang: str) -> SettingRow:
    value, usual = getattr(here.policy, name), getattr(PRESETS[here.preset], name)
    own = value != usual
    field = FIELDS.get(name)
    return SettingRow(
        name,
        field.group if field else _GROUPS[name],
        _json(value),
        field.unit if field else _UNITS[name],
        "town" if own else PRESET,
        since.get(name) if own else None,
        _json(usual),
        words.name("policy_field", name, lang),
    )


def _json(value: Any) -> Json:  # noqa: ANN401 - any setting
    return plain(sorted(value) if isinstance(value, frozenset) else value)


def _since(reader: Reader, here: TownRow) -> dict[str, date]:
    """Find in the journal on which day each setting got its present value."""
    found: dict[str, date] = {}
    for day, content in reader.pairs(_SETS, ags=here.ags):
        set_on = date.fromisoformat(day) if isinstance(day, str) else day
        found |= dict.fromkeys(_told(content), set_on)
    return found


def _told(content: str | None) -> list[str]:
    try:
        told = json.loads(content or "{}")
    except ValueError:  # somebody wrote past the store; `journal --verify` names the event
        return []
    named = told.get("settings") if isinstance(told, dict) else None
    return list(named) if isinstance(named, dict) else []
