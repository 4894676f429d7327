from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.duties import Deadline, EvaluationPlan
from cycle.model.evaluations import CriterionRating, EvaluationMeasure, IndicatorResult
from cycle.model.indicators import Observation
from cycle.model.reports import Recommendation
from cycle.store.store import Store
from cycle.usecases import accounts, evaluations, lookup, measures
from tests.makers import DAY
from tests.makers_duties import BEGUN, a_measure, a_running_measure
from tests.makers_evaluations import a_measure_with_a_goal

SHORT: dict[str, Any] = {"overall": "effective", "text": "Die Kinder sprechen mehr."}
SENT: dict[str, Any] = {"source": "Auswertung", "external_id": "2026-17"}
FULL: dict[str, Any] = {
    "overall": "partly_effective",
    "text": "Der Anteil sank, aber langsamer als geplant.",
    "method": "Einschulungsuntersuchung, Gespräche",
    "ratings": {"effectiveness": 3, "efficiency": 3, "sustainability": 2},
    "results": [{"goal": "G-2026-001", "indicator": "S-SPR", "area": "06",
                 "value": 30.34, "period_end": "2026-09-30", "attribution": "contribution"}],
    "recommendations": ["Elternbaustein ergänzen", "Fünf statt vier Kitas"],
}  # fmt: skip


def _add(town: Store, key: str, actor: str = "evaluator", **words: Any) -> str:  # noqa: ANN401
    with town.unit(actor) as unit:
        return evaluations.add(unit, measures=[key], **words).ref


def _faults(town: Store, key: str, **words: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    with pytest.raises(Invalid) as caught, town.unit("evaluator") as unit:
        evaluations.add(unit, measures=[key], **words)
    return [(f.pointer, f.code) for f in caught.value.faults]


def _state(town: Store, key: str) -> str:
    with town.unit("reader") as unit:
        return lookup.measure(unit, key).state


def _count(town: Store, table: str) -> int:
    with town.unit("reader") as unit:
        return int(unit.reading().value(f"SELECT COUNT(*) FROM {table} WHERE municipality_id = :m"))


# To plan


def test_an_evaluation_is_planned_once_a_purpose(town: Store) -> None:
    key = a_measure(town)
    with town.unit("youth") as unit:
        evaluations.plan(unit, key, due=date(2027, 6, 30), question="Wirkt es?")
        evaluations.plan(unit, key, due=date(2027, 9, 30), question="Wirkt es in allen Kitas?")
        evaluations.plan(unit, key, purpose="formative", due=DAY, question="Läuft es?")
        plans = lookup.every(unit, EvaluationPlan)
        assert sorted((p.purpose, p.due) for p in plans) == [
            ("formative", DAY),
            ("summative", date(2027, 9, 30)),
        ]


def test_a_plan_has_a_question_and_a_known_purpose(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        evaluations.plan(unit, key, purpose="magic", due=DAY, question=" ")
    assert [f.pointer for f in caught.value.faults] == ["purpose", "question"]
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        evaluations.plan(unit, key, due=DAY, question="Wirkt es?")


# To record


def test_a_short_evaluation_is_a_judgement_a_sentence_and_a_day(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner") as unit:
        made = evaluations.add(unit, measures=[key], **SHORT)
        assert (made.ref, made.method, made.status) == ("E-2026-001", "short", "final")
        assert (made.period_start, made.period_end, made.concluded_on) == (BEGUN, DAY, DAY)
        assert not made.late


def test_a_full_evaluation_keeps_ratings_results_and_advice(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    with town.unit("evaluator") as unit:
        made = evaluations.add(unit, measures=[key], period_end=date(2026, 9, 30), **FULL)
        ratings = lookup.every(unit, CriterionRating, evaluation_id=made.id)
        assert {r.criterion: r.rating for r in ratings} == FULL["ratings"]
        (result,) = lookup.every(unit, IndicatorResult, evaluation_id=made.id)
        seen = unit.get(Observation, result.observation_id)
        assert (seen.value, seen.period_end) == (Decimal("30.34"), date(2026, 9, 30))
        advice = lookup.every(unit, Recommendation, evaluation_id=made.id)
        assert [(r.ref, r.text) for r in sorted(advice, key=lambda r: r.ref)] == [
            ("R-2026-001", "Elternbaustein ergänzen"),
            ("R-2026-002", "Fünf statt vier Kitas"),
        ]
        assert {r.cycle_id for r in advice} == {lookup.cycle(unit, "Z-2026").id}


def test_a_stored_value_is_cited_and_not_recorded_again(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    before = _count(town, "observation")
    stored = {"period_end": date(2025, 12, 31)}
    _add(town, key, results=[{**stored, "value": Decimal("29.4")}], **SHORT)
    _add(town, key, results=[{"observation": "2025-12-31", "text": "knapp"}], **SHORT)
    assert _count(town, "observation") == before


def test_a_result_may_be_a_sentence(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    _add(town, key, results=[{"text": "noch keine Zahlen"}], **SHORT)
    assert _count(town, "indicator_result") == 1


def test_one_evaluation_covers_several_measures(town: Store) -> None:
    one, two = a_running_measure(town), a_running_measure(town)
    own = {two: {"overall": "not_assessable", "text": "zu kurz gelaufen"}}
    with town.unit("planner") as unit:
        made = evaluations.add(unit, measures=[two, one, one], each=own, **SHORT)
        covered = lookup.every(unit, EvaluationMeasure, evaluation_id=made.id)
        assert sorted(str(c.overall) for c in covered) == ["None", "not_assessable"]


def test_the_round_s_request_is_answered(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("evaluator") as unit:
        measure = lookup.measure(unit, key)
        asked = unit.add(Deadline(measure_id=measure.id, code="evaluation_request", due=DAY))
        evaluations.add(unit, measures=[key], purpose="formative", **SHORT)
        assert asked.met_on is None
        evaluations.add(unit, measures=[key], **SHORT)
        assert asked.met_on == DAY


# What is refused


def test_a_measure_not_begun_is_not_evaluated(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Conflict) as caught, town.unit("evaluator") as unit:
        evaluations.add(unit, measures=[key], **SHORT)
    assert caught.value.code == "evaluation_before_start"
    running = a_running_measure(town)
    before: dict[str, Any] = {"period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    with pytest.raises(Conflict) as caught, town.unit("evaluator") as unit:
        evaluations.add(unit, measures=[running], **before, **SHORT)
    assert caught.value.code == "evaluation_before_start"


@pytest.mark.parametrize("words", [{"purpose": "ex_ante"}, {"status": "planned"}])
def test_beforehand_and_planned_ones_are_stored_any_time(
    town: Store, words: dict[str, Any]
) -> None:
    key = a_measure(town)
    with town.unit("evaluator") as unit:
        evaluations.conclude(unit, measures=[key], **words, **SHORT)
    assert (_state(town, key), _count(town, "finding")) == ("draft", 0)


def test_it_names_every_fault(town: Store) -> None:
    key = a_running_measure(town)
    assert _faults(
        town, key, purpose="magic", evaluator_kind="self", status="corrected", overall="good",
        period_start=DAY, period_end=BEGUN, concluded_on=date(2027, 1, 1), result_level=8,
        report_url="ftp://x", source="Robot", each={"M-2026-777": {"overall": "fine"}},
        ratings={"beauty": 5, "impact": True}, recommendations=["", "mehr"],
        results=[{"value": "NaN", "attribution": "luck", "mood": 1, "period_end": "soon"},
                 {"value": 3}, {"value": "viel", "text": "x"}],
    ) == [
        ("results/0/mood", "unknown_field"),
        ("results/0/value", "no_number"),
        ("results/0/period_end", "no_day"),
        ("results/2/value", "no_number"),
        ("purpose", "unknown_word"),
        ("evaluator_kind", "unknown_word"),
        ("status", "unknown_word"),
        ("overall", "unknown_word"),
        ("result_level", "out_of_range"),
        ("each/M-2026-777", "unknown_word"),
        ("each/M-2026-777/overall", "unknown_word"),
        ("period_end", "ends_before_it_begins"),
        ("concluded_on", "in_future"),
        ("report_url", "no_link"),
        ("external_id", "missing"),
        ("ratings/beauty", "unknown_word"),
        ("ratings/beauty", "out_of_range"),
        ("ratings/impact", "out_of_range"),
        ("recommendations/0", "missing"),
        ("results/0/attribution", "unknown_word"),
        ("results/0/text", "missing"),
        ("results/1/text", "missing"),
        ("results/1/period_end", "missing"),
    ]  # fmt: skip


def test_what_cannot_be_assessed_is_explained(town: Store) -> None:
    key = a_running_measure(town)
    assert _faults(town, key, overall="not_assessable") == [("text", "missing")]
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        evaluations.add(unit, measures=[], overall="effective")
    assert caught.value.faults[0].pointer == "measures"


def test_a_period_of_its_own_must_not_end_before_it_begins(town: Store) -> None:
    key = a_running_measure(town)
    assert _faults(town, key, period_start=DAY, concluded_on=date(2026, 3, 1), **SHORT) == [
        ("period_end", "ends_before_it_begins")
    ]


@pytest.mark.parametrize(
    ("result", "fault"),
    [
        ({"goal": "G-2026-999", "text": "x"}, ("goal", "unknown_goal")),
        ({"indicator": "S-ALQ", "text": "x"}, ("indicator", "unknown_target")),
        ({"area": "01", "text": "x"}, ("indicator", "unknown_target")),
        ({"period_end": "2026-06-30"}, ("value", "observation_missing")),
        ({"period_end": "2025-12-31", "value": 40}, ("value", "value_differs")),
    ],
)
def test_results_speak_of_targets_and_agree_with_stored_values(
    town: Store, result: dict[str, object], fault: tuple[str, str]
) -> None:
    key = a_measure_with_a_goal(town)
    pointer, code = fault
    assert _faults(town, key, results=[result], **SHORT) == [(f"results/0/{pointer}", code)]


def test_a_target_has_one_result(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    twice = [{"text": "besser"}, {"text": "schlechter"}]
    assert _faults(town, key, results=twice, **SHORT) == [
        ("results/1/indicator", "ambiguous_target")
    ]


def test_a_measure_without_goal_has_no_results(town: Store) -> None:
    key = a_running_measure(town)
    assert _faults(town, key, results=[{"text": "gut"}], **SHORT) == [
        ("results/0/goal", "unknown_goal")
    ]


def test_who_may_evaluate(town: Store) -> None:
    key = a_running_measure(town)
    for name in ("youth", "steering", "statistician", "admin"):
        with pytest.raises(Forbidden), town.unit(name) as unit:
            evaluations.add(unit, measures=[key], **SHORT)
    with town.unit("admin") as unit:
        accounts.add(unit, "robot50", roles=["evaluator"], departments=["50"], kind="service")
        accounts.add(unit, "robot51", roles=["evaluator"], departments=["51"], kind="service")
    with pytest.raises(Forbidden) as caught, town.unit("robot50") as unit:
        evaluations.add(unit, measures=[key], **SHORT)
    assert caught.value.code == "other_department"
    made = _add(town, key, "robot51", **SHORT)
    with town.unit("planner") as unit:
        measures.edit(unit, key, lead="50")
    with pytest.raises(Forbidden), town.unit("robot51") as unit:
        evaluations.add(unit, measures=[key], corrects=made, overall="not_effective")
    with pytest.raises(NotFound), town.unit("evaluator") as unit:
        evaluations.add(unit, measures=["M-2026-999"], **SHORT)


# What it moves


def test_whoever_evaluates_for_others_does_not_learn_of_a_draft(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.add(unit, "robot50", roles=["evaluator"], departments=["50"], kind="service")
    draft, said = a_measure(town), []
    for key in (draft, f"{draft[:-1]}9"):
        with pytest.raises(NotFound) as caught, town.unit("robot50") as unit:
            evaluations.add(unit, measures=[key], **SHORT)
        said.append((caught.value.fix, set(caught.value.values)))
    assert said[0] == said[1]
    assert "near" not in said[0][1]


def test_a_summative_one_carries_the_measure_on(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    with town.unit("evaluator") as unit:
        evaluations.conclude(unit, measures=[key], **FULL)
    assert _state(town, key) == "evaluated"


@pytest.mark.parametrize("purpose", ["formative", "ex_ante"])
def test_other_ones_never_move_it(town: Store, purpose: str) -> None:
    key = a_measure_with_a_goal(town)
    with town.unit("evaluator") as unit:
        evaluations.conclude(unit, measures=[key], purpose=purpose, **FULL)
    assert _state(town, key) == "implemented"


def test_where_something_is_missing_it_is_stored_and_the_measure_stays(town: Store) -> None:
    waiting, running = a_measure_with_a_goal(town), a_running_measure(town)
    with town.unit("evaluator") as unit:
        evaluations.conclude(unit, measures=[waiting, running], **SHORT)
    assert (_state(town, waiting), _state(town, running)) == ("implemented", "in_progress")
    assert _count(town, "evaluation") == 1


def test_an_ongoing_measure_is_evaluated_while_it_runs(town: Store) -> None:
    key = a_running_measure(town, is_ongoing=True)
    with town.unit("evaluator") as unit:
        evaluations.conclude(unit, measures=[key], **SHORT)
    assert _state(town, key) == "evaluated"


def test_a_final_evaluation_says_something(town: Store) -> None:
    assert _faults(town, a_running_measure(town)) == [("overall", "missing")]
