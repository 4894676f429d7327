"""A measure and a round that lack nothing, and one change at a time."""

# ruff: noqa: ANN401 - a change may be of any field

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from cycle.machine.cycles import CycleFacts
from cycle.machine.facts import Ask, MeasureFacts

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
LONG_AGO = date(2025, 9, 1)

READY = MeasureFacts(
    today=TODAY,
    key="M-2026-014",
    title="Sprachförderkräfte in vier Kitas",
    state="draft",
    cycle="Z-2026",
    cycle_stage="evaluation",
    cycle_open=True,
    lead="51",
    finance_unit="20",
    actual_start=LONG_AGO,
    areas=1,
    youth_welfare=True,
    goals=1,
    main_goals=1,
    main_goal="G-2026-002",
    main_goal_level="operational",
    main_goal_targets=1,
    main_goal_baselines=1,
    findings=1,
    open_consequences=(),
    countersigned=True,
    participation=True,
    providers_heard=True,
    evaluation_planned=True,
    adopted=True,
    adopted_on=date(2025, 6, 19),
    youth_heard=True,
    milestones=1,
    final_progress=True,
    costs_known=True,
    evaluation="E-2026-031",
    evaluation_purpose="summative",
    evaluation_start=LONG_AGO,
    effectiveness_rated=True,
    disposition="continue",
    disposition_reasoned=True,
    feedback=True,
    live_successors=1,
    shares=Fraction(1),
    take_over_until=TOMORROW,
    ask=Ask(
        reason="weil",
        code="budget_freeze",
        forecast_end=TOMORROW,
        decision="D-2026-007",
        source="2024/0482",
        source_date=LONG_AGO,
    ),
)

ROUND = CycleFacts(
    today=TODAY,
    key="Z-2026",
    title="Aufwachsen in Saalestadt",
    stage="report",
    reports_presented=1,
    findings=1,
    adopted_goals=1,
    decision=True,
    ask=Ask(reason="weil", source="Plan 2020", start=LONG_AGO),
)


def measure(**changes: Any) -> MeasureFacts:
    """A measure that lacks nothing, but for the changes; those of the move go to `ask`."""
    return replace(READY, **changes)


def asked(**changes: Any) -> MeasureFacts:
    """The same measure, asked for something else."""
    return replace(READY, ask=replace(READY.ask, **changes))


def planning_round(**changes: Any) -> CycleFacts:
    """A round that lacks nothing, but for the changes."""
    return replace(ROUND, **changes)


def round_asked(**changes: Any) -> CycleFacts:
    """The same round, asked for something else."""
    return replace(ROUND, ask=replace(ROUND.ask, **changes))
