"""The facts the lights ask, for one measure or a thousand, by four statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cycle.machine.lights import LightFacts
from cycle.machine.lights_course import TargetFacts, exact
from cycle.machine.lights_data import DataFacts
from cycle.machine.lights_delivery import DeliveryFacts, OpenStep
from cycle.machine.lights_effect import AimFacts
from cycle.machine.lights_money import Money
from cycle.reading.door import Reader, many
from cycle.reading.light_targets import TARGETS


@dataclass(frozen=True, slots=True)
class Lamp:
    """A measure and what its lights are judged by."""

    id: str
    key: str
    state: str
    lead_id: str | None
    cycle_id: str
    raised_to: str | None  # stricter than the town's policy
    facts: LightFacts


@dataclass(frozen=True, slots=True)
class Aim:
    """A target of a goal and what it is judged by."""

    id: str
    goal_id: str
    facts: TargetFacts


@dataclass(frozen=True, slots=True)
class _Measure:
    id: str
    key: str
    state: str
    lead_id: str | None
    cycle_id: str
    raised_to: str | None
    binding: str
    is_ongoing: bool
    planned_start: date | None
    planned_end: date | None
    forecast_end: date | None
    finished_on: date | None
    suspended_on: date | None
    review_on: date | None
    reason_code: str | None
    choice_due: date | None
    last_report: date | None
    first_report_due: date | None
    running_since: date | None
    goal_id: str | None
    qualitative: bool


@dataclass(frozen=True, slots=True)
class _Target:
    id: str
    goal_id: str
    indicator: str
    area: str | None
    kind: str
    aim: Decimal | None
    due: date | None
    tolerance: Decimal | None
    path: str
    steps: tuple[str, ...]
    share: bool
    not_comparable_since: date | None
    frequency: str
    lag_days: int
    redefined_on: date | None
    moved_on: date | None  # the boundaries of its area
    baseline: Decimal | None
    baseline_on: date | None
    b_num: int | None
    b_den: int | None
    baseline_city: Decimal | None
    bw_num: int | None
    bw_den: int | None
    value: Decimal | None
    newest_on: date | None
    status: str | None
    numerator: int | None
    denominator: int | None
    protected_at_source: bool | None
    city: Decimal | None
    ow_num: int | None
    ow_den: int | None


FEW: Final = 128
_MAIN: Final = """(SELECT MIN(l.goal_id) FROM measure_goal l
    WHERE l.municipality_id = :m AND l.measure_id = me.id AND l.contribution = 'main')"""
_MEASURES: Final = f"""
SELECT me.id, me.ref AS key, me.state, me.lead_id, me.cycle_id, me.raised_to, me.binding,
  me.is_ongoing, me.planned_start, me.planned_end, me.forecast_end, me.suspended_on,
  me.review_on, me.reason_code, COALESCE(me.actual_end, me.state_since) AS finished_on,
  (SELECT MIN(d.due) FROM deadline d WHERE d.municipality_id = :m AND d.measure_id = me.id
    AND d.code = 'budget_choice' AND d.met_on IS NULL) AS choice_due,
  (SELECT MAX(p.as_of) FROM progress p WHERE p.municipality_id = :m AND p.measure_id = me.id)
    AS last_report,
  (SELECT MIN(d.due) FROM deadline d WHERE d.municipality_id = :m AND d.measure_id = me.id
    AND d.code = 'progress_due') AS first_report_due,
  COALESCE(me.state_since, me.actual_start) AS running_since,
  g.id AS goal_id, COALESCE(g.qualitative_criterion, '') <> '' AS qualitative
FROM measure me
LEFT JOIN goal g ON g.municipality_id = :m AND g.id = {_MAIN}
WHERE me.municipality_id = :m AND {{where}} ORDER BY me.ref
"""
# What was planned counts where something was approved: other sources are not decided on yet.
_HANGING: Final = """
SELECT s.measure_id, s.title, s.due, s.no AS place, 0 AS planned, 0 AS approved, 0 AS committed,
  0 AS spent FROM milestone s
WHERE s.municipality_id = :m AND s.done_on IS NULL AND s.dropped_on IS NULL
  AND s.measure_id IN ({picked})
UNION ALL
SELECT b.measure_id, NULL, NULL, b.year,
  SUM(CASE WHEN b.approved_cents > 0 THEN b.planned_cents ELSE 0 END), SUM(b.approved_cents),
  SUM(b.committed_cents), SUM(b.spent_cents) FROM budget_line b
WHERE b.municipality_id = :m AND b.measure_id IN ({picked})
GROUP BY b.measure_id, b.year
ORDER BY 3, 4
"""
_PICKED: Final = "SELECT me.id FROM measure me WHERE me.municipality_id = :m AND {where}"
_THEIR_GOALS: Final = f"SELECT {_MAIN} FROM measure me WHERE me.municipality_id = :m AND {{where}}"


@dataclass(frozen=True, slots=True)
class _Hung:
    """What hangs on the picked measures, by their ids or those of their goals."""

    steps: Mapping[str, Sequence[OpenStep]]
    money: Mapping[str, Sequence[Money]]
    targets: Mapping[str, Sequence[TargetFacts]]


def lamps(reader: Reader, where: str, values: Mapping[str, Any]) -> list[Lamp]:
    """Give the measures that `where` picks (it speaks of `me`), by key, with their facts."""
    found = reader.rows(_MEASURES.format(where=where), _Measure, **values)
    if not found:
        return []
    steps, money = _hanging(reader, found, where, values)
    served = any(row.goal_id for row in found)
    hung = _Hung(steps, money, _their_targets(reader, found, where, values) if served else {})
    return [_lamp(row, hung) for row in found]


def _hanging(
    reader: Reader, found: Sequence[_Measure], where: str, values: Mapping[str, Any]
) -> tuple[Mapping[str, Sequence[OpenStep]], Mapping[str, Sequence[Money]]]:
    """Give the open milestones and the money of measures, each by measure."""
    picked, given = _named("me_id", [row.id for row in found], _PICKED.format(where=where), values)
    rows = reader.pairs(_HANGING.format(picked=picked), **given)
    steps = ((id_, OpenStep(title, _day(due))) for id_, title, due, *_ in rows if title is not None)
    money = ((id_, Money(*map(int, figures))) for id_, title, _, *figures in rows if title is None)
    return _grouped(steps), _grouped(money)


def _their_targets(
    reader: Reader, found: Sequence[_Measure], where: str, values: Mapping[str, Any]
) -> Mapping[str, Sequence[TargetFacts]]:
    goals = sorted({row.goal_id for row in found if row.goal_id})
    picked, given = _named("g_id", goals, _THEIR_GOALS.format(where=where), values)
    found_aims = aims(reader, f"t.goal_id IN ({picked})", given)
    return _grouped((each.goal_id, each.facts) for each in found_aims)


def _named(
    name: str, ids: Sequence[str], query: str, values: Mapping[str, Any]
) -> tuple[str, Mapping[str, Any]]:
    """Name a few ids one by one, which is looked up at once; many are picked by a query."""
    return many(name, ids) if len(ids) <= FEW else (query, values)


def aims(reader: Reader, where: str, values: Mapping[str, Any]) -> list[Aim]:
    """Give the targets in force that `where` picks (it speaks of `t`), with their facts."""
    found = reader.rows(TARGETS.format(where=where), _Target, **values)
    return [Aim(row.id, row.goal_id, _target(row)) for row in found]


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found = defaultdict(list)
    for id_, each in pairs:
        found[id_].append(each)
    return found


def _day(value: Any) -> date:  # noqa: ANN401 - whatever the driver gives
    return date.fromisoformat(value) if isinstance(value, str) else value


def _lamp(row: _Measure, hung: _Hung) -> Lamp:
    delivery = DeliveryFacts(
        state=row.state, binding=row.binding, is_ongoing=row.is_ongoing,
        planned_start=row.planned_start, planned_end=row.planned_end,
        forecast_end=row.forecast_end, finished_on=row.finished_on,
        suspended_on=row.suspended_on, review_on=row.review_on, reason_code=row.reason_code,
        open_steps=tuple(hung.steps.get(row.id, ())), money=tuple(hung.money.get(row.id, ())),
        choice_due=row.choice_due, last_report=row.last_report,
        first_report_due=row.first_report_due, running_since=row.running_since,
    )  # fmt: skip
    targets = tuple(hung.targets.get(row.goal_id or "", ()))
    aim = AimFacts(row.goal_id is not None, row.qualitative, targets)
    return Lamp(row.id, row.key, row.state, row.lead_id, row.cycle_id, row.raised_to,
                LightFacts(delivery, aim))  # fmt: skip


def _target(row: _Target) -> TargetFacts:
    breaks = (row.not_comparable_since, row.redefined_on, row.moved_on)
    return TargetFacts(
        name=f"{row.indicator}, {row.area}" if row.area else row.indicator,
        kind=row.kind, aim=row.aim, due=row.due, tolerance=row.tolerance, steps=_stepped(row),
        baseline=exact(row.baseline, row.b_num, row.b_den), baseline_on=row.baseline_on,
        baseline_city=exact(row.baseline_city, row.bw_num, row.bw_den),
        value=exact(row.value, row.numerator, row.denominator),
        city=exact(row.city, row.ow_num, row.ow_den),
        numerator=row.numerator, denominator=row.denominator,
        share=row.share, protected_at_source=bool(row.protected_at_source),
        not_comparable_since=row.not_comparable_since,
        series=DataFacts(
            row.frequency, row.lag_days, row.newest_on, row.status,
            min((day for day in breaks if day), default=None),
        ),
    )  # fmt: skip


def _stepped(row: _Target) -> tuple[tuple[date, Decimal], ...]:
    if row.path != "stepped":
        return ()
    parts = (step.split("=") for step in row.steps)
    return tuple((date.fromisoformat(day), Decimal(value)) for day, value in parts)
