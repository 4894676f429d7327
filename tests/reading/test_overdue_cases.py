"""What takes an overdue item off the list, and what puts it there in rarer cases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from cycle.reading.lights import lights
from cycle.reading.overdue import listed
from cycle.reading.town import town as here_and_now
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    cycles,
    decisions,
    dispositions,
    findings,
    lookup,
    policy,
    progress,
    reports,
)
from tests.conftest import STORES, FreshUrl
from tests.makers_measures import Town
from tests.makers_rounds import (
    ROUND,
    a_running_measure,
    an_indicator,
    an_observation,
    in_stage,
)
from tests.reading.rows import TODAY, looking
from tests.reading.test_overdue import EVALUATED, FINDING, FUNDED, PROPOSED, RUNNING, build
from tests.usecases.merging import log, pass_on


@pytest.fixture(params=STORES)
def own_city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, build))
    yield opened
    opened.close()


def _told(store: Store, day: date) -> dict[tuple[str, str], date | None]:
    with looking(store) as reader:
        return {(r.rule, r.key): r.due for r in listed(reader, today=day, lang="de")}


def _begins(store: Store, rule: str, key: str, day: date) -> date | None:
    """Check that it is silent until the day before, and give the day it is owed."""
    assert (rule, key) not in _told(store, day - timedelta(days=1))
    return _told(store, day)[rule, key]


@contextmanager
def _gone(store: Store, rule: str, key: str, day: date) -> Iterator[Unit]:
    """Check that a deed takes away what was there."""
    assert (rule, key) in _told(store, day)
    with store.unit("planner", day=TODAY) as unit:
        yield unit
    assert (rule, key) not in _told(store, day)


def test_money_for_the_years_after_covers_a_grant(own_city: Store) -> None:
    with _gone(own_city, "O15", FUNDED, TODAY) as unit:
        budgets.set_line(unit, FUNDED, 2027, planned=100)


def test_a_measure_that_ends_with_its_grant_needs_no_cover(own_city: Store) -> None:
    with _gone(own_city, "O15", FUNDED, TODAY) as unit:
        progress.report(
            unit, FUNDED, course="delayed", text="Bald", delay_reason="Stelle offen",
            forecast_end=date(2026, 12, 31),
        )  # fmt: skip


def test_a_report_on_progress_counts_anew(own_city: Store) -> None:
    with _gone(own_city, "O8", RUNNING, TODAY) as unit:
        progress.report(
            unit, RUNNING, course="delayed", text="Bald", delay_reason="Stelle offen",
            forecast_end=date(2027, 1, 31),
        )  # fmt: skip


def test_an_answer_takes_a_finding_off(own_city: Store) -> None:
    with _gone(own_city, "O1", FINDING, TODAY) as unit:
        findings.respond(unit, FINDING, response="no_action", reason="Kein Bedarf mehr.")


def test_a_disposition_takes_the_question_off(own_city: Store) -> None:
    with _gone(own_city, "O12", EVALUATED, date(2027, 6, 1)) as unit:
        dispositions.decide(unit, EVALUATED, choice="complete", reason="Erreicht.", on=TODAY)


def test_money_from_a_budget_lifts_its_reservation(own_city: Store) -> None:
    town = Town(own_city)
    town.do(
        lambda u: decisions.add(
            u, on=date(2026, 2, 20), result="adopted", measures=[PROPOSED], body="SR",
            paper="2026/0001", paper_name="Sprachförderung",
            conditions=[("budget_reservation", "Haushalt 2027", date(2026, 10, 31))],
        ), "clerk", date(2026, 2, 20),
    )  # fmt: skip
    assert _begins(own_city, "O11", PROPOSED, date(2026, 11, 1)) == date(2026, 10, 31)
    with _gone(own_city, "O11", PROPOSED, TODAY) as unit:
        budgets.set_line(unit, PROPOSED, 2027, approved=100)


def test_a_condition_that_became_a_deadline_is_told_once(own_city: Store) -> None:
    town = Town(own_city)
    key = town.a_measure("proposed", goal="G-2026-002")
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    town.do(
        lambda u: decisions.add(
            u, on=date(2026, 2, 20), result="adopted", measures=[key], body="SR",
            paper="2026/0003", paper_name="Sprachförderung",
            conditions=[("report_due", "Bericht", date(2026, 10, 31)),
                        ("report_due", "Zweiter Bericht", date(2026, 10, 31))],
        ), "clerk", date(2026, 2, 20),
    )  # fmt: skip
    town.move(key, "approve", actor="clerk", day=date(2026, 2, 20))
    with looking(own_city) as reader:
        found = [r for r in listed(reader, today=TODAY, lang="de") if r.key == key]
    told = {r.about for r in found if r.rule == "O11"}
    assert told == {"Bericht an das Gremium (Bericht)", "Bericht an das Gremium (Zweiter Bericht)"}
    assert len([r for r in found if r.rule == "O11"]) == 2


def test_what_was_taken_over_waits_for_the_window_to_end(town: Store) -> None:
    with town.unit("planner", day=TODAY) as unit:
        key = a_running_measure(unit, planned_end=date(2026, 1, 31))
    due = _begins(town, "O10", key, date(2027, 11, 23))
    assert due == date(2026, 1, 31)
    assert _begins(town, "O8", key, date(2027, 11, 23)) == date(2027, 5, 22)


@pytest.mark.parametrize(("months", "owed"), [(None, date(2026, 9, 1)), (3, date(2026, 6, 1))])
def test_a_first_report_is_owed_by_the_day_it_was_asked_for_and_its_light_says_so(
    town: Store, months: int | None, owed: date
) -> None:
    with town.unit("admin", day=TODAY) as unit:
        policy.set_(unit, "council_interval_months", months)
    key = Town(town).a_measure("in_progress")  # of the council, since 1 March
    first = owed + timedelta(days=15)
    assert _begins(town, "O8", key, first) == owed
    assert [_is_silent(town, key, day) for day in (first - timedelta(days=1), first)] == [
        False, True,
    ]  # fmt: skip


def test_a_merge_owes_the_report_its_predecessors_owed(town: Store) -> None:
    here = Town(town)
    source, heir = here.a_measure("in_progress"), log(here)  # since 1 March, nothing told
    pass_on(here, (source,), (heir,), "1")
    first = TODAY + timedelta(days=15)
    assert _begins(town, "O8", heir, first) == TODAY
    assert _is_silent(town, heir, first)


def _is_silent(store: Store, key: str, day: date) -> bool:
    with looking(store) as reader:
        told = lights(reader, [key], today=day, policy=here_and_now(reader).policy)
    codes = [reason["code"] for reason in told[key]["delivery"]["reasons"]]
    return "report_missing" in codes


def test_a_measure_raised_above_the_policy_reports_by_its_own_rhythm(store: Store) -> None:
    from tests import makers  # noqa: PLC0415 - makers need a store first

    makers.a_town(store, preset="light")
    with store.unit("planner", day=TODAY) as unit:
        mild, raised = (a_running_measure(unit, title=f"Laufendes {n}") for n in range(2))
        record = lookup.measure(unit, raised)
        record.raised_to = "strict"
        unit.tell(record, "raised")
    assert _told(store, date(2030, 1, 1))["O8", mild] == date(2027, 11, 22)
    assert _told(store, date(2030, 1, 1))["O8", raised] == date(2027, 5, 22)


def test_an_evaluation_that_the_round_asked_for_is_due(town: Store) -> None:
    from cycle.model.duties import Deadline  # noqa: PLC0415 - of this case only

    with town.unit("planner", day=TODAY) as unit:
        key = a_running_measure(unit)
        measure = lookup.measure(unit, key)
        assert measure.next_evaluation_due is None
        unit.add(Deadline(measure_id=measure.id, code="evaluation_request", due=date(2028, 1, 1)))
        unit.tell(measure, "asked")
    assert _begins(town, "O7", key, date(2028, 1, 2)) == date(2028, 1, 1)
    assert ("O11", key) not in _told(town, date(2029, 1, 1))


def test_the_stage_evaluation_ends_with_the_round_where_nobody_planned_it(town: Store) -> None:
    in_stage(town, "evaluation")
    with town.unit("planner", day=TODAY) as unit:
        round_ = lookup.cycle(unit, ROUND)
        round_.period_end = date(2027, 12, 31)
        unit.tell(round_, "edited")
    assert _begins(town, "O17", ROUND, date(2028, 1, 31)) == date(2027, 12, 31)


def test_a_closed_round_owes_the_next_one(town: Store) -> None:
    in_stage(town, "closed")
    assert _begins(town, "O19", ROUND, date(2027, 5, 22)) == date(2027, 5, 21)
    with _gone(town, "O19", ROUND, date(2027, 6, 1)) as unit:
        cycles.open_round(unit, title="Zweite Runde", start=date(2028, 1, 1), predecessor=ROUND)


def test_a_round_taken_over_as_closed_owes_nothing(town: Store) -> None:
    with town.unit("planner", day=TODAY) as unit:
        old = cycles.take_over(
            unit, title="Plan 2016", start=date(2016, 1, 1), end=date(2019, 12, 31), source="Plan"
        ).ref
        report = reports.add(unit, cycle=old, title="Bericht 2016")
        findings.add(unit, report=report.ref, text="Alt", source="Plan")
        reports.present(unit, report.ref, body="SR", on=date(2017, 1, 1))
    assert {key for _, key in _told(town, date(2035, 1, 1))} == {ROUND}


def test_a_town_that_never_saw_a_report_is_late_two_years_after_it_began(town: Store) -> None:
    assert _begins(town, "O19", ROUND, date(2028, 11, 23)) == date(2028, 11, 22)


def test_what_the_round_before_left_is_asked_of_the_next_until_it_is_settled(town: Store) -> None:
    in_stage(town, "evaluation")
    with town.unit("planner", day=TODAY) as unit:
        key = a_running_measure(unit)
        cycles.open_round(unit, title="Zweite Runde", start=date(2028, 1, 1), predecessor=ROUND)
    assert _begins(town, "O11", "Z-2028", date(2027, 2, 21)) == date(2027, 2, 20)
    with _gone(town, "O11", "Z-2028", date(2027, 3, 1)) as unit:
        dispositions.decide(unit, key, choice="stop", reason="Wirkt nicht", on=TODAY)


def test_a_report_of_any_round_of_the_line_counts_for_the_latest(town: Store) -> None:
    in_stage(town, "evaluation")
    with town.unit("planner", day=TODAY) as unit:
        cycles.open_round(unit, title="Zweite Runde", start=date(2028, 1, 1), predecessor=ROUND)
    assert _begins(town, "O19", "Z-2028", date(2028, 11, 23)) == TODAY.replace(year=2028)
    with town.unit("planner", day=date(2027, 5, 1)) as unit:
        late = reports.add(unit, cycle=ROUND, title="Zwischenbericht", kind="progress_report")
        findings.add(unit, report=late.ref, text="Es geht voran", source="Amt 51")
        reports.present(unit, late.ref, body="SR", on=unit.day)
    assert _begins(town, "O19", "Z-2028", date(2029, 5, 2)) == date(2029, 5, 1)


def test_a_value_that_comes_at_no_fixed_time_is_never_overdue(town: Store) -> None:
    with town.unit("statistician", day=TODAY) as unit:
        for code, frequency in (("SELTEN", "irregular"), ("JAHR", "yearly")):
            an_indicator(unit, code, frequency=frequency)
            an_observation(unit, indicator=code)
    assert {key for rule, key in _told(town, date(2035, 1, 1)) if rule == "O14"} == {"JAHR"}
