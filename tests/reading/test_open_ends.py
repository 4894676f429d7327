"""Gaps and the guards of a round speak of the same things: what one names, the other finds."""

from datetime import date
from typing import Any

import pytest

from cycle.machine.policy import PRESETS
from cycle.model.evaluations import EvaluationMeasure
from cycle.model.goals import GoalAgreement, GoalTarget
from cycle.reading.cycle_facts import facts
from cycle.reading.gaps import all_
from cycle.store.store import Store
from tests.conftest import STORES
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, Column, looking, settled

ROUNDS = ("Z-2026", "Z-2028", "Z-2030")
WANTED = {
    "finding_without_response": {"Z-2026": 1, "Z-2028": 2, "Z-2030": 0},
    "goal_without_target": {"Z-2026": 3, "Z-2028": 1, "Z-2030": 0},
    "agreement_missing": {"Z-2026": 2, "Z-2028": 1, "Z-2030": 0},
    "recommendation_unanswered": {"Z-2026": 2, "Z-2028": 1, "Z-2030": 1},
}


def _build(city: City) -> None:
    city.round("Z-2028", date(2028, 1, 1))
    city.round("Z-2030", date(2030, 1, 1))
    _findings_and_advice(city)
    _goals(city)


def _findings_and_advice(city: City) -> None:
    here, there = city.report(), city.report(cycle="Z-2028")
    asked = city.finding(here)
    city.finding(here, severity="watch")
    city.finding(here, response="no_action", response_reason="Kein Bedarf.")
    city.finding(there)
    city.finding(there)
    city.advice(finding_id=asked.id)
    city.advice(finding_id=asked.id, response="rejected", reason="Zu teuer.")
    judged = city.evaluation(city.measure())
    city.advice(evaluation_id=judged.id)
    city.advice(evaluation_id=judged.id, cycle_id=there.cycle_id)  # handed on when it was opened
    both = city.evaluation(city.measure())
    late = city.measure(cycle="Z-2030")
    city.add(EvaluationMeasure(evaluation_id=both.id, measure_id=late.id))
    city.advice(evaluation_id=both.id)


def _goals(city: City) -> None:
    version = city.indicator("I-1")
    seen = city.observation(version, "16999000", date(2025, 12, 31), "25")
    whole: dict[str, Any] = {"target_value": 20, "target_date": date(2028, 12, 31)}
    adopted: dict[str, Any] = {"level": "operational", "status": "adopted"}

    def target(goal: str, **more: Column) -> None:
        city.add(GoalTarget(goal_id=goal, indicator_version_id=version.id, **more))

    def agreed(goal: str, kind: str = "agreed") -> None:
        city.add(GoalAgreement(goal_id=goal, kind=kind, wording="Wie beraten", on_date=TODAY))

    complete = city.goal(**adopted)
    target(complete.id, **whole, baseline_id=seen.id)
    agreed(complete.id)
    bare = city.goal(**adopted)
    agreed(bare.id, "amended")
    planned = city.goal(**adopted)
    target(planned.id, **whole, data_plan="Zählung 2027")
    agreed(planned.id, "objected")
    described = city.goal(**adopted, qualitative_criterion="Elternbefragung")
    agreed(described.id)
    half = city.goal(**adopted, qualitative_criterion="Elternbefragung")
    target(half.id, **whole)  # in words and in numbers, but the numbers have no beginning
    city.goal(cycle="Z-2028", **adopted)


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


@pytest.mark.parametrize("round_", ROUNDS)
def test_the_guards_of_a_round_name_exactly_what_the_gaps_find_in_it(
    city: Store, round_: str
) -> None:
    with looking(city) as reader:
        seen = facts(reader, round_, today=TODAY, policy=PRESETS["standard"])
        groups = all_(reader, today=TODAY, lang="de")
    named = {
        "finding_without_response": seen.unanswered_findings,
        "goal_without_target": seen.goals_without_target,
        "agreement_missing": seen.goals_without_acceptance,
        "recommendation_unanswered": seen.open_recommendations,
    }
    found = {
        rule: tuple(
            sorted(i.key for g in groups if g.rule == rule for i in g.items if i.cycle == round_)
        )
        for rule in named
    }
    assert named == found
    assert {rule: len(keys) for rule, keys in named.items()} == {
        rule: wanted[round_] for rule, wanted in WANTED.items()
    }
