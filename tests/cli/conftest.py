"""The command in the same process: what it printed and how it ended."""

from collections.abc import Iterator

import pytest

from cycle.store.store import Store
from tests.cli.calls import Cycle
from tests.conftest import FreshUrl, settle_saalestadt


@pytest.fixture
def nowhere(capsys: pytest.CaptureFixture[str]) -> Cycle:
    """Call the command on a machine without any store."""
    return Cycle(capsys)


@pytest.fixture
def cycle(capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl) -> Cycle:
    """Call the command on a Saalestadt of its own; `local` acts, who holds every role."""
    return Cycle(capsys, fresh_url("sqlite", settle_saalestadt))


@pytest.fixture
def stored(cycle: Cycle) -> Iterator[Store]:
    """Open the store the command works on."""
    opened = Store.open(cycle.url)
    yield opened
    opened.close()
