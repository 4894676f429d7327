from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cycle.store.unit import Unit
from cycle.usecases import evaluations, goals, recommendations
from tests.api.serving import Served, problem
from tests.makers import DAY
from tests.makers_duties import a_measure, a_running_measure
from tests.makers_rounds import a_finding

ROWS = 5
ADVICE = "Mehr Personal"


def a_goal(unit: Unit, _measure: str) -> str:
    return goals.add(unit, text="Kinder sprechen gut Deutsch").ref


def a_finding_of_the_round(unit: Unit, _measure: str) -> str:
    return a_finding(unit).ref


def advice(unit: Unit, _measure: str) -> str:
    return recommendations.add(unit, text=ADVICE, finding=a_finding(unit).ref).ref


def an_evaluation(unit: Unit, measure: str) -> str:
    words: dict[str, Any] = {"overall": "effective", "text": "Ja", "purpose": "formative"}
    return evaluations.conclude(unit, measures=[measure], **words).ref


MAKERS: dict[str, Callable[[Unit, str], str]] = {
    "goals": a_goal,
    "findings": a_finding_of_the_round,
    "recommendations": advice,
    "evaluations": an_evaluation,
}


def pages(client: httpx.Client, where: str) -> list[Any]:
    page, found = client.get(where), []
    while True:
        found += page.json()
        if "next" not in page.links:
            return found
        page = client.get(page.links["next"]["url"])


@pytest.mark.parametrize("noun", MAKERS)
def test_a_long_list_comes_in_pages_none_left_out_none_twice(served: Served, noun: str) -> None:
    measure, made = a_running_measure(served.store), []
    for _ in range(ROWS):
        with served.store.unit("planner", day=DAY) as unit:
            made.append(MAKERS[noun](unit, measure))
    reader = served.client("reader")
    whole = reader.get(f"/v1/{noun}").json()
    assert [row["key"] for row in whole] == made
    assert pages(reader, f"/v1/{noun}?limit=2") == whole
    problem(reader.get(f"/v1/{noun}?cursor=x"), 422, "invalid")


def test_evaluations_of_a_draft_of_another_department_are_asked_for_in_vain(
    served: Served,
) -> None:
    key = a_measure(served.store)
    where = f"/v1/evaluations?measure={key}"
    assert served.client("youth").get(where).json() == []
    for name in ("schools", "reader"):
        told = problem(served.client(name).get(where), 404, "not_found")
        assert "near" not in str(told)


def test_a_draft_that_is_not_seen_takes_up_no_advice(served: Served) -> None:
    hidden = a_measure(served.store)
    with served.store.unit("planner", day=DAY) as unit:
        finding = a_finding(unit).ref
        told = recommendations.add(unit, text=ADVICE, finding=finding, addressee="40").ref
    where = f"/v1/recommendations/{told}/answer"
    words = {"response": "accepted", "reason": "Ja", "measure": hidden}
    schools = served.client("schools", If_Match="*")
    problem(schools.put(where, json=words), 404, "not_found")
    own = schools.put(where, json=words | {"measure": None})
    assert own.json()["response"] == "accepted", own.text
