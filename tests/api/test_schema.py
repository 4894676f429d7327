"""The API as its description promises it: a short run always, a long one by KREISLAUF_FUZZ=N."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cycle import demo
from cycle.store.store import Store
from tests import makers_rounds
from tests.api import fuzz
from tests.api.serving import Served, serving
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers import DAY

LONG = int(os.environ.get("KREISLAUF_FUZZ", "0"))  # examples of each operation
SHORT = ("examples", "fuzzing", "stateful")
ALL = ("examples", "coverage", "fuzzing", "stateful")


@pytest.fixture(params=STORES)
def served(request: pytest.FixtureRequest, fresh_url: FreshUrl, tmp_path: Path) -> Iterator[Served]:
    """Serve a Saalestadt with a little of everything; for the long run, the demo city."""
    url = fresh_url(request.param, demo.build if LONG else settle_saalestadt)
    store = Store.open(url)
    if not LONG:
        makers_rounds.in_stage(store, "measure")
        with store.unit("planner", day=DAY) as unit:
            key = makers_rounds.a_running_measure(unit, goal="G-2026-001")
            makers_rounds.an_evaluation(unit, key)
    with serving(store, url, tmp_path) as found:
        yield found
    store.close()


def test_no_call_gets_an_answer_the_description_does_not_promise(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    token = fuzz.let_in(served.store)
    found = fuzz.run(served, token, examples=LONG or 1, phases=ALL if LONG else SHORT)
    with capsys.disabled():
        if LONG:
            print(served.store.engine.dialect.name, *found.lines(), sep="\n  ")  # noqa: T201
    assert not found.faults, "\n\n".join(f"{what}\n{how}" for what, how in found.faults.items())
    assert found.server_errors() == 0
    described = served.client().get("/openapi.json").json()["paths"]
    everything = {f"{m.upper()} {path}" for path, item in described.items() for m in item}
    assert everything - found.operations == {"GET /v1/changes/stream"}
