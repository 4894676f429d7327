from pathlib import Path

import httpx
import pytest

from api import metrics
from cycle.errors import Invalid
from cycle.store.store import Store
from cycle.usecases import webhooks
from tests.api.serving import Served, problem, serving
from tests.conftest import FreshUrl, settle_saalestadt
from tests.makers import DAY, a_measure

AWAY = {"X-Forwarded-For": "203.0.113.7"}


def gauges(client: httpx.Client) -> dict[str, float]:
    found = client.get("/metrics")
    assert found.status_code == 200, found.text
    lines = [each.rpartition(" ") for each in found.text.splitlines() if not each.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def test_who_watches_needs_no_account(served: Served) -> None:
    client = served.client()
    assert client.get("/healthz?whoever=asks").json() == {"status": "alive"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"
    assert ready.json()["backlog"].keys() == {"outbox", "waiting", "dead", "oldest"}
    assert "etag" not in ready.headers


def test_counts_tell_what_was_called_and_what_waits(served: Served) -> None:
    reader, nobody = served.client("reader"), served.client()
    name = 'kreislauf_http_requests_total{method="GET",route="/v1/status",status="200"}'
    before = gauges(nobody).get(name, 0)
    reader.get("/v1/status")
    with served.store.unit("admin", day=DAY) as unit:
        webhooks.add(unit, "weg", url="https://weg.invalid/")
    with served.store.unit("planner", day=DAY) as unit:
        a_measure(unit)
    found = gauges(nobody)
    assert found[name] == before + 1
    latest = int(reader.get("/v1/changes?limit=200").headers["last-event-id"])
    assert found["kreislauf_journal_head"] == latest
    assert found["kreislauf_store_up"] == found["kreislauf_sender_up"] == 1
    assert found["kreislauf_outbox_backlog"] + found["kreislauf_deliveries_waiting"] >= 1
    assert found["kreislauf_deliveries_dead"] == found["kreislauf_listeners"] == 0
    assert found["process_start_time_seconds"] == metrics.METRICS.began


@pytest.mark.parametrize(("table", "status"), [("calls = 0", 403), ("metrics_open = true", 200)])
def test_counts_are_for_this_machine_alone_unless_the_town_opens_them(
    fresh_url: FreshUrl, tmp_path: Path, table: str, status: int
) -> None:
    url = fresh_url("sqlite", settle_saalestadt)
    store = Store.open(url)
    with serving(store, url, tmp_path, table=table) as served:
        client = served.client()
        assert client.get("/metrics").status_code == 200
        assert client.get("/healthz", headers=AWAY).status_code == 200
        for told in ("203.0.113.7", "unknown"):  # by a proxy on this machine, of its caller
            found = client.get("/metrics", headers={"X-Forwarded-For": told})
            assert found.status_code == status
            assert status == 200 or problem(found, 403, "forbidden")
    store.close()


@pytest.mark.parametrize("table", ["metrics_open = 1", 'metrics_open = "yes"', "metrics = true"])
def test_a_slip_in_the_settings_is_told_before_anything_is_served(
    fresh_url: FreshUrl, tmp_path: Path, table: str
) -> None:
    url = fresh_url("sqlite", settle_saalestadt)
    store = Store.open(url)
    with pytest.raises(Invalid), serving(store, url, tmp_path, table=table):
        pass
    with (
        pytest.raises(Invalid),
        serving(store, url, tmp_path, table="[webhooks]\nhttp = 1\n"),
    ):
        pass
    store.close()


def test_a_server_without_its_store_is_alive_and_not_ready(
    fresh_url: FreshUrl, tmp_path: Path
) -> None:
    url = fresh_url("sqlite", settle_saalestadt)
    store = Store.open(url)
    path, aside = Path(url.removeprefix("sqlite:///")), tmp_path / "aside.db"
    with serving(store, url, tmp_path) as served:
        client = served.client()
        assert client.get("/readyz").status_code == 200
        served.house.close()
        store.close()
        path.rename(aside)
        found = problem(client.get("/readyz"), 503, "store_missing")
        assert str(tmp_path) not in str(found)
        assert client.get("/healthz").status_code == 200
        assert gauges(client)["kreislauf_store_up"] == 0
        aside.rename(path)
        assert client.get("/readyz").status_code == 200


def test_a_server_whose_sender_has_stopped_is_not_ready(served: Served) -> None:
    client = served.client()
    assert client.get("/readyz").status_code == 200
    assert served.house.sender is not None
    served.house.sender.stop()
    found = client.get("/readyz")
    problem(found, 503, "sender_stopped")
    assert found.headers["retry-after"] == "1"
    assert gauges(client)["kreislauf_sender_up"] == 0
