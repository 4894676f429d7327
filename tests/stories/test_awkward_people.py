"""Awkward cases of time and of those outside the town: one test a row."""

from contextlib import closing
from datetime import date

import pytest

from cycle.errors import Invalid, Refused
from cycle.machine.facts import Ask
from cycle.model.duties import Deadline
from cycle.model.measures import MeasurePartner
from cycle.reading import overdue
from cycle.store.store import Store
from cycle.usecases import (
    commitments,
    decisions,
    enforcements,
    lookup,
    milestones,
    progress,
    releases,
)
from tests import makers
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_measures import DAY, PATH, Town
from tests.stories.told import actions, edit

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


PROMISE = date(2026, 2, 20)


def an_external_measure(town: Town) -> str:
    """Let a welfare association promise what it will do, and bring that before the committees."""
    goal = town.a_goal()
    key = town.do(
        lambda u: makers.a_measure(
            u, lead="WV-A", goal=goal, citywide=True, binding="voluntary_commitment",
            planned_start=date(2026, 3, 1), planned_end=date(2027, 6, 30),
        ).ref
    )  # fmt: skip
    town.targeted(key)
    town.ready(key)
    town.do(lambda u: enforcements.add(u, key, lever="contract", responsible="51"))
    town.move(key, "propose", day=date(2026, 1, 15))
    return key


def test_an_external_measure_rests_on_the_document_of_its_promise(town: Town) -> None:
    key = an_external_measure(town)
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="clerk", day=PROMISE)
    assert "decision_missing" in [reason.guard for reason in refused.value.reasons]
    town.do(
        lambda u: decisions.add(
            u, on=PROMISE, result="adopted", kind="commitment", measures=[key], department="WV-A",
            document="Zusage des Verbands vom 20.02.2026",
        ), "clerk", PROMISE,
    )  # fmt: skip
    assert town.move(key, "approve", actor="clerk", day=PROMISE) == "approved"
    town.do(lambda u: milestones.add(u, key, "Kräfte eingestellt", due=date(2026, 5, 1)))
    assert town.move(key, "start", Ask(on=date(2026, 3, 1)), day=date(2026, 3, 1)) == "in_progress"
    with pytest.raises(Invalid, match="Please check") as wrong:
        town.do(lambda u: releases.release(u, "O9", key, level="body", body="SR"))
    assert "goes to steering at most" in wrong.value.faults[0].says
    let = town.do(lambda u: releases.release(u, "O9", key, level="steering"))
    assert let.level == "steering"


def test_a_promise_does_not_bind_what_the_council_decides(town: Town) -> None:
    key = town.a_measure("proposed")
    town.do(
        lambda u: decisions.add(u, on=PROMISE, result="adopted", kind="commitment",
                                measures=[key], department="WV-A", document="Zusage"),
        "clerk", PROMISE,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="clerk", day=PROMISE)
    assert "decision_missing" in [reason.guard for reason in refused.value.reasons]


def unrenewed(town: Town, key: str) -> list[int | None]:
    """Count the days by which promises of partners are older than two years."""
    rows = town.do(lambda u: overdue.listed(u.reading(), today=u.day, lang="en"))
    return [row.days for row in rows if (row.rule, row.key) == ("O18", key)]


def test_a_partner_renews_its_promise_every_two_years(town: Town) -> None:
    key = town.a_measure("in_progress")
    town.do(lambda u: commitments.add(u, key, "WV-A", on=date(2024, 11, 22), text="eine Stelle"))
    assert unrenewed(town, key) == []
    town.do(lambda u: commitments.add(u, key, "53", on=date(2024, 11, 21)))
    assert unrenewed(town, key) == [1]
    town.do(lambda u: commitments.add(u, key, "53"))
    assert unrenewed(town, key) == []
    assert actions(town, key).count("committed") == 3


def test_the_command_renews_a_promise(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Treff", "--lead", "51", "--partner", "WV-A")
    for on in ("2024-01-01", "2026-11-22"):
        cycle.done("commitment", "add", key, "--partner", "WV-A", "--on", on)
    with closing(Store.open(cycle.url)) as store, store.unit("local") as unit:
        (tie,) = lookup.every(unit, MeasurePartner)
        assert tie.committed_on == date(2026, 11, 22)


def test_what_runs_on_is_never_finished_but_reported_on_and_evaluated(town: Town) -> None:
    key = town.a_measure("draft")
    edit(town, key, is_ongoing=True, planned_end=None, period_text="2022 ff.")
    for step in ("targeted", "proposed", "approved"):
        getattr(town, step)(key)
    begun = date(2026, 3, 1)
    town.move(key, "start", Ask(on=begun), actor="youth", day=begun)  # without a milestone
    (asked,) = town.do(lambda u: lookup.every(u, Deadline, code="progress_due"))
    assert asked.due == date(2026, 9, 1)
    with pytest.raises(Refused) as refused:
        town.move(key, "finish", actor="youth")
    assert "measure_is_ongoing" in [reason.guard for reason in refused.value.reasons]
    town.judged(key)
    assert town.move(key, "evaluate", actor="evaluator") == "evaluated"
    assert town.seen(key).actual_end is None
