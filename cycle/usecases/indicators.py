"""Indicators: what is measured, by which definition, from which source."""

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.cycles import Cycle
from cycle.model.goals import Goal, GoalTarget
from cycle.model.indicators import Indicator, IndicatorVersion
from cycle.model.words import COMPARABLE
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import strange
from cycle.usecases.rights import need

EVER = date(1900, 1, 1)  # a series is older than its record here
RATED = ("achieved", "missed", "dropped")  # of a goal that is over
HIGHEST_LEVEL = 7  # 0 context, 1–3 output, 4–6 outcome, 7 impact


class Traits(TypedDict, total=False):
    """What sort of indicator it is."""

    polarity: str
    frequency: str
    result_level: int
    rba_class: str | None
    publication_lag_days: int
    sensitive: bool


class IndicatorChanges(Traits, total=False):
    """What may change in an indicator without a new definition."""

    name: str


class Definition(TypedDict, total=False):
    """What exactly is counted, out of what, and since when."""

    definition: str | None
    numerator: str | None
    denominator: str | None
    valid_from: date | None


class IndicatorWords(Traits, Definition, total=False):
    """All that may be said of a new indicator."""

    measure_type: str


def add(
    unit: Unit,
    code: str,
    name: str,
    *,
    source: str | None = None,
    unit_of: str = "%",
    field: str | None = None,
    **words: Unpack[IndicatorWords],
) -> Indicator:
    """Add an indicator with its first definition; without words of its own that is its name.

    What is told in % is a share, anything else a count, unless `measure_type` says otherwise.
    """
    role = need(unit, "statistician", "planner")
    given.insist(
        given.missing("code", code), given.missing("name", name), given.missing("source", source),
        given.missing("unit", unit_of), _level(words.get("result_level", 0)),
    )  # fmt: skip
    code = given.text("code", code)
    given.free(unit, Indicator, "indicator", code=code)
    rest: dict[str, Any] = dict(words)
    said = {word: rest.pop(word) for word in Definition.__annotations__ if word in rest}
    rest.setdefault("measure_type", "share" if unit_of.strip() == "%" else "count")
    indicator = unit.add(
        Indicator(
            code=code, unit=given.text("unit", unit_of),
            field_id=lookup.field(unit, field).id if field else None,
            name=given.text("name", name), **rest,
        )
    )  # fmt: skip
    unit.tell(indicator, "added", role=role)
    unit.session.flush()
    _define(unit, indicator, given.text("source", source or ""), **said)
    return indicator


def _define(
    unit: Unit, indicator: Indicator, source: str, **said: Unpack[Definition]
) -> IndicatorVersion:
    version = unit.add(
        IndicatorVersion(
            indicator_id=indicator.id,
            no=1,
            definition=given.maybe(said.get("definition")) or indicator.name,
            numerator=given.maybe(said.get("numerator")),
            denominator=given.maybe(said.get("denominator")),
            source=source,
            valid_from=said.get("valid_from") or EVER,
        )
    )
    unit.session.flush()
    return version


def edit(
    unit: Unit,
    code: str,
    *,
    field: str | None = None,
    expect: int | None = None,
    **changes: Unpack[IndicatorChanges],
) -> Indicator:
    """Change what is said about an indicator; a change of what it means is `redefine`."""
    role = need(unit, "statistician", "planner")
    indicator = lookup.indicator(unit, code)
    lookup.expect(indicator, expect)
    given.insist(
        _level(changes.get("result_level", 0)), given.missing("name", changes.get("name", code))
    )
    if field:
        indicator.field_id = lookup.field(unit, field).id
    for name, value in changes.items():
        setattr(indicator, name, value)
    unit.tell(indicator, "edited", role=role)
    unit.session.flush()
    return indicator


def redefine(
    unit: Unit,
    code: str,
    *,
    definition: str,
    reason: str,
    comparable: str = "no",
    factor: Decimal | None = None,
    source: str | None = None,
    valid_from: date | None = None,
) -> IndicatorVersion:
    """Give an indicator a new definition from a day on; targets stay with the old one.

    Where the two cannot be compared, every target still aimed at waits to be restated. Raises
    Invalid for a factor without need, or none where it is needed.
    """
    role = need(unit, "statistician", "planner")
    indicator = lookup.indicator(unit, code)
    old = current(unit, indicator)
    begins = valid_from or unit.day
    given.insist(
        given.missing("definition", definition), given.missing("reason", reason),
        given.unordered("valid_from", old.valid_from, begins),
        strange("comparable", comparable, COMPARABLE), _factor(comparable, factor),
    )  # fmt: skip
    _await(unit, indicator, begins if comparable == "no" else None)
    unit.tell(indicator, "redefined", role=role, definition=definition, reason=reason,
              comparable=comparable, targets=_goals(unit, indicator))  # fmt: skip
    old.valid_to = begins
    unit.session.flush()
    version = unit.add(
        IndicatorVersion(
            indicator_id=indicator.id, no=old.no + 1, valid_from=begins, factor=factor,
            definition=given.text("definition", definition), comparable=comparable,
            source=given.maybe(source) or old.source, change_reason=given.text("reason", reason),
        )
    )  # fmt: skip
    unit.session.flush()
    return version


def _await(unit: Unit, indicator: Indicator, since: date | None) -> None:
    """Let the targets wait to be restated that cannot be compared any more."""
    for target, _ in _pinned(unit, indicator) if since else ():
        target.not_comparable_since = target.not_comparable_since or since


def _goals(unit: Unit, indicator: Indicator) -> list[str]:
    return sorted({goal.ref for _, goal in _pinned(unit, indicator)})


def current(unit: Unit, indicator: Indicator) -> IndicatorVersion:
    """Give the definition in force."""
    found = lookup.by(unit, IndicatorVersion, indicator_id=indicator.id, valid_to=None)
    if found is None:
        raise lookup.unknown(unit, Indicator, "code", indicator.code)
    return found


def _pinned(unit: Unit, indicator: Indicator) -> list[tuple[GoalTarget, Goal]]:
    """Give the targets still aimed at that are measured by an indicator, with their goals."""
    found = []
    for version in lookup.every(unit, IndicatorVersion, indicator_id=indicator.id):
        for target in lookup.every(
            unit, GoalTarget, indicator_version_id=version.id, replaced_on=None
        ):
            goal = unit.get(Goal, target.goal_id)
            if goal.status not in RATED and unit.get(Cycle, goal.cycle_id).stage != "closed":
                found.append((target, goal))
    return found


def _factor(comparable: str, factor: Decimal | None) -> Fault | None:
    if comparable != "with_factor":
        says = N_("{name} is told only where values are compared by it.")
        return Fault("factor", "contradicts", says, {"name": "factor"}) if factor else None
    if factor is not None and factor.is_finite() and factor > 0:
        return None
    says = N_("By which factor is a value before to be multiplied? It is more than 0.")
    return Fault("factor", "missing", says)


def _level(level: int) -> Fault | None:
    if 0 <= level <= HIGHEST_LEVEL:
        return None
    says = N_("{name} runs from 0 (context) to 7 (impact).")
    return Fault("result_level", "no_level", says, {"name": "result_level"})
