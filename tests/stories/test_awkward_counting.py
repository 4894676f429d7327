"""Awkward cases of what counts: errors, shared goals, decisions of the council before."""

from collections.abc import Iterator
from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.machine.facts import Ask
from cycle.model.evaluations import IndicatorResult
from cycle.reading.journal import events
from cycle.reading.status import status
from cycle.reading.terms import to_confirm
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    evaluations,
    lookup,
    terms,
    waivers,
)
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_measures import DAY, Town
from tests.stories.chamber import decided, line, repealed, taken_over, turned_down


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


# Entered in error


def test_what_was_entered_in_error_is_counted_nowhere_and_stays_in_the_journal(
    town: Town, cycle: Cycle
) -> None:
    right, wrong = taken_over(town), town.a_measure("draft")
    line(town, right, planned=100_00)
    line(town, wrong, planned=900_00)
    town.move(wrong, "cancel", Ask(code="entered_in_error"))
    assert [row["key"] for row in cycle("measure", "list", "--json").json] == [right]
    assert [row["key"] for row in cycle("budget", "list", "--json").json] == [right]
    assert cycle("budget", "show", wrong, "--json").json["planned_cents"] == 900_00
    found = cycle("measure", "list", "--state", "cancelled", "--json").json
    assert [row["key"] for row in found] == [wrong]  # whoever looks for it finds it
    states = town.do(lambda u: status(u.reading(), today=DAY))["states"]
    assert (states["in_progress"], states["cancelled"]) == (1, 0)
    told = town.do(lambda u: events(u.reading(), key=wrong, sees_internal=True))
    assert [event.action for event in told] == ["logged", "set", "cancelled"]


# One measure, several goals; goal with several measures


def test_a_measure_of_several_goals_is_counted_once(town: Town, cycle: Cycle) -> None:
    main, side = town.a_goal(), town.a_goal(measured=False)
    key = town.a_measure("in_progress", goal=main)
    cycle.done("measure", "edit", key, "--side-goal", side)
    found = town.do(lambda u: status(u.reading(), today=DAY))
    assert found["states"]["in_progress"] == sum(found["states"].values()) == 1
    assert found["departments"][0]["states"] == {"in_progress": 1}
    for goal in (main, side):
        rows = cycle("measure", "list", "--goal", goal, "--json").json
        assert [row["key"] for row in rows] == [key]
    shown = cycle("measure", "show", key, "--json").json
    assert shown["goals"] == [
        {"key": main, "contribution": "main"}, {"key": side, "contribution": "side"},
    ]  # fmt: skip


def test_of_several_measures_behind_a_goal_each_only_contributes(town: Town) -> None:
    goal = town.a_goal()
    first = town.a_measure("implemented", goal=goal)
    town.judged(first)
    assert [r.attribution for r in town.do(results)] == ["unclear"]
    second = town.a_measure("implemented", goal=goal)
    town.judged(second)
    assert sorted(r.attribution for r in town.do(results)) == ["contribution", "unclear"]
    with pytest.raises(Invalid) as told:
        town.do(
            lambda u: evaluations.add(
                u, measures=[second], overall="effective", text="Es wirkt.",
                results=[{"goal": goal, "text": "allein", "attribution": "attribution"}],
            ), "evaluator",
        )  # fmt: skip
    assert [fault.code for fault in told.value.faults] == ["shared_goal"]


def results(unit: Unit) -> list[IndicatorResult]:
    return lookup.every(unit, IndicatorResult)


# New council term


def test_after_an_election_decisions_stay_valid_and_are_listed_to_be_confirmed(
    town: Town, cycle: Cycle
) -> None:
    key = town.a_measure("approved")
    assert cycle("decision", "to-confirm", "--json").json == []
    cycle.done("decision", "term", "--elected", "2026-02-20", "--name", "Wahlperiode 2026–2031")
    rows = cycle("decision", "to-confirm", "--json").json
    assert [(row["body"], row["decided_on"]) for row in rows] == [("JHA", "2026-02-12")]
    cycle.done("decision", "term", "--elected", "2026-09-13", "--name", "Neuwahl")
    rows = cycle("decision", "to-confirm", "--json").json
    assert [(row["body"], row["measures"]) for row in rows] == [("JHA", [key]), ("SR", [key])]
    town.do(lambda u: waivers.grant(u, key, "milestone_missing", reason="klein"), "steering")
    assert town.move(key, "start") == "in_progress"  # what was decided stays valid
    cycle.done("decision", "confirm-term", rows[1]["key"], "--note", "Sammelbeschluss")
    assert [row["body"] for row in cycle("decision", "to-confirm", "--json").json] == ["JHA"]


def test_only_what_binds_live_measures_and_stands_is_to_be_confirmed(town: Town) -> None:
    kept, gone = town.a_measure("approved"), town.a_measure("approved")
    town.do(lambda u: terms.begin(u, date(2026, 9, 13), "Neuwahl"), "clerk")

    def listed() -> set[str]:
        rows = town.do(lambda u: to_confirm(u.reading(), today=DAY, sees_internal=True))
        return {key for row in rows for key in row.measures}

    assert listed() == {kept, gone}
    repealed(town, gone)
    line(town, gone, planned=1)
    town.move(gone, "cancel", Ask(code="council_revoked"))
    assert listed() == {kept}
    assert town.do(lambda u: to_confirm(u.reading(), today=DAY)) == []  # no paper is public


def test_a_term_is_recorded_once_and_confirms_only_what_came_before(town: Town) -> None:
    key = town.a_measure("approved")
    ref = decided(town, key)

    def faults(day: date = DAY) -> list[str]:
        with pytest.raises(Invalid) as told:
            town.do(lambda u: terms.confirm(u, ref), "clerk", day)
        return [fault.code for fault in told.value.faults]

    assert faults() == ["no_term"]
    with pytest.raises(Invalid):
        town.do(lambda u: terms.begin(u, date(2026, 11, 23), "morgen"), "clerk")
    town.do(lambda u: terms.begin(u, date(2026, 2, 20), "alt"), "clerk")
    assert faults() == ["of_this_term"]
    with pytest.raises(Conflict, match="recorded already"):
        town.do(lambda u: terms.begin(u, date(2026, 2, 20), "noch einmal"), "clerk")
    town.do(lambda u: terms.begin(u, date(2026, 2, 21), "neu"), "planner")
    assert town.do(lambda u: terms.confirm(u, ref).ref, "clerk") == ref
    with pytest.raises(Conflict, match="confirmed in this term"):
        town.do(lambda u: terms.confirm(u, ref), "clerk")
    with pytest.raises(Forbidden):
        town.do(lambda u: terms.confirm(u, ref), "youth")
    no = decided(town, turned_down(town), "rejected")
    with pytest.raises(Invalid) as told:
        town.do(lambda u: terms.confirm(u, no), "clerk")
    assert next(fault.code for fault in told.value.faults) == "not_adopted"
