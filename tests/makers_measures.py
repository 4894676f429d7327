"""Measures at any place of the circle, made by the verbs of the trade, each deed its own unit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from cycle.machine.facts import Ask, MeasureFacts
from cycle.model.indicators import Indicator
from cycle.model.measures import Measure
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    consequences,
    cycles,
    decisions,
    evaluations,
    findings,
    goals,
    indicators,
    lookup,
    measures,
    milestones,
    moves,
    observations,
    participations,
    progress,
    reports,
)
from tests.makers import arranged

T = TypeVar("T")
DAY = date(2026, 11, 22)
WHOLE_TOWN = "16999000"
KINDS = ("built", "staffing", "organisational", "financial")
PATH = (
    "draft", "targeted", "proposed", "approved", "in_progress", "implemented", "evaluated",
)  # fmt: skip


@dataclass(frozen=True)
class Town:
    """A store of one town, and deeds on it."""

    store: Store

    def do(self, deed: Callable[[Unit], T], actor: str = "planner", day: date = DAY) -> T:
        """Do one deed as somebody, on a day."""
        with self.store.unit(actor, day=day) as unit:
            return deed(unit)

    def move(
        self,
        key: str,
        name: str,
        ask: Ask | None = None,
        *,
        to: str | None = None,
        actor: str = "planner",
        day: date = DAY,
    ) -> str:
        """Make one move and tell where the measure stands then."""
        return self.do(lambda unit: moves.move(unit, key, name, ask, to=to).state, actor, day)

    def facts(self, key: str) -> MeasureFacts:
        """Read the facts of a measure."""
        return self.do(lambda unit: moves.facts_of(unit, lookup.measure(unit, key)))

    def seen(self, key: str) -> Measure:
        """Read the record of a measure."""
        with self.store.unit("planner", day=DAY) as unit:
            found = lookup.measure(unit, key)
            unit.session.expunge(found)
            return found

    def a_goal(self, *, measured: bool = True) -> str:
        """Write an operational goal that answers a finding of the round's first report."""

        def deed(unit: Unit) -> str:
            report = reports.add(unit, cycle="Z-2026", title="Sozialbericht")
            finding = findings.add(
                unit, report=report.ref, text="Jedes dritte Kind ist auffällig.", source="Amt 53"
            )
            top = goals.add(unit, text="Alle starten gleich", level="guiding", owner="51")
            goal = goals.add(
                unit, text="Anteil auf 25 %", level="operational", parent=top.ref, owner="51",
                findings=[finding.ref], due=date(2027, 12, 31), skip_reason="klein",
            )  # fmt: skip
            return goal.ref

        key = self.do(deed)
        if measured:
            self.do(lambda unit: self._measured(unit, key))
        return key

    @staticmethod
    def _measured(unit: Unit, goal: str) -> None:
        if lookup.by(unit, Indicator, code="SPRACHE") is None:
            indicators.add(
                unit, "SPRACHE", "Auffällige Sprache", polarity="lower_better", source="Amt 53"
            )
            observations.record(
                unit, "SPRACHE", area=WHOLE_TOWN, period_end=date(2023, 12, 31),
                numerator=96, denominator=288,
            )  # fmt: skip
        goals.target(
            unit, goal, indicator="SPRACHE", value=Decimal(25), date=date(2027, 12, 31),
            baseline=date(2023, 12, 31),
        )  # fmt: skip

    def a_measure(self, state: str = "draft", *, goal: str | None = None) -> str:
        """Walk a measure of department 51 to a state, with all that standard asks for."""
        goal = goal or self.a_goal()
        key = self.do(
            lambda unit: measures.log(
                unit, title="Sprachförderkräfte in vier Kitas", lead="51", goal=goal,
                citywide=True, planned_start=date(2026, 2, 1), planned_end=date(2026, 10, 31),
            ).ref
        )  # fmt: skip
        for step in PATH[1 : PATH.index(state) + 1]:
            _STEPS[step](self, key)
        return key

    def targeted(self, key: str) -> None:
        """Tie it to its goal."""
        self.move(key, "target", day=date(2026, 1, 10))

    def ready(self, key: str) -> None:
        """Give it all it owes before the committees."""

        def deed(unit: Unit) -> None:
            consequences.assess(unit, key, KINDS, state="none", text="keine, weil vorhanden")
            participations.add(
                unit, measure=key, format="survey", level="consult",
                groups=["residents", "independent_providers"], held_from=date(2026, 1, 5),
                summary="412 Eltern haben geantwortet.", effect="Ein Standort kam dazu.",
            )  # fmt: skip
            evaluations.plan(unit, key, due=date(2027, 3, 31), question="Sprechen sie besser?")

        self.do(deed, day=date(2026, 1, 11))
        self.do(lambda unit: consequences.countersign(unit, key), "finance", date(2026, 1, 12))

    def proposed(self, key: str) -> None:
        """Give it to the committees."""
        self.ready(key)
        self.move(key, "propose", actor="youth", day=date(2026, 1, 15))

    def decide(self, key: str, result: str, body: str = "SR", day: date = date(2026, 2, 20)) -> str:
        """Record what a body said of it."""
        return self.do(
            lambda unit: decisions.add(
                unit, on=day, result=result, measures=[key], body=body, paper="2026/0001",
                paper_name="Sprachförderung", changed_text="fünf statt vier"
                if result == "adopted_amended" else None,
            ).ref, "clerk", day,
        )  # fmt: skip

    def approved(self, key: str) -> None:
        """Let the youth welfare committee and the council decide."""
        self.decide(key, "adopted", "JHA", date(2026, 2, 12))
        self.decide(key, "adopted")
        self.move(key, "approve", actor="clerk", day=date(2026, 2, 20))

    def in_progress(self, key: str) -> None:
        """Begin."""
        self.do(
            lambda unit: milestones.add(unit, key, "Kräfte eingestellt", due=date(2026, 5, 1)),
            day=date(2026, 2, 21),
        )
        self.move(key, "start", Ask(on=date(2026, 3, 1)), actor="youth", day=date(2026, 3, 1))

    def implemented(self, key: str) -> None:
        """Bring it to its end."""

        def deed(unit: Unit) -> None:
            milestones.done(unit, key, 1)
            progress.report(unit, key, course="done")

        self.do(deed, "youth", date(2026, 9, 30))
        self.move(key, "finish", actor="youth", day=date(2026, 9, 30))

    def judged(self, key: str, *, day: date = date(2026, 10, 30)) -> str:
        """Record a final evaluation with a result for the target, without moving the measure."""
        return self.do(
            lambda unit: evaluations.add(
                unit, measures=[key], overall="partly_effective", text="Es wirkt zum Teil.",
                ratings={"effectiveness": 3}, recommendations=["Ein Elternmodul ergänzen."],
                results=[{
                    "goal": self.facts_goal(unit, key), "indicator": "SPRACHE",
                    "text": "auf dem Weg",
                }],
            ).ref, "evaluator", day,
        )  # fmt: skip

    @staticmethod
    def facts_goal(unit: Unit, key: str) -> str:
        """Give the key of a measure's main goal."""
        return moves.facts_of(unit, lookup.measure(unit, key)).main_goal or ""

    def evaluated(self, key: str) -> None:
        """Evaluate it."""
        self.judged(key)
        self.move(key, "evaluate", actor="evaluator", day=date(2026, 10, 30))

    def next_round(self) -> None:
        """Open the round after the first, which is being evaluated."""

        def deed(unit: Unit) -> None:
            lookup.cycle(unit, "Z-2026").stage = "evaluation"
            arranged(unit)
            cycles.open_round(unit, title="Später", start=date(2028, 1, 1), predecessor="Z-2026")

        self.do(deed)


_STEPS: dict[str, Callable[[Town, str], None]] = {
    "targeted": Town.targeted,
    "proposed": Town.proposed,
    "approved": Town.approved,
    "in_progress": Town.in_progress,
    "implemented": Town.implemented,
    "evaluated": Town.evaluated,
}
