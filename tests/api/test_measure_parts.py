from typing import Any

import httpx
import pytest

from cycle.usecases import goals
from tests.api.serving import Served, problem
from tests.makers import DAY
from tests.makers_duties import a_measure, a_running_measure

ANY = {"If-Match": "*"}
HELD = {"format": "survey", "level": "consult", "groups": ["youth"], "summary": "Umfrage"}


def place(key: str, part: str = "") -> str:
    return f"/v1/measures/{key}{part}"


def tag(client: httpx.Client, key: str) -> dict[str, str]:
    return {"If-Match": client.get(place(key)).headers["etag"]}


def test_consequences_are_assessed_one_by_one(served: Served) -> None:
    key = a_measure(served.store)
    youth, where = served.client("youth"), place(key, "/consequences")
    words = {"text": "Zwei Räume", "cost_cents": 1250000, "need": "rent"}
    problem(youth.put(f"{where}/built", json=words), 428, "if_match_required")
    seen = {"If-Match": youth.get(where).headers["etag"]}  # of the part, with the version of all
    done = youth.put(f"{where}/built", json=words, headers=seen)
    assert done.json()["consequences"]["built"] == {"state": "assessed"}
    problem(youth.put(f"{where}/built", json=words, headers=seen), 412, "stale")
    built = youth.get(where).json()[0]
    assert (built["kind"], built["cost_cents"], built["need"]) == ("built", 1250000, "rent")
    emptied = youth.put(f"{where}/built", json={"cost_cents": None}, headers=ANY)
    assert emptied.status_code == 200
    assert youth.get(where).json()[0]["cost_cents"] is None
    problem(youth.put(f"{where}/moon", json=words, headers=ANY), 422, "invalid")
    wrong = youth.put(f"{where}/staffing", json=words, headers=ANY)
    assert {e["code"] for e in problem(wrong, 422, "invalid")["errors"]} == {"unfitting"}


def test_two_who_saw_the_same_version_do_not_overwrite_each_others_part(served: Served) -> None:
    key = a_measure(served.store)
    planner, seen = served.client("planner"), tag(served.client("planner"), key)
    first = planner.put(place(key, "/consequences/staffing"), json={"text": "3"}, headers=seen)
    assert first.status_code == 200
    plan = {"due": "2027-01-31", "question": "Wirkt es?"}
    problem(planner.put(place(key, "/evaluation-plan"), json=plan, headers=seen), 412, "stale")
    problem(planner.patch(place(key), json={"title": "x"}, headers=seen), 412, "stale")


def test_the_finance_office_countersigns(served: Served) -> None:
    key = a_running_measure(served.store)
    finance, where = served.client("finance"), place(key, "/countersignatures")
    refused = problem(finance.post(where, json={}), 409, "refused")
    assert refused["blocked_by"][0]["guard"] == "consequence_open"
    finance.put(place(key, "/consequences/financial"), json={"text": "wenig"}, headers=ANY)
    signed = finance.post(where, json={"ref": "20-7"})
    assert signed.status_code == 201
    assert signed.json()["consequences"]["financial"]["countersigned"] is True
    alone = served.client("planner").post(where, json={"on": None})
    assert len(problem(alone, 422, "invalid")["errors"]) == 2


def test_goals_of_a_measure_are_named(served: Served) -> None:
    key = a_measure(served.store)
    planner = served.client("planner")
    with served.store.unit("planner", day=DAY) as unit:
        main, side = (goals.add(unit, text=text).ref for text in ("Sprache", "Lesen"))
    words = {"goal": main, "side_goals": [side]}
    put = planner.put(place(key, "/goals"), json=words, headers=tag(planner, key))
    expected = [{"key": main, "contribution": "main"}, {"key": side, "contribution": "side"}]
    assert put.json()["goals"] == planner.get(place(key, "/goals")).json() == expected
    unknown = planner.put(place(key, "/goals"), json={"goal": "G-1999-001"}, headers=ANY)
    problem(unknown, 404, "not_found")
    nothing = planner.put(place(key, "/goals"), json={"goal": None}, headers=ANY)
    problem(nothing, 422, "invalid")


ADDED: list[tuple[str, dict[str, Any], str]] = [
    ("participations", HELD, "summary"),
    ("milestones", {"title": "Räume gefunden", "due": "2027-02-01"}, "title"),
    ("enforcements", {"lever": "budget", "resistance": "Rat zögert"}, "lever"),
    ("commitments", {"partner": "WV-A", "text": "Räume"}, "text"),
    ("progress", {"course": "on_track", "percent": 40}, "course"),
]


@pytest.mark.parametrize(("part", "words", "name"), ADDED, ids=[each[0] for each in ADDED])
def test_a_part_is_added_and_listed(
    served: Served, part: str, words: dict[str, Any], name: str
) -> None:
    key = a_running_measure(served.store)
    youth, where = served.client("youth"), place(key, f"/{part}")
    made = youth.post(where, json=words)
    assert (made.status_code, made.headers["location"]) == (201, where), made.text
    assert (made.json()["key"], made.headers["etag"]) == (
        key,
        youth.get(place(key)).headers["etag"],
    )
    assert [row[name] for row in youth.get(where).json()] == [words[name]]
    assert served.client("reader").get(f"{where}?as_of={DAY}").status_code == 200
    problem(youth.post(where, json=words | {"shoe": 7}), 422, "invalid")
    problem(youth.post(where, json={}), 422, "invalid")
    problem(served.client("schools").post(where, json=words), 403, "other_department")
    draft = place(a_measure(served.store), f"/{part}")
    problem(served.client("schools").post(draft, json=words), 404, "not_found")
    problem(served.client("schools").get(draft), 404, "not_found")


def test_what_stands_against_a_measure_is_seen_inside_only(served: Served) -> None:
    key = a_running_measure(served.store)
    where = place(key, "/enforcements")
    served.client("youth").post(where, json={"lever": "budget", "resistance": "Rat zögert"})
    told = {n: served.client(n).get(where).json()[0]["resistance"] for n in ("youth", "planner")}
    assert set(told.values()) == {"Rat zögert"}
    for name in ("schools", "reader"):
        assert served.client(name).get(where).json()[0]["resistance"] is None


def test_milestones_are_reached_or_dropped(served: Served) -> None:
    key = a_running_measure(served.store)
    youth, where = served.client("youth"), place(key, "/milestones")
    for title in ("Räume", "Leute"):
        youth.post(where, json={"title": title, "due": "2026-11-01"})
    done = youth.post(f"{where}/1/done", json={"on": "2026-11-20"})
    assert done.status_code == 200
    problem(youth.post(f"{where}/1/drop", json={"reason": "x"}), 409, "milestone_closed")
    assert youth.post(f"{where}/2/drop", json={"reason": "kein Bedarf"}).status_code == 200
    told = [(row["done_on"], row["drop_reason"]) for row in youth.get(where).json()]
    assert told == [("2026-11-20", None), (None, "kein Bedarf")]
    problem(youth.post(f"{where}/3/done", json={}), 404, "no_milestone")
    for number in ("x", "1e3", "-1", "9999999999", "٣"):
        problem(youth.post(f"{where}/{number}/done", json={}), 404, "no_such_route")
    link = youth.post(f"{where}/2/done", json={"evidence_url": "javascript:1"})
    problem(link, 422, "invalid")


def test_the_last_report_is_put_right(served: Served) -> None:
    key = a_running_measure(served.store)
    youth, where = served.client("youth"), place(key, "/progress")
    problem(youth.post(f"{where}/corrections", json={"percent": 7}), 409, "progress_missing")
    youth.post(where, json={"course": "on_track", "percent": 40, "text": "läuft"})
    right = youth.post(f"{where}/corrections", json={"percent": 60, "text": None})
    assert right.status_code == 200, right.text
    row = youth.get(where).json()[0]
    assert (row["percent"], row["text"], row["course"]) == (60, None, "on_track")
    for words in ({"course": None}, {"as_of": None}, {"percent": 101}, {"as_of": "2026-11-23"}):
        problem(youth.post(f"{where}/corrections", json=words), 422, "invalid")


def test_nothing_changed_is_said_of_measures_or_of_a_department(served: Served) -> None:
    told, silent = a_running_measure(served.store), a_running_measure(served.store)
    hidden = a_measure(served.store)
    youth, where = served.client("youth"), "/v1/progress:unchanged"
    youth.post(place(told, "/progress"), json={"course": "on_track", "as_of": "2026-11-01"})
    problem(youth.post(where, json={}), 422, "invalid")
    problem(youth.post(where, json={"keys": [told], "department": "51"}), 422, "invalid")
    problem(youth.post(where, json={"keys": [told, silent]}), 409, "progress_missing")
    assert len(youth.get(place(told, "/progress")).json()) == 1
    problem(served.client("schools").post(where, json={"keys": [hidden]}), 404, "not_found")
    problem(
        served.client("schools").post(where, json={"department": "51"}), 403, "other_department"
    )
    said = youth.post(where, json={"department": "51"}).json()
    assert said["told"] == [{"key": told, "unchanged_since": "2026-11-01"}]
    assert [(each["key"], each["code"]) for each in said["refused"]] == [
        (silent, "progress_missing")
    ]
    again = youth.post(where, json={"keys": [told]})
    assert again.json() == {"told": said["told"], "refused": []}


def test_money_is_written_year_by_year(served: Served) -> None:
    key = a_running_measure(served.store)
    finance, where = served.client("finance"), place(key, "/budget")
    words = {"planned": 100_000, "approved": 20_000}
    put = finance.put(f"{where}/2027", json=words, headers=tag(finance, key))
    assert put.status_code == 200, put.text
    shown = finance.get(where)
    assert (shown.json()["planned_cents"], shown.json()["years"][0]["year"]) == (100_000, 2027)
    assert shown.headers["etag"].startswith(f'"{put.json()["version"]}.')
    assert [each["year"] for each in shown.json()["choices"]] == ["2027"]
    assert served.client("schools").get(where).json()["choices"] == []
    problem(finance.put(f"{where}/2027", json={}, headers=ANY), 422, "invalid")
    problem(finance.put(f"{where}/1066", json=words, headers=ANY), 422, "invalid")
    problem(finance.put(f"{where}/MMXXVI", json=words, headers=ANY), 404, "no_such_route")
    mine = served.client("youth").put(f"{where}/2027", json=words, headers=ANY)
    problem(mine, 403, "forbidden")
    steering = served.client("steering")
    kept = steering.post(f"{where}/keep", json={"reason": "kleiner weiter"})
    assert kept.status_code == 200
    again = steering.post(f"{where}/keep", json={"reason": "kleiner weiter"})
    problem(again, 409, "nothing_to_decide")


def test_the_evaluation_is_planned_and_what_follows_is_decided(served: Served) -> None:
    key = a_running_measure(served.store)
    planner, steering = served.client("planner"), served.client("steering")
    plan = {"due": "2027-06-30", "question": "Wirkt es?"}
    assert planner.put(place(key, "/evaluation-plan"), json=plan, headers=ANY).status_code == 200
    assert planner.get(place(key, "/evaluation-plan")).json() == [plan | {"purpose": "summative"}]
    where = place(key, "/disposition")
    assert planner.get(where).json() is None
    words = {"choice": "adapt", "reason": "Bedarf wächst", "changes": "zwei Kitas mehr"}
    assert steering.put(where, json=words, headers=tag(steering, key)).status_code == 200
    shown = planner.get(where).json()
    assert words.items() <= shown.items()
    assert (shown["decided_by"], shown["decision"]) == ("steering", None)
    undated = problem(planner.put(where, json=words, headers=ANY), 422, "invalid")
    assert [each["pointer"] for each in undated["errors"]] == ["/on"]
    assert served.client("reader").get(where).json()["choice"] == "adapt"


def test_an_exception_keeps_its_reason_inside(served: Served) -> None:
    key = a_running_measure(served.store)
    steering, where = served.client("steering"), place(key, "/waivers")
    words = {"guard": "final_progress_missing", "reason": "Amt krank"}
    assert steering.post(where, json=words).status_code == 201
    problem(steering.post(where, json=words), 409, "duplicate")
    problem(steering.post(where, json=words | {"guard": "nonsense"}), 404, "not_found")
    alone = steering.post(where, json=words | {"guard": "participation_missing"})
    problem(alone, 403, "second_missing")
    never = steering.post(where, json=words | {"guard": "progress_missing", "decision": None})
    assert never.status_code in {404, 409}
    assert steering.get(where).json()[0]["reason"] == "Amt krank"
    assert served.client("reader").get(where).json()[0]["reason"] is None


def test_a_light_is_set_by_hand_and_lifted(served: Served) -> None:
    key = a_running_measure(served.store)
    planner, where = served.client("planner"), place(key, "/lights/effect")
    words = {"colour": "yellow", "reason": "Zahlen fehlen"}
    problem(planner.put(where, json=words), 428, "if_match_required")
    put = planner.put(where, json=words, headers=tag(planner, key))
    assert put.json()["lights"]["effect"]["manual"]["light"] == "yellow"
    problem(planner.put(place(key, "/lights/moon"), json=words, headers=ANY), 422, "invalid")
    problem(planner.delete(where), 428, "if_match_required")
    lifted = planner.delete(where, headers=tag(planner, key))
    assert lifted.status_code == 200
    assert lifted.json()["version"] > put.json()["version"]
    problem(planner.delete(where, headers=ANY), 409, "not_set")


def test_a_stricter_policy_is_for_good(served: Served) -> None:
    key = a_measure(served.store)
    steering, where = served.client("steering"), place(key, "/policy")
    words = {"to": "strict", "reason": "viel Geld"}
    raised = steering.post(where, json=words)
    assert raised.json()["policy"] == {"preset": "strict", "origin": "measure"}, raised.text
    problem(steering.post(where, json=words), 422, "invalid")
    problem(served.client("youth").post(where, json=words), 403, "forbidden")
