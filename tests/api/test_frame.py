import threading
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from cycle import clock
from cycle.store.store import Store
from cycle.usecases import accounts, deputies, tokens
from tests.api.serving import Served, problem, serving
from tests.conftest import FreshUrl, settle_saalestadt
from tests.makers import DAY

LOG = {"json": {"title": "Lesepaten", "lead": "51"}}


def count(served: Served) -> int:
    return len(served.client("planner").get("/v1/measures?limit=200").json())


def test_nobody_is_let_in_without_a_token_that_counts(served: Served) -> None:
    with served.store.unit("admin", day=DAY) as unit:
        gone = tokens.create(unit, "gone", account="reader")[1]
        tokens.revoke(unit, "gone")
    wrong = [None, "Basic abc", "Bearer", "Bearer krs_x", f"Bearer {gone}", f"Bearer {gone[:-1]}x"]
    for shown in wrong:
        headers = {"Authorization": shown} if shown else {}
        found = served.client().get("/v1/status", headers=headers)
        problem(found, 401, "unauthenticated")
        assert found.headers["www-authenticate"].startswith("Bearer")
        problem(served.client().post("/v1/measures", content="{", headers=headers), 401,
                "unauthenticated")  # fmt: skip


def test_a_token_ends_by_itself_and_with_its_account(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = served.client("reader")
    assert reader.get("/v1/status").status_code == 200
    later = clock.now() + timedelta(days=91)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        problem(reader.get("/v1/status"), 401, "unauthenticated")
    with served.store.unit("admin", day=DAY) as unit:
        accounts.disable(unit, "reader")
    problem(reader.get("/v1/status"), 401, "unauthenticated")


def test_a_read_only_token_changes_nothing(served: Served) -> None:
    with served.store.unit("admin", day=DAY) as unit:
        text = tokens.create(unit, "look", account="planner", read_only=True)[1]
    only = served.client(Authorization=f"Bearer {text}")
    assert only.get("/v1/measures").status_code == 200
    problem(only.post("/v1/measures", **LOG), 403, "forbidden")  # type: ignore[arg-type]


def test_the_wrong_role_is_told_which_one_it_takes(served: Served) -> None:
    told = problem(served.client("reader").post("/v1/measures", **LOG), 403, "forbidden")  # type: ignore[arg-type]
    assert "planner" in told["detail"]
    assert "department_head" in told["detail"]


def test_a_deputy_acts_for_the_other_one_and_the_journal_names_both(served: Served) -> None:
    with served.store.unit("admin", day=DAY) as unit:
        deputies.appoint(unit, "schools", for_account="youth", from_day=DAY, to_day=DAY)
    deputy = served.client("schools", X_Acting_For="youth")
    made = deputy.post("/v1/measures", json={"title": "Lesepaten"})
    assert made.json()["lead"] == "51"
    with served.store.unit("admin", day=DAY) as unit:
        both = unit.reading().pairs(
            "SELECT a.name, o.name FROM event e"
            " JOIN account a ON a.municipality_id = :m AND a.id = e.account_id"
            " JOIN account o ON o.municipality_id = :m AND o.id = e.for_account_id"
            " WHERE e.municipality_id = :m AND e.key = :key",
            key=made.json()["key"],
        )
    assert both == [("schools", "youth")]
    other = served.client("youth", X_Acting_For="schools")
    problem(other.get("/v1/measures"), 403, "no_deputy")


def test_a_token_is_not_widened_by_standing_in_for_somebody(served: Served) -> None:
    with served.store.unit("admin", day=DAY) as unit:
        accounts.edit(unit, "youth", roles=["department_head", "planner", "steering"])
        deputies.appoint(unit, "schools", for_account="youth", from_day=DAY, to_day=DAY)
        narrow = tokens.create(unit, "narrow", account="schools", departments=["40"])[1]
    other = {"json": {"title": "Lesepaten", "lead": "53"}}  # what a planner may
    told = served.client("schools", X_Acting_For="youth").post("/v1/measures", **other)  # type: ignore[arg-type]
    problem(told, 403, "other_department")
    only = served.client(Authorization=f"Bearer {narrow}", X_Acting_For="youth")
    problem(only.get("/v1/measures"), 403, "no_deputy")


def test_planning_records_on_behalf_of_a_department(served: Served) -> None:
    planner = served.client("planner", X_On_Behalf_Of="51")
    assert planner.post("/v1/measures", **LOG).status_code == 201  # type: ignore[arg-type]
    wrong = served.client("planner", X_On_Behalf_Of="99")
    problem(wrong.post("/v1/measures", **LOG), 404, "department_unknown")  # type: ignore[arg-type]


def test_a_call_with_the_same_key_has_one_effect_and_one_answer(served: Served) -> None:
    planner = served.client("planner", Idempotency_Key="quartal-4")
    first = planner.post("/v1/measures", **LOG)  # type: ignore[arg-type]
    again = planner.post("/v1/measures", **LOG)  # type: ignore[arg-type]
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    other = {"json": {"title": "Anderes", "lead": "51"}}
    problem(planner.post("/v1/measures", **other), 422, "idempotency_key_reused")  # type: ignore[arg-type]
    mine = served.client("youth", Idempotency_Key="quartal-4")
    assert mine.post("/v1/measures", json={"title": "Meins"}).status_code == 201
    assert count(served) == 2


def test_a_refused_call_leaves_its_key_free(served: Served) -> None:
    planner = served.client("planner", Idempotency_Key="k")
    problem(planner.post("/v1/measures", json={"title": "X", "lead": "99"}), 404, "not_found")
    assert planner.post("/v1/measures", **LOG).status_code == 201  # type: ignore[arg-type]


def test_calls_with_the_same_key_at_once_have_one_effect(served: Served) -> None:
    answers: list[int] = []

    def call() -> None:
        client = served.client("planner", Idempotency_Key="at-once")
        answers.append(client.post("/v1/measures", **LOG).status_code)  # type: ignore[arg-type]

    threads = [threading.Thread(target=call) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {201, 409}
    assert 201 in answers
    assert count(served) == 1


@pytest.mark.parametrize("key", ["", '""', "x" * 256, "ü", "a b"])
def test_a_key_nobody_could_repeat_is_refused(served: Served, key: str) -> None:
    planner = served.client("planner")
    headers = {b"Idempotency-Key": key.encode()}
    found = planner.post("/v1/measures", headers=headers, **LOG)  # type: ignore[arg-type]
    problem(found, 422, "invalid")


def test_an_answer_may_be_left_out(served: Served) -> None:
    planner = served.client("planner", Prefer="return=minimal")
    made = planner.post("/v1/measures", **LOG)  # type: ignore[arg-type]
    assert (made.status_code, made.content) == (201, b"")
    changed = planner.patch(
        made.headers["location"], json={"title": "Neu"}, headers={"If-Match": made.headers["etag"]}
    )
    assert (changed.status_code, changed.content) == (204, b"")
    assert planner.get(made.headers["location"]).headers["etag"] == changed.headers["etag"]


def test_a_body_is_read_as_it_is_meant(served: Served) -> None:
    planner = served.client("planner", Content_Type="application/json")
    for body in (b"{", b'{"title":"a","title":"b"}', b'{"priority":NaN}', b"\xff", b"[" * 10_000):
        problem(planner.post("/v1/measures", content=body), 400, "malformed")
    problem(planner.post("/v1/measures", content=b"[]"), 422, "invalid")
    text = {"content": b"{}", "headers": {"Content-Type": "text/plain"}}
    problem(planner.post("/v1/measures", **text), 415, "unsupported_media_type")  # type: ignore[arg-type]
    told = problem(
        planner.post("/v1/measures", json={"title": 7, "leed": "geheim", "priority": 9}),
        422,
        "invalid",
    )
    assert {(each["pointer"], each["code"]) for each in told["errors"]} == {
        ("/title", "no_text"),
        ("/leed", "unknown_field"),
        ("/priority", "too_large"),
    }
    assert "geheim" not in str(told)
    assert count(served) == 0


def test_a_body_that_is_too_large_is_turned_away_and_told_so(served: Served) -> None:
    planner = served.client("planner", Content_Type="application/json")
    large = b'{"title":"' + b"x" * 2**20 + b'"}'
    problem(planner.post("/v1/measures", content=large), 413, "too_large")
    parts = (large[n : n + 4096] for n in range(0, len(large), 4096))
    problem(planner.post("/v1/measures", content=parts), 413, "too_large")


def test_an_unknown_address_and_a_wrong_method_are_problems_too(served: Served) -> None:
    problem(served.client().get("/v1/nix"), 404, "no_such_route")
    found = served.client().delete("/v1/measures")
    problem(found, 405, "method_not_allowed")
    assert found.headers["allow"] == "GET, POST"


def test_an_address_written_out_takes_no_method_of_one_with_a_name_in_it(served: Served) -> None:
    assert served.client().options("/v1/policy/preset").headers["allow"] == "PUT"
    assert served.client().options("/v1/policy/goal_field").headers["allow"] == "DELETE, PUT"
    planner = served.client("planner", If_Match="*")
    problem(planner.delete("/v1/policy/preset"), 405, "method_not_allowed")
    keep = planner.put("/v1/measures/M-2026-001/budget/keep", json={"planned_cents": 1})
    problem(keep, 405, "method_not_allowed")
    assert keep.headers["allow"] == "POST"


def test_every_answer_carries_its_id_and_says_what_no_browser_may_do(served: Served) -> None:
    found = served.client("reader", X_Request_ID="quartal-2026-4").get("/v1/status")
    assert found.headers["x-request-id"] == "quartal-2026-4"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in found.headers["content-security-policy"]
    other = served.client("reader", X_Request_ID="a\tb").get("/v1/status")
    assert other.headers["x-request-id"] != "a\tb"
    trace = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}
    assert served.client().get("/v1/x", headers=trace).headers["x-request-id"] == "ab" * 16


def test_a_token_has_so_many_calls_and_hears_how_many_are_left(
    fresh_url: FreshUrl, tmp_path: Path
) -> None:
    url = fresh_url("sqlite", settle_saalestadt)
    store = Store.open(url)
    with serving(store, url, tmp_path, table="calls = 3\nseconds = 60") as served:
        reader = served.client("reader")
        left = [reader.get("/v1/status").headers["ratelimit"] for _ in range(3)]
        assert [each.partition(";")[2].partition(";")[0] for each in left] == ["r=2", "r=1", "r=0"]
        over: httpx.Response = reader.get("/v1/status")
        problem(over, 429, "too_many_requests")
        assert 1 <= int(over.headers["retry-after"]) <= 20
        assert over.headers["ratelimit-policy"] == '"default";q=3;w=60'
        assert served.client("planner").get("/v1/status").status_code == 200
    store.close()
