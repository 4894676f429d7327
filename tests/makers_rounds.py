"""What tests of rounds begin with: reports, findings, goals, indicators, and a round on its way."""

from datetime import date
from decimal import Decimal
from typing import Any

from cycle.machine.facts import Ask
from cycle.model.goals import Goal
from cycle.model.indicators import Indicator, Observation
from cycle.model.reports import Finding, Report
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    cycles,
    evaluations,
    findings,
    goals,
    indicators,
    lookup,
    measures,
    moves,
    observations,
    reports,
)
from tests.makers import DAY

ROUND, REPORT = "Z-2026", "B-2026-01"
TOWN = "16999000"  # the area that is the whole town
COUNTED = date(2025, 12, 31)
REACHED = date(2028, 12, 31)


def a_report(unit: Unit, **changes: Any) -> Report:  # noqa: ANN401 - the words of `reports.add`
    """Begin another report of the round."""
    return reports.add(unit, **{"cycle": ROUND, "title": "Sozialbericht 2026"} | changes)


def a_finding(unit: Unit, **changes: Any) -> Finding:  # noqa: ANN401 - as `findings.add`
    """Write a finding to act on into the first report of the round."""
    words = {"report": REPORT, "text": "In Neustadt fehlen Plätze", "source": "Kita-Statistik"}
    return findings.add(unit, **words | changes)


def an_indicator(unit: Unit, code: str = "KITA", **changes: Any) -> Indicator:  # noqa: ANN401
    """Add the share of children in day care, better when it is higher."""
    words = {"name": "Betreuungsquote", "source": "Jugendamt", "polarity": "higher_better"}
    return indicators.add(unit, code, **words | changes)


def an_observation(unit: Unit, **changes: Any) -> Observation:  # noqa: ANN401 - as `record`
    """Record 52 % for the whole town at the end of 2025."""
    words: dict[str, Any] = {"area": TOWN, "period_end": COUNTED, "value": Decimal(52)}
    code = changes.pop("indicator", "KITA")
    return observations.record(unit, code, **words | changes)


def a_goal(unit: Unit, **changes: Any) -> Goal:  # noqa: ANN401 - the words of `goals.add`
    """Write an operational goal that department 51 answers for."""
    words = {"text": "60 % der Kinder haben einen Platz", "level": "operational", "owner": "51"}
    return goals.add(unit, **words | changes)


def a_target(unit: Unit, goal: str, **changes: Any) -> None:  # noqa: ANN401 - as `goals.target`
    """Aim at 60 % by the end of 2028, from the 52 % of 2025."""
    words: dict[str, Any] = {"indicator": "KITA", "value": Decimal(60), "date": REACHED}
    goals.target(unit, goal, **words | {"baseline": COUNTED} | changes)


def a_whole_goal(unit: Unit, **changes: Any) -> Goal:  # noqa: ANN401 - the words of `goals.add`
    """Write an operational goal with indicator, baseline, target and agreement."""
    an_indicator(unit)
    an_observation(unit)
    goal = a_goal(unit, **changes)
    a_target(unit, goal.ref)
    goals.agree(unit, goal.ref, department="51")
    return goal


def in_stage(town: Store, stage: str, day: date = DAY) -> None:
    """Lead the round to a stage, with one finding, one goal and no measure."""
    order = ("report", "goal", "measure", "evaluation", "closed")
    for reached in order[1 : order.index(stage) + 1]:
        with town.unit("planner", day=day) as unit:
            _prepare(unit, reached)
        with town.unit("steering" if reached in {"measure", "closed"} else "planner", day=day) as u:
            cycles.advance(u, ROUND)


def _prepare(unit: Unit, reached: str) -> None:
    if reached == "goal":
        a_finding(unit)
        reports.present(unit, REPORT, body="SR", on=unit.day)
    elif reached == "measure":
        goal = a_whole_goal(unit, findings=["F-2026-001"])
        goals.adopt(unit, goal.ref)
    elif reached == "closed":
        goals.rate(unit, "G-2026-001", status="missed", text="Es fehlten Fachkräfte.")


def a_running_measure(unit: Unit, state: str = "in_progress", **changes: Any) -> str:  # noqa: ANN401
    """Log a measure that was under way before the system came."""
    words = {"title": "Sprachförderkräfte in vier Kitas", "lead": "51"} | changes
    key = measures.log(unit, **words).ref
    ask = Ask(source="Liste", source_date=unit.day, start=date(2025, 2, 1), state=state)
    moves.move(unit, key, "take_over", ask, to=state)
    return key


def an_evaluation(unit: Unit, measure: str, **changes: Any) -> str:  # noqa: ANN401
    """Judge a measure shortly; what was found is drafted as a finding."""
    words = {
        "measures": [measure],
        "overall": "partly_effective",
        "text": "Teils",
        "method": "short",
    }
    days = {"period_start": date(2025, 3, 1), "period_end": COUNTED, "concluded_on": COUNTED}
    return evaluations.conclude(unit, **words | days | changes).ref


def stage_of(town: Store, key: str = ROUND) -> str:
    """Tell in which stage a round stands."""
    with town.unit("reader") as unit:
        return lookup.cycle(unit, key).stage
