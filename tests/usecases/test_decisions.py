from datetime import date
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.machine.facts import MeasureFacts
from cycle.model.decisions import Condition, Consultation, Decision
from cycle.model.duties import Deadline, Owed
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import decisions, lookup, minutes, moves, papers
from tests import makers

ON = date(2026, 4, 24)
PAPER = "0123/2026"
ORDERED: dict[str, Any] = {
    "on": ON,
    "result": "adopted",
    "kind": "administrative",
    "document": "Verfügung 7/2026",
    "department": "51",
}


@pytest.fixture(autouse=True)
def _measure(town: Store) -> None:
    with town.unit("planner") as unit:
        makers.a_measure(unit)


def _resolve(unit: Unit, **words: Any) -> Decision:  # noqa: ANN401 - as `decisions.add`
    return makers.a_resolution(unit, **{"measures": ["M-2026-001"]} | words)


def _facts(unit: Unit, key: str = "M-2026-001") -> MeasureFacts:
    return moves.facts_of(unit, lookup.measure(unit, key))


def _sitting(unit: Unit, record: Decision) -> Consultation:
    return unit.get(Consultation, record.consultation_id)


def _pointers(caught: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [fault.pointer for fault in caught.value.faults]


# Resolutions of a body


def test_a_resolution_of_the_council_adopts_a_measure(town: Store) -> None:
    with town.unit("clerk") as unit:
        record = _resolve(unit, votes=(31, 4, 2), text="Der Stadtrat beschließt …")
        assert (record.ref, record.kind, record.result) == ("D-2026-001", "resolution", "adopted")
        assert (record.votes_yes, record.votes_no, record.votes_abstain) == (31, 4, 2)
        assert record.votes_excused is None
        seen = _facts(unit)
        assert (seen.adopted, seen.adopted_on, seen.adopted_by_council) == (True, ON, True)


def test_an_unknown_paper_is_taken_in_and_is_not_public(town: Store) -> None:
    with town.unit("clerk") as unit:
        record = _resolve(unit, paper="0123~2026", paper_name="Sprachförderkräfte")
        paper = lookup.paper(unit, PAPER)
        assert (paper.name, paper.public) == ("Sprachförderkräfte", False)
        sitting = _sitting(unit, record)
        assert (sitting.paper_id, sitting.meeting_date) == (paper.id, ON)
        assert (sitting.outcome, sitting.role, sitting.public) == ("adopted", "deciding", False)


def test_it_sets_the_outcome_of_the_sitting_on_the_agenda(town: Store) -> None:
    with town.unit("clerk", day=date(2026, 4, 1)) as unit:
        papers.add(unit, PAPER, "Sprachförderkräfte", public=True)
        planned = papers.consult(unit, PAPER, body="SR", on=ON, public=True).id
    with town.unit("clerk") as unit:
        sitting = _sitting(unit, _resolve(unit, votes=(30, 0, 3)))
        assert (sitting.id, sitting.outcome, sitting.majority) == (planned, "adopted", "unanimous")
        assert sitting.public
        assert lookup.paper(unit, PAPER).name == "Sprachförderkräfte"


@pytest.mark.parametrize(
    ("votes", "majority"),
    [((31, 4), "majority"), ((0, 12), "unanimous"), ((), None), ((None, None, 3), None)],
)
def test_votes_tell_the_majority(
    town: Store, votes: tuple[int | None, ...], majority: str | None
) -> None:
    with town.unit("clerk") as unit:
        assert _sitting(unit, _resolve(unit, votes=votes)).majority == majority


def test_a_preparing_sitting_does_not_adopt(town: Store) -> None:
    with town.unit("clerk") as unit:
        papers.add(unit, PAPER, "Sprachförderkräfte")
        papers.consult(unit, PAPER, body="JHA", on=ON, role="preparatory")
        record = _resolve(unit, body="JHA")
        assert _sitting(unit, record).role == "preparatory"
        assert not _facts(unit).adopted


def test_a_role_that_nobody_knew_becomes_deciding_unless_another_is_told(town: Store) -> None:
    with town.unit("clerk") as unit:
        papers.add(unit, PAPER, "Sprachförderkräfte")
        for body in ("SR", "JHA"):
            papers.consult(unit, PAPER, body=body, on=ON, role="unknown")
        assert _sitting(unit, _resolve(unit)).role == "deciding"
        assert _sitting(unit, _resolve(unit, body="JHA", role="hearing")).role == "hearing"


@pytest.mark.parametrize("result", ["noted", "settled", "recommended", "no_vote", "partly_adopted"])
def test_taking_note_never_adopts(town: Store, result: str) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, result=result)
        seen = _facts(unit)
        assert (seen.adopted, seen.outcome) == (False, result)


def test_it_is_about_measures_reports_and_rounds_each_once(town: Store) -> None:
    with town.unit("clerk") as unit:
        record = _resolve(
            unit, measures=["M-2026-001", "M-2026-001"], reports=["B-2026-01"], cycles=["Z-2026"]
        )
        assert minutes.subjects_of(unit, record) == [
            ("measure_id", lookup.measure(unit, "M-2026-001").id),
            ("report_id", lookup.report(unit, "B-2026-01").id),
            ("cycle_id", lookup.cycle(unit, "Z-2026").id),
        ]
        told = unit.told[-1]
        assert (told["action"], told["key"], told["to_state"]) == (
            "recorded",
            "D-2026-001",
            "adopted",
        )
        assert told["payload"]["reports"] == ["B-2026-01"]


def test_it_needs_no_subject(town: Store) -> None:
    with town.unit("clerk") as unit:
        assert minutes.subjects_of(unit, _resolve(unit, measures=[])) == []


def test_a_resolution_asks_for_body_paper_and_a_result(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("clerk") as unit:
        decisions.add(unit, on=date(2026, 12, 1), result="pending", votes=(1, 2, 3, 4, 5))
    assert _pointers(caught) == ["on", "result", "body", "paper", "votes"]


def test_a_changed_text_goes_with_an_amendment(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("clerk") as unit:
        _resolve(unit, changed_text="in fünf Kitas")
    assert _pointers(caught) == ["changed_text"]


@pytest.mark.parametrize(
    "wrong",
    [{"measures": ["M-2026-009"]}, {"goals": ["G-2026-001"]}, {"body": "XY"}, {"repeals": "D-1"}],
)
def test_what_it_names_must_be_there(town: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotFound), town.unit("clerk") as unit:
        _resolve(unit, **wrong)
    with town.unit("clerk") as unit:
        assert lookup.every(unit, Decision) == []


def test_the_same_is_not_recorded_twice(town: Store) -> None:
    with town.unit("planner") as unit:
        makers.a_measure(unit, title="Elterncafé")
        _resolve(unit)
    with pytest.raises(Conflict) as caught, town.unit("clerk") as unit:
        _resolve(unit)
    assert caught.value.values["key"] == "D-2026-001"
    with town.unit("clerk") as unit:
        assert _resolve(unit, measures=["M-2026-002"]).ref == "D-2026-002"
        assert _resolve(unit, result="deferred").ref == "D-2026-003"


@pytest.mark.parametrize("name", ["youth", "finance", "steering", "reader", "admin", "evaluator"])
def test_only_clerk_and_planner_record_resolutions(town: Store, name: str) -> None:
    with pytest.raises(Forbidden), town.unit(name) as unit:
        _resolve(unit)


# Decisions of an office


def test_an_office_decides_by_a_document(town: Store) -> None:
    with town.unit("steering") as unit:
        record = decisions.add(unit, **ORDERED, early_start=True, measures=["M-2026-001"])
        assert (record.document, record.consultation_id) == ("Verfügung 7/2026", None)
        assert record.org_unit_id == lookup.department(unit, "51").id
        seen = _facts(unit)
        assert (seen.adopted, seen.early_start) == (False, True)  # it needs a body
        lookup.measure(unit, "M-2026-001").binding = "administrative"
        assert _facts(unit).adopted


def test_an_office_names_document_and_department_and_no_sitting(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        decisions.add(unit, on=ON, result="adopted", kind="urgent", body="SR")
    assert _pointers(caught) == ["document", "department", "kind"]


def test_an_order_is_recorded_once_too(town: Store) -> None:
    with town.unit("planner") as unit:
        decisions.add(unit, **ORDERED)
    with pytest.raises(Conflict), town.unit("planner") as unit:
        decisions.add(unit, **ORDERED)


# Adopted with changes


def test_a_planner_confirms_the_text_that_was_adopted_with_changes(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, result="adopted_amended", changed_text="in fünf Kitas")
        seen = _facts(unit)
        assert (seen.amended, seen.amendment_confirmed) == (True, False)
    with pytest.raises(Forbidden), town.unit("clerk") as unit:
        decisions.confirm(unit, "D-2026-001")
    with town.unit("planner") as unit:
        record = decisions.confirm(unit, "D-2026-001")
        assert (record.changed_text, record.amendment_confirmed_on) == ("in fünf Kitas", unit.day)
        assert _facts(unit).amendment_confirmed
    with pytest.raises(Conflict), town.unit("planner") as unit:
        decisions.confirm(unit, "D-2026-001")


def test_the_planner_may_bring_the_text(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, result="adopted_amended")
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        decisions.confirm(unit, "D-2026-001", "  ")
    assert _pointers(caught) == ["text"]
    with town.unit("planner") as unit:
        assert decisions.confirm(unit, "D-2026-001", "in sechs").changed_text == "in sechs"


def test_there_is_nothing_to_confirm_in_an_unchanged_text(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit)
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        decisions.confirm(unit, "D-2026-001", "in sechs Kitas")
    assert _pointers(caught) == ["key"]


# Conditions

RESERVED = ("budget_reservation", "vorbehaltlich Haushalt 2027", None)
DUE = date(2027, 3, 31)


def test_a_budget_reservation_holds_until_it_is_met(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, conditions=[RESERVED, ("report_due", "", DUE)])
        measure = lookup.measure(unit, "M-2026-001")
        unit.add(Owed(measure_id=measure.id, guard="budget_reserved", move="start", since=ON))
        condition = lookup.every(unit, Condition, code="budget_reservation")[0]
        unit.add(
            Deadline(
                measure_id=measure.id,
                code="budget_reservation",
                due=DUE,
                source="decision",
                condition_id=condition.id,
            )
        )
        assert _facts(unit).budget_reserved
    with town.unit("finance") as unit:
        met = decisions.meet_condition(unit, "D-2026-001", "budget_reservation", "HH 2027, 36.50")
        assert (met.met_on, met.met_note) == (unit.day, "HH 2027, 36.50")
        assert (unit.told[0]["key"], unit.told[0]["action"]) == ("D-2026-001", "met")
        assert not _facts(unit).budget_reserved
        assert [d.met_on for d in lookup.every(unit, Deadline)] == [unit.day]
        assert [o.settled_on for o in lookup.every(unit, Owed)] == [unit.day]


def test_one_of_several_conditions_is_named_by_its_text(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, conditions=[("other", "Räume prüfen", None), ("other", "Träger hören", DUE)])
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        decisions.meet_condition(unit, "D-2026-001", "other", "erledigt")
    assert caught.value.values["count"] == 2
    with town.unit("planner") as unit:
        met = decisions.meet_condition(unit, "D-2026-001", "other", "am 3. Mai", text="Träger")
        assert met.text == "Träger hören"
        again = decisions.meet_condition(unit, "D-2026-001", "other", "geprüft")
        assert again.text == "Räume prüfen"


def test_only_an_open_condition_is_met_and_with_a_note(town: Store) -> None:
    with town.unit("clerk") as unit:
        _resolve(unit, conditions=[RESERVED])
    with pytest.raises(NotFound) as caught, town.unit("finance") as unit:
        decisions.meet_condition(unit, "D-2026-001", "report_due", "liegt vor")
    assert "D-2026-001" in str(caught.value)
    with pytest.raises(Invalid), town.unit("finance") as unit:
        decisions.meet_condition(unit, "D-2026-001", "budget_reservation", " ")
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        decisions.meet_condition(unit, "D-2026-001", "budget_reservation", "sicher")


def test_a_condition_is_of_a_known_kind(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("clerk") as unit:
        _resolve(unit, conditions=[("money", "mehr Geld", None)])
    assert _pointers(caught) == ["code"]
