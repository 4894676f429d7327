import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from cycle.delivery import sender
from cycle.store.store import Store
from tests.api.serving import Served, problem, serving
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.delivery.receiver import Receiver, answer, receiving
from tests.makers import DAY, a_measure

TABLE = '[api]\ncalls = 0\n[webhooks]\nallow = ["127.0.0.1"]\nhttp = true\n'
NEW = {"name": "register", "url": "https://register.example/hook"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture(params=STORES)
def near(request: pytest.FixtureRequest, fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Served]:
    """Serve a town that lets deliveries reach this machine."""
    url = fresh_url(request.param, settle_saalestadt)
    store = Store.open(url)
    with serving(store, url, tmp_path, table=TABLE) as found:
        yield found
    store.close()


def eventually(gives: Callable[[], Any], seconds: float = 20) -> Any:  # noqa: ANN401 - whatever it gives
    end = time.monotonic() + seconds
    while not (found := gives()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def log(served: Served) -> str:
    with served.store.unit("planner", day=DAY) as unit:
        return a_measure(unit).ref


def hooked(served: Served, receiver: Receiver, **more: Any) -> tuple[httpx.Client, str]:  # noqa: ANN401 - JSON
    admin = served.client("admin")
    body = {"name": "feed", "url": receiver.url, "account": "planner", **more}
    made = admin.post("/v1/webhooks", json=body)
    assert made.status_code == 201, made.text
    return admin, made.json()["secret"]


def test_a_webhook_is_told_signed_of_what_happens(near: Served, receiver: Receiver) -> None:
    admin, secret = hooked(near, receiver, types=["measure.*"])
    key = log(near)
    assert receiver.arrived.acquire(timeout=20)
    came = receiver.received[0]
    headers = {name.lower(): value for name, value in came.headers.items()}
    told: Any = Webhook(secret).verify(came.body, headers)
    assert (told["type"], told["subject"]) == ("measure.logged", key)
    rows = eventually(lambda: admin.get("/v1/webhooks/feed/deliveries?state=delivered").json())
    assert [(row["subject"], row["last_status"]) for row in rows] == [(key, 200)]


def test_its_secret_is_told_once(near: Served, receiver: Receiver) -> None:
    admin, secret = hooked(near, receiver)
    assert secret.startswith("whsec_")
    assert "secret" not in admin.get("/v1/webhooks/feed").json()
    assert "secret" not in admin.get("/v1/webhooks").json()[0]
    kept = near.client("admin", Idempotency_Key="neu")
    first = kept.post("/v1/webhooks/feed/secret", json={})
    again = kept.post("/v1/webhooks/feed/secret", json={})
    assert first.json()["secret"] not in {secret, None}
    assert "secret" not in again.json()
    assert first.json().items() >= again.json().items()


def test_it_is_added_shown_changed_and_switched_off_and_on(served: Served) -> None:
    admin = served.client("admin")
    made = admin.post("/v1/webhooks", json=NEW)
    assert made.headers["location"] == "/v1/webhooks/register"
    assert made.json()["account"] == "admin"
    problem(admin.post("/v1/webhooks", json=NEW), 409, "duplicate")
    shown = admin.get("/v1/webhooks/register")
    assert shown.json()["types"] == []
    patch = {"types": ["measure.logged"], "account": "planner"}
    problem(admin.patch("/v1/webhooks/register", json=patch), 428, "if_match_required")
    match = {"If-Match": shown.headers["etag"]}
    changed = admin.patch("/v1/webhooks/register", json=patch, headers=match)
    assert changed.status_code == 200, changed.text
    assert (changed.json()["types"], changed.json()["account"]) == (["measure.logged"], "planner")
    stale = admin.patch("/v1/webhooks/register", json=patch, headers=match)
    problem(stale, 412, "stale")
    off = admin.post("/v1/webhooks/register/disable")
    assert off.json()["disabled_reason"] == "asked"
    on = admin.post("/v1/webhooks/register/enable")
    assert on.json()["disabled_at"] is None
    assert [each["name"] for each in admin.get("/v1/webhooks").json()] == ["register"]


def test_what_cannot_be_a_webhook_is_refused(served: Served) -> None:
    admin = served.client("admin")
    for wrong in ("http://x.example/", "ftp://x", "https://a:b@x.example/", "x", ""):
        told = problem(admin.post("/v1/webhooks", json={**NEW, "url": wrong}), 422, "invalid")
        assert told["errors"][0]["pointer"] == "/url"
    told = problem(admin.post("/v1/webhooks", json={**NEW, "types": ["x"]}), 422, "invalid")
    assert told["errors"][0]["pointer"] == "/types"
    problem(admin.post("/v1/webhooks", json={**NEW, "account": "weg"}), 404, "not_found")
    for where in ("", "/deliveries"):
        problem(admin.get(f"/v1/webhooks/weg{where}"), 404, "not_found")
    for where in ("disable", "enable", "test"):
        problem(admin.post(f"/v1/webhooks/weg/{where}"), 404, "not_found")
        problem(served.client("planner").post(f"/v1/webhooks/weg/{where}"), 403, "forbidden")
    for where in ("replay", "secret"):
        problem(admin.post(f"/v1/webhooks/weg/{where}", json={}), 404, "not_found")


def test_a_sample_tells_at_once_what_comes_back(near: Served, receiver: Receiver) -> None:
    admin, secret = hooked(near, receiver, types=["goal.added"])
    receiver.script = [answer(204, b""), answer(500)]
    odd = admin.post("/v1/webhooks/feed/test", headers={"Idempotency-Key": "a b"})
    problem(odd, 422, "invalid")
    took = admin.post("/v1/webhooks/feed/test").json()
    assert took == {"name": "feed", "status": 204, "taken": True, "error": None}
    headers = {name.lower(): value for name, value in receiver.received[0].headers.items()}
    assert json.loads(receiver.received[0].body)["type"] == "webhook.test"
    Webhook(secret).verify(receiver.received[0].body, headers)
    refused = admin.post("/v1/webhooks/feed/test").json()
    assert (refused["status"], refused["taken"], refused["error"]) == (500, False, "refused")


def test_a_server_calls_no_address_inside_unless_the_town_allows_it(
    served: Served, receiver: Receiver
) -> None:
    admin = served.client("admin")
    inside = receiver.url.replace("http://", "https://")
    made = admin.post("/v1/webhooks", json={**NEW, "url": inside})
    assert made.status_code == 201
    told = admin.post("/v1/webhooks/register/test").json()
    assert (told["status"], told["error"]) == (None, "no_answer")
    assert receiver.received == []


def test_what_was_given_up_is_seen_and_sent_again(
    near: Served, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "PLAN", ())  # gives up after the first try
    admin, _ = hooked(near, receiver, types=["measure.*"])
    receiver.script = [answer(500), answer(500)]
    keys = {log(near), log(near)}
    where = "/v1/webhooks/feed/deliveries?state=dead"
    dead = eventually(lambda: len(found := admin.get(where).json()) == 2 and found)
    assert {row["subject"] for row in dead} == keys
    assert admin.get("/v1/webhooks/feed").json()["dead"] == 2
    page = admin.get(f"{where}&limit=1")
    assert [row["n"] for row in page.json()] == [dead[0]["n"]]
    following = admin.get(page.links["next"]["url"])
    assert [row["n"] for row in following.json()] == [dead[1]["n"]]
    assert "next" not in following.links
    one = admin.post("/v1/webhooks/feed/replay", json={"n": dead[0]["n"]})
    assert one.json() == {"name": "feed", "count": 1}
    eventually(lambda: len(admin.get(where).json()) == 1)
    assert admin.post("/v1/webhooks/feed/replay", json={}).json()["count"] == 1
    eventually(lambda: admin.get(where).json() == [])
    problem(admin.post("/v1/webhooks/feed/replay", json={"n": 10**9}), 404, "not_found")
    for _ in range(4):
        assert receiver.arrived.acquire(timeout=10)


def test_who_is_gone_is_told_no_more(near: Served, receiver: Receiver) -> None:
    admin, _ = hooked(near, receiver)
    receiver.script = [answer(410)]
    log(near)
    shown = eventually(
        lambda: (found := admin.get("/v1/webhooks/feed").json())["disabled_at"] and found
    )
    assert shown["disabled_reason"] == "gone"
