import pytest

from tests.api.serving import Served, problem


def test_a_paper_is_written_down_and_found_by_its_number(served: Served) -> None:
    clerk = served.client("clerk")
    words = {"ref": "2019/0383", "name": "Bildungsbericht", "dated": "2019-05-02"}
    made = clerk.post("/v1/papers", json=words)
    assert made.headers["location"] == "/v1/papers/2019~0383"
    read = clerk.get("/v1/papers/2019~0383")
    assert (read.json()["name"], read.headers["etag"]) == (words["name"], made.headers["etag"])
    problem(clerk.post("/v1/papers", json=words), 409, "duplicate")
    problem(served.client("youth").post("/v1/papers", json=words), 403, "forbidden")
    problem(clerk.post("/v1/papers", json={**words, "url": "ftp://x"}), 422, "invalid")


def test_a_paper_that_is_not_public_is_nowhere_for_who_sees_published_things(
    served: Served,
) -> None:
    clerk = served.client("clerk")
    clerk.post("/v1/papers", json={"ref": "1/2026", "name": "nur für uns"})
    clerk.post("/v1/papers", json={"ref": "2/2026", "name": "für alle", "public": True})
    for name in ("reader", "evaluator"):
        outside = served.client(name)
        problem(outside.get("/v1/papers/1~2026"), 404, "not_found")
        assert outside.get("/v1/papers/2~2026").status_code == 200
        assert [row["ref"] for row in outside.get("/v1/papers").json()] == ["2/2026"]


def test_papers_are_paged_and_searched(served: Served) -> None:
    clerk = served.client("clerk")
    for n in range(5):
        clerk.post("/v1/papers", json={"ref": f"{n}/2026", "name": f"Übersicht {n % 2}"})
    for query in ("limit=2", "limit=2&search=übersicht"):
        page, found = clerk.get(f"/v1/papers?{query}"), []
        while True:
            found += [row["ref"] for row in page.json()]
            if "next" not in page.links:
                break
            page = clerk.get(page.links["next"]["url"])
        assert found == [f"{n}/2026" for n in range(5)]
    hits = clerk.get("/v1/papers?search=ÜBERSICHT 1").json()
    assert [row["ref"] for row in hits] == ["1/2026", "3/2026"]
    assert clerk.get("/v1/papers?body=SR").json() == []


def test_what_came_of_a_paper_is_recorded_once(served: Served) -> None:
    clerk = served.client("clerk")
    clerk.post("/v1/papers", json={"ref": "7/2026", "name": "Vorlage"})
    where, said = "/v1/papers/7~2026/consultations", {"body": "JHA", "on": "2026-12-03"}
    planned = clerk.post(where, json=said)
    assert (planned.status_code, len(planned.json()["consultations"])) == (201, 1)
    told = clerk.post(where, json={**said, "outcome": "recommended"}).json()
    assert [c["outcome"] for c in told["consultations"]] == ["recommended"]
    assert [m["body"] for m in clerk.get("/v1/agenda").json()] == ["JHA"]
    problem(clerk.post(where, json={"body": "XY"}), 404, "not_found")
    problem(clerk.post(where, json={**said, "public": None}), 422, "invalid")
    problem(clerk.post(where, json={**said, "order_no": None}), 422, "invalid")
    problem(clerk.post("/v1/papers/8~2026/consultations", json=said), 404, "not_found")


def test_a_body_is_added_and_shown(served: Served) -> None:
    planner = served.client("planner")
    made = planner.post("/v1/bodies", json={"short_name": "BV Süd", "name": "Bezirk Süd"})
    assert (made.status_code, made.headers["location"]) == (201, "/v1/bodies/BV%20S%C3%BCd")
    assert planner.get(made.headers["location"]).json() == made.json()
    assert len(planner.get("/v1/bodies").json()) == 5
    assert [b["short_name"] for b in planner.get("/v1/bodies?limit=1").json()] == ["BV Süd"]
    problem(planner.get("/v1/bodies/none"), 404, "not_found")


@pytest.mark.parametrize("words", [{}, {"short_name": "", "name": "X"}, {"short_name": "X"}])
def test_a_body_needs_its_names(served: Served, words: dict[str, str]) -> None:
    problem(served.client("planner").post("/v1/bodies", json=words), 422, "invalid")
