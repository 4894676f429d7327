"""Every command of the tree in a pipe: no escape codes, no prompt, answers that parse, its code."""

import csv
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from cli.flags import FORMATS
from cycle import demo
from tests.cli.calls import Cycle
from tests.cli.tree import READS, TEXTS, VERBS, WAITS, line, needed, put_in, tabled, word_for
from tests.conftest import FreshUrl

CODES = {0, 1, 2, 3, 4, 5, 6, 7, 8}
PROMISED = {0, 2, 3, 4, 5, 6, 7}  # of a deed with sensible words
ESCAPE, RETURN = "\x1b", "\r"
SLOW = {"demo"}  # builds the whole city: tests/cli/test_demo.py


def _build(url: str) -> None:
    demo.build(url)


class _Silent(StringIO):
    """Standard input nobody may ask."""

    def readline(self, *_: object) -> str:  # type: ignore[override] # nobody says how much
        pytest.fail("it asks where nobody can answer", pytrace=False)


@pytest.fixture
def city(
    capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl, monkeypatch: pytest.MonkeyPatch
) -> Cycle:
    """Call the command on a copy of the demo city, with nobody to answer."""
    monkeypatch.setattr("sys.stdin", _Silent())
    return Cycle(capsys, fresh_url("sqlite", _build))


@pytest.mark.parametrize("name", VERBS)
def test_every_command_has_been_thought_of(name: str) -> None:
    assert tabled(name), f"put `{name}` into a table of tests/cli/tree.py"
    for each in needed(VERBS[name]):
        assert word_for(name, each)


def test_the_tables_name_no_command_that_is_gone() -> None:
    assert set(VERBS) >= READS | TEXTS


def _parses(form: str, text: str) -> bool:
    if form == "json":
        json.loads(text)
    elif form == "ndjson":
        for each in text.splitlines():
            json.loads(each)
    elif form == "csv":
        form = ";" if text.startswith("\ufeff") else ","  # the one for Excel is for Excel
        widths = {len(row) for row in csv.reader(StringIO(text), delimiter=form) if row}
        return len(widths) == 1
    elif form == "md":
        lines = text.splitlines()
        return all(each.count("|") >= 1 for each in lines if each.startswith("|"))
    return bool(text.strip())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", sorted(READS))
def test_what_reads_answers_in_every_form(city: Cycle, name: str, form: str) -> None:
    said = city.raw(*put_in(line(name), "--db", city.url, "--format", form))
    assert said.code == 0 or (name, said.code) == ("doctor", 1), said.err
    assert ESCAPE not in said.out + said.err
    assert RETURN not in said.out.replace("\r\n", "\n") + said.err
    assert "Traceback" not in said.err
    if said.out:
        assert _parses(form, said.out), said.out[:500]
    else:
        assert form not in ("json", "csv"), "nothing is no answer to a program"


@pytest.mark.parametrize("name", sorted(set(VERBS) - READS - WAITS - SLOW))
@pytest.mark.parametrize("form", ["text", "json"])
def test_what_does_something_says_so_and_asks_nothing(
    city: Cycle, name: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    flags = ["--json"] if form == "json" else []
    said = city.raw(*put_in(line(name), "--db", city.url, *flags))
    assert said.code in PROMISED, said.err
    assert ESCAPE not in said.out + said.err
    assert "Traceback" not in said.err
    assert said.code == 0 or said.err
    if form == "json" and name not in TEXTS:
        if said.code == 0 and said.out:
            json.loads(said.out)
        if said.code:
            assert json.loads(said.err.splitlines()[-1])["code"]


@pytest.mark.parametrize("name", sorted(set(VERBS) - SLOW))
def test_a_key_that_is_none_and_a_flag_that_is_none_have_their_codes(
    city: Cycle, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = city.raw(*put_in(line(name), "--no-such-flag", "--json"))
    assert (said.code, bool(said.problem["detail"])) == (2, True)
    keyed = next((a for a in needed(VERBS[name]) if a.dest in {"key", "keys"}), None)
    if keyed and not name.startswith(("overdue", "waiver")) and name not in WAITS:
        said = city.raw(*put_in(line(name, keyed, "M-1999-999"), "--db", city.url, "--json"))
        assert said.code in {2, 3, 4, 6}, (said.out, said.err)
        assert said.problem["code"]


@pytest.mark.parametrize("name", sorted(set(VERBS) - SLOW - TEXTS - WAITS))
@pytest.mark.parametrize("store", ["missing", "newer"])
def test_a_store_that_cannot_be_used_has_its_code(
    city: Cycle, name: str, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path}/none.db" if store == "missing" else _newer(tmp_path)
    said = city.raw(*put_in(line(name), "--db", url, "--json"))
    assert "Traceback" not in said.err
    if name in {"doctor", "config show", "workflow", "init", "db restore", "import"}:
        assert said.code in CODES
    else:
        assert said.code in {2, 7}, (said.out, said.err)
    if store == "missing" and name != "init":
        assert not (tmp_path / "none.db").exists()


def _newer(folder: Path) -> str:
    import sqlite3  # noqa: PLC0415 - only here
    from contextlib import closing  # noqa: PLC0415 - as above

    with closing(sqlite3.connect(folder / "newer.db")) as opened:
        opened.execute("CREATE TABLE alembic_version (version_num TEXT)")
        opened.execute("INSERT INTO alembic_version VALUES ('9999')")
        opened.commit()
    return f"sqlite:///{folder}/newer.db"


@pytest.mark.parametrize("name", sorted(READS))
@pytest.mark.parametrize("columns", ["40", "200"])
def test_what_reads_can_be_read_on_narrow_and_wide_screens(
    city: Cycle, name: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    said = city.raw(*put_in(line(name), "--db", city.url, "--lang", "de"))
    assert said.code in {0, 1}, said.err
    assert "Traceback" not in said.err


SAMPLE = (
    "status", "measure list", "journal", "trace", "goal show", "doctor", "policy show",
    "paper list", "gaps", "help",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("city")
    demo.build(f"sqlite:///{folder}/city.db")
    return f"sqlite:///{folder}/city.db"


def _command(name: str, url: str) -> list[str]:
    return [sys.executable, "-m", "cli.main", *put_in(line(name), "--db", url)]


@pytest.mark.parametrize("name", SAMPLE)
def test_a_process_in_a_pipe_with_the_plainest_locale_speaks_plainly(home: str, name: str) -> None:
    environ = {
        **os.environ,
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    ran = subprocess.run(
        _command(name, home),
        env=environ,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert b"\x1b" not in ran.stdout + ran.stderr
    assert (ran.stdout + ran.stderr).isascii()


@pytest.mark.parametrize("name", SAMPLE)
def test_whoever_stops_reading_is_not_told_of_it(home: str, name: str) -> None:
    with subprocess.Popen(
        _command(name, home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    ) as ran:
        assert ran.stdout
        ran.stdout.close()
        told = ran.stderr.read() if ran.stderr else b""
    assert b"Traceback" not in told
    assert b"BrokenPipe" not in told
    assert ran.returncode == 0, told
