import pytest

from tests import makers, makers_duties
from tests.api.serving import Served, problem


def begun(served: Served) -> str:
    """Let one measure of department 51 run beside a draft, and give its key."""
    with served.store.unit("planner", day=makers.DAY) as unit:
        makers.a_measure(unit, title="Entwurf")
    return makers_duties.a_running_measure(served.store)


def test_the_board_shows_columns_and_rows(served: Served) -> None:
    begun(served)
    planner = served.client("planner")
    found = planner.get("/v1/board").json()
    assert sum(column["count"] for column in found["columns"]) == 2
    rows = planner.get("/v1/board?by=department&department=51").json()["rows"]
    assert [row["name"] for row in rows] == ["51"]
    mine = served.client("schools").get("/v1/board?mine=true&limit=0").json()
    assert sum(column["count"] for column in mine["columns"]) == 0
    reader = served.client("reader").get("/v1/board?late=true").json()
    assert "draft" not in [column["name"] for column in reader["columns"]]
    assert planner.get("/v1/board?as_of=2026-11-22").json() == found


def test_the_half_year_tells_what_is_new(served: Served) -> None:
    key = begun(served)
    planner = served.client("planner")
    (row, other) = planner.get("/v1/half-year").json()
    assert {row["key"], other["key"]} >= {key}
    assert planner.get("/v1/half-year?half=2026-2").json() == [row, other]
    assert planner.get("/v1/half-year?since=2026-07-01&until=2026-12-31").json() == [row, other]
    assert [each["key"] for each in served.client("reader").get("/v1/half-year").json()] == [key]


@pytest.mark.parametrize(
    "query",
    [
        "half=2026-3", "half=0000-1", "half=2026-1&since=2026-01-01", "half=x",
        "since=2026-02-01&until=2026-01-01", "since=gestern",
    ],
)  # fmt: skip
def test_a_half_year_nobody_knows_is_refused(served: Served, query: str) -> None:
    problem(served.client("planner").get(f"/v1/half-year?{query}"), 422, "invalid")


@pytest.mark.parametrize("query", ["by=moon", "limit=-1", "limit=201", "state=moon"])
def test_a_board_nobody_knows_is_refused(served: Served, query: str) -> None:
    problem(served.client("planner").get(f"/v1/board?{query}"), 422, "invalid")
    problem(served.client("planner").get("/v1/board?department=99"), 404, "not_found")


def test_departments_are_asked_once_and_then_reminded(served: Served) -> None:
    planner, where = served.client("planner"), "/v1/progress-requests"
    problem(planner.post(where, json={}), 409, "nothing_to_ask")
    key = begun(served)
    asked = planner.post(where, json={"due": "2026-12-10"})
    assert (asked.status_code, asked.json()[0]["measures"]) == (201, [key])
    again = planner.post(where, json={"departments": ["51"]})
    assert (again.status_code, again.json()[0]["again"]) == (200, True)
    (listed,) = planner.get(where).json()
    assert (listed["department"], listed["unanswered"]) == ("51", [key])
    assert planner.get(f"{where}?department=40").json() == []
    problem(planner.post(where, json={"due": "2026-11-01"}), 422, "invalid")
    problem(planner.post(where, json={"departments": None}), 422, "invalid")
    problem(planner.post(where, json={"departments": ["99"]}), 404, "not_found")
    problem(served.client("youth").post(where, json={}), 403, "forbidden")
