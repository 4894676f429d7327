from tests.api.serving import Served, problem
from tests.makers_duties import a_running_measure
from tests.makers_measures import Town


def test_what_is_overdue_goes_on_and_is_noted_as_done(served: Served) -> None:
    key = Town(served.store).a_measure("in_progress")
    planner, where = served.client("planner"), f"/v1/overdue/O9/{key}"
    named = planner.post(f"{where}/releases", json={"level": "body", "body": "Zirkel"})
    problem(named, 404, "not_found")
    problem(planner.post(f"{where}/releases", json={"level": "mayor"}), 422, "invalid")
    let = planner.post(f"{where}/releases", json={"level": "steering", "about": "1"})
    assert let.status_code == 201, let.text
    assert (let.json()["key"], let.json()["released_on"]) == (key, "2026-11-22")
    found = planner.get("/v1/overdue").json()
    assert [row["released"] for row in found if row["rule"] == "O9"] == ["steering"]
    again = planner.post(f"{where}/releases", json={"level": "steering"})
    problem(again, 409, "duplicate")
    problem(planner.post(f"{where}/notes", json={}), 409, "still_overdue")
    planner.post(f"/v1/measures/{key}/milestones/1/done", json={})
    done = planner.post(f"{where}/notes", json={})
    assert [each["noted_on"] for each in done.json()] == ["2026-11-22"], done.text


def test_only_what_is_there_goes_on(served: Served) -> None:
    key, words = a_running_measure(served.store), {"level": "superior"}
    planner = served.client("planner")
    problem(planner.post(f"/v1/overdue/O99/{key}/releases", json=words), 422, "invalid")
    problem(planner.post("/v1/overdue/O9/M-1999-001/releases", json=words), 404, "not_found")
    problem(planner.post(f"/v1/overdue/O9/{key}/releases", json=words), 409, "not_overdue")
    problem(planner.post(f"/v1/overdue/O9/{key}/notes", json={}), 409, "not_released")
    problem(planner.post(f"/v1/overdue/O9/{key}/notes", json={"about": None}), 422, "invalid")
    for name in ("youth", "steering"):
        found = served.client(name).post(f"/v1/overdue/O9/{key}/releases", json=words)
        problem(found, 403, "forbidden")
