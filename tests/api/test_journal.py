import pytest

from api.paging import sealed
from tests.api.serving import Served, problem

WHERE = "/v1/journal"


def test_deeds_are_told_in_their_order_page_by_page(served: Served) -> None:
    admin = served.client("admin")
    page, found = admin.get(f"{WHERE}?limit=7"), []
    while True:
        found += [row["n"] for row in page.json()]
        if "next" not in page.links:
            break
        page = admin.get(page.links["next"]["url"])
    assert found == list(range(1, len(found) + 1))
    assert len(found) > 20
    assert admin.get(f"{WHERE}?since=2026-11-23").json() == []
    assert len(admin.get(f"{WHERE}?since=2026-11-22&limit=3").json()) == 3


def test_who_did_it_is_for_admin_and_a_draft_for_its_department(served: Served) -> None:
    key = served.client("youth").post("/v1/measures", json={"title": "Lesepaten"}).json()["key"]
    told = {
        name: served.client(name).get(f"{WHERE}?key={key}").json()
        for name in ("admin", "youth", "planner", "schools", "reader", "evaluator")
    }
    assert {name for name, rows in told.items() if rows} == {
        "admin", "youth", "planner", "evaluator"
    }  # fmt: skip
    assert told["admin"][0]["account"] == "youth"
    assert told["planner"][0]["account"] is None
    assert told["youth"][0]["changes"]["title"] == "Lesepaten"
    assert told["evaluator"][0]["changes"] is None
    accounts = [row for row in served.client("planner").get(f"{WHERE}?limit=200").json()
                if row["entity"] == "account"]  # fmt: skip
    assert {(row["key"], row["changes"]) for row in accounts} == {("", None)}


def test_what_is_internal_of_a_foreign_measure_is_not_told(served: Served) -> None:
    key = served.client("youth").post("/v1/measures", json={"title": "Lesepaten"}).json()["key"]
    moved = served.client("planner").post(
        f"/v1/measures/{key}/transitions",
        json={"name": "cancel", "code": "entered_in_error", "reason": "doppelt"},
        headers={"If-Match": "*"},
    )
    assert moved.status_code == 200, moved.text
    rows = served.client("schools").get(f"{WHERE}?key={key}").json()
    assert {row["changes"] is None for row in rows} == {True}
    assert len(rows) == len(served.client("youth").get(f"{WHERE}?key={key}").json())


@pytest.mark.parametrize("cursor", ["x", sealed("eins"), sealed("9" * 30), sealed("-1")])
def test_a_cursor_of_nobody_is_refused(served: Served, cursor: str) -> None:
    problem(served.client("reader").get(WHERE, params={"cursor": cursor}), 422, "invalid")
