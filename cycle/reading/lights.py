"""The lights as screens show them, and as they follow from the records for every day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from cycle.machine.colours import GREY, Light
from cycle.machine.lights import LIGHTS, light, schedule
from cycle.machine.lights_course import course, decimal
from cycle.machine.lights_data import data_light
from cycle.machine.lights_effect import target_light
from cycle.machine.measures import LIVE
from cycle.machine.policy import Policy
from cycle.machine.standing import LIGHT, Entry, spans
from cycle.machine.words.lights import says
from cycle.reading.door import Reader, many
from cycle.reading.light_facts import Aim, Lamp, aims, lamps
from cycle.reading.shapes import Json, number
from cycle.reading.town import town

PLACES: Final = 4  # decimals of A, E and the gap


FAR: Final = ("attained", "expected", "gap")
UNLIT: Final[Mapping[str, Json]] = dict.fromkeys(("light", "data", *FAR))  # of a target replaced


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of the three lights of a measure."""

    delivery: str
    effect: str
    data: str


@dataclass(frozen=True, slots=True)
class _Override:
    """A light somebody set by hand."""

    key: str
    light: str
    colour: str
    reason: str
    expires_on: date


_OVERRIDES: Final = """
SELECT me.ref AS key, x.light, x.colour, x.reason, x.expires_on FROM measure me
STRAIGHT JOIN light_override x ON x.municipality_id = :m AND x.measure_id = me.id
WHERE me.municipality_id = :m AND x.set_on <= :today AND x.expires_on > :today AND {where}
ORDER BY x.set_on, x.created_at, x.id
"""


_LIVE: Final = ", ".join(f"'{state}'" for state in LIVE)
_TOPICS: Final = ", ".join(f"'{LIGHT}{name}'" for name in LIGHTS)
_KEPT: Final = f"""
SELECT me.ref, x.topic, x.name FROM measure me
STRAIGHT JOIN standing x ON x.municipality_id = :m AND x.noun = 'measure' AND x.subject = me.id
  AND x.topic IN ({_TOPICS}) AND x.day <= :today
WHERE me.municipality_id = :m AND me.state IN ({_LIVE}) AND {{where}}
GROUP BY me.ref, x.topic, x.name HAVING SUM(x.n) <> 0
"""


def lights(
    reader: Reader,
    keys: Sequence[str],
    *,
    today: date,
    policy: Policy,
    lang: str = "en",
    sees_internal: bool = True,
) -> dict[str, Json]:
    """Give the three lights of each measure with their reasons, as JSON.

    A light that was set by hand stands beside the computed one as `manual`, for those only who
    see internal matters.
    """
    where, values = _in("me.ref", keys)
    found = lamps(reader, where, values)
    policies = _policies(reader, policy, found)
    shown = {lamp.key: _three(lamp, policies[lamp.raised_to], today, lang) for lamp in found}
    for each in _overrides(reader, where, values, today) if sees_internal else ():
        shown[each.key][each.light]["manual"] = _manual(each)
    return shown


def colours(
    reader: Reader,
    where: str,
    values: Mapping[str, Any],
    *,
    today: date,
    policy: Policy,
    ended: bool = True,
) -> dict[str, Colours]:
    """Give the colours of the measures that `where` picks (it speaks of `me`), by key.

    Those of live measures are kept beforehand; where some have `ended`, theirs follow from the
    records.
    """
    shining: dict[str, dict[str, str]] = {}
    for key, topic, colour in reader.pairs(_KEPT.format(where=where), today=today, **values):
        shining.setdefault(key, {})[topic.removeprefix(LIGHT)] = colour
    found = lamps(reader, f"me.state NOT IN ({_LIVE}) AND {where}", values) if ended else []
    policies = _policies(reader, policy, found)
    told = {lamp.key: _colours(lamp, policies[lamp.raised_to], today) for lamp in found}
    return told | {key: Colours(**lit) for key, lit in shining.items()}


def goal_lights(
    reader: Reader, keys: Sequence[str], *, today: date, policy: Policy, lang: str = "en"
) -> dict[str, Json]:
    """Give the lights of the targets of goals, by the target's id, with A, E and gap."""
    where, values = _in("g.ref", keys)
    goals = f"SELECT g.id FROM goal g WHERE g.municipality_id = :m AND {where}"
    return {
        aim.id: _target(aim, policy, today, lang)
        for aim in aims(reader, f"t.goal_id IN ({goals})", values)
    }


def entries(reader: Reader, policy: Policy, found: Sequence[Lamp]) -> list[Entry]:
    """Give the lights of measures not yet final for all days to come, as they follow from now.

    `policy` is the town's.
    """
    shining = [lamp for lamp in found if lamp.state in LIVE]
    policies = _policies(reader, policy, shining)
    return [entry for lamp in shining for entry in _entries(lamp, policies[lamp.raised_to])]


def _in(column: str, wanted: Sequence[str]) -> tuple[str, dict[str, Any]]:
    listed, values = many("lit", wanted)
    return f"{column} IN ({listed})", values


def _policies(reader: Reader, policy: Policy, found: Sequence[Lamp]) -> Mapping[str | None, Policy]:
    """Give the town's policy, and that of measures which were raised above it."""
    policies: dict[str | None, Policy] = {None: policy}
    raised = {lamp.raised_to for lamp in found if lamp.raised_to}
    here = town(reader) if raised else None
    return policies | {to: here.policy_of(to) for to in raised if here}


def _colours(lamp: Lamp, policy: Policy, today: date) -> Colours:
    return Colours(**{name: light(name, lamp.facts, policy, today).colour for name in LIGHTS})


def _entries(lamp: Lamp, policy: Policy) -> list[Entry]:
    return [
        Entry("measure", lamp.id, LIGHT + name, colour, day, n, unit=lamp.lead_id,
              cycle=lamp.cycle_id)
        for name in LIGHTS
        for day, colour, n in spans(schedule(name, lamp.facts, policy))
    ]  # fmt: skip


def _three(lamp: Lamp, policy: Policy, today: date, lang: str) -> Json:
    return {name: _said(light(name, lamp.facts, policy, today), lang) for name in LIGHTS}


def _said(shown: Light, lang: str) -> Json:
    reasons = [{"code": reason.code, "says": says(reason, lang)} for reason in shown.reasons]
    return {"light": shown.colour, "reasons": reasons}


def _manual(each: _Override) -> Json:
    last = each.expires_on - timedelta(days=1)
    return {"light": each.colour, "reason": each.reason, "until": last.isoformat()}


def _target(aim: Aim, policy: Policy, today: date, lang: str) -> Json:
    shown = target_light(aim.facts, policy, today)
    way = None if shown.colour == GREY else course(aim.facts)
    return {
        "light": _said(shown, lang),
        "data": _said(data_light(aim.facts.series, today), lang),
        **{name: _short(getattr(way, name)) if way else None for name in FAR},
    }


def _short(exact: Fraction) -> Json:
    return number(round(decimal(exact), PLACES))


def _overrides(
    reader: Reader, where: str, values: Mapping[str, Any], today: date
) -> list[_Override]:
    """Give the lights set by hand that count on a day, the latest of each last."""
    return reader.rows(_OVERRIDES.format(where=where), _Override, today=today, **values)
