import pytest

from tests.api.serving import Served, problem

PAST = {"title": "Plan 2018", "start": "2018-01-01", "end": "2021-12-31", "source": "Bericht 2018"}


def test_a_round_is_opened_listed_and_shown(served: Served) -> None:
    planner = served.client("planner")
    refused = planner.post("/v1/cycles", json={"title": "Bildung", "start": "2027-01-01"})
    assert problem(refused, 409, "refused")["blocked_by"][0]["guard"] == "cycle_overlaps"
    shown = served.client("reader").get("/v1/cycles/Z-2026").json()
    assert (shown["stage"], shown["offers"]) == ("report", [])
    assert [row["key"] for row in planner.get("/v1/cycles").json()] == ["Z-2026"]
    assert planner.get("/v1/cycles?as_of=2026-11-22").json()[0]["stage"] == "report"


def test_a_closed_round_is_taken_over_and_the_open_one_tied_to_it(served: Served) -> None:
    planner = served.client("planner")
    problem(served.client("youth").post("/v1/cycles:take-over", json=PAST), 403, "forbidden")
    made = planner.post("/v1/cycles:take-over", json=PAST)
    assert (made.status_code, made.json()["stage"]) == (201, "closed")
    assert made.headers["location"] == "/v1/cycles/Z-2018"
    tied = planner.post("/v1/cycles/Z-2026/links", json={"predecessor": "Z-2018"}).json()
    assert (tied["predecessor"], tied["round"]) == ("Z-2018", 2)
    page = planner.get("/v1/cycles?limit=1")
    assert [row["key"] for row in page.json()] == ["Z-2018"]
    after = planner.get(page.links["next"]["url"]).json()
    assert [row["key"] for row in after] == ["Z-2026"]


def test_a_round_moves_only_in_the_version_that_was_seen(served: Served) -> None:
    planner = served.client("planner")
    where = "/v1/cycles/Z-2026/transitions"
    offered = planner.get(where).json()
    assert {each["name"] for each in offered} == {"advance", "abandon"}
    problem(planner.post(where, json={"name": "advance"}), 428, "if_match_required")
    stale = planner.post(where, json={"name": "advance"}, headers={"If-Match": '"99"'})
    problem(stale, 412, "stale")
    seen = {"If-Match": planner.get("/v1/cycles/Z-2026").headers["etag"]}
    refused = planner.post(where, json={"name": "advance"}, headers=seen)
    assert problem(refused, 409, "refused")["blocked_by"]


def test_a_dry_run_of_a_move_changes_nothing(served: Served) -> None:
    steering = served.client("steering")
    decided = served.client("clerk").post(
        "/v1/decisions",
        json={"on": "2026-11-20", "result": "adopted", "body": "SR", "paper": "9/2026"},
    )
    assert decided.status_code == 201, decided.text
    words = {"name": "abandon", "reason": "Haushalt", "decision": decided.json()["key"]}
    where, before = "/v1/cycles/Z-2026/transitions", steering.get("/v1/cycles/Z-2026")
    seen = {"If-Match": before.headers["etag"]}
    tried = steering.post(where, json={**words, "dry_run": True}, headers=seen)
    assert (tried.status_code, tried.json()["stage"]) == (200, "closed"), tried.text
    assert steering.get("/v1/cycles/Z-2026").json() == before.json()
    assert steering.post(where, json=words, headers=seen).json()["stage"] == "closed"
    planner, next_one = served.client("planner"), {"title": "Bildung", "start": "2027-01-01"}
    unknown = planner.post("/v1/cycles", json={**next_one, "fields": ["none"]})
    problem(unknown, 404, "not_found")
    made = planner.post("/v1/cycles", json={**next_one, "strands": ["sectoral"]})
    assert (made.status_code, made.headers["location"]) == (201, "/v1/cycles/Z-2027")
    assert made.json()["strands"] == ["sectoral"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"name": "advance", "stage": "report"}, "unknown_field"),
        ({"name": "fly"}, "unknown_word"),
        ({"name": "reopen", "stage": None}, "no_text"),
    ],
)
def test_words_a_move_does_not_take_are_not_passed_over(
    served: Served, words: dict[str, str], code: str
) -> None:
    found = served.client("planner").post(
        "/v1/cycles/Z-2026/transitions", json=words, headers={"If-Match": "*"}
    )
    assert problem(found, 422, "invalid")["errors"][0]["code"] == code


def test_reopening_names_a_stage(served: Served) -> None:
    found = served.client("steering").post(
        "/v1/cycles/Z-2026/transitions", json={"name": "reopen"}, headers={"If-Match": "*"}
    )
    assert found.status_code in {409, 422}, found.text


def test_the_end_of_a_stage_is_planned(served: Served) -> None:
    planner = served.client("planner")
    where, seen = "/v1/cycles/Z-2026/stage-plans/report", {"If-Match": "*"}
    problem(planner.put(where, json={"until": "2027-01-31"}), 428, "if_match_required")
    planned = planner.put(where, json={"until": "2027-01-31"}, headers=seen).json()
    assert [(d["code"], d["due"]) for d in planned["deadlines"]] == [("stage_report", "2027-01-31")]
    wrong = planner.put(
        "/v1/cycles/Z-2026/stage-plans/moon", json={"until": "2027-01-31"}, headers=seen
    )
    problem(wrong, 422, "invalid")
    problem(planner.put(where, json={"until": "3000-01-31"}, headers=seen), 422, "invalid")
