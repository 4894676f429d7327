import pytest

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.model.goals import GoalFinding
from cycle.model.reports import Finding, FindingArea, FindingField, FindingObservation
from cycle.store.store import Store
from cycle.usecases import findings, lookup
from tests.makers import DAY
from tests.makers_rounds import (
    COUNTED,
    REPORT,
    ROUND,
    TOWN,
    a_finding,
    a_goal,
    a_running_measure,
    an_evaluation,
    an_indicator,
    an_observation,
)

KEY = "F-2026-001"


def _counts(town: Store) -> tuple[int, ...]:
    with town.unit("reader") as unit:
        ties = (FindingArea, FindingField, FindingObservation)
        return tuple(len(lookup.every(unit, tie)) for tie in ties)


def test_a_finding_cites_what_it_rests_on(town: Store) -> None:
    with town.unit() as unit:
        an_indicator(unit)
        an_observation(unit)
        found = a_finding(
            unit, areas=[TOWN], fields=["JUG"], observations=[("KITA", TOWN, COUNTED)]
        )
        assert (found.ref, found.kind, found.severity) == (KEY, "need", "act")
    assert _counts(town) == (1, 1, 1)


def test_more_may_be_said_later_and_twice_is_once(town: Store) -> None:
    with town.unit() as unit:
        an_indicator(unit)
        an_observation(unit)
        a_finding(unit)
    for _ in range(2):
        with town.unit("planner") as unit:
            cited = [("KITA", TOWN, COUNTED)]
            findings.edit(unit, KEY, areas=[TOWN], fields=["BIL"], observations=cited)
    assert _counts(town) == (1, 1, 1)


def test_a_finding_is_mended(town: Store) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
        found = findings.edit(unit, KEY, text="Es fehlen 40 Plätze", severity="watch", source=None)
        assert (found.text, found.severity, found.source) == ("Es fehlen 40 Plätze", "watch", None)
    with pytest.raises(Invalid), town.unit("planner") as unit:
        findings.edit(unit, KEY, text=" ")
    with pytest.raises(Conflict), town.unit("planner") as unit:
        findings.edit(unit, KEY, expect=1, source="Kita-Statistik")


def test_it_refuses_a_finding_without_words_or_of_no_kind(town: Store) -> None:
    for words in ({"text": " "}, {"kind": "rumour"}):
        with pytest.raises(Invalid), town.unit("planner") as unit:
            a_finding(unit, **words)
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        a_finding(unit)


def test_a_finding_is_answered_by_a_goal(town: Store) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
        goal = a_goal(unit, level="open")
        for _ in range(2):
            found = findings.respond(unit, KEY, response="goal", goal=goal.ref)
        assert (found.response, found.responded_on) == ("goal", DAY)
        assert len(lookup.every(unit, GoalFinding)) == 1
        assert findings.respond(unit, KEY, response="goal").response == "goal"


def test_an_answer_needs_a_goal_or_a_reason(town: Store) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
    for response, says in (("goal", "Which goal"), ("no_action", "needs a reason")):
        with pytest.raises(Invalid, match=says), town.unit("planner") as unit:
            findings.respond(unit, KEY, response=response)


def test_a_finding_may_be_put_off_with_a_reason(town: Store) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
        found = findings.respond(
            unit, KEY, response="deferred_to_next_round", reason="Daten fehlen"
        )
        assert found.response_reason == "Daten fehlen"


def test_feedback_is_acknowledged_once(town: Store) -> None:
    with town.unit("planner") as unit:
        measure = a_running_measure(unit, "implemented")
        an_evaluation(unit, measure)
        waiting = lookup.by(unit, Finding, report_id=None)
        assert waiting is not None
        findings.edit(unit, waiting.ref, severity="act")
        findings.acknowledge(unit, waiting.ref)
        before = waiting.version
        findings.acknowledge(unit, waiting.ref)
        assert (waiting.acknowledged_on, waiting.version) == (DAY, before)


def test_nothing_is_written_into_a_closed_round(town: Store) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
        lookup.cycle(unit, ROUND).stage = "closed"
    with pytest.raises(Conflict, match="only read"), town.unit("planner") as unit:
        a_finding(unit, report=REPORT)
    with pytest.raises(Conflict, match="only read"), town.unit("planner") as unit:
        findings.edit(unit, KEY, text="Anders")
    with pytest.raises(Conflict, match="only read"), town.unit("planner") as unit:
        findings.respond(unit, KEY, response="no_action", reason="Zu spät")
