from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.store.store import Store
from cycle.usecases import dispositions, evaluations
from tests.makers import DAY
from tests.makers_duties import a_cancelled_measure, a_running_measure


def _evaluated(town: Store) -> str:
    key = a_running_measure(town, state="implemented")
    with town.unit("evaluator") as unit:
        evaluations.conclude(unit, measures=[key], overall="effective", text="wirkt")
    return key


def test_steering_decides_what_follows(town: Store) -> None:
    key = _evaluated(town)
    with town.unit("steering") as unit:
        made = dispositions.decide(unit, key, choice="continue", reason="wirkt")
        assert (made.choice, made.decided_by, made.on_date) == ("continue", "steering", DAY)
        assert made.evaluation_id


def test_the_planner_names_the_meeting(town: Store) -> None:
    key = _evaluated(town)
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        dispositions.decide(unit, key, choice="stop", reason="wirkt nicht")
    assert [f.pointer for f in caught.value.faults] == ["on"]
    with town.unit("planner") as unit:
        met = date(2026, 11, 12)
        made = dispositions.decide(unit, key, choice="stop", reason="wirkt nicht", on=met)
        assert (made.on_date, made.decided_by) == (met, "planner")


def test_adapting_says_what_changes(town: Store) -> None:
    key = _evaluated(town)
    with pytest.raises(Invalid) as caught, town.unit("steering") as unit:
        dispositions.decide(unit, key, choice="adapt", reason="zu klein")
    assert [f.pointer for f in caught.value.faults] == ["changes"]
    with pytest.raises(Invalid), town.unit("steering") as unit:
        dispositions.decide(unit, key, choice="stop", reason="aus", changes="fünf Kitas")
    with town.unit("steering") as unit:
        made = dispositions.decide(unit, key, choice="adapt", reason="zu klein",
                                   changes="fünf Kitas")  # fmt: skip
        assert made.changes == "fünf Kitas"


def test_a_later_word_takes_the_place_of_the_first(town: Store) -> None:
    key = _evaluated(town)
    with town.unit("steering") as unit:
        first = dispositions.decide(unit, key, choice="adapt", reason="zu klein", changes="mehr")
    with town.unit("steering") as unit:
        made = dispositions.decide(unit, key, choice="complete", reason="Ziel erreicht")
        assert (made.id, made.choice, made.changes) == (first.id, "complete", None)


def test_a_running_measure_may_be_disposed_of_without_evaluation(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("steering") as unit:
        made = dispositions.decide(unit, key, choice="continue", reason="läuft, noch keine Daten")
        assert made.evaluation_id is None


def test_it_names_every_fault(town: Store) -> None:
    key = a_running_measure(town)
    with pytest.raises(Invalid) as caught, town.unit("steering") as unit:
        dispositions.decide(unit, key, choice="wait", reason=" ", on=date(2027, 1, 1))
    assert [f.pointer for f in caught.value.faults] == ["choice", "reason", "on"]


def test_only_steering_and_planner_decide_and_only_on_live_measures(town: Store) -> None:
    key, closed = a_running_measure(town), a_cancelled_measure(town)
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        dispositions.decide(unit, key, choice="stop", reason="x")
    with pytest.raises(Conflict), town.unit("steering") as unit:
        dispositions.decide(unit, closed, choice="stop", reason="x")
