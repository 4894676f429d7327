"""The command on a Saalestadt of its own, on both databases."""

import pytest

from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt


@pytest.fixture(params=STORES)
def cycle(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl
) -> Cycle:
    """Call the command on a Saalestadt of its own; `local` acts, who holds every role."""
    return Cycle(capsys, fresh_url(request.param, settle_saalestadt))
