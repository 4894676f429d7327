"""Every kind of table that can be read in: its columns, and what takes its rows."""

from collections.abc import Callable

from cycle.exchange import (
    areas,
    decisions,
    findings,
    goals,
    indicators,
    measure_columns,
    measures,
    observations,
    progress,
)
from cycle.exchange.fitting import Fitted
from cycle.exchange.intake import Taker
from cycle.exchange.layouts import Layout

TABLES: dict[str, tuple[Layout, Callable[[Fitted], Taker]]] = {
    "areas": (areas.LAYOUT, areas.AreaTaker),
    "indicators": (indicators.LAYOUT, indicators.IndicatorTaker),
    "observations": (observations.LAYOUT, observations.ObservationTaker),
    "goals": (goals.LAYOUT, goals.GoalTaker),
    "measures": (measure_columns.LAYOUT, measures.MeasureTaker),
    "findings": (findings.LAYOUT, findings.FindingTaker),
    "decisions": (decisions.LAYOUT, decisions.DecisionTaker),
    "progress": (progress.LAYOUT, progress.ProgressTaker),
}

# Who may bring in what; each row is judged by its use case besides.
MAY: dict[str, frozenset[str]] = {
    "areas": frozenset({"planner", "admin"}),
    "indicators": frozenset({"statistician", "planner"}),
    "observations": frozenset({"statistician", "planner"}),
    "goals": frozenset({"planner"}),
    "measures": frozenset({"planner", "department_head"}),
    "findings": frozenset({"planner"}),
    "decisions": frozenset({"committee_clerk", "planner"}),
    "progress": frozenset({"department_head", "planner"}),
}
