from typing import Any

import pytest

from tests.api.serving import Served, problem

ADOPTED = {"on": "2026-04-24", "result": "adopted", "body": "SR", "paper": "0123/2026"}


def test_a_decision_is_recorded_corrected_and_shown(served: Served) -> None:
    clerk = served.client("clerk")
    due = {"code": "report_due", "text": "Bericht", "due": "2027-03-31"}
    made = clerk.post("/v1/decisions", json={**ADOPTED, "votes": [31, 4], "conditions": [due]})
    assert made.status_code == 201, made.text
    assert made.json()["conditions"][0]["due"] == "2027-03-31"
    where = made.headers["location"]
    assert clerk.get(where).headers["etag"] == made.headers["etag"]
    problem(clerk.post("/v1/decisions", json=ADOPTED), 409, "duplicate")
    met = clerk.post(f"{where}/conditions/met", json={"code": "report_due", "note": "liegt vor"})
    assert met.json()["conditions"][0]["met_on"] == "2026-11-22"
    anew = clerk.post(f"{where}/corrections", json={"reason": "Zählfehler", "votes": [30, 5]})
    assert (anew.status_code, anew.json()["votes_yes"]) == (201, 30)
    assert anew.json()["corrects"] == made.json()["key"]
    assert anew.headers["location"].endswith(anew.json()["key"])
    keys = [row["key"] for row in clerk.get("/v1/decisions").json()]
    assert keys == [made.json()["key"], anew.json()["key"]]


def test_decisions_go_on_behind_the_last_one_by_day_and_key(served: Served) -> None:
    clerk = served.client("clerk")
    for n, day in enumerate(("2026-05-02", "2026-05-01", "2026-05-01")):
        words = {**ADOPTED, "on": day, "paper": f"{n}/2026"}
        assert clerk.post("/v1/decisions", json=words).status_code == 201
    whole = [row["key"] for row in clerk.get("/v1/decisions").json()]
    page, found = clerk.get("/v1/decisions?limit=1"), []
    while True:
        found += [row["key"] for row in page.json()]
        if "next" not in page.links:
            break
        page = clerk.get(page.links["next"]["url"])
    assert (found, len(whole)) == (whole, 3)


def test_a_changed_text_is_confirmed_and_a_new_council_confirms_again(served: Served) -> None:
    clerk, planner = served.client("clerk"), served.client("planner")
    amended = {**ADOPTED, "result": "adopted_amended", "changed_text": "mit Auflage"}
    where = clerk.post("/v1/decisions", json=amended).headers["location"]
    problem(clerk.post(f"{where}/confirmations", json={}), 403, "forbidden")
    confirmed = planner.post(f"{where}/confirmations", json={}).json()
    assert confirmed["amendment_confirmed_on"] == "2026-11-22"
    term = {"elected_on": "2026-06-14", "name": "2026 bis 2031"}
    made = clerk.post("/v1/council-terms", json=term)
    assert (made.status_code, made.json()) == (201, term)
    problem(clerk.post("/v1/council-terms", json=term), 409, "duplicate")
    assert clerk.get("/v1/council-terms").json() == [term]
    again = clerk.post(f"{where}/term-confirmations", json={"note": "Sitzung"})
    assert again.status_code == 200, again.text
    problem(clerk.post(f"{where}/term-confirmations", json={}), 409, "duplicate")
    assert clerk.get("/v1/decisions/to-confirm").json() == []


def test_papers_that_never_came_back_are_told(served: Served) -> None:
    clerk = served.client("clerk")
    clerk.post("/v1/papers", json={"ref": "7/2026", "name": "Vorlage"})
    said = {"body": "SozA", "on": "2026-05-05", "outcome": "referred", "role": "deciding"}
    assert clerk.post("/v1/papers/7~2026/consultations", json=said).status_code == 201
    (found,) = clerk.get("/v1/decisions/open?body=SozA").json()
    assert (found["paper"], found["kind"]) == ("7/2026", "referred")
    assert clerk.get("/v1/decisions/open?body=SR").json() == []
    assert served.client("reader").get("/v1/decisions/open").json() == []
    problem(clerk.get("/v1/decisions/open?body=XY"), 404, "not_found")
    assert clerk.get("/v1/agenda").status_code == 200
    assert clerk.get("/v1/agenda?body=SR&until=2026-12-31").json() == []


def test_a_decision_on_a_closed_paper_is_nowhere_for_a_reader(served: Served) -> None:
    where = served.client("clerk").post("/v1/decisions", json=ADOPTED).headers["location"]
    for name in ("reader", "evaluator"):
        problem(served.client(name).get(where), 404, "not_found")
        assert served.client(name).get("/v1/decisions").json() == []


@pytest.mark.parametrize(
    "words",
    [
        {**ADOPTED, "on": None},
        {**ADOPTED, "result": "pending"},
        {**ADOPTED, "votes": [1.5]},
        {**ADOPTED, "votes": [1, 2, 3, 4, 5]},
        {**ADOPTED, "text": None},
        {**ADOPTED, "kind": None},
        {**ADOPTED, "measures": None},
        {**ADOPTED, "on": "2027-01-01"},
        {**ADOPTED, "conditions": [{"code": "moon"}]},
        {**ADOPTED, "paper": ""},
        {"on": "2026-04-24", "result": "adopted", "kind": "urgent"},
        {"on": "2026-04-24", "result": "adopted"},
    ],
)
def test_words_that_make_no_decision_are_refused(served: Served, words: dict[str, Any]) -> None:
    assert problem(served.client("clerk").post("/v1/decisions", json=words), 422, "invalid")[
        "errors"
    ]


@pytest.mark.parametrize(
    "words", [{}, {"reason": "x"}, {"reason": "x", "on": None}, {"reason": "x", "result": None}]
)
def test_a_correction_says_what_was_wrong_and_what_is_right(
    served: Served, words: dict[str, Any]
) -> None:
    clerk = served.client("clerk")
    where = clerk.post("/v1/decisions", json=ADOPTED).headers["location"]
    problem(clerk.post(f"{where}/corrections", json=words), 422, "invalid")
    problem(served.client("youth").post(f"{where}/corrections", json=words), 403, "forbidden")
