from tests.api.serving import Served, problem


def test_a_round_is_written_from_its_finding_to_its_goal(served: Served) -> None:
    planner = served.client("planner")
    report = planner.post("/v1/reports", json={"title": "Bericht 2026"})
    assert report.status_code == 201
    seen = {"If-Match": report.headers["etag"]}
    place = f"{report.headers['location']}/transitions"
    told = problem(planner.post(place, json={"name": "present"}, headers=seen), 422, "invalid")
    assert [each["pointer"] for each in told["errors"]] == ["/body", "/on"]
    wrong = {"name": "approve", "url": "https://x.example"}
    problem(planner.post(place, json=wrong, headers=seen), 422, "invalid")
    approved = planner.post(place, json={"name": "approve"}, headers=seen)
    assert approved.json()["status"] == "approved"
    words = {"report": report.json()["key"], "text": "Jedes dritte Kind spricht auffällig",
             "source": "Einschulungsuntersuchung"}  # fmt: skip
    finding = planner.post("/v1/findings", json=words)
    assert finding.status_code == 201
    goal = planner.post(
        "/v1/goals", json={"text": "Kinder sprechen gut", "findings": [finding.json()["key"]]}
    )
    answered = planner.get(finding.headers["location"]).json()
    assert (answered["response"], answered["goals"]) == ("goal", [goal.json()["key"]])
    assert [row["key"] for row in planner.get("/v1/goals").json()] == [goal.json()["key"]]


def test_two_who_saw_the_same_goal_do_not_overwrite_each_other(served: Served) -> None:
    planner = served.client("planner")
    goal = planner.post("/v1/goals", json={"text": "Kinder sprechen gut"})
    place, seen = goal.headers["location"], {"If-Match": goal.headers["etag"]}
    agreed = planner.post(f"{place}/agreements", json={"body": "LG", "on": "2026-11-20"})
    assert agreed.status_code == 201
    stale = planner.patch(place, json={"text": "Alle Kinder sprechen gut"}, headers=seen)
    problem(stale, 412, "stale")
    seen = {"If-Match": agreed.headers["etag"]}
    changed = planner.patch(place, json={"text": "Alle Kinder sprechen gut"}, headers=seen)
    assert changed.json()["text"] == "Alle Kinder sprechen gut"
    problem(planner.patch(place, json={"text": None}, headers={"If-Match": "*"}), 422, "invalid")


def test_a_goal_takes_its_target_once(served: Served) -> None:
    planner = served.client("planner")
    words = {"code": "S-SPR", "name": "Auffällige Sprache", "source": "Einschulung"}
    assert planner.post("/v1/indicators", json=words).status_code == 201
    value = {"indicator": "S-SPR", "area": "16999000", "period_end": "2025-12-31", "value": 29.35}
    assert planner.post("/v1/observations", json=value).status_code == 201
    place = planner.post("/v1/goals", json={"text": "Weniger"}).headers["location"]
    aim = {"indicator": "S-SPR", "value": 25, "date": "2027-12-31", "baseline": "2025-12-31",
           "path": [{"due": "2026-12-31", "value": 27}]}  # fmt: skip
    told = planner.post(f"{place}/targets", json=aim)
    assert told.status_code == 201, told.text
    (target,) = told.json()["targets"]
    assert (target["target_value"], target["steps"]) == (25, [{"due": "2026-12-31", "value": 27}])
    again = planner.post(f"{place}/targets", json=aim)
    assert again.status_code == 409


def test_advice_is_answered_with_a_reason(served: Served) -> None:
    planner = served.client("planner")
    report = planner.post("/v1/reports", json={"title": "Bericht"}).json()["key"]
    words = {"report": report, "text": "Befund", "source": "Umfrage"}
    finding = planner.post("/v1/findings", json=words)
    advice = planner.post(
        "/v1/recommendations", json={"text": "Mehr Personal", "finding": finding.json()["key"]}
    )
    place, seen = f"{advice.headers['location']}/answer", {"If-Match": advice.headers["etag"]}
    problem(planner.put(place, json={"response": "rejected"}, headers=seen), 422, "invalid")
    words = {"response": "rejected", "reason": "Kein Geld"}
    assert planner.put(place, json=words, headers=seen).json()["response"] == "rejected"
    problem(planner.put(place, json=words, headers=seen), 412, "stale")
    response = {"response": "no_action", "reason": "Wird beobachtet"}
    seen = {"If-Match": "*"}
    where = f"{finding.headers['location']}/response"
    assert planner.put(where, json=response, headers=seen).json()["response"] == "no_action"
    open_ = planner.get("/v1/findings?open_only=true").json()
    assert open_ == []
