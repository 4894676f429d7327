from typing import Any

import pytest

from tests.api.serving import Served, problem


def test_an_area_is_added_in_a_division_of_its_own(served: Served) -> None:
    planner = served.client("planner")
    scheme = {"code": "SB", "name": "Schulbezirke", "valid_from": "2020-08-01"}
    made = planner.post("/v1/area-schemes", json=scheme)
    assert (made.status_code, made.json()["areas"]) == (201, 0)
    words = {"code": "N/1", "name": "Nord", "scheme": "SB", "parent": "16999000"}
    area = planner.post("/v1/areas", json=words)
    assert area.headers["location"] == "/v1/areas/N~1"
    assert planner.get("/v1/areas/N~1").json() == area.json()
    problem(planner.post("/v1/areas", json=words), 409, "duplicate")
    assert [each["areas"] for each in planner.get("/v1/area-schemes").json()] == [1, 1]
    assert len(planner.get("/v1/areas?as_of=2026-11-22").json()) == 2
    problem(served.client("youth").post("/v1/areas", json=words), 403, "forbidden")
    problem(served.client("youth").post("/v1/area-schemes", json=scheme), 403, "forbidden")


def test_an_area_ends_and_others_take_on_its_people(served: Served) -> None:
    planner = served.client("planner")
    for code in ("06", "07"):
        planner.post("/v1/areas", json={"code": code, "name": code})
    parts = [{"area": "07", "share": 0.5}]
    where = "/v1/areas/06/successions"
    problem(planner.post(where, json={"on": "2026-01-01", "parts": parts}), 422, "invalid")
    parts.append({"area": "06", "share": 0.5})
    ended = planner.post(where, json={"on": "2026-01-01", "parts": parts})
    assert ended.status_code == 201, ended.text
    assert ended.json()["earlier"][0]["valid_to"] == "2025-12-31"
    assert len(planner.get("/v1/areas").json()) == 3
    page, found = planner.get("/v1/areas?all=true&limit=1"), []
    while True:
        found += [(row["code"], row["valid_from"]) for row in page.json()]
        if "next" not in page.links:
            break
        page = planner.get(page.links["next"]["url"])
    assert len(found) == len(set(found)) == 5


@pytest.mark.parametrize(
    "words",
    [
        {"parts": []}, {"parts": [{"area": "07", "share": 0}]}, {"parts": None},
        {"parts": [{"area": "07", "share": 1.5}]}, {"on": None}, {"on": "0001-01-01"},
        {"parts": [{"area": "07"}]}, {"kind": "moon"},
    ],
)  # fmt: skip
def test_a_succession_that_does_not_fit_is_refused(served: Served, words: dict[str, Any]) -> None:
    planner = served.client("planner")
    fitting = {"on": "2026-01-01", "parts": [{"area": "16999000", "share": 1}]}
    found = planner.post("/v1/areas/16999000/successions", json=fitting | words)
    problem(found, 422, "invalid")


def test_a_department_is_added_dissolved_on_trial_and_for_good(served: Served) -> None:
    planner = served.client("planner")
    made = planner.post("/v1/departments", json={"code": "52", "name": "Sport"})
    assert (made.status_code, made.headers["location"]) == (201, "/v1/departments/52")
    key = planner.post("/v1/measures", json={"title": "Hallen", "lead": "52"}).json()["key"]
    where, words = "/v1/departments/52/dissolution", {"on": "2026-11-20"}
    tried = planner.post(where, json={**words, "dry_run": True}).json()
    assert [item["key"] for item in tried["open_items"]] == [key]
    assert planner.get("/v1/departments/52").json() == made.json() | {"measures": 1}
    gone = planner.post(where, json=words).json()
    assert (gone["active_to"], len(gone["open_items"])) == ("2026-11-20", 1)
    problem(planner.post(where, json=words), 409, "duplicate")
    stale = planner.post(where, json=words, headers={"If-Match": made.headers["etag"]})
    problem(stale, 412, "stale")
    given = planner.post("/v1/departments/52/hand-overs", json={"to": "40"}).json()
    assert [item["key"] for item in given["handed_over"]] == [key]
    assert planner.get(f"/v1/measures/{key}").json()["lead"] == "40"
    problem(planner.post("/v1/departments/52/hand-overs", json={"to": "99"}), 404, "not_found")
    problem(served.client("youth").post(where, json=words), 403, "forbidden")


def test_a_field_of_action_is_added_and_listed(served: Served) -> None:
    planner = served.client("planner")
    before = len(planner.get("/v1/fields").json())
    made = planner.post("/v1/fields", json={"code": "ZZ", "name": "Probe", "youth_welfare": True})
    assert (made.status_code, made.json()["youth_welfare"]) == (201, True)
    assert planner.get("/v1/fields/ZZ").headers["etag"] == made.headers["etag"]
    assert len(planner.get("/v1/fields").json()) == before + 1
    problem(planner.post("/v1/fields", json={"code": "ZZ", "name": "Probe"}), 409, "duplicate")
    problem(planner.post("/v1/fields", json={"code": "", "name": "Probe"}), 422, "invalid")
    problem(served.client("youth").post("/v1/fields", json={"code": "A", "name": "B"}), 403,
            "forbidden")  # fmt: skip
    assert len(served.client("reader").get("/v1/departments").json()) == 8
