"""One call of the command, and what came of it."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from cli.main import main

DAY = "2026-03-02"


@dataclass(frozen=True)
class Said:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.out)

    @property
    def problem(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.err)

    @property
    def key(self) -> str:
        assert self.code == 0, self.err
        return self.out.strip()


class Cycle:
    """Calls `cycle` on one store; the day is fixed by the environment."""

    def __init__(self, capsys: pytest.CaptureFixture[str], url: str = "") -> None:
        self.capsys = capsys
        self.url = url

    def __call__(self, *words: str) -> Said:
        store = ["--db", self.url] if self.url else []
        return self.raw(*words, *store)

    def raw(self, *words: str) -> Said:
        """Call it with these words and no store but the one they name."""
        code = main(words)
        out, err = self.capsys.readouterr()
        return Said(code, out, err)

    def done(self, *words: str) -> str:
        """Call it, see that it worked, and give what it printed."""
        said = self(*words)
        assert said.code == 0, said.err
        return said.out.strip()
