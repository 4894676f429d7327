"""The API as its description promises it: a short run always, a long one by KREISLAUF_FUZZ=N."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cycle.store.store import Store
from cycle.usecases import tokens, webhooks
from tests import makers, makers_rounds
from tests.api import fuzz
from tests.api.apart import apart
from tests.conftest import STORES, FreshUrl, settle_saalestadt

LONG = int(os.environ.get("KREISLAUF_FUZZ", "0"))  # examples of each operation
SHORT = ("examples", "fuzzing", "stateful")
ALL = ("examples", "coverage", "fuzzing", "stateful")
ENDLESS = {"GET /v1/changes/stream"}


@pytest.fixture(params=STORES)
def town(
    request: pytest.FixtureRequest, fresh_url: FreshUrl, tmp_path: Path
) -> Iterator[tuple[Store, str]]:
    """Serve a Saalestadt with a little of everything."""
    url = fresh_url(request.param, settle_saalestadt)
    store = Store.open(url)
    furnish(store)
    with apart(url, tmp_path) as address:
        yield store, address
    store.close()


def furnish(store: Store) -> None:
    """Bring a round to its measures, with one that runs and is evaluated, and one in the making."""
    makers_rounds.in_stage(store, "measure")
    with store.unit("planner", day=makers.DAY) as unit:
        key = makers_rounds.a_running_measure(unit, goal="G-2026-001")
        makers_rounds.an_evaluation(unit, key)
        makers.a_measure(unit, goal="G-2026-001", planned_start=makers.DAY)
    with store.unit("admin", day=makers.DAY) as unit:
        webhooks.add(unit, "register", url="https://127.0.0.1:1/changes")  # nobody listens there
        tokens.create(unit, "survey", roles=["evaluator"])
    with store.unit("clerk", day=makers.DAY) as unit:
        makers.a_resolution(unit)


def test_no_call_gets_an_answer_the_description_does_not_promise(
    town: tuple[Store, str], capsys: pytest.CaptureFixture[str]
) -> None:
    store, address = town
    token = fuzz.let_in(store)
    found = fuzz.run(store, address, token, examples=LONG or 1, phases=ALL if LONG else SHORT)
    if LONG:
        with capsys.disabled():
            print("", store.engine.dialect.name, *found.lines(), sep="\n  ")  # noqa: T201
    assert not found.faults, "\n\n".join(f"{what}\n{how}" for what, how in found.faults.items())
    assert found.server_errors() == 0
    described = httpx.get(f"{address}/openapi.json", trust_env=False).json()["paths"]
    everything = {f"{m.upper()} {path}" for path, item in described.items() for m in item}
    assert everything - found.operations == ENDLESS
