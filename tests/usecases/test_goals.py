from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.decisions import DecisionSubject
from cycle.model.goals import Goal, GoalAgreement, GoalArea, GoalField
from cycle.model.reports import Finding
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import cycles, goals, lookup
from tests.makers import DAY, a_resolution, arranged
from tests.makers_rounds import ROUND, TOWN, a_finding, a_goal, a_whole_goal, in_stage


def _faults(town: Store, key: str) -> set[str]:
    with pytest.raises(Invalid) as wrong, town.unit("planner") as unit:
        goals.adopt(unit, key)
    return {fault.pointer for fault in wrong.value.faults}


def _agreements(unit: Unit) -> list[tuple[str, str]]:
    found = lookup.every(unit, GoalAgreement)
    return [(a.kind, a.wording) for a in sorted(found, key=lambda a: a.id)]


def test_a_goal_goes_into_the_open_round_with_the_latest_start(town: Store) -> None:
    with town.unit("planner") as unit:
        goal = goals.add(unit, text=" Mehr Plätze ", areas=[TOWN], fields=["JUG"], number="3.1")
        assert (goal.ref, goal.text, goal.level, goal.status) == (
            "G-2026-001", "Mehr Plätze", "open", "draft",
        )  # fmt: skip
        assert goal.cycle_id == lookup.cycle(unit, ROUND).id
        assert len(lookup.every(unit, GoalArea)) == len(lookup.every(unit, GoalField)) == 1


def test_a_goal_answers_the_findings_it_names(town: Store) -> None:
    with town.unit("planner") as unit:
        finding = a_finding(unit)
        a_goal(unit, findings=[finding.ref])
        assert (finding.response, finding.responded_on) == ("goal", DAY)


def test_an_answer_that_was_given_stays(town: Store) -> None:
    with town.unit("planner") as unit:
        finding = a_finding(unit)
        finding.response, finding.response_reason = "no_action", "Kein Bedarf"
        goal = a_goal(unit, findings=[finding.ref])
        goals.edit(unit, goal.ref, findings=[finding.ref], fields=["JUG"], areas=[TOWN])
        assert finding.response == "no_action"


def test_it_refuses_a_goal_without_words_or_with_words_nobody_knows(town: Store) -> None:
    with pytest.raises(Invalid) as wrong, town.unit("planner") as unit:
        goals.add(unit, text=" ", colour="red")  # type: ignore[call-arg]
    assert {f.pointer for f in wrong.value.faults} == {"text", "colour"}
    with pytest.raises(NotFound), town.unit("planner") as unit:
        a_goal(unit, owner="99")


def test_a_head_of_department_writes_open_goals_only(town: Store) -> None:
    with town.unit("youth") as unit:
        assert goals.add(unit, text="Mehr Plätze").level == "open"
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        a_goal(unit)


def test_a_goal_takes_on_one_of_an_earlier_round(town: Store) -> None:
    with town.unit("planner") as unit:
        old = a_goal(unit)
        heir = a_goal(unit, predecessor=old.ref)
        assert (heir.lineage_id, heir.predecessor_id) == (old.lineage_id, old.id)


def test_without_an_open_round_there_is_no_place_for_a_goal(town: Store) -> None:
    with town.unit("steering") as unit:
        round_ = lookup.cycle(unit, ROUND)
        round_.stage = "closed"
        arranged(unit)
    with pytest.raises(Invalid, match="No round is open"), town.unit("planner") as unit:
        goals.add(unit, text="Mehr Plätze")
    with pytest.raises(Conflict, match="only read"), town.unit("planner") as unit:
        goals.add(unit, text="Mehr Plätze", cycle=ROUND)


LADDER = [  # parent, level, why a rung is skipped, what is wrong
    ("guiding", "intermediate", None, None),
    ("intermediate", "operational", None, None),
    ("open", "operational", None, None),
    ("guiding", "open", None, None),
    ("guiding", "operational", "Ein Mittlerziel gibt es nicht", None),
    ("guiding", "operational", None, "missing"),
    ("intermediate", "intermediate", None, "wrong_level"),
    ("operational", "guiding", None, "wrong_level"),
    ("operational", "intermediate", None, "wrong_level"),
]


def test_a_goal_stands_one_level_below_its_parent(town: Store) -> None:
    with town.unit("planner") as unit:
        for above, level, skip_reason, code in LADDER:
            parent = a_goal(unit, level=above)
            words = {"level": level, "parent": parent.ref, "skip_reason": skip_reason}
            if code is None:
                assert a_goal(unit, **words).parent_id == parent.id
                continue
            with pytest.raises(Invalid) as wrong:
                a_goal(unit, **words)
            assert [fault.code for fault in wrong.value.faults] == [code]


def test_goals_never_stand_in_a_circle(town: Store) -> None:
    with town.unit("planner") as unit:
        upper = a_goal(unit, level="open").ref
        lower = a_goal(unit, level="open", parent=upper).ref
    for parent in (lower, upper):
        with pytest.raises(Invalid) as wrong, town.unit("planner") as unit:
            goals.edit(unit, upper, parent=parent)
        assert [fault.code for fault in wrong.value.faults] == ["circle"]


def test_classifying_a_goal_looks_at_those_below_it_too(town: Store) -> None:
    with town.unit("planner") as unit:
        upper = a_goal(unit, level="open")
        a_goal(unit, parent=upper.ref)
        goals.classify(unit, upper.ref, "intermediate")
        assert upper.level == "intermediate"
    with pytest.raises(Invalid), town.unit("planner") as unit:
        goals.classify(unit, "G-2026-001", "operational")


def test_a_goal_is_edited_and_bare_words_are_taken_away(town: Store) -> None:
    with town.unit("planner") as unit:
        goal = a_goal(unit, criterion="Alle fühlen sich willkommen", target_group="Kinder")
        goals.edit(unit, goal.ref, owner=None, due=date(2027, 1, 1), target_group="", parent=None)
        assert (goal.owner_id, goal.due, goal.target_group) == (None, date(2027, 1, 1), None)
        assert goal.qualitative_criterion == "Alle fühlen sich willkommen"
    with pytest.raises(Conflict), town.unit("planner") as unit:
        goals.edit(unit, "G-2026-001", owner="51", expect=1)


def test_who_agreed_on_which_wording_is_kept(town: Store) -> None:
    with town.unit("planner") as unit:
        goal = a_goal(unit)
        goals.agree(unit, goal.ref, kind="objected", body="JHA", note="Zu wenig")
        assert goal.status == "draft"
        goals.agree(unit, goal.ref, department="51", on=date(2026, 5, 1))
        goals.agree(unit, goal.ref, department="40")
        assert goal.status == "agreed"
        assert [kind for kind, _ in _agreements(unit)] == ["objected", "agreed", "agreed"]
    with pytest.raises(Invalid), town.unit("planner") as unit:
        goals.agree(unit, "G-2026-001", on=date(2027, 1, 1))


def test_adopting_names_everything_a_goal_lacks(town: Store) -> None:
    with town.unit("planner") as unit:
        key = a_goal(unit, owner=None).ref
    assert _faults(town, key) == {"owner", "due", "target"}
    with town.unit("planner") as unit:
        goals.edit(unit, key, owner="51", due=date(2028, 1, 1), criterion="Niemand wartet")
        assert goals.adopt(unit, key).status == "adopted"
        assert _agreements(unit) == []


def test_a_guiding_goal_needs_only_someone_who_answers_for_it(town: Store) -> None:
    with town.unit("planner") as unit:
        goal = goals.adopt(unit, a_goal(unit, level="guiding").ref, department="51", on=DAY)
        assert _agreements(unit) == [("agreed", goal.text)]
    with pytest.raises(Conflict, match="adopted already"), town.unit("planner") as unit:
        goals.adopt(unit, "G-2026-001")


def test_the_decision_that_adopts_a_goal_is_its_agreement_too(town: Store) -> None:
    with town.unit() as unit:
        goal = a_whole_goal(unit)
        key = a_resolution(unit).ref
        goals.adopt(unit, goal.ref, decision=key)
        council = lookup.body(unit, "SR")
        assert [a.body_id for a in lookup.every(unit, GoalAgreement, note=key)] == [council.id]
        assert lookup.by(unit, DecisionSubject, goal_id=goal.id)


def test_a_decision_by_the_administration_adopts_without_a_body(town: Store) -> None:
    with town.unit() as unit:
        order = {"kind": "administrative", "department": "51", "document": "Verfügung 7"}
        a_goal(unit, level="guiding")
        key = a_resolution(unit, body=None, paper=None, goals=["G-2026-001"], **order).ref
        goals.adopt(unit, "G-2026-001", decision=key)
        assert [a.body_id for a in lookup.every(unit, GoalAgreement)] == [None]
        assert len(lookup.every(unit, DecisionSubject)) == 1


def test_a_decision_that_adopted_nothing_adopts_no_goal(town: Store) -> None:
    with town.unit() as unit:
        goal = a_goal(unit, level="guiding").ref
        key = a_resolution(unit, result="deferred").ref
    with pytest.raises(Invalid) as wrong, town.unit() as unit:
        goals.adopt(unit, goal, decision=key)
    assert [fault.pointer for fault in wrong.value.faults] == ["decision"]


def test_once_measures_build_on_a_goal_its_promise_stays(town: Store) -> None:
    in_stage(town, "measure")
    with town.unit("planner") as unit:
        goals.edit(unit, "G-2026-001", number="1.1", criterion="Niemand wartet")
    with pytest.raises(Conflict, match="adopted and its round"), town.unit("planner") as unit:
        goals.edit(unit, "G-2026-001", text="Weniger", criterion="Manche warten")
    with town.unit("planner") as unit:
        draft = a_goal(unit)
        assert goals.edit(unit, draft.ref, text="Ganz anders").text == "Ganz anders"


def test_what_was_passed_unmet_is_settled_by_the_goal_that_comes_later(store: Store) -> None:
    from tests.makers import a_town  # noqa: PLC0415 - a light town is this test's alone

    a_town(store, preset="light")
    with store.unit() as unit:
        a_finding(unit)
        cycles.advance(unit, ROUND)
        cycles.advance(unit, ROUND)
        assert lookup.by(unit, Finding, response=None)
        goal = a_goal(unit, findings=["F-2026-001"])
        assert lookup.by(unit, Goal, ref=goal.ref)
