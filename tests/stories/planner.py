"""A person at the terminal, who types commands one by one and whose entries are counted."""

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

from cli.main import main

KEY = re.compile(r"^[ZBFGMERD]-\d{4}")
REFUSED = 6


@dataclass
class Planner:
    """Types commands on one store, on a day, in a language; counts what had to be entered."""

    url: str
    day: str
    actor: str = "local"
    entries: int = 0
    said: list[str] = field(default_factory=list)

    def types(self, *words: str, expect: int = 0, free: bool = False) -> str:
        """Type a command, expect an exit code, and get what stdout said."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*words, "--db", self.url, "--actor", self.actor])
        assert code == expect, f"{' '.join(words)}: {code}\n{out.getvalue()}{err.getvalue()}"
        self.said.append(err.getvalue())
        if not free and not expect:
            self.entries += entered(words)
        return out.getvalue().strip()

    def asks(self, *words: str) -> Any:  # noqa: ANN401 - any JSON
        """Read something as JSON; reading is no entry."""
        return json.loads(self.types(*words, "--json", free=True))

    def is_refused(self, *words: str) -> list[str]:
        """Type a wrong move: it is refused with every reason, and nothing has changed."""
        before = self.everything()
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*words, "--json", "--db", self.url, "--actor", self.actor])
        assert code == REFUSED, f"{' '.join(words)}: {code}\n{out.getvalue()}{err.getvalue()}"
        assert self.everything() == before
        problem = json.loads(err.getvalue())
        assert all(reason["says"] and reason["fix"] for reason in problem["blocked_by"])
        return [reason["guard"] for reason in problem["blocked_by"]]

    def everything(self) -> tuple[Any, Any, Any]:
        """Read what a change would show in: the status, every measure, the journal's end."""
        return (
            self.asks("status"),
            self.asks("measure", "list"),
            self.asks("journal")[-1:],
        )


def entered(words: tuple[str, ...]) -> int:
    """Count the entries of a person: every value and every plain flag, but no command, no key.

    A flag and its value are one entry; the key of the record in hand is none, it is picked.
    """
    rest = list(words[2:])
    count = 0
    while rest:
        word = rest.pop(0)
        if word.startswith("--") and rest and not rest[0].startswith("--"):
            rest.pop(0)
            count += 1
        elif not KEY.match(word):
            count += 1
    return count
