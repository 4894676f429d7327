from decimal import Decimal
from typing import Any

import httpx
import pytest

from tests.api.serving import Served, problem

NEW = {"code": "SGB2_KIND", "name": "Kinder im SGB II", "source": "BA-Statistik"}
CELL = {"indicator": "SGB2_KIND", "area": "16999000", "period_end": "2025-12-31"}


def counting(served: Served, **words: str) -> httpx.Client:
    """Add an indicator, and give a client that may count."""
    client = served.client("statistician")
    assert client.post("/v1/indicators", json=NEW | words).status_code == 201
    return client


def test_an_indicator_is_added_changed_and_defined_anew(served: Served) -> None:
    client = served.client("statistician")
    made = client.post("/v1/indicators", json=NEW)
    where = made.headers["location"]
    assert (made.status_code, where) == (201, "/v1/indicators/SGB2_KIND")
    assert made.json()["measure_type"] == "share"
    problem(client.patch(where, json={"sensitive": True}), 428, "if_match_required")
    seen = {"If-Match": made.headers["etag"]}
    changed = client.patch(where, json={"sensitive": True}, headers=seen)
    assert changed.json()["sensitive"] is True
    problem(client.patch(where, json={"name": "x"}, headers=seen), 412, "stale")
    words = {"definition": "ohne Geflüchtete", "reason": "Rechtskreis", "comparable": "no"}
    anew = client.post(f"{where}/definitions", json=words)
    assert anew.status_code == 201
    assert [each["no"] for each in anew.json()["versions"]] == [1, 2]
    listed = served.client("reader").get("/v1/indicators").json()
    assert [row["code"] for row in listed] == ["SGB2_KIND"]
    problem(served.client("youth").post("/v1/indicators", json=NEW), 403, "forbidden")


@pytest.mark.parametrize(
    "words",
    [
        {"name": None}, {"polarity": None}, {"result_level": 8}, {"result_level": 1.0},
        {"sensitive": None}, {"frequency": "daily"}, {"publication_lag_days": None},
        {"measure_type": "count"}, {"name": ""},
    ],
)  # fmt: skip
def test_a_change_that_does_not_fit_is_refused(served: Served, words: dict[str, Any]) -> None:
    client = counting(served)
    found = client.patch("/v1/indicators/SGB2_KIND", json=words, headers={"If-Match": "*"})
    problem(found, 422, "invalid")


def test_the_same_value_again_is_the_stored_one_and_another_a_new_vintage(served: Served) -> None:
    client = counting(served)
    first = client.post("/v1/observations", json={**CELL, "value": 33.33})
    assert (first.status_code, first.json()["vintage"]) == (201, 1), first.text
    again = client.post("/v1/observations", json={**CELL, "value": 33.33})
    assert (again.status_code, again.json()) == (200, first.json())
    revised = client.post("/v1/observations", json={**CELL, "value": 34})
    assert (revised.status_code, revised.json()["vintage"]) == (201, 2)
    latest = client.get(first.headers["location"]).json()
    assert latest == [revised.json()]
    assert len(client.get("/v1/observations?vintages=true").json()) == 2
    assert client.get("/v1/observations?as_known_on=2026-11-21").json() == []
    assert client.get("/v1/observations?as_of=2026-11-22").json() == latest


def test_values_go_on_behind_the_last_one(served: Served) -> None:
    client = counting(served)
    for year in range(2020, 2025):
        words = {**CELL, "period_end": f"{year}-12-31", "value": year}
        assert client.post("/v1/observations", json=words).status_code == 201
    page, found = client.get("/v1/observations?limit=2&indicator=SGB2_KIND"), []
    while True:
        found += [row["value"] for row in page.json()]
        if "next" not in page.links:
            break
        page = client.get(page.links["next"]["url"])
    assert found == list(range(2020, 2025))
    problem(client.get("/v1/observations?indicator=none"), 404, "not_found")
    assert "id" not in page.json()[0]


@pytest.mark.parametrize(
    "words",
    [
        {}, {"value": None}, {"value": "x"}, {"value": 1, "numerator": 1.0}, {"value": 10**40},
        {"numerator": 1, "denominator": 0}, {"value": 1, "status": "nil"},
        {"value": 1, "period_end": None}, {"value": 1, "period_end": "2027-01-01"},
        {"value": 1, "period_end": "0001-01-01"}, {"value": 1, "status": None},
        {"value": 1, "breakdown": None}, {"value": 1, "basis": "guessed"}, {"value": 1, "area": ""},
    ],
)  # fmt: skip
def test_words_that_make_no_value_are_refused(served: Served, words: dict[str, Any]) -> None:
    client = counting(served)
    problem(client.post("/v1/observations", json=CELL | words), 422, "invalid")
    assert client.get("/v1/observations").json() == []


def test_a_share_of_a_huge_base_is_a_number_like_any_other(served: Served) -> None:
    client = counting(served, unit_of=f"je 1{'0' * 30}")
    told = {**CELL, "numerator": 10**12, "denominator": 1}
    found = client.post("/v1/observations", json=told)
    assert found.status_code == 201, found.text
    assert Decimal(found.json()["value"]) == Decimal(10) ** 42


def test_old_values_are_reckoned_for_new_areas_first_on_trial(served: Served) -> None:
    planner, client = served.client("planner"), counting(served, unit_of="Kinder")
    for code in ("06", "07"):
        assert planner.post("/v1/areas", json={"code": code, "name": code}).status_code == 201
    for code, value in (("06", 10), ("07", 5)):
        client.post("/v1/observations", json={**CELL, "area": code, "value": value})
    words = {
        "on": "2026-01-01",
        "parts": [{"area": "07", "share": 0.4}, {"area": "06", "share": 0.6}],
    }
    split = planner.post("/v1/areas/06/successions", json=words)
    assert split.status_code == 201, split.text
    where = "/v1/indicators/SGB2_KIND/recalculations"
    tried = client.post(where, json={"dry_run": True}).json()
    assert [(each["area"], each["value"]) for each in tried] == [("06", 6), ("07", 9)]
    assert len(client.get("/v1/observations").json()) == 2
    assert client.post(where, json={}).json() == tried
    assert len(client.get("/v1/observations").json()) == 4
    problem(served.client("youth").post(where, json={}), 403, "forbidden")
    problem(client.post(where, json={"into": "99"}), 404, "not_found")
