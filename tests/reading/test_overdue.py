"""Every overdue rule, made by real deeds: silent on its last day, told on the next."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from cycle.machine.facts import Ask
from cycle.machine.policy import PRESETS
from cycle.reading import measures
from cycle.reading.door import Reader
from cycle.reading.filters import Filters
from cycle.reading.overdue import OverdueRow, listed
from cycle.reading.overdue_rules import entries
from cycle.reading.status import status
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    commitments,
    decisions,
    findings,
    goals,
    milestones,
    progress,
    recommendations,
    reports,
    stage_plans,
)
from tests import makers
from tests.conftest import STORES, FreshUrl
from tests.makers_measures import Town
from tests.makers_rounds import ROUND
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, looking

Found = tuple[str, str, str]  # rule, key, which
PROPOSED, DEFERRED, APPROVED, RUNNING, EVALUATED, SUSPENDED, FUNDED = (
    f"M-2026-{n:03d}" for n in range(1, 8)
)
GOAL, FINDING, ADVICE = "G-2026-003", "F-2026-003", "R-2026-002"
UNSHOWN = "B-2026-04"


def build(url: str) -> None:
    """Prepare a town in which every rule finds something."""
    store = Store.create(url)
    makers.a_town(store)
    town = Town(store)
    goal = town.a_goal()
    for state in ("proposed", "proposed", "approved", "in_progress", "evaluated", "in_progress",
                  "in_progress"):  # fmt: skip
        town.a_measure(state, goal=goal)
    town.decide(DEFERRED, "deferred")
    ask = Ask(review_on=date(2026, 8, 1))
    town.move(DEFERRED, "defer", ask, actor="clerk", day=date(2026, 2, 20))
    ask = Ask(code="staff_missing", reason="Keine Bewerbung", review_on=date(2026, 8, 31))
    town.move(SUSPENDED, "suspend", ask, actor="youth", day=date(2026, 4, 1))
    _around(town)
    store.close()


def _around(town: Town) -> None:
    """Reports, findings, advice, promises, money and conditions with their days."""
    town.do(_reports, day=date(2026, 3, 1))
    town.do(_promises, day=date(2026, 3, 5))
    town.do(lambda u: reports.approve(u, UNSHOWN), day=date(2026, 6, 1))
    town.do(_goal_without_target, day=date(2026, 5, 1))
    town.do(_conditions, actor="clerk", day=date(2026, 3, 10))
    town.do(lambda u: stage_plans.plan(u, ROUND, stage="report", until=date(2026, 12, 31)))
    town.do(_late_and_funded, day=date(2026, 11, 20))


def _reports(unit: Unit) -> None:
    shown = reports.add(unit, cycle=ROUND, title="Bildungsbericht")
    finding = findings.add(unit, report=shown.ref, text="Es fehlen Plätze", source="Kita-Statistik")
    recommendations.add(unit, finding=finding.ref, text="Plätze ausweisen", addressee="51")
    reports.present(unit, shown.ref, body="SR", on=unit.day)
    reports.add(unit, cycle=ROUND, title="Teilhabebericht")


def _promises(unit: Unit) -> None:
    commitments.add(unit, RUNNING, "WV-A", on=unit.day)


def _goal_without_target(unit: Unit) -> None:
    goals.add(unit, text="Weniger Wege", level="operational", owner="51", skip_reason="klein")


def _conditions(unit: Unit) -> None:
    about: dict[str, Any] = {
        "measures": [APPROVED],
        "goals": [GOAL],
        "reports": [UNSHOWN],
        "cycles": [ROUND],
    }
    decisions.add(
        unit, on=unit.day, result="adopted", body="SR", paper="2026/0002", paper_name="Auflagen",
        conditions=[("report_due", "Bericht an den Ausschuss", date(2026, 9, 30))], **about,
    )  # fmt: skip


def _late_and_funded(unit: Unit) -> None:
    progress.report(
        unit, FUNDED, course="delayed", text="Es dauert", delay_reason="Stelle offen",
        forecast_end=date(2027, 12, 31),
    )  # fmt: skip
    budgets.set_line(
        unit, FUNDED, 2026, funding="esf", planned=100, approved=100, grant_end=date(2026, 12, 31)
    )


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, build)


@pytest.fixture(params=STORES)
def own_city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, build))
    yield opened
    opened.close()


def _rows(store: Store, day: date, **filters: str) -> list[OverdueRow]:
    with looking(store) as reader:
        return listed(reader, today=day, lang="de", filters=Filters(**filters))  # type: ignore[arg-type] # mypy cannot match keywords spread from a mapping


def _found(store: Store, day: date) -> set[Found]:
    return {(row.rule, row.key, row.which) for row in _rows(store, day)}


def _begins(store: Store, rule: str, key: str, day: date, which: str = "") -> OverdueRow:
    """Check that it is silent until the day before, and give it as it is told on its day."""
    assert (rule, key, which) not in _found(store, day - timedelta(days=1))
    (row,) = [r for r in _rows(store, day) if (r.rule, r.key, r.which) == (rule, key, which)]
    return row


def test_a_finding_not_answered(city: Store) -> None:
    row = _begins(city, "O1", FINDING, date(2026, 6, 30))
    assert (row.due, row.days, row.who) == (date(2026, 6, 29), 1, "Sozialplanung")
    assert row.command.startswith(f"cycle finding respond {FINDING}")


def test_a_report_that_no_body_saw(city: Store) -> None:
    row = _begins(city, "O2", UNSHOWN, date(2026, 8, 1))
    assert (row.due, row.cycle, row.title) == (date(2026, 7, 31), ROUND, "Teilhabebericht")


def test_a_goal_without_target(city: Store) -> None:
    row = _begins(city, "O3", GOAL, date(2026, 7, 1))
    assert (row.due, row.who, row.department) == (date(2026, 6, 30), "Fachamt (51)", "51")


def test_a_proposal_nobody_decided_on(city: Store) -> None:
    row = _begins(city, "O4", PROPOSED, date(2026, 4, 16))
    assert (row.due, row.who) == (date(2026, 4, 15), "Sitzungsdienst")


def test_a_deferred_measure_whose_day_has_come(city: Store) -> None:
    assert _begins(city, "O5", DEFERRED, date(2026, 8, 2)).due == date(2026, 8, 1)


def test_a_measure_that_does_not_begin(city: Store) -> None:
    row = _begins(city, "O6", APPROVED, date(2026, 3, 4))
    assert (row.due, row.days) == (date(2026, 2, 1), 31)


def test_an_evaluation_that_is_due(city: Store) -> None:
    row = _begins(city, "O7", RUNNING, date(2027, 4, 1))
    assert (row.due, row.who) == (date(2027, 3, 31), "auswertende Stelle, Fachamt (51)")


def test_a_measure_nobody_reports_on_since_it_began(city: Store) -> None:
    row = _begins(city, "O8", RUNNING, date(2026, 9, 16))
    assert (row.due, row.days) == (date(2026, 9, 1), 15)


def test_a_measure_nobody_reports_on_since_the_last_report(city: Store) -> None:
    assert _begins(city, "O8", FUNDED, date(2027, 6, 4)).due == date(2027, 5, 20)


def test_a_milestone_that_is_not_done(city: Store) -> None:
    row = _begins(city, "O9", RUNNING, date(2026, 5, 2), which="1")
    assert (row.due, row.about) == (date(2026, 5, 1), "1 „Kräfte eingestellt“")
    assert row.says == "Der Meilenstein 1 „Kräfte eingestellt“ ist nicht als erledigt gemeldet."
    assert row.command == f"cycle milestone done {RUNNING} 1"


def test_a_measure_that_should_have_ended(city: Store) -> None:
    row = _begins(city, "O10", RUNNING, date(2026, 11, 1))
    assert (row.due, row.days) == (date(2026, 10, 31), 1)


@pytest.mark.parametrize("key", [APPROVED, GOAL, UNSHOWN, ROUND])
def test_a_condition_of_a_decision_whose_day_has_passed(city: Store, key: str) -> None:
    assert not [r for r in _rows(city, date(2026, 9, 30)) if (r.rule, r.key) == ("O11", key)]
    (row,) = [r for r in _rows(city, date(2026, 10, 1)) if (r.rule, r.key) == ("O11", key)]
    assert row.due == date(2026, 9, 30)
    assert row.about == "Bericht an das Gremium (Bericht an den Ausschuss)"
    assert row.command == f"cycle {row.noun} show {key}"


def test_an_evaluated_measure_of_which_nobody_says_what_follows(city: Store) -> None:
    row = _begins(city, "O12", EVALUATED, date(2027, 1, 29))
    assert (row.due, row.who) == (date(2027, 1, 28), "Lenkungsgruppe")


def test_a_recommendation_without_answer(city: Store) -> None:
    row = _begins(city, "O13", ADVICE, date(2026, 8, 29))
    assert (row.due, row.who) == (date(2026, 8, 28), "Fachamt (51)")


def test_a_value_that_should_be_there(city: Store) -> None:
    row = _begins(city, "O14", "SPRACHE", date(2025, 9, 28))
    assert (row.due, row.who) == (date(2025, 9, 27), "Statistikstelle")


def test_a_grant_that_ends_is_told_beforehand(city: Store) -> None:
    row = _begins(city, "O15", FUNDED, date(2026, 7, 4), which="2026")
    assert (row.due, row.days, row.escalation) == (date(2026, 12, 31), -180, None)
    assert row.who == "Kämmerei, Fachamt (51)"


def test_a_suspended_measure_whose_day_has_come(city: Store) -> None:
    assert _begins(city, "O16", SUSPENDED, date(2026, 9, 1)).due == date(2026, 8, 31)


def test_a_round_that_stands_still(city: Store) -> None:
    row = _begins(city, "O17", ROUND, date(2027, 1, 31))
    assert (row.due, row.days) == (date(2026, 12, 31), 31)


def test_a_promise_that_is_old(city: Store) -> None:
    row = _begins(city, "O18", RUNNING, date(2028, 3, 6), which="WV-A")
    assert (row.due, row.about) == (date(2028, 3, 5), "Wohlfahrtsverband A")
    assert row.command == f"cycle commitment add {RUNNING} --partner WV-A"


def test_a_round_that_shows_no_report_for_two_years(city: Store) -> None:
    row = _begins(city, "O19", ROUND, date(2028, 3, 2), which="report")
    assert (row.due, row.about, row.name) == (date(2028, 3, 1), "", "Lange kein Bericht")


def test_every_rule_is_told_once_its_day_has_come(city: Store) -> None:
    with looking(city) as reader:
        assert set(status(reader, today=date(2030, 1, 1))["overdue"]) == {
            f"O{n}" for n in range(1, 20)
        }


def test_the_oldest_stands_first(city: Store) -> None:
    dues = [row.due for row in _rows(city, TODAY) if row.due]
    assert dues == sorted(dues)
    assert dues[0] == date(2025, 9, 27)


def test_counts_tell_what_the_list_tells(city: Store) -> None:
    for filters in ({}, {"department": "51"}, {"state": "approved"}, {"goal": GOAL}):
        rows = _rows(city, TODAY, **filters)
        with looking(city) as reader:
            found = status(reader, today=TODAY, filters=Filters(**filters))  # type: ignore[arg-type] # as in `_rows`
        told = found["overdue"]
        assert told == {code: sum(r.rule == code for r in rows) for code in told}
        assert set(told) == {row.rule for row in rows}


def test_the_filters_pick_what_belongs_to_them(city: Store) -> None:
    assert {row.key for row in _rows(city, TODAY, state="approved")} == {APPROVED}
    assert {row.key for row in _rows(city, TODAY, goal=GOAL)} == {GOAL}
    assert "SPRACHE" not in {row.key for row in _rows(city, TODAY, department="51")}
    assert _rows(city, TODAY, department="20") == []


def test_what_is_late_can_be_listed_alone(city: Store) -> None:
    with looking(city) as reader:
        late = measures.listed(reader, Filters(late=date(2026, 4, 16)), today=TODAY)
        assert {row.key for row in late} == {PROPOSED, APPROVED}
        assert measures.listed(reader, Filters(late=date(2026, 3, 3)), today=TODAY) == []
        only = listed(reader, today=TODAY, lang="de", filters=Filters(late=date(2025, 9, 28)))
        assert {row.key for row in only} == {"SPRACHE"}


def test_drafts_stay_inside(own_city: Store) -> None:
    with looking(own_city) as reader:
        inside = listed(reader, today=TODAY, lang="de")
        outside = listed(reader, today=TODAY, lang="de", sees_internal=False)
    assert {row.key for row in outside} <= {row.key for row in inside}


@pytest.mark.parametrize("noun", ["measure", "goal", "finding", "report", "recommendation", "round",
                                  "indicator"])  # fmt: skip
def test_one_record_alone_is_told_as_among_all(city: Store, noun: str) -> None:
    with looking(city) as reader:
        together = entries(reader, PRESETS["standard"], noun, None)
        alone = [
            entry
            for id_ in {entry.subject for entry in together}
            for entry in entries(reader, PRESETS["standard"], noun, (id_,))
        ]
        assert together
        assert set(alone) == set(together)
        assert entries(reader, PRESETS["standard"], noun, ()) == []


def test_however_many_there_are_the_statements_stay_as_few(own_city: Store) -> None:
    def statements(read: Callable[[Reader], object]) -> int:
        with looking(own_city) as reader:
            before = reader.statements
            read(reader)
            return reader.statements - before

    reads: list[Callable[[Reader], object]] = [
        lambda r: listed(r, today=TODAY, lang="de"),
        lambda r: entries(r, PRESETS["standard"], "measure", None),
        lambda r: entries(r, PRESETS["standard"], "round", None),
    ]
    few = [statements(read) for read in reads]
    with own_city.unit("planner", day=TODAY) as unit:
        for number in range(20):
            milestones.add(unit, RUNNING, f"Schritt {number}", due=date(2026, 6, 1))
    assert [statements(read) for read in reads] == few == [2, 3, 1]
