"""A screen as one sees it: on a terminal, in a pipe, without colours, on a dumb terminal."""

import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest

from cli.main import main

CODE = re.compile("\x1b\\[([0-9;]*)m")
BLANK = re.compile("\x1b\\[[0-9;]+m( *)\x1b\\[0m")  # nothing is seen of it
BLANK_END = re.compile("( +)(\x1b\\[0m)")
ANY_CODE = re.compile("\x1b")
NAMES = {
    "0": "/", "1": "bold", "1;31": "bold red", "38;5;28": "green", "38;5;136": "ochre",
    "38;5;160": "red", "38;5;30": "teal", "1;38;5;28": "bold green", "1;38;5;30": "bold teal",
    "1;38;5;136": "bold ochre", "1;38;5;160": "bold red",
}  # fmt: skip
RULE = re.compile(r"-{3,}( +-{3,})*|-+( {2,}-+)+")  # under the heads of a table without colours
MESSAGES = "== stderr =="


class Screen(StringIO):
    """Standard output or error that is a terminal, or a pipe."""

    encoding = "utf-8"

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class Eye:
    """Calls `cycle` on one store and sees what came, standard error below standard output."""

    def __init__(self, patch: pytest.MonkeyPatch, *flags: str) -> None:
        self.patch = patch
        self.flags = flags

    def __call__(self, *words: str, terminal: bool, columns: int, **environ: str) -> str:
        out, err = Screen(terminal=terminal), Screen(terminal=terminal)
        environ = {"COLUMNS": str(columns), "TERM": "xterm-256color"} | environ
        with self.patch.context() as here:
            for name, value in environ.items():
                here.setenv(name, value)
            with redirect_stdout(out), redirect_stderr(err):
                main([*words, *self.flags])
        said = f"{MESSAGES}\n{err.getvalue()}" if err.getvalue() else ""
        return out.getvalue() + said


def readable(text: str) -> str:
    """Name the colours, so that a reviewer sees what changed; an unknown code stands by number."""
    text = BLANK.sub(r"\1", text)
    text = BLANK_END.sub(r"\2\1", text)
    return CODE.sub(lambda found: f"«{NAMES.get(found[1] or '0', found[1])}»", text)


def bare(text: str) -> str:
    """Take the colours off, and what blanks they had to reach the edge."""
    return "".join(f"{line.rstrip()}\n" for line in CODE.sub("", text).splitlines())


def unruled(text: str) -> str:
    """Leave out the rules under the heads of tables, where bold letters tell as much."""
    lines = text.splitlines()
    return "".join(f"{line}\n" for line in lines if not RULE.fullmatch(line.strip()))
