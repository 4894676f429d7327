"""Awkward cases of the council: cancelled, changed, urgent, wanted again."""

from collections.abc import Iterator
from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Refused
from cycle.machine.facts import Ask
from cycle.model.measures import MeasureFinding, MeasureLink
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    again,
    decisions,
    evaluations,
    findings,
    lookup,
    waivers,
)
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_measures import DAY, Town
from tests.stories.chamber import (
    deadlines,
    financial,
    line,
    refused,
    repealed,
    turned_down,
)


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> str:
    """Give a Saalestadt of its own, for use cases and the command alike."""
    return fresh_url(request.param, settle_saalestadt)


@pytest.fixture
def town(url: str) -> Iterator[Town]:
    opened = Store.open(url)
    yield Town(opened)
    opened.close()


@pytest.fixture
def cycle(url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cycle:
    """Call the command on the same town, on the day of the tests; `local` holds every role."""
    monkeypatch.setenv("CYCLE_TODAY", DAY.isoformat())
    return Cycle(capsys, url)


# Council cancels running measure


def test_the_council_cancels_a_running_measure_and_what_was_spent_stays(town: Town) -> None:
    goal = town.a_goal()
    key = town.a_measure("in_progress", goal=goal)
    line(town, key, 2026, planned=231_000_00, approved=231_000_00, spent=198_500_00)
    drop = Ask(code="budget_withdrawn")
    assert refused(town, key, "cancel", drop) == ["repeal_missing", "evaluation_owed"]
    repealed(town, key)
    assert refused(town, key, "cancel", drop) == ["evaluation_owed"]
    town.do(
        lambda u: evaluations.add(
            u, measures=[key], overall="not_assessable", text="Nach acht Monaten beendet."
        ), "evaluator",
    )  # fmt: skip
    assert town.move(key, "cancel", drop, actor="clerk") == "cancelled"
    assert line(town, key, 2026, committed=0).spent_cents == 198_500_00
    assert town.do(lambda u: lookup.goal(u, goal).uncovered) is True


def test_a_note_of_the_steering_group_stands_for_the_evaluation(town: Town) -> None:
    key = town.a_measure("in_progress")
    line(town, key, 2026, planned=1)
    repealed(town, key)
    town.do(
        lambda u: waivers.grant(u, key, "evaluation_owed", reason="Kurzvermerk vom 20.11."),
        "steering",
    )
    assert town.move(key, "cancel", Ask(code="council_revoked")) == "cancelled"


def test_a_measure_cancelled_before_half_a_year_owes_no_evaluation(town: Town) -> None:
    key = town.a_measure("approved")
    town.do(lambda u: waivers.grant(u, key, "milestone_missing", reason="klein"), "steering")
    town.move(key, "start", Ask(on=date(2026, 5, 23)))
    line(town, key, 2026, planned=1)
    repealed(town, key)
    half_a_year, a_day_less = date(2026, 11, 23), date(2026, 11, 22)
    with pytest.raises(Refused, match="cancel"):
        town.move(key, "cancel", Ask(code="council_revoked"), day=half_a_year)
    assert town.move(key, "cancel", Ask(code="council_revoked"), day=a_day_less) == "cancelled"


# Adopted with changes


def test_what_was_adopted_with_changes_waits_for_a_planner(town: Town, cycle: Cycle) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    town.decide(key, "adopted_amended")
    assert refused(town, key, "approve", Ask(), "clerk") == ["amendment_unconfirmed"]
    cycle.done("measure", "edit", key, "--confirm-amendment")
    assert town.move(key, "approve", actor="clerk") == "approved"


def test_what_differs_from_the_frozen_dossier_is_told_field_by_field(
    town: Town, cycle: Cycle
) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    town.decide(key, "adopted_amended")
    cycle.done("measure", "edit", key, "--confirm-amendment")
    town.move(key, "approve", actor="clerk")
    assert cycle("measure", "dossier", key, "--json").json["changes"] == []
    said = cycle("measure", "dossier", key, "--lang", "en")
    assert said.err == "Nothing differs from what was frozen.\n"
    cycle.done("measure", "edit", key, "--title", "Sprachförderkräfte in fünf Kitas",
               "--partner", "WV-A")  # fmt: skip
    found = cycle("measure", "dossier", key, "--json").json
    assert found["changes"] == [
        {"part": "measure", "which": None, "name": "title",
         "before": "Sprachförderkräfte in vier Kitas", "now": "Sprachförderkräfte in fünf Kitas"},
        {"part": "partners", "which": None, "name": "partner", "before": None, "now": "WV-A"},
    ]  # fmt: skip
    (amendment,) = found["amendments"]
    assert amendment["changed_text"] == "fünf statt vier"
    assert (found["no"], found["frozen_on"]) == (1, "2026-01-15")
    cycle.done("consequence", "set", key, "built", "--text", "Umbau", "--cost", "5")
    shown = cycle("measure", "dossier", key, "--lang", "de").out
    assert "baulich" in shown  # no codes, and money in euros
    assert "5,00" in shown


# Emergency measure before decision (Eilentscheidung)


def urgent(town: Town, key: str, on: date = date(2026, 10, 1)) -> str:
    """Let the office decide at once."""
    return town.do(
        lambda u: decisions.add(
            u, on=on, result="adopted", measures=[key], kind="urgent",
            document="Eilentscheidung OB", department="51",
        ).ref, "clerk",
    )  # fmt: skip


def noted(town: Town, key: str, body: str, on: date) -> str:
    """Let a body take note of a measure."""
    return town.do(
        lambda u: decisions.add(
            u, on=on, result="noted", measures=[key], body=body, paper=f"2026/{body}",
            role="information",
        ).ref, "clerk",
    )  # fmt: skip


def test_an_emergency_measure_begins_at_once_and_the_council_hears_of_it(town: Town) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    urgent(town, key)
    town.move(key, "approve", actor="clerk")
    town.do(lambda u: waivers.grant(u, key, "milestone_missing", reason="eilt"), "steering")
    assert town.move(key, "start", Ask(on=date(2026, 10, 1))) == "in_progress"
    assert deadlines(town, key, "council_note") == [(date(2026, 11, 30), None)]
    noted(town, key, "LG", date(2026, 10, 10))  # it only steers
    noted(town, key, "SozA", date(2026, 9, 30))  # it sat before
    assert deadlines(town, key, "council_note") == [(date(2026, 11, 30), None)]
    noted(town, key, "SR", date(2026, 10, 1))
    assert deadlines(town, key, "council_note") == [(date(2026, 11, 30), DAY)]


def test_a_corrected_emergency_decision_is_told_by_its_own_day(town: Town) -> None:
    key = town.a_measure("proposed")
    wrong = urgent(town, key)
    right = town.do(
        lambda u: decisions.correct(u, wrong, reason="Datum", on=date(2026, 10, 5)).ref, "clerk"
    )
    assert deadlines(town, key, "council_note") == [(date(2026, 12, 4), None)]
    town.do(
        lambda u: decisions.correct(u, right, reason="war keine", kind="administrative"), "clerk"
    )
    assert deadlines(town, key, "council_note") == [(date(2026, 12, 4), DAY)]


def test_an_emergency_decision_recorded_late_finds_the_note_that_was_taken(town: Town) -> None:
    key = town.a_measure("proposed")
    noted(town, key, "SR", date(2026, 10, 20))
    urgent(town, key)
    assert deadlines(town, key, "council_note") == [(date(2026, 11, 30), DAY)]


def test_a_deferred_paper_tells_the_council_nothing(town: Town) -> None:
    key = town.a_measure("proposed")
    urgent(town, key)
    town.decide(key, "deferred", day=date(2026, 10, 20))
    assert deadlines(town, key, "council_note") == [(date(2026, 11, 30), None)]


# Rejected, later wanted again


def test_what_was_rejected_and_is_wanted_again_is_a_new_measure(town: Town, cycle: Cycle) -> None:
    goal = town.a_goal()
    old = turned_down(town, goal)

    def answer(unit: Unit) -> None:
        text = findings.add(unit, report="B-2026-01", text="Es fehlt an Kräften", source="Amt 51")
        measure = lookup.measure(unit, old)
        unit.add(MeasureFinding(measure_id=measure.id, finding_id=text.id))

    town.do(answer)
    assert town.do(lambda u: lookup.goal(u, goal).uncovered) is True
    key = cycle.done("measure", "again", old, "--title", "Sprachförderung, kleiner")
    before, now = town.seen(old), town.seen(key)
    assert (before.state, now.state) == ("rejected", "draft")
    assert now.title == "Sprachförderung, kleiner"
    assert now.lineage_id == before.lineage_id
    assert (now.planned_start, now.planned_end, now.citywide) == (None, None, True)
    (link,) = town.do(lambda u: lookup.every(u, MeasureLink, predecessor_id=before.id))
    assert (link.successor_id, link.kind) == (now.id, "replaced")
    row = financial(town, key)
    assert (row.state, row.proposal) == ("open", "keine, weil vorhanden")
    assert town.facts(key).main_goal == goal
    assert town.facts(key).findings == town.facts(old).findings == 2
    assert town.do(lambda u: lookup.goal(u, goal).uncovered) is False
    shown = cycle("measure", "show", key, "--json").json
    assert shown["lineage"]["predecessors"] == [old]


def test_only_what_was_turned_down_is_wanted_again_and_only_once(town: Town) -> None:
    live, old = town.a_measure("draft"), turned_down(town)
    with pytest.raises(Conflict, match="not rejected"):
        town.do(lambda u: again.log_again(u, live))
    town.do(lambda u: again.log_again(u, old), "youth")
    with pytest.raises(Conflict, match="taken up again"):
        town.do(lambda u: again.log_again(u, old))
    with pytest.raises(Forbidden):
        town.do(lambda u: again.log_again(u, old), "schools")
    town.move(live, "cancel", Ask(code="entered_in_error"))
    with pytest.raises(Conflict, match="not rejected"):
        town.do(lambda u: again.log_again(u, live))


def test_a_second_try_that_was_turned_down_too_may_be_followed_by_a_third(town: Town) -> None:
    old = turned_down(town)
    second = town.do(lambda u: again.log_again(u, old).ref)
    town.move(second, "cancel", Ask(code="no_need"))
    third = town.do(lambda u: again.log_again(u, old, cycle="Z-2026").ref)
    assert town.seen(third).lineage_id == town.seen(old).lineage_id
