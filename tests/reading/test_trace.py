import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cycle.errors import NotFound
from cycle.model.measures import Measure
from cycle.reading.trace import trace
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.conftest import STORES, FreshUrl
from tests.makers import arranged
from tests.reading.conftest import Standing
from tests.reading.rows import City, looking, settled


def _build(city: City) -> None:
    """A finding of 2024 that became a goal, a measure, a result, a finding and a new measure."""
    city.round("Z-2024", date(2024, 1, 1), stage="evaluation")
    paper = city.paper("2024/0482", cycle="Z-2024")
    noted = city.consultation(paper, "JHA", date(2024, 6, 26), "noted", role="information")
    report = city.report(cycle="Z-2024", status="presented", paper_id=paper.id)
    city.decision(noted, report)
    first = city.finding(report, response="goal", text="Sprache in Neustadt")
    city.finding(report, response="no_action", response_reason="Reicht.", text="Wohnen")
    guiding = city.goal((first,), cycle="Z-2024", level="guiding", text="Gleiche Chancen")
    goal = city.goal(cycle="Z-2024", level="operational", parent_id=guiding.id, text="25 %")
    measure = city.measure(cycle="Z-2024", goal=goal, finding=first, state="reported")
    other = city.measure(cycle="Z-2024", goal=goal, state="draft", title="Noch ein Entwurf")
    _decided(city, measure)
    evaluation = city.evaluation(measure, other)
    heir = city.goal(cycle="Z-2026", predecessor_id=goal.id, text="20 %")
    later = city.report(cycle="Z-2026")
    for each in (measure, other):
        city.finding(
            later,
            kind="evaluation_result",
            text=f"Ergebnis {each.ref}",
            origin_evaluation_id=evaluation.id,
            origin_measure_id=each.id,
        )
    successor = city.measure(goal=heir, state="approved", title="Sprachförderung II")
    city.succeeds(measure, successor, "adapted")
    city.advice(evaluation_id=evaluation.id)


def _decided(city: City, measure: Measure) -> None:
    open_ = city.paper("0123/2024")
    city.decision(city.consultation(open_, "SR", date(2024, 4, 24), "adopted"), measure)
    closed = city.paper("0007/2024", public=False)
    secret = city.consultation(closed, "LG", date(2024, 2, 1), "noted", public=False)
    city.decision(secret, measure)


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


@pytest.fixture(params=STORES)
def own_city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, _CITY))
    yield opened
    opened.close()


def _trace(store: Store, key: str, *, sees_internal: bool = True) -> Any:  # noqa: ANN401 - JSON
    with looking(store) as reader:
        found = trace(reader, key, sees_internal=sees_internal)
    return json.loads(json.dumps(found))


def _path(branches: list[Any], *keys: str) -> Any:  # noqa: ANN401 - JSON
    """Walk down the tree from key to key."""
    for key in keys:
        here = next(b for b in branches if b["key"] == key and not b["again"])
        branches = here["next"]
    return here


def test_it_tells_what_became_of_a_finding_over_two_rounds(city: Store) -> None:
    shown = _trace(city, "F-2026-001")
    assert (shown["kind"], shown["state"], shown["cycle"]) == ("finding", "goal", "Z-2024")
    down = ("G-2026-001", "G-2026-002", "M-2026-001")
    measure = _path(shown["became"], *down)
    assert (measure["how"], measure["state"]) == ("pursued_by", "reported")
    assert [d["paper"] for d in measure["decisions"]] == ["0007/2024", "0123/2024"]
    evaluation = _path(shown["became"], *down, "E-2026-001")
    assert evaluation["state"] == "partly_effective"
    assert [b["key"] for b in evaluation["next"]] == ["F-2026-003", "R-2026-001"]
    successor = _path(shown["became"], "G-2026-001", "G-2026-002", "G-2026-003", "M-2026-003")
    assert successor["cycle"] == "Z-2026"


def test_one_that_was_shown_is_named_but_not_unfolded_again(city: Store) -> None:
    shown = _trace(city, "F-2026-001")
    again = next(b for b in shown["became"] if b["key"] == "M-2026-001")
    assert again["again"] is True
    assert (again["how"], again["next"]) == ("answered_by", [])


def test_an_evaluation_of_two_measures_leads_each_to_its_own_finding(city: Store) -> None:
    shown = _trace(city, "G-2026-002")
    for measure, finding in (("M-2026-001", "F-2026-003"), ("M-2026-002", "F-2026-004")):
        evaluation = _path(shown["became"], measure, "E-2026-001")
        found = [b["key"] for b in evaluation["next"] if b["kind"] == "finding"]
        assert found == [finding]
    back = _path(_trace(city, "F-2026-004")["comes_from"], "E-2026-001")
    assert [b["key"] for b in back["next"]] == ["M-2026-002"]
    alone = _trace(city, "E-2026-001")
    assert [b["key"] for b in alone["became"]] == ["F-2026-003", "F-2026-004", "R-2026-001"]


def test_it_tells_where_a_measure_comes_from(city: Store) -> None:
    shown = _trace(city, "M-2026-003")
    report = _path(
        shown["comes_from"],
        "G-2026-003", "G-2026-002", "G-2026-001", "F-2026-001", "B-2026-001",
    )  # fmt: skip
    assert {b["key"] for b in report["next"]} == {"2024/0482", "Z-2024"}
    adapted = next(b for b in shown["comes_from"] if b["key"] == "M-2026-001")
    assert adapted["how"] == "became"
    assert shown["became"] == []


def test_a_report_is_told_by_a_row_for_each_finding(city: Store) -> None:
    rows = _trace(city, "B-2026-001")["findings"]
    assert [row["finding"] for row in rows] == ["F-2026-001", "F-2026-002"]
    assert [goal["key"] for goal in rows[0]["goals"]] == ["G-2026-001", "G-2026-002", "G-2026-003"]
    measures = {m["key"]: m for m in rows[0]["measures"]}
    assert list(measures) == ["M-2026-003", "M-2026-001", "M-2026-002"]
    told = measures["M-2026-001"]
    assert told["decision"] == {
        "key": "D-2026-002", "on": "2024-04-24", "result": "adopted", "body": "SR",
        "paper": "0123/2024",
        "repeals": None,
    }  # fmt: skip
    assert (told["state"], told["result"]) == ("reported", "partly_effective")
    assert (told["evaluation"], told["next_finding"]) == ("E-2026-001", "F-2026-003")
    undecided = measures["M-2026-003"]
    assert (undecided["decision"], undecided["result"]) == (None, None)
    assert (rows[1]["response"], rows[1]["goals"], rows[1]["measures"]) == ("no_action", [], [])


def test_a_paper_tells_its_bodies_and_what_became_of_its_report(city: Store) -> None:
    for typed in ("2024/0482", "2024~0482"):
        shown = _trace(city, typed)
        assert shown["kind"] == "paper"
    assert [c["outcome"] for c in shown["paper"]["consultations"]] == ["noted"]
    assert (shown["paper"]["cycle"], shown["paper"]["report"]) == ("Z-2024", "B-2026-001")
    assert [row["finding"] for row in shown["findings"]] == ["F-2026-001", "F-2026-002"]


def test_a_round_is_told_by_the_findings_of_its_reports(city: Store) -> None:
    shown = _trace(city, "Z-2024")
    assert [row["finding"] for row in shown["findings"]] == ["F-2026-001", "F-2026-002"]


def test_a_measure_taken_from_a_paper_leads_back_to_it(own_city: Store) -> None:
    with own_city.unit("planner") as unit:
        lookup.measure(unit, "M-2026-003").source = "2024/0482"
        arranged(unit)
    shown = _trace(own_city, "3")
    assert {"taken_from"} == {b["how"] for b in shown["comes_from"] if b["kind"] == "paper"}


def test_what_is_not_public_stays_inside(city: Store) -> None:
    shown = json.dumps(_trace(city, "F-2026-001", sees_internal=False))
    assert "0007/2024" not in shown
    assert "M-2026-002" not in shown
    assert "0123/2024" in shown
    for hidden in ("M-2026-002", "0007/2024"):
        with pytest.raises(NotFound):
            _trace(city, hidden, sees_internal=False)


def test_nobody_knows_an_unknown_record(city: Store) -> None:
    for key in ("M-2026-999", "F-9", "1999/0001", "@last"):
        with pytest.raises(NotFound):
            _trace(city, key)
