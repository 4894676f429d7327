"""However much there is to tell, a command asks the store the same number of times."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from cycle.reading import (
    accounts,
    areas,
    bodies,
    burn_up,
    circle,
    deadlines,
    decisions,
    departments,
    evaluations,
    fields,
    findings,
    gaps,
    goals,
    half_year,
    indicator_areas,
    indicator_series,
    indicators,
    journal,
    measures,
    observations,
    overdue,
    papers,
    progress_requests,
    recommendations,
    reports,
    status,
    trace,
)
from cycle.reading.door import Reader
from cycle.reading.filters import Filters
from cycle.store.store import Store
from tests.conftest import STORES, FreshUrl
from tests.reading.rows import TODAY, City, building, looking, settled

MANY = 40
Command = Callable[[Reader], object]
COMMANDS: dict[str, Command] = {
    "status": lambda r: status.status(r, today=TODAY),
    "status of a round": lambda r: status.status(r, today=TODAY, filters=Filters(cycle="Z-2026")),
    "gaps": lambda r: gaps.gaps(r, today=TODAY, lang="de"),
    "overdue": lambda r: overdue.listed(r, today=TODAY, lang="de"),
    "gaps, all": lambda r: gaps.all_(r, today=TODAY, lang="de"),
    "trace of a report": lambda r: trace.trace(r, "B-2026-001", sees_internal=True),
    "trace of a measure": lambda r: trace.trace(r, "M-2026-001", sees_internal=True),
    "trace of a paper": lambda r: trace.trace(r, "0001/2026", sees_internal=True),
    "journal": lambda r: journal.events(r, sees_internal=True),
    "journal, verified": journal.verify,
    "measures": lambda r: measures.listed(r, today=TODAY),
    "measure": lambda r: measures.show(r, "M-2026-001", TODAY, "de"),
    "findings": findings.listed,
    "finding": lambda r: findings.show(r, "F-2026-001"),
    "goals": goals.listed,
    "goal": lambda r: goals.show(r, "G-2026-001", TODAY),
    "reports": lambda r: reports.listed(r, sees_internal=True),
    "report": lambda r: reports.show(r, "B-2026-001", sees_internal=True),
    "recommendations": recommendations.listed,
    "evaluations": evaluations.listed,
    "evaluation": lambda r: evaluations.show(r, "E-2026-001"),
    "indicators": indicators.listed,
    "indicator": lambda r: indicators.show(r, "I0"),
    "observations": observations.listed,
    "decisions": lambda r: decisions.listed(r, sees_internal=True),
    "open decisions": lambda r: decisions.open_(r, today=TODAY, sees_internal=True),
    "papers": lambda r: papers.listed(r, sees_internal=True),
    "paper": lambda r: papers.show(r, "0001/2026", sees_internal=True),
    "bodies": lambda r: bodies.listed(r, sees_internal=True),
    "areas": areas.listed,
    "departments": departments.listed,
    "fields": fields.listed,
    "accounts": accounts.listed,
    "requests": progress_requests.listed,
    "tables to fill": lambda r: progress_requests.to_fill(r, ("M-2026-001", "M-2026-002")),
    "circle": lambda r: circle.circle(r, today=TODAY, lang="de"),
    "burn-up": lambda r: burn_up.burn_up(r, today=TODAY),
    "series": lambda r: indicator_series.line(r, "I0"),
    "areas of an indicator": lambda r: indicator_areas.bars(r, "I0", today=TODAY),
    "calendar": lambda r: deadlines.calendar(
        r, today=TODAY, last=deadlines.until(TODAY, 3), lang="de"
    ),
    "half-year": lambda r: half_year.table(r, date(2026, 7, 1), TODAY, sees_internal=True),
}


def _add(city: City, numbers: range) -> None:
    for n in numbers:
        report = city.report()
        finding = city.finding(report, text=f"Befund {n}")
        measure = city.measure(goal=city.goal((finding,)), state="approved")
        city.unit.tell(measure, "log")
        evaluation = city.evaluation(measure)
        city.advice(evaluation_id=evaluation.id)
        version = city.indicator(f"I{n}")
        city.observation(version, "16999000", date(2025, 12, 31), "1")
        paper = city.paper(f"{n + 1:04d}/2026")
        at = city.consultation(paper, "SR", date(2026, 3, 1), "referred")
        city.decision(at, measure, report)


_FEW = settled(lambda city: _add(city, range(1)))


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, _FEW))
    yield opened
    opened.close()


def _asked(store: Store) -> dict[str, int]:
    asked = {}
    with looking(store) as reader:
        for name, command in COMMANDS.items():
            before = reader.statements
            assert command(reader) is not None
            asked[name] = reader.statements - before
    return asked


def test_no_command_asks_more_often_when_there_is_more_to_tell(city: Store) -> None:
    few = _asked(city)
    with building(city) as more:
        more.start_at(2)
        _add(more, range(1, MANY))
    assert _asked(city) == few
    assert max(few.values()) <= 13
