"""The one error door: exit codes, problem objects, refusals, and no traceback ever."""

import json
import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from cli import main as door
from cli import status
from cli.frame import Verb
from cli.main import EXITS, _exit_of, main
from cycle import errors
from cycle.store.store import Store
from tests import makers
from tests.cli.calls import DAY, Cycle
from tests.house.catalogue import ROOT

CODES = {
    "KreislaufError": 1, "Invalid": 2, "NotFound": 3, "Forbidden": 4, "Conflict": 5,
    "Refused": 6, "Unavailable": 7,
}  # fmt: skip


def _all(of: type[errors.KreislaufError]) -> list[type[errors.KreislaufError]]:
    return [of, *(each for child in of.__subclasses__() for each in _all(child))]


@pytest.mark.parametrize("kind", _all(errors.KreislaufError))
def test_every_error_has_its_exit_code(kind: type[errors.KreislaufError]) -> None:
    assert EXITS[kind] == CODES[kind.__name__]


def test_an_error_of_a_kind_to_come_ends_as_what_it_is() -> None:
    class Gone(errors.NotFound): ...

    assert _exit_of(Gone("{key}")) == CODES["NotFound"]
    Gone.__bases__ = (errors.KreislaufError,)


def test_a_wrong_command_gets_did_you_mean(nowhere: Cycle) -> None:
    said = nowhere("messure", "list")
    assert said.code == 2
    assert "Did you mean measure" in said.err
    said = nowhere("measure", "shwo")
    assert "Did you mean show" in said.err
    said = nowhere("measure", "xyzzy")
    assert "`cycle measure --help`" in said.err
    assert said.out == ""


def test_a_noun_alone_names_its_commands(nowhere: Cycle) -> None:
    said = nowhere("milestone")
    assert said.code == 2
    assert "add, done, drop" in said.err


def test_an_underscore_may_stand_for_the_hyphen(nowhere: Cycle) -> None:
    said = nowhere("measure", "send_back", "M-1", "--reason")
    assert "`cycle measure send-back --help`" in said.err


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_wrong_day_names_its_flag_and_the_way_to_write_it(nowhere: Cycle, lang: str) -> None:
    said = nowhere("measure", "start", "M-1", "--on", "31.2.2026", "--lang", lang)
    assert said.code == 2
    assert "--on" in said.err
    assert "22.11.2026" in said.err


def test_wrong_usage_is_a_problem_object_where_a_program_reads(nowhere: Cycle) -> None:
    said = nowhere("measure", "start", "--json")
    assert said.code == 2
    assert said.problem["code"] == "invalid"
    assert "MEASURE" in said.problem["detail"]
    assert said.problem["errors"] == []
    assert nowhere("measure", "list", "--format=json", "--bogus").problem["code"] == "invalid"


def test_wrong_settings_name_their_place(nowhere: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYCLE_TODAY", "tomorrow")
    said = nowhere("status")
    assert said.code == 2
    assert "CYCLE_TODAY: tomorrow is no day" in said.err


def test_a_language_nobody_speaks_is_refused_in_english(nowhere: Cycle) -> None:
    said = nowhere("status", "--lang", "fr")
    assert said.code == 2
    assert "fr is neither de nor en" in said.err


def test_a_store_that_is_not_there_is_named_with_the_way_to_one(nowhere: Cycle) -> None:
    said = nowhere("status")
    assert said.code == 7
    assert "`cycle init`" in said.err
    said = nowhere("measure", "log", "x", "--db", "sqlite:////nowhere/x.db", "--json")
    assert said.code == 7
    assert said.problem["code"] == "store_missing"


def test_nothing_by_that_key_tells_the_near_ones(cycle: Cycle) -> None:
    cycle.done("measure", "log", "Sprachförderung")
    said = cycle("measure", "show", "M-2026-901")
    assert said.code == 3
    assert "M-2026-001" in said.err
    said = cycle("measure", "propose", "M-2026-901", "--json")
    assert (said.code, said.problem["code"]) == (3, "not_found")
    assert "M-2026-001" in said.problem["fix"]


def test_who_may_not_is_told_who_may(cycle: Cycle) -> None:
    said = cycle("round", "open", "--title", "x", "--start", "2030", "--actor", "reader")
    assert said.code == 4
    assert "planner" in said.err
    assert cycle("measure", "log", "x", "--actor", "nobody").code == 4


def test_a_stale_version_is_a_conflict(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Sprachförderung", "--lead", "51")
    cycle.done("measure", "edit", key, "--description", "in vier Kitas", "--expect-version", "1")
    said = cycle("measure", "edit", key, "--description", "in fünf", "--expect-version", "1")
    assert said.code == 5
    assert cycle("measure", "show", key, "--json").json["version"] == 2


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_refusal_tells_every_reason_with_its_command(light: Cycle, lang: str) -> None:
    key = light.done("measure", "log", "Sprachförderung", "--lead", "51", "--goal-text", "Alle")
    light.done("measure", "target", key)
    said = light("measure", "suspend", key, "--lang", lang)
    assert said.code == 6
    assert f"`cycle measure can {key}`" in said.err
    said = light("measure", "propose", key, "--lang", lang)
    assert said.err.startswith(
        f"{key} kann noch nicht in die Gremien: " if lang == "de" else f"{key} cannot go"
    )
    assert f"`cycle consequence set {key} built" in said.err


def test_several_reasons_stand_below_each_other(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Sprachförderung", "--lead", "51", "--goal-text", "Alle")
    said = cycle("measure", "take-over", key, "--state", "in_progress")
    assert said.code == 6
    assert said.err.count("\n  - ") == said.err.count("`cycle measure take-over") == 2


def test_a_refusal_is_the_same_for_a_program(light: Cycle) -> None:
    key = light.done("measure", "log", "Sprachförderung", "--lead", "51", "--goal-text", "Alle")
    light.done("measure", "target", key)
    said = light("measure", "propose", key, "--json")
    (reason,) = said.problem["blocked_by"]
    (offer,) = light("measure", "can", key, "propose", "--json").json
    assert [reason] == offer["blocked_by"]
    assert said.problem["code"] == "refused"
    assert said.out == ""


def test_what_cannot_be_stored_names_every_field(cycle: Cycle) -> None:
    said = cycle("measure", "log", "x" * 91, "--number", "y" * 50)
    assert said.code == 2
    assert "title" in said.err
    assert "number" in said.err


def test_a_bug_shows_one_line_and_no_traceback(
    nowhere: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(desk: object, args: Namespace) -> None:
        raise RuntimeError("the sky\nfell")

    monkeypatch.setattr(status, "VERBS", (Verb("", "", fails),))
    said = nowhere("status")
    assert said.code == 1
    assert "RuntimeError: the sky" in said.err
    assert "Traceback" not in said.err
    with pytest.raises(RuntimeError, match="sky"):
        main(["status", "--debug"])


def test_an_interrupted_command_ends_quietly(
    nowhere: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(door, "_call", stops)
    said = nowhere("status")
    assert (said.code, said.out, said.err) == (130, "", "")


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cli.main", "workflow", "--format", "json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_the_installed_command_runs_in_the_language_of_the_machine(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "de_DE.UTF-8"}
    said = subprocess.run(
        [sys.executable, "-m", "cli.main", "status", "--json"],
        capture_output=True, check=False, cwd=ROOT, env=environ, text=True,
    )  # fmt: skip
    assert said.returncode == 7
    assert json.loads(said.stderr)["code"] == "store_missing"
    assert "gibt" in said.stderr
    assert said.stdout == ""


def test_it_tells_its_version(nowhere: Cycle) -> None:
    assert nowhere("--version").out.startswith("cycle ")


def test_a_reading_command_starts_light() -> None:
    """Reading loads none of the heavy libraries; a pipe needs no Rich."""
    heavy = ("sqlmodel", "sqlalchemy", "fastapi", "alembic", "httpx", "pydantic", "rich")
    for words in (["status"], ["measure", "list"], ["gaps"], ["trace", "M-1"], ["help"]):
        said = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "cli.main", *words],
            capture_output=True, check=False, cwd=ROOT, text=True,
        )  # fmt: skip
        loaded = {line.rpartition("|")[2].strip() for line in said.stderr.splitlines()}
        assert not {name for name in loaded if name.split(".")[0] in heavy}


def test_reading_a_store_starts_light_too(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Sprachförderung")
    for words in (["status"], ["gaps"], ["measure", "show", key], ["journal", "--verify"]):
        said = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "cli.main", *words, "--db", cycle.url],
            capture_output=True, check=False, cwd=ROOT, text=True,
        )  # fmt: skip
        assert said.returncode == 0, said.stderr
        for name in ("sqlmodel", "sqlalchemy", "fastapi", "alembic", "httpx", "pydantic", "rich"):
            assert f" {name}\n" not in said.stderr


def test_the_day_of_a_test_is_the_day_it_says(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CYCLE_TODAY", DAY)
    assert cycle("status", "--json").json["today"] == DAY


def test_what_is_missing_is_named_by_its_flag(light: Cycle) -> None:
    words = ("decision", "add", "--paper", "1/2026", "--on", DAY, "--result", "adopted")
    said = light(*words)
    assert (said.code, "  --body is missing." in said.err) == (2, True)
    assert [each["pointer"] for each in light(*words, "--json").problem["errors"]] == ["body"]


def test_roles_are_named_as_people_know_them(light: Cycle) -> None:
    light.done("account", "add", "anna", "--role", "reader")
    said = light("account", "add", "ben", "--role", "reader", "--actor", "anna", "--lang", "de")
    assert (said.code, "Systemverwaltung (admin)" in said.err) == (4, True)


def test_what_is_wrong_is_told_with_its_flag_and_where_to_look(cycle: Cycle, stored: Store) -> None:
    with stored.unit("planner", day=makers.DAY) as unit:
        keys = [makers.a_measure(unit).ref for _ in range(3)]
    said = cycle("measure", "merge", *keys[:2], "--into", keys[2], "--share", "0.5", "--share",
                 "0.3", "--share", "0.2", "--lang", "de")  # fmt: skip
    assert said.code == 2
    assert "  --share: Es sind 3 Anteile für 2 Maßnahmen" in said.err
    assert said.err.endswith("`cycle measure merge --help` zeigt, wie es geschrieben wird.\n")


def test_a_state_is_named_in_the_language_of_the_sentence(cycle: Cycle, stored: Store) -> None:
    with stored.unit("planner", day=makers.DAY) as unit:
        key = makers.a_measure(unit).ref
    said = cycle("measure", "again", key, "--lang", "de")
    assert (said.code, "(Entwurf)" in said.err) == (5, True)
    told = cycle("measure", "again", key, "--lang", "de", "--json")
    assert "(Entwurf)" in told.problem["detail"]
