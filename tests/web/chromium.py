"""A real browser for tests: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.conftest import without

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def program() -> str:
    """Find Chromium; skip where there is none, fail where everything is required."""
    found = os.environ.get("KREISLAUF_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    return found or without("no Chromium on this machine: the browser tests cannot run")


@contextmanager
def running() -> Iterator["Browser"]:
    """Run a browser for the tests of one file, and end it with its event loop."""
    path = program()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
