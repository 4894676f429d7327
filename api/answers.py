"""What a record looks like when it leaves, for the description: by the noun of its key."""

from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from cycle.reading.accounts import AccountRow
from cycle.reading.areas import AreaRow
from cycle.reading.bodies import BodyRow
from cycle.reading.cycles import CycleRow
from cycle.reading.decisions import DecisionRow
from cycle.reading.departments import DepartmentRow
from cycle.reading.evaluations import EvaluationRow
from cycle.reading.fields import FieldRow
from cycle.reading.findings import FindingRow
from cycle.reading.goals import GoalRow
from cycle.reading.indicators import IndicatorRow
from cycle.reading.papers import PaperRow
from cycle.reading.recommendations import RecommendationRow
from cycle.reading.tokens import TokenRow


class _Out(BaseModel):
    model_config = ConfigDict(extra="allow")


class Reason(_Out):
    """One thing that is missing before a move."""

    guard: str
    says: str
    who: str
    fix: str
    waivable: bool


class Offer(_Out):
    """A move the record's state knows, and what blocks it."""

    name: str
    to: str
    allowed: bool
    blocked_by: list[Reason]


class Lit(_Out):
    """A light and what it rests on."""

    light: str
    reasons: list[dict[str, Any]]


class MeasureOut(_Out):
    """A measure as every door shows it."""

    key: str
    title: str
    state: str
    stage: str
    version: int
    cycle: str
    lead: str | None
    partners: list[str]
    fields: list[str]
    areas: list[str]
    citywide: bool
    cross_departmental: bool
    taken_over: bool
    goals: list[dict[str, str]]
    consequences: dict[str, dict[str, Any]]
    lights: dict[str, Lit]
    offers: list[Offer]
    lineage: dict[str, list[str]]


class ReportOut(_Out):
    """A report with its findings; a list of reports only counts them."""

    key: str
    cycle: str
    kind: str
    title: str
    reference_date: date
    status: str
    approved_on: date | None
    presented_on: date | None
    published_on: date | None
    paper: str | None
    url: str | None
    findings: list[FindingRow]
    unanswered: int
    version: int


RECORDS: Final[dict[str, Any]] = {
    "measure": MeasureOut,
    "goal": GoalRow,
    "round": CycleRow,
    "report": ReportOut,
    "finding": FindingRow,
    "recommendation": RecommendationRow,
    "indicator": IndicatorRow,
    "evaluation": EvaluationRow,
    "decision": DecisionRow,
    "paper": PaperRow,
    "body": BodyRow,
    "area": AreaRow,
    "department": DepartmentRow,
    "field": FieldRow,
    "account": AccountRow,
    "token": TokenRow,
}
