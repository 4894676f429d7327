import pytest

from cycle.usecases import measures
from tests.api.serving import Served, problem
from tests.makers import DAY
from tests.makers_duties import a_measure, a_running_measure

FREEZE = {
    "name": "suspend", "code": "budget_freeze", "mandate": "voluntary",
    "reason": "Haushaltssperre", "review_on": "2027-03-01",
}  # fmt: skip
ANY = {"If-Match": "*"}


def test_a_budget_freeze_suspends_what_the_law_does_not_demand(served: Served) -> None:
    free = a_running_measure(served.store, mandate="voluntary")
    bound = a_running_measure(served.store, mandate="statutory")
    planner, where = served.client("planner"), "/v1/measures:move"
    tried = planner.post(where, json=FREEZE | {"dry_run": True})
    assert tried.json() == {"dry_run": True, "moved": [free], "refused": []}
    assert planner.get(f"/v1/measures/{free}").json()["state"] == "in_progress"
    seen = planner.get(f"/v1/measures/{free}").headers["etag"]
    done = planner.post(where, json=FREEZE)
    assert done.json() == {"dry_run": False, "moved": [free], "refused": []}
    states = {key: planner.get(f"/v1/measures/{key}").json()["state"] for key in (free, bound)}
    assert states == {free: "suspended", bound: "in_progress"}
    late = planner.patch(f"/v1/measures/{free}", json={}, headers={"If-Match": seen})
    problem(late, 412, "stale")


def test_what_is_refused_tells_everything_it_lacks(served: Served) -> None:
    ready, bare = a_running_measure(served.store), a_measure(served.store)
    youth, where = served.client("youth", Accept_Language="de"), "/v1/measures:move"
    words = {"name": "finish", "keys": [ready, bare], "atomic": True}
    told = youth.post(where, json=words).json()
    assert told["moved"] == []
    assert bare in {each["key"] for each in told["refused"]}
    assert all(each["blocked_by"][0]["says"] for each in told["refused"])


def test_what_is_meant_must_be_clear(served: Served) -> None:
    key, where = a_measure(served.store), "/v1/measures:move"
    planner = served.client("planner")
    both = planner.post(where, json={"name": "target", "keys": [key], "state": "draft"})
    assert problem(both, 422, "invalid")["errors"][0]["code"] == "contradicts"
    problem(planner.post(where, json={"name": "target"}), 422, "invalid")
    problem(planner.post(where, json={"name": "target", "keys": []}), 422, "invalid")
    problem(planner.post(where, json={"name": "target", "keys": None}), 422, "invalid")
    problem(planner.post(where, json={"name": "take_over", "keys": [key]}), 422, "invalid")
    problem(planner.post(where, json={"name": "target", "keys": ["M-1999-001"]}), 404, "not_found")
    hidden = served.client("schools").post(where, json={"name": "target", "keys": [key]})
    problem(hidden, 404, "not_found")


def test_one_measure_becomes_two(served: Served) -> None:
    key = a_running_measure(served.store)
    heirs = [a_measure(served.store, title=f"Teil {n}") for n in (1, 2)]
    planner, where = served.client("planner"), f"/v1/measures/{key}/lineage"
    words = {"into": heirs, "shares": [0.6, "2/5"]}
    problem(planner.post(where, json=words), 428, "if_match_required")
    seen = {"If-Match": planner.get(where).headers["etag"]}
    odd = planner.post(where, json=words | {"shares": [0.6]}, headers=seen)
    problem(odd, 422, "invalid")
    wrong = planner.post(where, json=words | {"shares": [0.6, 0.6]}, headers=seen)
    assert problem(wrong, 409, "refused")["blocked_by"]
    done = planner.post(where, json=words, headers=seen)
    assert done.json()["state"] == "superseded", done.text
    assert planner.get(where).json() == {"predecessors": [], "successors": heirs}
    problem(planner.post(where, json=words, headers=seen), 412, "stale")


@pytest.mark.parametrize(
    "shares", [["0/5"], ["x"], ["1/3\n"], [0], [1.5], [True], [None], [0.1234567891], "0.5", [[]]]
)
def test_a_share_is_a_part_of_the_whole(served: Served, shares: object) -> None:
    key = a_measure(served.store)
    words = {"into": ["M-2026-002"], "shares": shares}
    where = f"/v1/measures/{key}/lineage"
    told = problem(served.client("planner").post(where, json=words, headers=ANY), 422, "invalid")
    assert {each["pointer"] for each in told["errors"]} <= {"/shares", "/shares/0"}


def test_what_was_dropped_is_wanted_again(served: Served) -> None:
    key, youth = a_measure(served.store), served.client("youth")
    where = f"/v1/measures/{key}/again"
    problem(youth.post(where, json={}), 409, "not_turned_down")
    words = {"name": "cancel", "code": "no_need", "reason": "kein Bedarf"}
    dropped = youth.post(f"/v1/measures/{key}/transitions", json=words, headers=ANY)
    assert dropped.json()["state"] == "cancelled"
    for wrong in ({"title": None}, {"cycle": None}, {"title": "x" * 91}):
        problem(youth.post(where, json=wrong), 422, "invalid")
    made = youth.post(where, json={"title": "Noch einmal", "lead": None})
    assert made.status_code == 201, made.text
    heir = made.json()
    assert made.headers["location"] == f"/v1/measures/{heir['key']}"
    assert (heir["title"], heir["lineage"]["predecessors"]) == ("Noch einmal", [key])


def test_what_was_done_is_told_page_by_page_as_far_as_one_sees(served: Served) -> None:
    key = a_running_measure(served.store)
    youth, where = served.client("youth"), f"/v1/measures/{key}/history"
    whole = youth.get(where).json()
    assert whole[0]["action"] == "logged"
    assert all(each["changes"] and each["account"] is None for each in whole)
    page, found = youth.get(f"{where}?limit=1"), []
    while True:
        found += page.json()
        if "next" not in page.links:
            break
        page = youth.get(page.links["next"]["url"])
    assert found == whole
    outside = served.client("schools").get(where).json()
    assert [each["changes"] for each in outside] == [None] * len(whole)
    assert youth.get(f"{where}?since=2026-11-23").status_code == 200
    problem(youth.get(f"{where}?cursor=eA=="), 422, "invalid")
    draft = a_measure(served.store)
    problem(served.client("schools").get(f"/v1/measures/{draft}/history"), 404, "not_found")


def test_what_differs_from_the_frozen_text_is_told(served: Served) -> None:
    key = a_measure(served.store)
    planner, where = served.client("planner"), f"/v1/measures/{key}/dossier"
    problem(planner.get(where), 404, "not_frozen")
    with served.store.unit("planner", day=DAY) as unit:
        measures.edit(unit, key, description="Vier Fachkräfte")
    problem(planner.get(f"{where}?no=7"), 404, "not_frozen")
    problem(planner.get(f"{where}?no=x"), 422, "invalid")
