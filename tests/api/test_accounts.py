from typing import Any

import pytest

from tests.api.serving import Served, problem

WHERE = "/v1/accounts"


def test_an_account_is_let_in_given_other_roles_and_ended(served: Served) -> None:
    admin = served.client("admin")
    words = {"name": "müller/51", "roles": ["department_head"], "departments": ["51"]}
    made = admin.post(WHERE, json=words)
    where = made.headers["location"]
    assert (made.status_code, where) == (201, "/v1/accounts/m%C3%BCller~51")
    assert admin.get(where).json() == made.json()
    problem(admin.post(WHERE, json=words), 409, "duplicate")
    problem(admin.patch(where, json={"roles": ["planner"]}), 428, "if_match_required")
    seen = {"If-Match": made.headers["etag"]}
    changed = admin.patch(where, json={"roles": ["planner"], "departments": []}, headers=seen)
    assert (changed.json()["roles"], changed.json()["departments"]) == (["planner"], [])
    problem(admin.patch(where, json={"roles": ["reader"]}, headers=seen), 412, "stale")
    problem(admin.delete(where), 428, "if_match_required")
    ended = admin.delete(where, headers={"If-Match": changed.headers["etag"]})
    assert ended.json()["disabled_at"]
    assert len(admin.get(f"{WHERE}?limit=200").json()) == 12


def test_accounts_are_for_admin_only_and_one_stays(served: Served) -> None:
    for name in ("planner", "reader", "youth"):
        problem(served.client(name).get(WHERE), 403, "forbidden")
        problem(served.client(name).get(f"{WHERE}/admin"), 403, "forbidden")
    admin, seen = served.client("admin"), {"If-Match": "*"}
    assert admin.delete(f"{WHERE}/local", headers=seen).status_code == 200
    problem(admin.delete(f"{WHERE}/admin", headers=seen), 403, "last_admin")
    problem(admin.patch(f"{WHERE}/none", json={"roles": ["admin"]}, headers=seen), 404,
            "not_found")  # fmt: skip


@pytest.mark.parametrize(
    "words", [{"roles": None}, {"roles": []}, {"roles": ["mayor"]}, {"departments": None}, {}]
)
def test_a_change_of_an_account_that_does_not_fit_is_refused(
    served: Served, words: dict[str, Any]
) -> None:
    admin = served.client("admin")
    found = admin.patch(f"{WHERE}/planner", json=words, headers={"If-Match": "*"})
    problem(found, 422, "invalid")


def test_a_deputy_is_named_acts_and_is_ended(served: Served) -> None:
    planner, youth = served.client("planner"), served.client("youth")
    pair = {"account": "schools", "for_account": "youth"}
    words = {**pair, "from_day": "2026-11-22", "to_day": "2026-12-06"}
    problem(planner.post("/v1/deputies", json=words), 403, "forbidden")
    made = youth.post("/v1/deputies", json=words)
    assert (made.status_code, made.json()) == (201, words | {"ended_on": None})
    problem(youth.post("/v1/deputies", json=words), 409, "duplicate")
    acting = served.client("schools", X_Acting_For="youth")
    assert acting.post("/v1/measures", json={"title": "Probe", "lead": "51"}).status_code == 201
    assert youth.get("/v1/deputies").json() == [made.json()]
    assert planner.get("/v1/deputies").json() == []
    assert len(served.client("admin").get("/v1/deputies").json()) == 1
    ended = youth.post("/v1/deputies:end", json=pair).json()
    assert [each["ended_on"] for each in ended] == ["2026-11-22"]
    problem(youth.post("/v1/deputies:end", json=pair), 404, "not_found")
    problem(acting.get("/v1/status"), 403, "no_deputy")
    for wrong in ({"to_day": "2026-11-01"}, {"from_day": None}, {"to_day": "2999-12-31"}):
        problem(youth.post("/v1/deputies", json=words | wrong), 422, "invalid")
