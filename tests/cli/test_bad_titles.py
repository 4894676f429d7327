"""What came into the store past us, or what a person breaks off: nothing of it does harm."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from cycle import demo
from cycle.reading.door import file_of
from tests.cli.calls import Cycle
from tests.cli.tree import READS, line, put_in
from tests.conftest import FreshUrl

EVIL = "a\x1b[31m\x07\u202eb\u2066c\x9b"
HARM = set("\x1b\x07\u202e\u2066\x9b")
TEXTS = {  # columns in which people write
    "measure": "title", "goal": "text", "finding": "text", "report": "title", "body": "name",
    "org_unit": "name", "area": "name", "field": "name", "indicator": "name", "paper": "name",
    "recommendation": "text", "evaluation": "text", "milestone": "title",
}  # fmt: skip


def _spoil(url: str) -> None:
    """Build the city and put harmful signs wherever people write, past all checks."""
    demo.build(url)
    with closing(sqlite3.connect(file_of(url))) as opened:
        for table, column in TEXTS.items():
            if opened.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                opened.execute(f"UPDATE {table} SET {column} = ? || {column}", (EVIL,))
        opened.commit()


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("name", sorted(READS - {"doctor", "db check"}))
def test_signs_that_steer_a_screen_are_shown_harmless(
    capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl, name: str, form: str
) -> None:
    cycle = Cycle(capsys, fresh_url("sqlite", _spoil))
    said = cycle.raw(*put_in(line(name), "--db", cycle.url, "--format", form))
    assert said.code == 0, said.err
    assert not HARM & set(said.out + said.err)
    assert name != "measure list" or "[31m" in said.out, "nothing harmful was there"


ASKED = ("measure can", "goal show", "trace", "finding show", "measure propose", "waiver grant")


@pytest.mark.parametrize("name", ASKED)
def test_ctrl_c_ends_it_without_a_word(fresh_url: FreshUrl, name: str) -> None:
    words = [*name.split(), "-"]
    if name == "waiver grant":
        words += ["financial_not_countersigned", "--reason", "x"]
    url = fresh_url("sqlite", demo.build)
    with subprocess.Popen(
        [sys.executable, "-m", "cli.main", *words, "--db", url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as ran:  # fmt: skip
        _until_it_waits(ran.pid)
        ran.send_signal(signal.SIGINT)
        out, err = ran.communicate()
    assert (ran.returncode, out) == (130, b"")
    assert b"Traceback" not in err


def _until_it_waits(pid: int) -> None:
    """Wait until the process reads its standard input."""
    place = Path(f"/proc/{pid}/wchan")
    for _ in range(200):
        time.sleep(0.05)
        if "pipe" in place.read_text():
            return


@pytest.mark.parametrize(
    "words",
    [
        "import measures {}", "db restore {}", "import measures list.csv --map {}",
        "--config {} status", "db backup {}/x/y.db",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["folder", "missing", "binary", "closed"])
def test_a_file_that_cannot_be_read_is_told(
    fresh_url: FreshUrl, tmp_path: Path, words: str, kind: str
) -> None:
    path = tmp_path / "what"
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(os.urandom(5000))
        path.chmod(0o000 if kind == "closed" else 0o600)
    ran = subprocess.run(
        [sys.executable, "-m", "cli.main", *words.format(path).split(),
         "--db", fresh_url("sqlite", demo.build)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert ran.returncode in {2, 3, 5, 7}, ran.stderr
    assert ran.stderr
    assert "Traceback" not in ran.stderr
    assert "unexpected" not in ran.stderr
