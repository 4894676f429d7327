"""Every screen of the demo city as it is to read, kept as text: see a change before others do.

`KREISLAUF_REFRESH=1 uv run pytest tests/cli/test_golden.py` writes the texts anew; look at the
difference as a planner would before you keep it.
"""

import os
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import product
from pathlib import Path

import pytest

from cli.main import main
from cycle import demo
from tests.cli.looking import ANY_CODE, MESSAGES, Eye, bare, readable, unruled
from tests.cli.terminals import typed
from tests.conftest import Prepare

GOLDEN = Path(__file__).parent / "golden"
REFRESH = os.environ.get("KREISLAUF_REFRESH") == "1"
SCREENS = {
    "status": "status",
    "board": "board",
    "board-by-department": "board --by department",
    "circle": "circle",
    "calendar": "calendar",
    "gaps": "gaps",
    "gaps-all": "gaps --all",
    "overdue": "overdue --department 51",
    "agenda": "agenda --body JHA",
    "trace-finding": "trace F-2024-001",
    "trace-report": "trace B-2025-03",
    "trace-measure": "trace M-2024-003",
    "trace-paper": "trace 0123/2024",
    "journal": "journal M-2024-009",
    "measure-list": "measure list --department 53",
    "measure-draft": "measure show M-2026-007",
    "measure-missing": "measure show M-2026-014",
    "measure-running": "measure show M-2024-004",
    "measure-closed": "measure show M-2024-003",
    "measure-merged": "measure show M-2025-004",
    "measure-can": "measure can M-2026-014",
    "goal": "goal show G-2024-003",
    "finding": "finding show F-2024-001",
    "report": "report show B-2024-01",
    "decision": "decision show D-2024-002",
    "round": "round show Z-2024",
    "burn-up": "round burn-up",
    "indicator-line": "indicator line SPRACHE --area 06",
    "indicator-areas": "indicator areas SPRACHE",
    "decision-open": "decision open",
    "budget": "budget list",
    "progress-asked": "progress asked",
    "progress-list": "progress list M-2024-003",
    "progress-table": "progress table --half 2026-2",
    "policy": "policy show",
    "help": "--help",
    "help-verb": "measure propose --help",
    "help-exit-codes": "help exit-codes",
    "refused": "measure propose M-2026-014",
    "did-you-mean": "measure prpose M-2026-014",
    "unknown-key": "measure show M-2026-999",
    "workflow": "workflow",
}
TONGUES, WIDTHS = ("de", "en"), (80, 200)
HEADS = re.compile("( *«bold»[^«»]*«/» *)+")
OUTSIDE = list(product(TONGUES, WIDTHS))
STEADY = (  # what the doctor says alike on every machine
    "webhooks ", "accounts", "tokens", "counts", "journal",
    "Webhooks ", "Konten", "Schlüssel", "Zählungen", "Journal",
)  # fmt: skip
EVERY = [(*each, lang, width) for each, lang, width in product(SCREENS.items(), TONGUES, WIDTHS)]


def _city(url: str) -> None:
    """Build the demo city, where the departments have just been asked how far they are."""
    demo.build(url)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        assert main(["progress", "ask", "--due", "2026-12-11", "--db", url]) == 0


@pytest.fixture
def eye(monkeypatch: pytest.MonkeyPatch, sqlite_template: Callable[[Prepare], Path]) -> Eye:
    """Look at the city that is built once; nobody changes it."""
    return Eye(monkeypatch, "--db", f"sqlite:///{sqlite_template(_city)}")


@pytest.mark.parametrize(
    ("name", "words", "lang", "width"), EVERY, ids=[f"{e[0]}-{e[2]}-{e[3]}" for e in EVERY]
)
def test_a_screen_reads_as_it_was_last_looked_at(
    eye: Eye, name: str, words: str, lang: str, width: int
) -> None:
    said = (*words.split(), "--lang", lang)
    drawn = eye(*said, terminal=True, columns=width)
    kept(f"{name}.{lang}.{width}.txt", readable(drawn))
    plain = bare(drawn)
    assert bare(eye(*said, terminal=True, columns=width, NO_COLOR="1")) == plain
    fits(plain, width)

    piped = eye(*said, terminal=False, columns=width)
    assert not ANY_CODE.search(piped)
    dumb = eye(*said, terminal=True, columns=width, TERM="dumb")
    assert not ANY_CODE.search(dumb)
    assert dumb.split(MESSAGES)[0] == piped.split(MESSAGES)[0]  # messages keep to its width
    assert unruled(dumb).split() == unruled(plain).split()
    assert piped.split() == dumb.split()


def kept(name: str, text: str) -> None:
    """See that a text is the one that is kept, or keep it."""
    path = GOLDEN / name
    if REFRESH:
        path.write_text(text, "utf-8")
    assert path.exists(), "a new screen: KREISLAUF_REFRESH=1 keeps its text"
    assert text == path.read_text("utf-8")


def fits(text: str, width: int) -> None:
    """See that nothing is wider than the screen but a command, which is there to be copied."""
    wide = [line for line in text.splitlines() if len(line) > width and "`" not in line]
    assert wide == []


def test_no_text_is_kept_of_a_screen_that_is_gone() -> None:
    names = {f"{name}.{lang}.{width}.txt" for name, _, lang, width in EVERY}
    names |= {
        f"{name}.{lang}.{width}.txt" for name in ("config", "doctor") for lang, width in OUTSIDE
    }
    assert {path.name for path in GOLDEN.iterdir()} == names


def test_no_heading_of_a_screen_is_cut() -> None:
    seen = 0
    for path in GOLDEN.iterdir():
        for line in path.read_text("utf-8").splitlines():
            if HEADS.fullmatch(line):
                seen += 1
                assert "…" not in line, f"{path.name}: {line}"
    assert seen > len(EVERY)


@pytest.mark.parametrize(("lang", "width"), OUTSIDE)
def test_the_settings_read_as_they_were_last_looked_at(
    eye: Eye, monkeypatch: pytest.MonkeyPatch, lang: str, width: int
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/stadt")
    here = Eye(monkeypatch)
    drawn = here("config", "show", "--lang", lang, terminal=True, columns=width)
    kept(f"config.{lang}.{width}.txt", readable(drawn))
    fits(bare(drawn), width)
    drawn = everywhere_alike(eye("doctor", "--lang", lang, terminal=True, columns=width))
    kept(f"doctor.{lang}.{width}.txt", readable(drawn))
    fits(bare(drawn), width)


def everywhere_alike(text: str) -> str:
    """Leave out what the doctor tells of this machine: paths, the clock, the disk, the parts."""
    rows: list[list[str]] = []
    for line in text.split(MESSAGES, maxsplit=1)[0].splitlines():
        if line.startswith(" "):
            rows[-1].append(line)
        else:
            rows.append([line])
    steady = [row for row in rows if any(name in row[0] for name in STEADY)]
    return "".join(f"{line}\n" for row in steady for line in row)


@pytest.mark.parametrize("words", ["status", "measure list --department 53", "circle"])
def test_a_real_terminal_shows_the_same(eye: Eye, words: str) -> None:
    said = (*words.split(), "--lang", "de")
    code, seen = typed([*said, *eye.flags], env={"TERM": "xterm-256color"})
    assert code == 0
    assert seen == eye(*said, terminal=True, columns=80)
