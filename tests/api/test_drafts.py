"""A draft of another department shows nowhere: not in lists, sums, chains or hints."""

from datetime import date

import pytest

from cycle.machine.facts import Ask
from cycle.usecases import agendas, moves, papers
from tests import makers, makers_duties
from tests.api.serving import Served, problem
from tests.makers import DAY

LISTS = (
    "/v1/measures", "/v1/board", "/v1/board?department=40", "/v1/half-year", "/v1/gaps?all=true",
    "/v1/agenda", "/v1/goals", "/v1/decisions", "/v1/journal?limit=200", "/v1/changes?limit=200",
    "/v1/trace/{goal}", "/v1/goals/{goal}", "/v1/decisions/{decision}", "/v1/papers/0123~2026",
    "/v1/trace/0123~2026", "/v1/measures/{old}/lineage", "/v1/trace/{old}",
)  # fmt: skip


@pytest.fixture
def keys(served: Served) -> dict[str, str]:
    """Let department 40 have a draft with a goal and a decision, which took the place of one of 51.

    Another draft is led by nobody.
    """
    old = makers_duties.a_measure(served.store)
    with served.store.unit("planner", day=DAY) as unit:
        moves.move(unit, old, "cancel", Ask(code="no_need", reason="Bedarf entfallen"))
    planner = served.client("planner")
    draft = planner.post(f"/v1/measures/{old}/again", json={"lead": "40"}).json()["key"]
    goal = planner.post("/v1/goals", json={"text": "Kinder sprechen gut Deutsch"}).json()["key"]
    seen = {"If-Match": planner.get(f"/v1/measures/{draft}").headers["ETag"]}
    planner.put(f"/v1/measures/{draft}/goals", json={"goal": goal}, headers=seen)
    with served.store.unit("planner", day=DAY) as unit:
        nobodys = makers.a_measure(unit, title="Treffpunkt", lead=None).ref
        owed = [("report_due", "Bericht an den Rat", date(2026, 12, 1))]
        words = {"measures": [draft], "goals": [goal], "conditions": owed}
        decision = makers.a_resolution(unit, **words).ref
        papers.add(unit, "2026/0600", "Treffpunkt")
        agendas.consult(unit, "2026/0600", body="SR", on=date(2026, 12, 9), measures=[draft])
    return {"old": old, "draft": draft, "goal": goal, "nobodys": nobodys, "decision": decision}


@pytest.mark.parametrize("where", LISTS)
def test_a_draft_of_another_department_is_told_nowhere(
    served: Served, keys: dict[str, str], where: str
) -> None:
    address = where.format_map(keys)
    drafts = {keys["draft"], keys["nobodys"]}
    told = {name: served.client(name).get(address).text for name in ("planner", "youth")}
    assert {key for key in drafts if key in told["planner"]}, told["planner"]
    assert not {key for key in drafts if key in told["youth"]}, told["youth"]


def test_a_draft_of_another_department_is_asked_for_in_vain(
    served: Served, keys: dict[str, str]
) -> None:
    youth = served.client("youth")
    for key in (keys["draft"], keys["nobodys"]):
        for where in (f"/v1/trace/{key}", f"/v1/decisions?measure={key}"):
            problem(youth.get(where), 404, "not_found")
            assert served.client("planner").get(where).status_code == 200


def test_the_own_department_is_told_of_its_draft(served: Served, keys: dict[str, str]) -> None:
    schools = served.client("schools")
    for where in LISTS[:-1]:
        if "papers" in where or "board?" in where or where == "/v1/board":
            assert keys["draft"] in schools.get(where.format_map(keys)).text, where
    assert schools.get(f"/v1/trace/{keys['draft']}").status_code == 200
