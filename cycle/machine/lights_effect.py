"""The light of the effect (Wirkung), which tells whether life changes as the goal wants it.

A target is judged by its newest value: what share of the way is done (A), what share should be
done by then (E), and the gap between both.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from cycle.machine.colours import (
    GREEN,
    GREY,
    RED,
    YELLOW,
    Light,
    LightReason,
    after,
    lit,
    worst,
)
from cycle.machine.lights_course import ON_THE_WAY, TargetFacts, course, decimal, interval, unknown
from cycle.machine.lights_data import data_days, data_light
from cycle.machine.policy import Policy

BAND: Final = "keep_band"


@dataclass(frozen=True, slots=True)
class AimFacts:
    """What a measure is judged by: the targets of its main goal."""

    goal: bool = True  # there is a main goal
    qualitative: bool = False  # it is to be seen by a criterion, not by a value
    targets: tuple[TargetFacts, ...] = ()


def target_light(facts: TargetFacts, policy: Policy, today: date) -> Light:
    """Judge one target."""
    since = facts.not_comparable_since
    if since and since <= today:
        return lit(GREY, "not_comparable", day=since)
    if lacking := unknown(facts):
        return Light(GREY, (lacking,))
    if facts.kind in ON_THE_WAY:
        return _softened(facts, _judge_way(facts, policy, today), policy)
    return _softened(facts, _judge_distance(facts, policy), policy)


def effect_light(facts: AimFacts, policy: Policy, today: date) -> Light:
    """Give the worst of the targets; grey only where nothing can be said of any."""
    return _of_all(facts, lambda target: target_light(target, policy, today))


def data_of_all(facts: AimFacts, today: date) -> Light:
    """Give the worst data of the targets."""
    return _of_all(facts, lambda target: data_light(target.series, today))


def effect_days(facts: AimFacts) -> set[date]:
    """Give the days on which the light of the effect may change by itself."""
    broken = {t.not_comparable_since for t in facts.targets if t.not_comparable_since}
    return broken | {after(target.due) for target in facts.targets if target.due}


def data_days_of_all(facts: AimFacts) -> set[date]:
    """Give the days on which the light of the data may change by itself."""
    return {day for target in facts.targets for day in data_days(target.series)}


def _of_all(facts: AimFacts, judge: Callable[[TargetFacts], Light]) -> Light:
    if not facts.targets:
        return lit(GREY, _without(facts))
    lights = [judge(target) for target in facts.targets]
    if len(lights) > 1:
        lights = [_named(lamp, t.name) for lamp, t in zip(lights, facts.targets, strict=True)]
    return worst(lights)


def _without(facts: AimFacts) -> str:
    if not facts.goal:
        return "goal_missing"
    return "qualitative" if facts.qualitative else "target_missing"


def _named(lamp: Light, name: str) -> Light:
    return Light(lamp.colour, tuple(replace(reason, about=name) for reason in lamp.reasons))


def _judge_way(facts: TargetFacts, policy: Policy, today: date) -> Light:
    way = course(facts)
    if way is None or way.attained >= 1:
        return Light(GREEN)
    values = {"attained": way.attained, "expected": way.expected}
    if facts.due and today > facts.due and way.attained < policy.attained:
        return lit(RED, "missed", day=facts.due, **values)
    if way.gap < policy.effect_red:
        return lit(RED, "away" if way.attained < 0 else "far_behind", **values)
    if way.gap < policy.effect_yellow:
        return lit(YELLOW, "away" if way.attained < 0 else "behind", **values)
    return Light(GREEN)


def _judge_distance(facts: TargetFacts, policy: Policy) -> Light:
    """Judge a value that is to stay above, below or near its aim, wherever it came from."""
    aim, off = Fraction(facts.aim or 0), _beyond(facts)
    own = facts.tolerance
    margin = abs(aim) * Fraction(policy.tolerance)
    if facts.kind == BAND:
        off = abs(off) - Fraction(own or 0)
    elif own is not None:
        margin = Fraction(own)
    values = {"value": decimal(Fraction(facts.value or 0)), "aim": facts.aim}
    if off <= 0:
        return Light(GREEN)
    return lit(YELLOW, "nearly_met", **values) if off <= margin else lit(RED, "not_met", **values)


def _beyond(facts: TargetFacts) -> Fraction:
    """Give by how much a value lies on the wrong side of its aim."""
    more = Fraction(facts.value or 0) - Fraction(facts.aim or 0)
    return -more if facts.kind == "at_least" else more


def _softened(facts: TargetFacts, lamp: Light, policy: Policy) -> Light:
    """Trust a value less where few cases stand behind it."""
    if facts.numerator is None:
        doubt = (LightReason("cases_unknown"),) if facts.share and facts.protected_at_source else ()
        return Light(lamp.colour, (*lamp.reasons, *doubt))
    if facts.numerator < policy.small_number:
        few = LightReason("small_numbers", {"cases": facts.numerator, "least": policy.small_number})
        return Light(YELLOW, (few, *lamp.reasons))
    if lamp.colour == RED and policy.wilson and (chance := _by_chance(facts)):
        return Light(YELLOW, (chance, *lamp.reasons))
    return lamp


def _by_chance(facts: TargetFacts) -> LightReason | None:
    """Find that the value expected by now lies within what chance alone may explain."""
    way, around = course(facts), interval(facts)
    if way is None or around is None:
        return None
    (low, high), path = around, way.expected_value
    if not low <= path <= high:
        return None
    return LightReason("uncertain", {"low": low, "high": high, "path": decimal(path)})
