from datetime import date
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.machine.facts import MeasureFacts
from cycle.model.decisions import Condition, Consultation, Decision
from cycle.model.duties import Deadline
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import conditions, decisions, lookup, minutes, moves
from tests import makers

ON, DUE = date(2026, 4, 24), date(2027, 3, 31)
RESERVED = ("budget_reservation", "vorbehaltlich Haushalt 2027", None)


@pytest.fixture(autouse=True)
def _measure(town: Store) -> None:
    with town.unit("planner") as unit:
        makers.a_measure(unit)


def _resolve(unit: Unit, **words: Any) -> Decision:  # noqa: ANN401 - as `decisions.add`
    return makers.a_resolution(unit, **{"measures": ["M-2026-001"]} | words)


def _facts(unit: Unit) -> MeasureFacts:
    return moves.facts_of(unit, lookup.measure(unit, "M-2026-001"))


def _pointers(caught: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [fault.pointer for fault in caught.value.faults]


# Repeals


def test_a_repeal_is_a_new_decision_on_the_same_measures(town: Store) -> None:
    with town.unit("clerk") as unit:
        old = _resolve(unit)
        new = _resolve(
            unit, measures=[], on=date(2026, 5, 20), paper="0200/2026", repeals="D-2026-001"
        )
        assert new.repeals_id == old.id
        assert minutes.subjects_of(unit, new) == minutes.subjects_of(unit, old)
        seen = _facts(unit)
        assert (seen.adopted, seen.repealed) == (False, True)
    with pytest.raises(Conflict) as caught, town.unit("clerk") as unit:
        _resolve(unit, on=date(2026, 6, 20), paper="0300/2026", repeals="D-2026-001")
    assert caught.value.values["by"] == "D-2026-002"


def test_a_motion_to_repeal_may_fail(town: Store) -> None:
    later: dict[str, Any] = {"paper": "0200/2026", "repeals": "D-2026-001"}
    with town.unit("clerk") as unit:
        _resolve(unit)
        _resolve(unit, on=date(2026, 5, 20), result="rejected", **later)
        assert _facts(unit).adopted
        assert _resolve(unit, on=date(2026, 6, 20), **later).ref == "D-2026-003"


def test_only_an_earlier_adopted_decision_can_be_repealed(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, result="noted")
    with pytest.raises(Invalid) as caught, town.unit("clerk") as unit:
        _resolve(unit, on=date(2026, 3, 1), paper="0200/2026", repeals="D-2026-001")
    assert _pointers(caught) == ["repeals", "on"]


# Corrections


def test_a_correction_is_a_new_decision_and_the_wrong_one_stays(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, votes=(31, 4, 2), conditions=[RESERVED], goals=[])
        decisions.meet_condition(unit, "D-2026-001", "budget_reservation", "HH 2027")
    with town.unit("clerk") as unit:
        wrong = lookup.decision(unit, "D-2026-001")
        right = decisions.correct(
            unit, "D-2026-001", reason="falsch abgetippt", on=date(2026, 4, 25), votes=(13, 4, 2)
        )
        assert (right.ref, right.corrects_id) == ("D-2026-002", wrong.id)
        assert (wrong.votes_yes, wrong.decided_on) == (31, ON)
        assert (right.votes_yes, right.decided_on) == (13, date(2026, 4, 25))
        assert minutes.subjects_of(unit, right) == minutes.subjects_of(unit, wrong)
        told = unit.told[-1]
        assert told["action"] == "corrected"
        assert told["payload"]["reason"] == "falsch abgetippt"
        assert told["payload"]["corrects"] == "D-2026-001"
        met = conditions.of(unit, right)[0]
        assert (met.text, met.met_note) == ("vorbehaltlich Haushalt 2027", "HH 2027")
        assert _facts(unit).adopted_on == date(2026, 4, 25)


def test_a_correction_corrects_the_sitting_with_it(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit)
        decisions.correct(unit, "D-2026-001", reason="JHA", body="JHA", result="rejected")
        sittings = lookup.every(unit, Consultation)
        assert [(s.body_id, s.outcome) for s in sittings] == [
            (lookup.body(unit, "JHA").id, "rejected")
        ]


def test_a_sitting_that_other_decisions_share_stays_as_it_is(town: Store) -> None:
    with town.unit("planner") as unit:
        makers.a_measure(unit, title="Elterncafé")
        _resolve(unit)
        _resolve(unit, measures=["M-2026-002"])
        decisions.correct(unit, "D-2026-002", reason="anderer Tag", on=date(2026, 5, 1))
        days = sorted(str(s.meeting_date) for s in lookup.every(unit, Consultation))
        assert days == ["2026-04-24", "2026-05-01"]


def test_a_deadline_follows_its_condition_into_the_correction(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, conditions=[("report_due", "Bericht an den JHA", DUE)])
        old = lookup.every(unit, Condition)[0]
        measure = lookup.measure(unit, "M-2026-001")
        unit.add(
            Deadline(
                measure_id=measure.id,
                code="report_due",
                due=DUE,
                source="decision",
                condition_id=old.id,
            )
        )
        later = date(2027, 6, 30)
        right = decisions.correct(
            unit,
            "D-2026-001",
            reason="Termin",
            conditions=[("other", "neu", None), ("report_due", "Bericht an den JHA", later)],
        )
        new = conditions.of(unit, right)
        assert [c.code for c in new] == ["other", "report_due"]
        deadline = lookup.every(unit, Deadline)[0]
        assert (deadline.condition_id, deadline.due) == (new[1].id, later)


def test_a_correction_keeps_what_was_confirmed_unless_the_text_changes(town: Store) -> None:
    with town.unit("planner") as unit:
        _resolve(unit, result="adopted_amended", changed_text="in fünf Kitas")
        decisions.confirm(unit, "D-2026-001")
        same = decisions.correct(unit, "D-2026-001", reason="Stimmen", votes=(20, 1))
        assert same.amendment_confirmed_on == unit.day
        other = decisions.correct(unit, "D-2026-002", reason="Text", changed_text="in sechs")
        assert other.amendment_confirmed_on is None


def test_an_order_is_corrected_too(town: Store) -> None:
    with town.unit("steering") as unit:
        decisions.add(
            unit,
            on=ON,
            result="adopted",
            kind="administrative",
            document="Verfügung 7/2026",
            department="51",
            reports=["B-2026-01"],
        )
        right = decisions.correct(unit, "D-2026-001", reason="Amt", department="50")
        assert right.org_unit_id == lookup.department(unit, "50").id
        assert right.document == "Verfügung 7/2026"


def test_a_corrected_repeal_repeals_the_same(town: Store) -> None:
    with town.unit("clerk") as unit:
        old = _resolve(unit)
        _resolve(unit, on=date(2026, 5, 20), paper="0200/2026", repeals="D-2026-001")
        right = decisions.correct(unit, "D-2026-002", reason="Stimmen", votes=(22, 15, 1))
        assert right.repeals_id == old.id


def test_what_was_corrected_or_repealed_is_left_alone(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit)
        decisions.correct(unit, "D-2026-001", reason="Stimmen", votes=(22, 15))
        _resolve(unit, on=date(2026, 5, 20), paper="0200/2026", repeals="D-2026-002")
    with pytest.raises(Conflict) as caught, town.unit("clerk") as unit:
        decisions.correct(unit, "D-2026-001", reason="noch einmal", votes=(1, 0))
    assert caught.value.values["by"] == "D-2026-002"
    with pytest.raises(Conflict) as caught, town.unit("clerk") as unit:
        decisions.correct(unit, "D-2026-002", reason="noch einmal", votes=(1, 0))
    assert caught.value.values["by"] == "D-2026-003"


def test_a_correction_says_why_and_what(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit)
    with pytest.raises(Invalid) as caught, town.unit("clerk") as unit:
        decisions.correct(unit, "D-2026-001", reason=" ")
    assert _pointers(caught) == ["reason", "changes"]
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        decisions.correct(unit, "D-2026-001", reason="besser so", result="rejected")
