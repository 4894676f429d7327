from tests.api.serving import Served, problem


def test_a_measure_is_logged_and_read_back_with_the_same_tag(served: Served) -> None:
    youth = served.client("youth")
    made = youth.post("/v1/measures", json={"title": "Lesepaten in Nord"})
    assert made.status_code == 201
    assert made.headers["location"] == f"/v1/measures/{made.json()['key']}"
    read = youth.get(made.headers["location"])
    assert read.json() == made.json()
    assert read.headers["etag"] == made.headers["etag"]
    again = youth.get(made.headers["location"], headers={"If-None-Match": read.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_draft_of_another_department_is_nowhere(served: Served) -> None:
    where = served.client("youth").post("/v1/measures", json={"title": "Lesepaten"}).headers
    schools = served.client("schools")
    problem(schools.get(where["location"]), 404, "not_found")
    change = {"json": {"title": "Meins"}, "headers": {"If-Match": where["etag"]}}
    problem(schools.patch(where["location"], **change), 404, "not_found")  # type: ignore[arg-type]
    assert schools.get("/v1/measures").json() == []
    assert len(served.client("youth").get("/v1/measures").json()) == 1


def test_a_change_names_the_version_it_was_decided_on(served: Served) -> None:
    youth = served.client("youth")
    made = youth.post("/v1/measures", json={"title": "Lesepaten"})
    place = made.headers["location"]
    problem(youth.patch(place, json={"title": "Lesefreunde"}), 428, "if_match_required")
    seen = {"If-Match": made.headers["etag"]}
    first = youth.patch(place, json={"title": "Lesefreunde"}, headers=seen)
    assert first.json()["title"] == "Lesefreunde"
    stale = youth.patch(place, json={"title": "Leseclub"}, headers=seen)
    problem(stale, 412, "stale")
    assert stale.headers["etag"] == f'"{first.json()["version"]}"'
    by_version = {"If-Match": stale.headers["etag"]}
    assert youth.patch(place, json={"title": "Leseclub"}, headers=by_version).status_code == 200


def test_a_refused_move_tells_every_reason_in_the_language_asked_for(served: Served) -> None:
    planner = served.client("planner", Accept_Language="de-DE,de;q=0.9,en;q=0.8")
    made = planner.post("/v1/measures", json={"title": "Lesepaten", "lead": "51"})
    moved = planner.post(
        f"{made.headers['location']}/transitions",
        json={"name": "target"},
        headers={"If-Match": made.headers["etag"]},
    )
    told = problem(moved, 409, "refused")
    assert moved.headers["content-language"] == "de"
    assert [each["guard"] for each in told["blocked_by"]] == [
        each["guard"] for each in made.json()["offers"][0]["blocked_by"]
    ]
    assert told["blocked_by"][0]["says"] == "Es ist noch kein Hauptziel zugeordnet."


def test_a_dry_run_tells_and_leaves_no_trace(served: Served) -> None:
    planner = served.client("planner")
    made = planner.post("/v1/measures", json={"title": "Lesepaten", "lead": "51"})
    place, seen = made.headers["location"], {"If-Match": made.headers["etag"]}
    words = {"name": "cancel", "code": "entered_in_error", "reason": "doppelt", "dry_run": True}
    tried = planner.post(f"{place}/transitions", json=words, headers=seen)
    assert tried.json()["state"] == "cancelled"
    assert planner.get(place).json() == made.json()


def test_a_list_goes_on_behind_its_last_key(served: Served) -> None:
    planner = served.client("planner")
    keys = [
        planner.post("/v1/measures", json={"title": f"Maßnahme {n}", "lead": "51"}).json()["key"]
        for n in range(5)
    ]
    found: list[str] = []
    page = planner.get("/v1/measures?limit=2")
    while True:
        found += [row["key"] for row in page.json()]
        if "next" not in page.links:
            break
        page = planner.get(page.links["next"]["url"])
    assert found == keys
    problem(planner.get("/v1/measures?cursor=quatsch"), 422, "invalid")
    problem(planner.get("/v1/measures?limit=201"), 422, "invalid")
    problem(planner.get("/v1/measures?limit=2&limit=3"), 422, "invalid")
