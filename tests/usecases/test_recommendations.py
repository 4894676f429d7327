import pytest

from cycle.errors import Forbidden, Invalid
from cycle.model.goals import GoalFinding
from cycle.model.measures import MeasureFinding
from cycle.model.reports import Recommendation
from cycle.store.store import Store
from cycle.usecases import lookup, recommendations
from tests.makers import DAY, a_measure
from tests.makers_rounds import a_finding, a_goal, a_running_measure, an_evaluation

KEY = "R-2026-001"


def _advise(town: Store, **words: str) -> None:
    with town.unit("planner") as unit:
        a_finding(unit)
        recommendations.add(unit, text="Plätze schaffen", finding="F-2026-001", **words)


def test_a_finding_advises_a_department(town: Store) -> None:
    _advise(town, addressee="51")
    with town.unit("youth") as unit:
        found = recommendations.answer(unit, KEY, response="partly", reason="Nach dem Haushalt")
        assert (found.response, found.answered_on) == ("partly", DAY)


def test_another_department_does_not_answer_for_it(town: Store) -> None:
    _advise(town, addressee="51")
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        recommendations.answer(unit, KEY, response="rejected", reason="Kein Geld")


def test_goal_and_measure_that_take_it_up_are_tied_to_the_finding(town: Store) -> None:
    _advise(town)
    with town.unit("planner") as unit:
        goal, measure = a_goal(unit).ref, a_measure(unit).ref
        for _ in range(2):
            recommendations.answer(
                unit, KEY, response="accepted", reason="Ja", goal=goal, measure=measure
            )
        assert len(lookup.every(unit, GoalFinding)) == len(lookup.every(unit, MeasureFinding)) == 1


def test_an_evaluation_advises_too(town: Store) -> None:
    with town.unit("planner") as unit:
        key = an_evaluation(unit, a_running_measure(unit, "implemented"))
        found = recommendations.add(unit, text="Weiter so", evaluation=key)
        goal = a_goal(unit).ref
        recommendations.answer(unit, found.ref, response="accepted", reason="Gern", goal=goal)
        assert lookup.by(unit, Recommendation, response="accepted") is found


def test_feedback_that_waits_for_a_report_may_advise(town: Store) -> None:
    with town.unit("planner") as unit:
        an_evaluation(unit, a_running_measure(unit, "implemented"))
        recommendations.add(unit, text="Weiter so", finding="F-2026-001")
        recommendations.answer(unit, KEY, response="rejected", reason="Kein Geld")


def test_it_comes_from_one_place_and_its_answer_has_a_reason(town: Store) -> None:
    for words in ({}, {"finding": "F-2026-001", "evaluation": "E-2026-001"}):
        with pytest.raises(Invalid, match="from one"), town.unit("planner") as unit:
            recommendations.add(unit, text="Plätze schaffen", **words)
    _advise(town)
    with pytest.raises(Invalid), town.unit("planner") as unit:
        recommendations.answer(unit, KEY, response="accepted", reason=" ")
    with pytest.raises(Invalid), town.unit("planner") as unit:
        recommendations.add(unit, text="", finding="F-2026-001")
