"""Lists and single records of the nouns that need no test file of their own."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from cycle.errors import NotFound
from cycle.model.decisions import Condition
from cycle.model.evaluations import CriterionRating, IndicatorResult
from cycle.model.goals import GoalAgreement, GoalTarget
from cycle.model.reports import FindingObservation
from cycle.model.space import Area
from cycle.reading import (
    accounts,
    areas,
    decisions,
    departments,
    evaluations,
    fields,
    findings,
    goals,
    indicators,
    observations,
    recommendations,
    reports,
)
from cycle.reading.door import Reader
from cycle.store.store import Store
from cycle.usecases import areas as area_deeds
from cycle.usecases import lookup, towns
from tests.conftest import STORES
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, looking, settled

Show = Callable[[Reader, str], Any]


def _build(city: City) -> None:
    area_deeds.add(city.unit, "06", "Neustadt", valid_from=date(2020, 1, 1))
    towns.add_field(city.unit, "ZZ", "Erprobung", youth_welfare=True)
    earlier = Area(
        scheme_id=city.scheme, code="06", name="Neubau", valid_from=date(2000, 1, 1),
        valid_to=date(2019, 12, 31),
    )  # fmt: skip
    city.add(earlier)
    report = city.report()
    finding = city.finding(report, areas=("06",), fields=("ZZ",))
    city.finding(report, response="no_action", response_reason="Reicht.")
    goal = city.goal((finding,), areas=("06",), fields=("ZZ",), level="operational")
    city.goal()
    _values(city, finding.id, goal.id)
    measure = city.measure(goal=goal, state="in_progress")
    advice = {"finding_id": finding.id, "addressee_id": lookup.department(city.unit, "51").id}
    city.advice(**advice)
    _judged(city, measure)


def _values(city: City, finding_id: str, goal_id: str) -> None:
    version = city.indicator("SGB2")
    base = city.observation(
        version, "06", date(2023, 12, 31), "33.33", numerator=96, denominator=288
    )
    city.observation(version, "06", date(2024, 12, 31), None, denominator=7)
    city.observation(version, "06", date(2023, 12, 31), "33.10", vintage=2)
    city.add(FindingObservation(finding_id=finding_id, observation_id=base.id))
    for value, replaced_on in ((Decimal(25), None), (Decimal(20), TODAY)):
        city.add(
            GoalTarget(
                goal_id=goal_id,
                indicator_version_id=version.id,
                area_id=lookup.area(city.unit, "06").id,
                target_value=value,
                target_date=date(2027, 12, 31),
                baseline_id=base.id,
                replaced_on=replaced_on,
                replaced_reason="Neue Lage" if replaced_on else None,
            )
        )
    body = lookup.body(city.unit, "JHA").id
    city.add(GoalAgreement(goal_id=goal_id, wording="25 %", on_date=TODAY, body_id=body))


def _judged(city: City, measure: Any) -> None:  # noqa: ANN401 - a measure
    evaluation = city.evaluation(measure)
    city.advice(evaluation_id=evaluation.id, response="accepted", reason="Ja.")
    city.add(CriterionRating(evaluation_id=evaluation.id, criterion="effectiveness", rating=3))
    target = lookup.every(city.unit, GoalTarget, replaced_on=None)[0]
    city.add(IndicatorResult(evaluation_id=evaluation.id, goal_target_id=target.id, text="besser"))
    paper = city.paper("0123/2024")
    made = city.decision(
        city.consultation(paper, "SR", TODAY, "adopted"), measure, votes_yes=31, votes_no=4
    )
    city.add(Condition(decision_id=made.id, code="budget_reservation", text="vorbehaltlich"))


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


SHOWS: dict[str, tuple[Show, str]] = {
    "accounts": (accounts.show, "planner"),
    "areas": (areas.show, "06"),
    "decisions": (decisions.show, "D-1"),
    "departments": (departments.show, "51"),
    "evaluations": (evaluations.show, "E-1"),
    "fields": (fields.show, "ZZ"),
    "findings": (findings.show, "F-1"),
    "goals": (partial(goals.show, today=TODAY), "G-1"),
    "indicators": (indicators.show, "SGB2"),
    "recommendations": (recommendations.show, "R-1"),
    "reports": (reports.show, "B-2026-001"),
}


def test_every_record_can_be_told_as_json_and_an_unknown_one_is_not_found(city: Store) -> None:
    with looking(city) as reader:
        for show, key in SHOWS.values():
            shown = show(reader, key)
            assert json.loads(json.dumps(shown)) == shown
            assert (shown.get("key") or shown.get("code") or shown.get("name")) is not None
            with pytest.raises(NotFound):
                show(reader, "gibt es nicht")


def test_a_department_tells_what_it_leads(city: Store) -> None:
    with looking(city) as reader:
        assert departments.show(reader, "51")["measures"] == 1
        assert [row.code for row in departments.listed(reader)][:2] == ["20", "40"]


def test_a_field_tells_whether_the_youth_committee_is_heard(city: Store) -> None:
    with looking(city) as reader:
        assert fields.show(reader, "ZZ")["youth_welfare"] is True
        assert "ZZ" in {row.code for row in fields.listed(reader)}


def test_an_area_tells_its_earlier_life(city: Store) -> None:
    with looking(city) as reader:
        shown = areas.show(reader, "06")
        valid = {row.name for row in areas.listed(reader, today=TODAY)}
        every = {row.name for row in areas.listed(reader)}
    assert (shown["name"], [each["name"] for each in shown["earlier"]]) == ("Neustadt", ["Neubau"])
    assert every - valid == {"Neubau"}


def test_an_account_tells_roles_and_departments(city: Store) -> None:
    with looking(city) as reader:
        shown = accounts.show(reader, "youth")
        assert (shown["roles"], shown["departments"]) == (["department_head"], ["51"])
        assert accounts.actor(reader, "niemand") is None
        assert {row.name for row in accounts.listed(reader)} >= {"local", "planner"}


def test_a_report_holds_its_findings(city: Store) -> None:
    with looking(city) as reader:
        shown = reports.show(reader, "B-2026-001")
        assert "B-2026-001" in {row.key for row in reports.listed(reader, cycle="Z-2026")}
    assert (shown["unanswered"], len(shown["findings"])) == (1, 2)


def test_a_finding_cites_what_it_rests_on(city: Store) -> None:
    with looking(city) as reader:
        shown = findings.show(reader, "F-1")
        picked = [
            [row.key for row in findings.listed(reader, **wanted)]
            for wanted in ({"area": "06"}, {"field": "ZZ"}, {"open_only": True}, {"cycle": "2026"})
        ]
    assert shown["observations"] == [
        {
            "indicator": "SGB2", "area": "06", "period_end": "2023-12-31", "value": 33.33,
            "unit": "%", "status": "final", "vintage": 1, "recorded_on": "2026-11-22",
        }
    ]  # fmt: skip
    assert [each["key"] for each in shown["recommendations"]] == ["R-2026-001"]
    assert (shown["goals"], shown["areas"], shown["fields"]) == (["G-2026-001"], ["06"], ["ZZ"])
    assert picked == [["F-2026-001"]] * 3 + [["F-2026-001", "F-2026-002"]]


def test_a_goal_keeps_its_old_target_with_the_reason(city: Store) -> None:
    with looking(city) as reader:
        shown = goals.show(reader, "G-1", TODAY)
        asked: list[dict[str, Any]] = [{"area": "06"}, {"field": "ZZ"}, {"cycle": "Z-2026"}]
        picked = [[row.key for row in goals.listed(reader, **wanted)] for wanted in asked]
    now, before = shown["targets"]
    assert (now["target_value"], now["baseline_value"], now["replaced_on"]) == (25, 33.33, None)
    assert (before["target_value"], before["replaced_reason"]) == (20, "Neue Lage")
    assert (now["light"]["light"], before["light"], before["data"]) == ("grey", None, None)
    assert shown["agreements"][0]["body"] == "JHA"
    assert shown["measures"] == ["M-2026-001"]
    assert picked == [["G-2026-001"]] * 2 + [["G-2026-001", "G-2026-002"]]


def test_a_withheld_value_gives_nothing_away(city: Store) -> None:
    with looking(city) as reader:
        rows = observations.listed(reader, indicator="SGB2", area="06")
        old = observations.listed(reader, vintages=True)
        shown = indicators.show(reader, "SGB2")
        assert [row.newest for row in indicators.listed(reader)] == [date(2024, 12, 31)]
    assert [(row.value, row.vintage) for row in rows] == [(Decimal("33.10"), 2), (None, 1)]
    assert rows[1].status == "confidential_or_unknown"
    assert (rows[1].numerator, rows[1].denominator) == (None, None)
    assert (old[0].numerator, old[0].denominator) == (96, 288)
    assert (shown["observations"], shown["versions"][0]["no"]) == (2, 1)


def test_an_evaluation_tells_ratings_results_and_advice(city: Store) -> None:
    with looking(city) as reader:
        shown = evaluations.show(reader, "E-1")
        of_one = evaluations.listed(reader, measure="M-1")
        assert evaluations.listed(reader) == of_one
        open_ = recommendations.listed(reader, open_only=True)
        assert len(recommendations.listed(reader)) == 2
    assert shown["ratings"] == {"effectiveness": 3}
    assert shown["results"][0] | {"goal": "G-2026-001", "text": "besser"} == shown["results"][0]
    assert shown["recommendations"][0]["response"] == "accepted"
    assert shown["covers"] == [{"measure": "M-2026-001", "overall": None, "text": None}]
    assert [(row.key, row.addressee) for row in open_] == [("R-2026-001", "51")]


def test_a_decision_tells_votes_and_conditions(city: Store) -> None:
    with looking(city) as reader:
        shown = decisions.show(reader, "D-1")
    assert (shown["body"], shown["paper"], shown["votes_yes"]) == ("SR", "0123/2024", 31)
    assert shown["conditions"][0]["code"] == "budget_reservation"
    assert shown["measures"] == ["M-2026-001"]
