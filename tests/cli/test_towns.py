"""How a store begins, who is in it, and where it lies."""

import sys
from pathlib import Path

import pytest

from cli import towns
from cycle.store import schema
from cycle.store.engine import open_engine
from tests.cli.calls import Cycle


def test_an_empty_machine_is_told_how_to_begin(nowhere: Cycle) -> None:
    said = nowhere()
    assert said.code == 0
    assert "cycle demo" in said.out
    assert "cycle init" in said.out
    assert nowhere("status").code == 7
    assert nowhere("--json").code == 7


def test_init_makes_a_store_and_names_three_ways_to_begin(nowhere: Cycle) -> None:
    said = nowhere("init", "--name", "Karlsruhe", "--ags", "08212000")
    assert said.code == 0
    for way in ("cycle import measures", "cycle import oparl", "cycle measure log"):
        assert way in said.out
    assert Path("../xdg_data_home/kreislauf/kreislauf.db").exists()
    status = nowhere("status", "--json").json
    assert status["municipality"] == {"name": "Karlsruhe", "ags": "08212000"}
    assert status["cycle"]["stage"] == "report"
    said = nowhere("init", "--name", "Noch eine", "--ags", "08212000")
    assert said.code == 5


def test_init_answers_a_program(nowhere: Cycle, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    words = ("--preset", "standard", "--no-youth-office", "--title", "Erste", "--start", "2025")
    said = nowhere("init", "--name", "K", "--ags", "08212000", *words, "--json", "--db", url)
    assert said.json["db"] == url
    assert said.json["preset"] == "standard"
    assert nowhere("round", "list", "--db", url, "--json").json[0]["title"] == "Erste"


@pytest.mark.parametrize("ags", ["8212000", "0821200x", ""])
def test_a_wrong_key_of_a_town_leaves_nothing_behind(nowhere: Cycle, ags: str) -> None:
    said = nowhere("init", "--name", "K", "--ags", ags, "--json")
    assert said.code == 2
    assert [e["pointer"] for e in said.problem["errors"]] == ["ags"]
    assert nowhere("init", "--name", "K", "--ags", "08212000").code == 0


def test_a_person_is_asked_and_may_press_enter(
    nowhere: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["1.8.2026\n", "\n"])
    monkeypatch.setattr(towns, "asks", lambda: True)
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(answers), raising=False)
    said = nowhere("init", "--name", "K", "--ags", "08212000", "--lang", "en")
    assert "First day of the round [" in said.err
    (round_,) = nowhere("round", "list", "--json").json
    assert (round_["period_start"], round_["title"]) == (
        "2026-08-01", "Integrated social planning 2026",
    )  # fmt: skip


def test_a_password_is_never_shown() -> None:
    shown = towns._shown("postgresql://planner:geheim@server/krs")
    assert shown == "postgresql://planner@server/krs"
    assert towns._shown("postgresql://server/krs") == "postgresql://server/krs"


def test_who_answers_and_who_acts(light: Cycle) -> None:
    assert light.done("department", "add", "StP", "Sozialplanung", "--kind", "staff_unit") == "StP"
    assert light.done("field", "add", "WOH", "Wohnen", "--youth-welfare") == "WOH"
    assert light.done("area", "add", "001", "Innenstadt", "--parent", "08212000") == "001"
    light.done("area", "scheme", "SB", "Schulbezirke", "--valid-from", "2026-01-01", "--purpose",
               "school_district")  # fmt: skip
    light.done("body", "add", "SR", "Stadtrat", "--kind", "council")
    light.done("account", "add", "kasse", "--role", "finance", "--role", "reader", "--department",
               "StP")  # fmt: skip
    for noun, key in (("department", "StP"), ("field", "WOH"), ("area", "001"), ("body", "SR"),
                      ("account", "kasse")):  # fmt: skip
        assert key in light.done(noun, "list")
        assert key in light.done(noun, "show", key)
    assert "001" in light.done("area", "list", "--all")
    light.done("account", "disable", "kasse")
    assert light("measure", "list", "--mine", "--actor", "kasse").code in (0, 4)
    assert light("measure", "log", "x", "--actor", "kasse").code == 4
    assert light("department", "add", "StP", "Noch eine").code == 5


def test_the_store_is_checked_and_brought_up_to_date(light: Cycle) -> None:
    assert light("db", "check").code == 0
    assert light("db", "upgrade", "--json").json["revision"]


def test_an_older_store_is_copied_and_brought_up_to_date(light: Cycle) -> None:
    engine = open_engine(light.url)
    schema.downgrade(engine, "-1")
    engine.dispose()
    said = light("status", "--json")
    assert (said.code, said.problem["code"]) == (7, "store_revision")
    assert "`cycle db upgrade`" in said.problem["fix"]
    assert light("db", "check").code == 7
    said = light("db", "upgrade")
    assert said.code == 0
    copy = said.err.split(": ", 1)[1].strip()
    assert Path(copy).exists()
    assert light("status").code == 0


def test_what_is_no_store_is_left_alone(nowhere: Cycle, tmp_path: Path) -> None:
    strange = tmp_path / "strange.db"
    strange.write_bytes(b"")
    said = nowhere("db", "upgrade", "--db", f"sqlite:///{strange}")
    assert said.code == 7
    assert strange.read_bytes() == b""
    assert nowhere("db", "check", "--db", f"sqlite:///{strange}").code == 7
