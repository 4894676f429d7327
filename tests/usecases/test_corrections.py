from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cycle.errors import Conflict
from cycle.machine.facts import Ask
from cycle.model.evaluations import Evaluation
from cycle.model.reports import Recommendation
from cycle.store.store import Store
from cycle.usecases import evaluations, lookup, moves, recommendations
from tests.makers_duties import a_running_measure
from tests.makers_evaluations import a_measure_with_a_goal

SHORT: dict[str, Any] = {"overall": "effective", "text": "Die Kinder sprechen mehr."}
SENT: dict[str, Any] = {"source": "Auswertung", "external_id": "2026-17"}


def _add(town: Store, key: str, actor: str = "evaluator", **words: Any) -> str:  # noqa: ANN401
    with town.unit(actor) as unit:
        return evaluations.add(unit, measures=[key], **words).ref


def test_sent_twice_it_is_stored_once_and_nothing_is_written(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    told: dict[str, Any] = {
        "ratings": {"impact": 3, "effectiveness": 2},
        "recommendations": ["Mehr Personal"],
    }
    value = {"period_end": "2026-09-30", "value": 30.3}
    first = _add(town, key, results=[value], **SENT, **SHORT, **told)
    again = SHORT | told | {"text": f" {SHORT['text']} "}
    retold = {"period_end": date(2026, 9, 30), "value": Decimal("30.30")}
    with town.unit("evaluator", day=date(2026, 12, 24)) as unit:
        found = evaluations.conclude(unit, measures=[key], results=[retold], **SENT, **again)
        assert (found.ref, unit.told, len(unit.session.dirty)) == (first, [], 0)


def test_the_sender_s_number_is_looked_up_before_any_other_rule(town: Store) -> None:
    key = a_running_measure(town)
    first = _add(town, key, **SENT, **SHORT)
    with town.unit("planner") as unit:
        moves.move(unit, key, "suspend", Ask(code="budget_freeze"))
    assert _add(town, key, **SENT, **SHORT) == first
    with pytest.raises(Conflict) as caught, town.unit("evaluator") as unit:
        evaluations.add(unit, measures=["M-2026-999"], overall="good", **SENT)
    assert caught.value.code == "evaluation_differs"
    assert caught.value.values["key"] == first


def test_a_correction_is_a_new_one_and_the_old_one_stays_to_be_read(town: Store) -> None:
    key = a_running_measure(town)
    first = _add(town, key, **SENT, **SHORT)
    right = {"overall": "not_effective", "text": "Die Zahlen waren vertauscht."}
    second = _add(town, key, corrects=first, **SENT, **right)
    with town.unit("reader") as unit:
        old, new = lookup.evaluation(unit, first), lookup.evaluation(unit, second)
        assert (old.status, old.overall, old.revision) == ("corrected", "effective", 1)
        assert (new.status, new.corrects_id, new.revision) == ("final", old.id, 2)
    assert _add(town, key, corrects=first, **SENT, **right) == second
    assert _add(town, key, **SENT, **SHORT) == first
    with pytest.raises(Conflict) as caught, town.unit("evaluator") as unit:
        evaluations.add(unit, measures=[key], corrects=first, overall="effective", **SENT)
    assert caught.value.code == "evaluation_corrected"


def test_a_correction_without_a_sender_stays_under_the_sender_s_number(town: Store) -> None:
    key = a_running_measure(town)
    first = _add(town, key, **SENT, **SHORT)
    with town.unit("planner") as unit:
        made = evaluations.add(unit, measures=[key], corrects=first, overall="not_effective")
        assert (made.source, made.external_id, made.revision) == ("Auswertung", "2026-17", 2)
        assert lookup.every(unit, Evaluation, status="corrected")[0].ref == first
    with pytest.raises(Conflict) as caught, town.unit("evaluator") as unit:
        evaluations.add(unit, measures=[key], overall="effective", **SENT)
    assert caught.value.values["key"] == made.ref


def test_a_number_of_another_evaluation_cannot_be_taken_by_a_correction(town: Store) -> None:
    key = a_running_measure(town)
    _add(town, key, **SENT, **SHORT)
    other = _add(town, key, **SHORT)
    with pytest.raises(Conflict) as caught, town.unit("evaluator") as unit:
        evaluations.add(unit, measures=[key], corrects=other, overall="effective", **SENT)
    assert caught.value.code == "evaluation_differs"


def test_advice_given_up_by_a_correction_needs_no_answer(town: Store) -> None:
    key = a_running_measure(town)
    first = _add(town, key, recommendations=["Mehr Personal", "Andere Kita"], **SHORT)
    second = _add(town, key, corrects=first, recommendations=["Mehr Personal"], overall="effective")
    with town.unit("reader") as unit:
        new = lookup.evaluation(unit, second)
        (kept,) = lookup.every(unit, Recommendation, evaluation_id=new.id)
        assert (kept.ref, kept.response) == ("R-2026-001", None)
        (gone,) = lookup.every(unit, Recommendation, response="rejected")
        assert (gone.text, gone.reason) == ("Andere Kita", f"{first} → {second}")


def test_advice_that_was_answered_keeps_its_answer(town: Store) -> None:
    key = a_running_measure(town)
    first = _add(town, key, recommendations=["Mehr Personal", "Andere Kita"], **SHORT)
    with town.unit("planner") as unit:
        for advice in ("R-2026-001", "R-2026-002"):
            recommendations.answer(unit, advice, response="partly", reason="im Haushalt 2028")
    second = _add(town, key, corrects=first, recommendations=["Mehr Personal"], overall="effective")
    with town.unit("reader") as unit:
        told = lookup.every(unit, Recommendation, reason="im Haushalt 2028")
        new = lookup.evaluation(unit, second)
        assert {r.ref: r.evaluation_id == new.id for r in told} == {
            "R-2026-001": True,
            "R-2026-002": False,
        }


def test_a_word_left_empty_is_a_word_left_out(town: Store) -> None:
    key = a_running_measure(town)
    first = _add(town, key, **SENT, **SHORT)
    empty: dict[str, Any] = dict.fromkeys(("purpose", "ratings", "results", "each", "method"))
    assert _add(town, key, **SENT, **SHORT, **empty) == first
