from datetime import timedelta
from typing import Any

import pytest

from cycle import clock
from tests.api.serving import Served, problem

WHERE = "/v1/tokens"
SURVEY = {"name": "survey", "roles": ["evaluator"], "days": 30}


def test_a_token_is_told_once_opens_and_is_revoked(served: Served) -> None:
    admin = served.client("admin")
    made = admin.post(WHERE, json=SURVEY)
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    text = made.json()["token"]
    program = served.client(Authorization=f"Bearer {text}")
    assert program.get("/v1/status").status_code == 200
    read = admin.get(made.headers["location"])
    assert read.json() == {k: v for k, v in made.json().items() if k != "token"} | {
        "last_used_at": read.json()["last_used_at"]
    }
    assert text not in admin.get(WHERE).text
    problem(admin.delete(f"{WHERE}/survey"), 428, "if_match_required")
    problem(admin.delete(f"{WHERE}/survey", headers={"If-Match": '"99"'}), 412, "stale")
    gone = admin.delete(f"{WHERE}/survey", headers={"If-Match": read.headers["etag"]})
    assert gone.json()["revoked_at"]
    problem(program.get("/v1/status"), 401, "unauthenticated")


def test_a_repeated_call_makes_no_second_token_and_keeps_no_secret(served: Served) -> None:
    admin, once = served.client("admin"), {"Idempotency-Key": "a-token-please"}
    first = admin.post(WHERE, json=SURVEY, headers=once | {"Prefer": "return=minimal"})
    text = first.json()["token"]
    again = admin.post(WHERE, json=SURVEY, headers=once)
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.json()["name"]) == (200, "survey")
    assert "token" not in again.json()
    with served.store.unit("admin") as unit:
        kept = unit.reading().pairs("SELECT body, headers FROM kept_answer")
    assert len(kept) == 1
    assert text not in str(kept)
    assert text.split("_")[-1] not in str(kept)


def test_a_token_ends_on_a_day_or_after_days(served: Served) -> None:
    admin = served.client("admin")
    last = clock.today() + timedelta(days=10)
    told = admin.post(WHERE, json={"name": "a", "roles": ["reader"], "expires": last.isoformat()})
    assert told.status_code == 201, told.text
    usual = admin.post(WHERE, json={"name": "b", "roles": ["reader"], "expires": None}).json()
    assert usual["expires_at"] > told.json()["expires_at"]


@pytest.mark.parametrize(
    "words",
    [
        {"days": 0}, {"days": 367}, {"days": 1.0}, {"roles": ["mayor"]}, {"roles": None},
        {"expires": "2020-01-01", "days": None}, {"expires": "2999-12-31", "days": None},
        {"name": ""}, {"read_only": None}, {"expires": "2026-12-31"}, {"account": "planner"},
    ],
)  # fmt: skip
def test_a_token_that_does_not_fit_is_refused(served: Served, words: dict[str, Any]) -> None:
    admin = served.client("admin")
    before = len(admin.get(WHERE).json())
    problem(admin.post(WHERE, json=SURVEY | words), 422, "invalid")
    assert len(admin.get(WHERE).json()) == before


def test_tokens_are_for_admin_only(served: Served) -> None:
    for name in ("planner", "reader", "youth"):
        client = served.client(name)
        problem(client.get(WHERE), 403, "forbidden")
        problem(client.get(f"{WHERE}/key-admin"), 403, "forbidden")
        problem(client.post(WHERE, json=SURVEY), 403, "forbidden")
        problem(client.delete(f"{WHERE}/key-admin", headers={"If-Match": "*"}), 403, "forbidden")
    problem(served.client("admin").get(f"{WHERE}/none"), 404, "not_found")
