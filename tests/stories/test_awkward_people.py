"""Awkward cases of departments, partners, time and lineage: one test a row."""

from datetime import date
from typing import Any

import pytest

from cycle.errors import Invalid
from cycle.machine.facts import Ask
from cycle.model.measures import Measure
from cycle.reading.journal import events
from cycle.store.store import Store
from cycle.usecases import measures, progress
from tests import makers
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_measures import DAY, PATH, Town

BEGUN = date(2024, 8, 1)


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


@pytest.fixture(params=STORES)
def cycle(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl
) -> Cycle:
    """Call the command on a Saalestadt of its own; `local` acts, who holds every role."""
    return Cycle(capsys, fresh_url(request.param, settle_saalestadt))


def take_over(town: Town, key: str, state: str, day: date = DAY) -> None:
    """Let a measure stand where the list of last year says it does."""
    ask = Ask(source="Liste 2025", source_date=date(2026, 1, 15), start=BEGUN, state=state)
    town.move(key, "take_over", ask, to=state, day=day)


@pytest.mark.parametrize(
    ("state", "since"),
    [
        ("draft", date(2026, 11, 22)),
        ("proposed", date(2026, 1, 15)),
        ("approved", date(2026, 2, 20)),
        ("in_progress", date(2026, 3, 1)),
        ("implemented", date(2026, 9, 30)),
        ("evaluated", date(2026, 10, 30)),
    ],
)
def test_a_measure_knows_since_when_it_stands_where_it_stands(
    town: Town, state: str, since: date
) -> None:
    assert state in PATH
    assert town.seen(town.a_measure(state)).state_since == since


def test_what_was_taken_over_stands_there_since_the_day_it_was_recorded(town: Town) -> None:
    key = town.a_measure("draft")
    take_over(town, key, "in_progress", date(2026, 3, 10))
    assert town.seen(key).state_since == date(2026, 3, 10)


def edit(town: Town, key: str, **words: Any) -> Measure:  # noqa: ANN401 - as `measures.edit`
    return town.do(lambda unit: measures.edit(unit, key, **words))


def actions(town: Town, key: str) -> list[str]:
    """Read what the journal tells of a record, the oldest first."""
    found = town.do(lambda unit: events(unit.reading(), key, sees_internal=True))
    return [event.action for event in found]


def test_a_slipped_deadline_is_told_by_forecast_and_reason_and_the_plan_stays(town: Town) -> None:
    key = town.a_measure("in_progress")  # planned to end on 31 October
    day = date(2026, 11, 1)
    with pytest.raises(Invalid) as wrong:
        town.do(lambda u: progress.report(u, key, course="on_track"), "youth", day)
    assert [fault.pointer for fault in wrong.value.faults] == ["delay_reason"]
    town.do(
        lambda u: progress.report(
            u, key, course="delayed", forecast_end=date(2027, 1, 31),
            text="Es fehlt noch eine Kraft.", delay_reason="Zwei Absagen",
        ), "youth", day,
    )  # fmt: skip
    seen = town.seen(key)
    assert (seen.planned_end, seen.forecast_end) == (date(2026, 10, 31), date(2027, 1, 31))
    assert seen.first_planned_end == date(2026, 10, 31)


def test_a_new_end_after_the_decision_takes_a_reason_and_the_first_end_stays(town: Town) -> None:
    key = town.a_measure("approved")
    with pytest.raises(Invalid) as wrong:
        edit(town, key, planned_end=date(2027, 3, 31))
    assert [(f.pointer, f.code) for f in wrong.value.faults] == [("reason", "missing")]
    assert town.seen(key).planned_end == date(2026, 10, 31)
    for end in (date(2027, 3, 31), date(2027, 6, 30)):
        edit(town, key, planned_end=end, reason="Die Stellen sind erst ab Januar frei.")
    seen = town.seen(key)
    assert (seen.planned_end, seen.first_planned_end) == (date(2027, 6, 30), date(2026, 10, 31))
    assert actions(town, key)[-2:] == ["replanned", "replanned"]


def test_before_the_decision_a_plan_is_only_written_down_otherwise(town: Town) -> None:
    key = town.a_measure("proposed")
    edit(town, key, planned_end=date(2027, 3, 31))
    assert (town.seen(key).first_planned_end, actions(town, key)[-1]) == (None, "edited")
    assert town.seen(key).dossier_changed is True


def test_what_stays_the_same_or_is_added_is_no_new_plan(town: Town) -> None:
    key = town.a_measure("approved")
    edit(town, key, planned_end=date(2026, 10, 31), description="In vier Stadtteilen.")
    bare = town.a_measure("draft")
    edit(town, bare, planned_start=None, planned_end=None)
    take_over(town, bare, "approved")
    edit(town, bare, planned_end=date(2027, 5, 31))
    assert town.seen(bare).first_planned_end is None
    edit(town, bare, planned_end=date(2027, 7, 31), reason="Ferien")
    assert town.seen(bare).first_planned_end == date(2027, 5, 31)


def test_the_evaluation_moves_with_the_end_it_counts_from(town: Town) -> None:
    running = town.a_measure("draft")
    take_over(town, running, "approved")
    assert town.seen(running).next_evaluation_due == date(2027, 4, 29)  # 180 days after the end
    edit(town, running, planned_end=date(2026, 12, 31), reason="Ein Standort fehlt.")
    assert town.seen(running).next_evaluation_due == date(2027, 6, 29)
    planned = town.a_measure("approved")
    edit(town, planned, planned_end=date(2026, 12, 31), reason="Ein Standort fehlt.")
    assert town.seen(planned).next_evaluation_due == date(2027, 3, 31)  # as planned itself


def test_nothing_ends_before_it_begins(town: Town) -> None:
    key = town.a_measure("draft")
    with pytest.raises(Invalid) as wrong:
        edit(town, key, planned_end=date(2026, 1, 31))
    assert [f.code for f in wrong.value.faults] == ["ends_before_it_begins"]
    with pytest.raises(Invalid) as wrong:
        town.do(lambda u: makers.a_measure(u, planned_start=date(2026, 2, 1),
                                           planned_end=date(2026, 1, 31)))  # fmt: skip
    assert [f.code for f in wrong.value.faults] == ["ends_before_it_begins"]


def test_the_command_asks_for_the_reason_of_a_new_end(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Treff", "--lead", "51", "--planned-end", "2026-10-31")
    cycle.done("measure", "take-over", key, "--state", "approved", "--source", "Liste",
               "--source-date", "2026-01-15")  # fmt: skip
    said = cycle("measure", "edit", key, "--planned-end", "2027-03-31", "--lang", "en")
    assert (said.code, "--reason" in said.err) == (2, True)
    cycle.done("measure", "edit", key, "--planned-end", "2027-03-31", "--reason", "Umbau")
    shown = cycle("measure", "show", key, "--json").json
    assert (shown["planned_end"], shown["first_planned_end"]) == ("2027-03-31", "2026-10-31")
    assert "replanned" in cycle("journal", key, "--json").out
