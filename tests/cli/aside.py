"""Somebody who does something while a command follows the store, and then ends it."""

import os
import pty
import signal
import sys
import threading
import time
from collections.abc import Callable
from io import StringIO

import pytest

from cycle.store.store import Store
from cycle.usecases import measures

Seen = Callable[[str], object]
Step = tuple[Seen, Callable[[], object]]
PATIENCE = 10.0  # seconds


class Aside:
    """Somebody who waits until something was written, does a step, and at last presses Ctrl-C."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.out, self._patch = StringIO(), patch
        self._main = threading.main_thread().ident or 0
        self._threads: list[threading.Thread] = []

    def told(self) -> str:
        return self.out.getvalue()

    def __call__(self, *steps: Step, last: Seen, number: int = signal.SIGINT) -> None:
        def run() -> None:
            try:
                for seen, act in steps:
                    come(seen, self.told)
                    act()
                come(last, self.told)
            finally:
                signal.pthread_kill(self._main, number)

        if not sys.stdout.isatty():
            self._patch.setattr("sys.stdout", self.out)
        self._threads.append(threading.Thread(target=run))
        self._threads[-1].start()

    def join(self) -> None:
        for each in self._threads:
            each.join()


def come(seen: Seen, told: Callable[[], str] = str) -> None:
    end = time.monotonic() + PATIENCE
    while not seen(told()) and time.monotonic() < end:
        time.sleep(0.01)


def log(url: str, title: str = "Lesen") -> str:
    store = Store.open(url)
    try:
        with store.unit("local") as unit:
            return measures.log(unit, title=title, lead="51").ref
    finally:
        store.close()


def rename(url: str, key: str) -> None:
    store = Store.open(url)
    with store.unit("local") as unit:
        measures.edit(unit, key, title="Rechnen")
    store.close()


class Terminal:
    """Standard output and input that are a terminal, read by a thread."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ours, theirs = pty.openpty()
        self.out = os.fdopen(theirs, "w", encoding="utf-8")
        self.keys = os.fdopen(os.dup(theirs), encoding="utf-8")
        self.shown = ""
        self._patch = patch
        self._reads = threading.Thread(target=self._read)
        self._reads.start()

    def _read(self) -> None:
        while True:
            try:
                self.shown += os.read(self.ours, 65536).decode(errors="replace")
            except OSError:
                return

    def take(self) -> None:
        self._patch.setattr("sys.stdout", self.out)
        self._patch.setattr("sys.stdin", self.keys)

    def close(self) -> None:
        for each in (self.out, self.keys):
            each.close()
        self._reads.join()  # nobody is left to write
        os.close(self.ours)
