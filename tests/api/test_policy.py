from typing import Any

import pytest

from tests.api.serving import Served, problem


def test_one_thing_is_set_in_the_version_that_was_seen_and_put_back(served: Served) -> None:
    admin = served.client("admin")
    read = served.client("reader").get("/v1/policy")
    where, seen = "/v1/policy/review_days", {"If-Match": read.headers["etag"]}
    problem(admin.put(where, json={"value": 45}), 428, "if_match_required")
    tried = admin.put(where, json={"value": 45, "dry_run": True}, headers=seen).json()
    assert tried["change"]["settings"][0]["is"] == 45
    assert admin.get("/v1/policy").json() == read.json()
    done = admin.put(where, json={"value": 45}, headers=seen)
    found = {each["name"]: each for each in done.json()["settings"]}["review_days"]
    assert (found["value"], found["origin"]) == (45, "town")
    problem(admin.put(where, json={"value": 46}, headers=seen), 412, "stale")
    now = {"If-Match": done.headers["etag"]}
    assert admin.delete(f"{where}?dry_run=true", headers=now).status_code == 200
    back = admin.delete(where, headers=now).json()
    assert {k: v for k, v in back.items() if k not in {"change", "version"}} == {
        k: v for k, v in read.json().items() if k != "version"
    }


def test_a_preset_is_chosen_and_shares_are_numbers(served: Served) -> None:
    admin, seen = served.client("admin"), {"If-Match": "*"}
    chosen = admin.put("/v1/policy/preset", json={"preset": "light"}, headers=seen).json()
    assert chosen["preset"] == "light"
    for name, value in (("attained", 0.9), ("attained", 1), ("wilson", False),
                        ("council_interval_months", None)):  # fmt: skip
        told = admin.put(f"/v1/policy/{name}", json={"value": value}, headers=seen)
        assert told.status_code == 200, told.text
        found = {each["name"]: each["value"] for each in told.json()["settings"]}
        assert found[name] == value
    guards = served.client("reader").get("/v1/policy/guards").json()
    assert {each["rule"] for each in guards} == {"never", "owed"}
    assert admin.get("/v1/policy?as_of=2026-11-22").json()["preset"] == "light"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("review_days", "viele"), ("review_days", True), ("review_days", 45.0),
        ("review_days", None), ("review_days", 0), ("review_days", 2**70), ("attained", True),
        ("attained", 0.123456), ("attained", 1e-300), ("wilson", 1), ("escalation", "x" * 50),
        ("review_days", []), ("review_days", {}), ("escalation", "moon"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(served: Served, name: str, value: Any) -> None:  # noqa: ANN401 - whatever comes
    admin = served.client("admin")
    found = admin.put(f"/v1/policy/{name}", json={"value": value}, headers={"If-Match": "*"})
    problem(found, 422, "invalid")


def test_what_nobody_can_set_is_not_there_and_only_admin_sets(served: Served) -> None:
    seen = {"If-Match": "*"}
    admin, planner = served.client("admin"), served.client("planner")
    problem(admin.put("/v1/policy/moon", json={"value": 1}, headers=seen), 404, "not_found")
    problem(admin.delete("/v1/policy/moon", headers=seen), 404, "not_found")
    problem(planner.put("/v1/policy/review_days", json={"value": 1}, headers=seen), 403,
            "forbidden")  # fmt: skip
    problem(planner.put("/v1/policy/preset", json={"preset": "light"}, headers=seen), 403,
            "forbidden")  # fmt: skip
