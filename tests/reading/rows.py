"""Rows as the reading room finds them, put in without the use cases that make them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, TypeVar

from sqlmodel import SQLModel

from cycle.ids import new_id
from cycle.model.columns import Entity
from cycle.model.cycles import Cycle, CyclePaper, CycleStrand
from cycle.model.decisions import Consultation, Decision, DecisionSubject, Paper
from cycle.model.duties import Consequence
from cycle.model.evaluations import Evaluation, EvaluationMeasure
from cycle.model.goals import Goal, GoalArea, GoalField, GoalFinding
from cycle.model.indicators import Indicator, IndicatorVersion, Observation
from cycle.model.measures import (
    Measure,
    MeasureArea,
    MeasureField,
    MeasureFinding,
    MeasureGoal,
    MeasureLink,
)
from cycle.model.reports import Finding, FindingArea, FindingField, Recommendation, Report
from cycle.model.space import AreaScheme
from cycle.model.words import CONSEQUENCES
from cycle.reading.door import Reader
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import lookup
from tests import makers

Record = TypeVar("Record", bound=SQLModel)
Column = Any  # whatever a column holds
TODAY = date(2026, 11, 22)


class City:
    """A unit with short words for what a test needs; keys are given out as they come."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._next = {letter: count(1) for letter in "FGMEDRB"}

    def start_at(self, number: int) -> None:
        """Give out keys from this number on."""
        self._next = {letter: count(number) for letter in self._next}

    def _put(self, record: Record) -> Record:
        self.unit.add(record)
        self.unit.session.flush()
        return record

    def _ref(self, letter: str, named: dict[str, Any]) -> str:
        return str(named.pop("ref", "")) or f"{letter}-2026-{next(self._next[letter]):03d}"

    def _linked(
        self,
        make: Callable[[str, str], SQLModel],
        owner: str,
        keys: Iterable[str],
        found: Callable[[Unit, str], Entity],
    ) -> None:
        for key in keys:
            self._put(make(owner, found(self.unit, key).id))

    def round(self, ref: str, start: date, strands: tuple[str, ...] = (), **more: Column) -> Cycle:
        made = Cycle(ref=ref, title=f"Runde {ref}", period_start=start, lineage_id=new_id(), **more)
        self._put(made)
        for strand in strands:
            self._put(CycleStrand(cycle_id=made.id, strand=strand))
        return made

    def report(self, *, cycle: str = "Z-2026", **more: Column) -> Report:
        here = lookup.cycle(self.unit, cycle).id
        words: dict[str, Any] = {
            "title": "Sozialbericht",
            "reference_date": date(2026, 1, 31),
        } | more
        return self._put(Report(ref=self._ref("B", words), cycle_id=here, **words))

    def finding(
        self,
        report: Report | None = None,
        areas: tuple[str, ...] = (),
        fields: tuple[str, ...] = (),
        **more: Column,
    ) -> Finding:
        words: dict[str, Any] = {"text": "Der Sprachstand ist auffällig."} | more
        made = self._put(
            Finding(ref=self._ref("F", words), report_id=report.id if report else None, **words)
        )
        self._linked(lambda a, b: FindingArea(finding_id=a, area_id=b), made.id, areas, lookup.area)
        self._linked(
            lambda a, b: FindingField(finding_id=a, field_id=b), made.id, fields, lookup.field
        )
        return made

    def goal(
        self,
        findings: tuple[Finding, ...] = (),
        *,
        cycle: str = "Z-2026",
        areas: tuple[str, ...] = (),
        fields: tuple[str, ...] = (),
        **more: Column,
    ) -> Goal:
        here = lookup.cycle(self.unit, cycle).id
        words: dict[str, Any] = {"text": "Alle Kinder starten gleich."} | more
        made = self._put(
            Goal(ref=self._ref("G", words), cycle_id=here, lineage_id=new_id(), **words)
        )
        for finding in findings:
            self._put(GoalFinding(goal_id=made.id, finding_id=finding.id))
        self._linked(lambda a, b: GoalArea(goal_id=a, area_id=b), made.id, areas, lookup.area)
        self._linked(lambda a, b: GoalField(goal_id=a, field_id=b), made.id, fields, lookup.field)
        return made

    def measure(
        self,
        *,
        cycle: str = "Z-2026",
        lead: str | None = "51",
        goal: Goal | None = None,
        finding: Finding | None = None,
        areas: tuple[str, ...] = (),
        fields: tuple[str, ...] = (),
        **more: Column,
    ) -> Measure:
        words: dict[str, Any] = {"title": "Sprachförderkräfte in vier Kitas"} | more
        made = self._put(
            Measure(
                cycle_id=lookup.cycle(self.unit, cycle).id,
                lead_id=lookup.department(self.unit, lead).id if lead else None,
                lineage_id=new_id(),
                ref=self._ref("M", words),
                **words,
            )
        )
        for kind in CONSEQUENCES:
            self._put(Consequence(measure_id=made.id, kind=kind))
        if goal:
            self._put(MeasureGoal(measure_id=made.id, goal_id=goal.id, contribution="main"))
        if finding:
            self._put(MeasureFinding(measure_id=made.id, finding_id=finding.id))
        self._linked(lambda a, b: MeasureArea(measure_id=a, area_id=b), made.id, areas, lookup.area)
        self._linked(
            lambda a, b: MeasureField(measure_id=a, field_id=b), made.id, fields, lookup.field
        )
        return made

    def succeeds(self, before: Measure, after: Measure, kind: str = "carried_over") -> None:
        self._put(
            MeasureLink(predecessor_id=before.id, successor_id=after.id, kind=kind, on_date=TODAY)
        )

    def evaluation(self, *measures: Measure, **more: Column) -> Evaluation:
        words: dict[str, Any] = {
            "period_start": date(2026, 1, 1),
            "period_end": date(2026, 9, 30),
            "concluded_on": date(2026, 10, 30),
            "status": "final",
            "overall": "partly_effective",
        } | more
        made = self._put(Evaluation(ref=self._ref("E", words), **words))
        for measure in measures:
            self._put(EvaluationMeasure(evaluation_id=made.id, measure_id=measure.id))
        return made

    def advice(self, **more: Column) -> Recommendation:
        words: dict[str, Any] = {"text": "Auf fünf Kitas ausweiten."} | more
        return self._put(Recommendation(ref=self._ref("R", words), **words))

    def paper(self, ref: str, *, cycle: str | None = None, **more: Column) -> Paper:
        words: dict[str, Any] = {"name": f"Vorlage {ref}", "public": True} | more
        made = self._put(Paper(ref=ref, **words))
        if cycle:
            here = lookup.cycle(self.unit, cycle).id
            self._put(CyclePaper(cycle_id=here, paper_id=made.id))
        return made

    def consultation(
        self, paper: Paper, body: str, on: date | None, outcome: str, **more: Column
    ) -> Consultation:
        words: dict[str, Any] = {"public": True, "role": "deciding"} | more
        here = lookup.body(self.unit, body).id
        return self._put(
            Consultation(paper_id=paper.id, body_id=here, meeting_date=on, outcome=outcome, **words)
        )

    def decision(self, at: Consultation, *subjects: Column, **more: Column) -> Decision:
        words: dict[str, Any] = {
            "result": at.outcome,
            "text": "Wie Vorlage.",
            "decided_on": at.meeting_date,
        } | more
        made = self._put(Decision(ref=self._ref("D", words), consultation_id=at.id, **words))
        for subject in subjects:
            column = f"{type(subject).__name__.lower()}_id"
            self._put(DecisionSubject(decision_id=made.id, **{column: subject.id}))
        return made

    def indicator(self, code: str, **more: Column) -> IndicatorVersion:
        words: dict[str, Any] = {"name": f"Anteil {code}", "unit": "%", "result_level": 4} | more
        made = self._put(Indicator(code=code, **words))
        return self._put(
            IndicatorVersion(
                indicator_id=made.id,
                definition="Kinder mit Auffälligkeit",
                source="Schuleingang",
                valid_from=date(2020, 1, 1),
            )
        )

    def observation(
        self, of: IndicatorVersion, area: str, end: date, value: str | None, **more: Column
    ) -> Observation:
        status: dict[str, Any] = {"status": "final" if value else "confidential_or_unknown"} | more
        return self._put(
            Observation(
                indicator_version_id=of.id,
                area_id=lookup.area(self.unit, area).id,
                period_start=end,
                period_end=end,
                value=Decimal(value) if value else None,
                recorded_on=TODAY,
                recorded_at=self.unit.now,
                **status,
            )
        )

    def add(self, record: Record) -> Record:
        return self._put(record)

    @property
    def scheme(self) -> str:
        """The town's own scheme of areas."""
        return lookup.every(self.unit, AreaScheme)[0].id


@contextmanager
def building(store: Store) -> Iterator[City]:
    """Build in one transaction."""
    with store.unit("planner", day=TODAY) as unit:
        yield City(unit)
        makers.arranged(unit)


@contextmanager
def looking(store: Store) -> Iterator[Reader]:
    """Read within a unit, as use cases do."""
    with store.unit("planner", day=TODAY) as unit:
        yield unit.reading()


def settled(build: Callable[[City], None]) -> Callable[[str], None]:
    """Prepare a store with Saalestadt and what `build` puts into it, for tests to copy."""

    def prepare(url: str) -> None:
        opened = Store.create(url)
        makers.a_town(opened)
        with building(opened) as city:
            build(city)
        opened.close()

    return prepare
