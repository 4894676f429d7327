"""The ordinary way of a measure: a row tells what it is and when it got how far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from cycle.demo.deeds import Deed, Verb, deed, move
from cycle.model.words import CONSEQUENCES
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    commitments,
    consequences,
    decisions,
    enforcements,
    evaluations,
    measures,
    milestones,
    papers,
    progress,
)

NONE = "keine: "  # begins the reason why there is no such consequence
EXTERNAL = "voluntary_commitment"
ADMINISTRATIVE = "administrative"
Sitting = tuple[str, str, str, tuple[int, ...]]  # body, day, result, votes
Step = tuple[str, str, str]  # title, due, done on


class Report(NamedTuple):
    """A Sachstand: the day, the course, how far, in words, and the end that is expected now."""

    on: str
    course: str
    percent: int
    text: str = ""
    forecast: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A measure of the demo and the days of its life; what has no day has not happened."""

    name: str
    title: str
    lead: str
    goal: str
    logged: str
    fields: str = "JUG"
    areas: str = ""  # none: citywide
    cycle: str = "z-1"
    begin: str = ""
    end: str = ""  # none: ongoing
    binding: str = "council_resolution"
    mandate: str = "voluntary"
    lever: str = ""
    partners: str = ""
    target_group: str = ""
    prevention: str = ""  # universal, selective, indicated
    demands: tuple[str, str, str, str] = ("", "", "", "")  # in the order of the four kinds
    fte: int = 0  # hundredths
    once: int = 0  # euro
    yearly: int = 0  # euro
    first_year: int = 0  # euro, where it begins late in a year
    targeted: str = ""
    question: str = "Wen hat die Maßnahme erreicht, und was hat sich für sie geändert?"
    evaluation_due: str = ""
    proposed: str = ""
    paper: str = ""  # or the document that binds an external lead or the administration
    kind: str = ""  # of a decision that no body took; that of the binding where nothing is said
    sittings: tuple[Sitting, ...] = ()
    approved: str = ""
    started: str = ""
    steps: tuple[Step, ...] = ()
    reports: tuple[Report, ...] = ()
    finished: str = ""
    dropped: tuple[str, str, str] = ("", "", "")  # day, code, reason

    def deeds(self) -> Iterator[Deed]:
        """Tell everything that happened to the measure on its ordinary way."""
        yield self._logged()
        if self.targeted:
            yield self._deed(self.targeted, move, "target")
        if self.proposed:
            yield from self._prepared()
        yield from self._decided()
        if self.approved:
            yield from self._approved()
        if self.started:
            yield self._deed(self.started, move, "start", on=self.started)
        yield from self._delivered()
        on, code, reason = self.dropped
        if on:
            yield Deed(date.fromisoformat(on), "planner", move, (f"@{self.name}", "cancel"),
                       {"code": code, "reason": reason})  # fmt: skip

    @property
    def office(self) -> str:
        """Give the account that acts for the lead."""
        return "department_head" if self.lead == "51" else f"planner/{self.lead}"

    @property
    def money(self) -> int:
        """Give what is needed to begin, in cents: the investment, or else the first year."""
        return (self.once or self.first_year or self.yearly) * 100

    def _deed(self, on: str, verb: Verb, /, *words: object, **more: object) -> Deed:
        about = (f"@{self.name}", *words)
        return Deed(date.fromisoformat(on), self.office, verb, about, more)

    def _logged(self) -> Deed:
        return deed(
            self.logged, self.office, measures.log, name=self.name, title=self.title,
            lead=self.lead, cycle=f"@{self.cycle}", goal=f"@{self.goal}" if self.goal else None,
            fields=tuple(self.fields.split()), areas=tuple(self.areas.split()),
            partners=tuple(self.partners.split()), citywide=not self.areas, binding=self.binding,
            mandate=self.mandate, planned_start=self.begin or None, planned_end=self.end or None,
            is_ongoing=bool(self.begin) and not self.end,
            target_group=self.target_group or None, prevention_level=self.prevention or None,
            period_text="laufend" if self.begin and not self.end else None,
        )  # fmt: skip

    def _prepared(self) -> Iterator[Deed]:
        worked_out = _before(self.proposed, 7)
        yield self._deed(worked_out, work_out, self.demands, fte=self.fte, once=self.once,
                         yearly=self.yearly)  # fmt: skip
        for partner in self.partners.split():
            yield self._deed(worked_out, commitments.add, partner, on=worked_out)
        if self.lever:
            yield self._deed(worked_out, enforcements.add, self.lever, responsible=self.lead)
        due = self.evaluation_due or self.end or "2027-12-31"
        yield self._deed(worked_out, evaluations.plan, due=due, question=self.question)
        yield deed(worked_out, "finance", consequences.countersign, f"@{self.name}")
        yield self._deed(self.proposed, move, "propose")

    def _decided(self) -> Iterator[Deed]:
        if self.sittings:
            yield deed(self.proposed, "committee_clerk", papers.add, self.paper, self.title,
                       paper_type="Beschlussvorlage", dated=self.proposed, public=True)  # fmt: skip
        for body, on, result, _ in self.sittings[:-1]:
            yield deed(on, "committee_clerk", papers.consult, self.paper, body=body, on=on,
                       role="preparatory", outcome=result, public=True)  # fmt: skip
        for body, on, result, votes in self.sittings[-1:]:
            yield deed(on, "committee_clerk", decisions.add, name=f"d-{self.name}", on=on,
                       result=result, body=body, paper=self.paper, votes=votes,
                       measures=(f"@{self.name}",), text=f"{self.title}: Vorlage {self.paper}",
                       )  # fmt: skip

    def _approved(self) -> Iterator[Deed]:
        by = "steering" if self.binding == ADMINISTRATIVE else "committee_clerk"
        if not self.sittings:
            usual = ADMINISTRATIVE if self.binding == ADMINISTRATIVE else "commitment"
            yield deed(
                self.approved, by, decisions.add, name=f"d-{self.name}", on=self.approved,
                result="adopted", kind=self.kind or usual, document=self.paper,
                department=self.lead, measures=(f"@{self.name}",),
                text=f"{self.title}: {self.paper}",
            )  # fmt: skip
        yield deed(self.approved, by, move, f"@{self.name}", "approve")
        if self.money:
            yield deed(self.approved, "finance", budgets.set_line, f"@{self.name}",
                       int(self.begin[:4]), planned=self.money, approved=self.money)  # fmt: skip
        for title, due, _ in self.steps:
            yield self._deed(self.started or self.approved, milestones.add, title, due=due)

    def _delivered(self) -> Iterator[Deed]:
        for number, (_, _, done) in enumerate(self.steps, 1):
            if done:
                yield self._deed(done, milestones.done, number, on=done)
        for told in self.reports:
            yield self._deed(
                told.on, progress.report, course=told.course, percent=told.percent,
                text=told.text or None, forecast_end=told.forecast or None,
                delay_reason=told.text if told.course == "delayed" else None,
            )  # fmt: skip
        if self.finished:
            yield self._deed(self.finished, move, "finish", on=self.finished)


def work_out(
    unit: Unit, key: str, demands: Sequence[str], *, fte: int, once: int, yearly: int
) -> None:
    """Assess the four consequences in one sitting."""
    amounts: dict[str, dict[str, Any]] = {
        "staffing": {"fte_hundredths": fte or None},
        "financial": {"one_off_cents": once * 100, "annual_cents": yearly * 100},
    }
    for kind, said in zip(CONSEQUENCES, demands, strict=True):
        if said.startswith(NONE):
            consequences.assess(unit, key, (kind,), state="none", text=said.removeprefix(NONE))
        else:
            consequences.assess(unit, key, (kind,), text=said, **amounts.get(kind, {}))


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
