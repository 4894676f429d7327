"""The command in the same process: what it printed and how it ended."""

import signal
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest

from cli.main import main
from cycle.store.store import Store
from tests.cli.aside import Aside
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


def _found_karlsruhe(url: str) -> None:
    """Prepare a store as `cycle init` makes it: policy light, one account, an open round."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        main(["init", "--name", "Karlsruhe", "--ags", "08212000", "--start", "2026", "--db", url])
        main(["department", "add", "51", "Jugend", "--db", url])


@pytest.fixture
def light(capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl) -> Cycle:
    """Call the command on a town as `cycle init` makes it, under the light policy."""
    return Cycle(capsys, fresh_url("sqlite", _found_karlsruhe))


@pytest.fixture
def stored(cycle: Cycle) -> Iterator[Store]:
    """Open the store the command works on."""
    opened = Store.open(cycle.url)
    yield opened
    opened.close()


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aside]:
    """Let somebody act while the command goes on, and end it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    made = Aside(monkeypatch)
    yield made
    made.join()
    signal.signal(signal.SIGINT, before)
