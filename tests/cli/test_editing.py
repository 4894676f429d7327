import os
import stat
import sys
from pathlib import Path

import pytest

from cli import deeds
from tests.cli.calls import Cycle
from tests.cli.terminals import ROOT, typed

# Calls the next of its scripts with each opening, and keeps what it saw.
EDITOR = """#!/bin/sh
n=$(($(cat "$DIR/n" 2>/dev/null || echo 0) + 1))
echo $n > "$DIR/n"
cp "$1" "$DIR/seen_$n"
[ -f "$DIR/$n" ] || exit 0
. "$DIR/$n"
"""


class Hands:
    """A person's hands in an editor: what they do at each opening."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = folder / "editor"
        self.command.write_text(EDITOR)
        self.command.chmod(self.command.stat().st_mode | stat.S_IXUSR)

    def do(self, *scripts: str) -> None:
        for n, script in enumerate(scripts, 1):
            (self.folder / str(n)).write_text(script)
        (self.folder / "n").unlink(missing_ok=True)

    def seen(self, n: int) -> str:
        return (self.folder / f"seen_{n}").read_text()


@pytest.fixture
def hands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hands:
    folder = tmp_path / "hands"
    folder.mkdir()
    found = Hands(folder)
    monkeypatch.setenv("DIR", str(folder))
    monkeypatch.setenv("EDITOR", str(found.command))
    monkeypatch.setattr(deeds, "asks", lambda: True)
    return found


@pytest.fixture
def key(cycle: Cycle) -> str:
    return cycle.done("measure", "log", "Hausbesuche", "--lead", "51")


def kept() -> list[Path]:
    return list(Path(os.environ["XDG_STATE_HOME"]).glob("kreislauf/*"))


def change(field: str, value: str) -> str:
    return f"sed -i 's/^{field}:.*/{field}: {value}/' \"$1\""


def changes(**fields: str) -> str:
    return "; ".join(change(name.replace("_", "-"), value) for name, value in fields.items())


def written(cycle: Cycle, key: str) -> dict[str, object]:
    found: dict[str, object] = cycle("measure", "show", key, "--json").json
    return found


def test_only_what_was_changed_is_written_in_one_deed(cycle: Cycle, key: str, hands: Hands) -> None:
    hands.do(changes(mandate="voluntary", description="Eins\\n    Zwei", field="JUG, ALT",
                     planned_end="31.12.2027", citywide="ja"))  # fmt: skip
    said = cycle("measure", "edit", key, "--lang", "en")
    assert (said.code, said.err) == (0, f"Recorded: {key}.\n")
    found = written(cycle, key)
    assert (found["mandate"], found["citywide"]) == ("voluntary", True)
    assert (found["fields"], found["planned_end"]) == (["ALT", "JUG"], "2027-12-31")
    (*_, deed) = cycle("journal", key, "--json").json
    assert deed["action"] == "edited"
    assert set(deed["changes"]) == {"mandate", "description", "citywide", "planned_end", "ties"}
    assert deed["changes"]["description"] == "Eins\nZwei"
    assert kept() == []
    hands.do(change("field", ""))
    cycle.done("measure", "edit", key)
    assert "    Zwei" in hands.seen(1)
    assert written(cycle, key)["fields"] == []


def test_the_form_says_what_each_field_means(cycle: Cycle, key: str, hands: Hands) -> None:
    hands.do("")
    said = cycle("measure", "edit", key, "--lang", "de")
    assert said.code == 0
    seen = hands.seen(1)
    assert "# Titel\ntitle: Hausbesuche\n" in seen
    assert "voluntary (" in seen
    assert max(map(len, seen.splitlines())) <= 80
    assert len(cycle("journal", key, "--json").json) == 1


def test_all_that_is_wrong_is_shown_at_its_field_and_the_editor_opens_again(
    cycle: Cycle, key: str, hands: Hands
) -> None:
    hands.do(
        changes(priority="7", mandate="maybe", planned_start="bald", title="", citywide="hm")
        + '; echo "strange words" > "$1.new"; cat "$1" >> "$1.new"; mv "$1.new" "$1"',
        changes(priority="1", mandate="voluntary", planned_start="2027-01-01",
                title="Hausbesuche Nord", citywide="no") + "; sed -i '/^strange/d' \"$1\"",
    )  # fmt: skip
    said = cycle("measure", "edit", key, "--lang", "en")
    assert said.code == 0, said.err
    seen = hands.seen(2)
    assert seen.startswith("#! It was not stored yet. Please mend:\n")
    for told in (
        "mandate must be one of: statutory, voluntary.", "planned-start: bald is no day",
        "title must not be empty", "priority must be at most 3", "citywide takes yes or no",
    ):  # fmt: skip
        assert seen.count(told) == 2, told
    assert "is no field" in seen
    assert written(cycle, key)["title"] == "Hausbesuche Nord"


def test_who_gives_up_keeps_the_text(cycle: Cycle, key: str, hands: Hands) -> None:
    hands.do(change("priority", "7"))
    said = cycle("measure", "edit", key, "--lang", "en")
    assert said.code == 2
    (path,) = kept()
    assert str(path) in said.err
    assert "priority: 7" in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_an_unread_value_of_a_field_is_told_even_where_the_person_gives_up(
    cycle: Cycle, key: str, hands: Hands
) -> None:
    hands.do(change("mandate", "maybe"))
    said = cycle("measure", "edit", key, "--lang", "en")
    assert said.code == 2
    assert "mandate must be one of" in said.err


@pytest.mark.parametrize("script", ["exit 1", ': > "$1"', 'rm "$1"'])
def test_an_editor_that_gives_up_changes_nothing(
    cycle: Cycle, key: str, hands: Hands, script: str
) -> None:
    hands.do(script)
    said = cycle("measure", "edit", key, "--lang", "en")
    assert said.code == 2
    assert "nothing was changed" in said.err
    assert kept() == []


def test_a_record_that_changed_meanwhile_is_not_written_over(
    cycle: Cycle, key: str, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle.done("measure", "edit", key, "--priority", "2")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    other = f"{sys.executable} -m cli.main measure edit {key} --priority 1 --db {cycle.url}"
    monkeypatch.setenv("OTHER", other)
    hands.do(f"$OTHER >/dev/null 2>&1; {change('number', '4')}")
    said = cycle("measure", "edit", key, "--lang", "en")
    assert said.code == 5
    assert "priority: 2 → 1" in said.err
    (path,) = kept()
    assert "number: 4" in path.read_text()


def test_what_is_closed_is_told_in_the_editor(cycle: Cycle, key: str, hands: Hands) -> None:
    cycle.done("measure", "cancel", key, "--code", "entered_in_error")
    hands.do(change("priority", "1"))
    assert cycle("measure", "edit", key, "--lang", "en").code == 5
    assert "closed measures are only read" in " ".join(hands.seen(2).split("\n#! "))


def test_goals_and_findings_are_written_the_same_way(cycle: Cycle, hands: Hands) -> None:
    goal = cycle.done("goal", "add", "Alle schwimmen", "--field", "JUG")
    hands.do(changes(text="Alle können schwimmen", owner="51"))
    cycle.done("goal", "edit", goal)
    found = cycle("goal", "show", goal, "--json").json
    assert (found["text"], found["owner"]) == ("Alle können schwimmen", "51")
    hands.do(change("field", ""), change("field", "JUG, ALT"))
    cycle.done("goal", "edit", goal)
    assert "cannot be taken away here" in hands.seen(2)
    child = cycle.done("goal", "add", "Kurse", "--parent", "1")
    hands.do("")
    assert cycle("goal", "edit", child, "--lang", "en").err == "Nothing was changed.\n"
    assert f"parent: {goal}" in hands.seen(1)
    report = cycle("report", "list", "--json").json[0]["key"]
    finding = cycle.done("finding", "add", "Zu wenig", "--report", report, "--area", "16999000")
    hands.do(change("severity", "watch"))
    cycle.done("finding", "edit", finding)
    assert cycle("finding", "show", finding, "--json").json["severity"] == "watch"
    assert cycle("finding", "edit", finding, "--severity", "info").code == 0


def test_without_a_terminal_something_must_be_said(cycle: Cycle, key: str) -> None:
    for words in (("measure", "edit", key), ("goal", "edit", "G-2026-001")):
        said = cycle(*words, "--lang", "en")
        assert said.code == 2
        assert "Nothing was said that is to be changed" in said.err


def test_an_editor_that_is_not_there(
    cycle: Cycle, key: str, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "/nowhere/ed")
    said = cycle("measure", "edit", key, "--lang", "en")
    assert said.code == 2
    assert "/nowhere/ed cannot be started" in said.err
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR")
    monkeypatch.setenv("PATH", str(hands.folder))
    assert "EDITOR" in cycle("measure", "edit", key, "--lang", "en").err


def test_at_a_real_terminal(cycle: Cycle, key: str, hands: Hands) -> None:
    hands.do(change("priority", "1"))
    code, shown = typed(["measure", "edit", key, "--db", cycle.url, "--lang", "en"])
    assert code == 0, shown
    assert f"Recorded: {key}." in shown
