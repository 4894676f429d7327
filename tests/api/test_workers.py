"""`cycle serve --workers 2`: two processes before one store, as if they were one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from cycle.store.store import Store
from tests.api.apart import apart
from tests.api.serving import everyones_tokens
from tests.conftest import STORES, FreshUrl, settle_saalestadt

CALLS, CALLERS = 30, 6


def _began(address: str) -> str:
    """Tell when the process that answers this time was started."""
    told = httpx.get(f"{address}/metrics", trust_env=False).text
    return next(line for line in told.splitlines() if line.startswith("process_start_time"))


@pytest.mark.parametrize("kind", STORES)
def test_two_processes_answer_and_nothing_is_doubled(
    kind: str, fresh_url: FreshUrl, tmp_path: Path
) -> None:
    url = fresh_url(kind, settle_saalestadt)
    store = Store.open(url)
    head = {"Authorization": f"Bearer {everyones_tokens(store)['planner']}"}
    store.close()
    with apart(url, tmp_path, "--workers", "2") as address:

        def log(n: int) -> tuple[int, str]:
            with httpx.Client(base_url=address, headers=head, timeout=30, trust_env=False) as one:
                said = one.post(
                    "/v1/measures", json={"title": f"Kurs {n % CALLS}"},
                    headers={"Idempotency-Key": f"course-{n % CALLS}"},
                )  # fmt: skip
                return said.status_code, said.json().get("key", said.text)

        with ThreadPoolExecutor(CALLERS) as pool:
            told = list(pool.map(log, range(3 * CALLS)))  # each three times, wherever it lands
        again = httpx.get(f"{address}/v1/measures?limit=200", headers=head, trust_env=False).json()
        began = {_began(address) for _ in range(60)}
    assert {code for code, _ in told} <= {201, 409}, told  # 409: the first was still under way
    keys = {key for code, key in told if code == 201}
    assert len(keys) == CALLS
    assert sorted(row["key"] for row in again if row["title"].startswith("Kurs")) == sorted(keys)
    assert len(began) == 2  # processes that answered
