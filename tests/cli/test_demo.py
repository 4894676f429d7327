"""The demo city: built once, told twice, standing in as long as there is no real store."""

from pathlib import Path

import pytest

from tests.cli.calls import Cycle


@pytest.fixture
def machine(nowhere: Cycle) -> Cycle:
    assert nowhere("demo").code == 0
    return nowhere


def test_the_demo_is_built_once_and_stands_in_for_a_store(machine: Cycle) -> None:
    file = Path("../xdg_data_home/kreislauf/saalestadt.db")
    before = file.read_bytes()
    said = machine("demo")
    assert said.code == 0
    assert "--reset" in said.err
    assert "To try next" in said.out
    assert file.read_bytes() == before

    said = machine("status", "--json")
    assert "demo city" in said.err
    assert said.json["municipality"]["ags"] == "16999000"
    assert said.json["today"] == "2026-11-22"
    assert all(said.json["states"].values())
    for words in (("status",), ("gaps",)):
        for lang in ("de", "en"):
            text = machine.done(*words, "--lang", lang)
            assert len(text.splitlines()) <= 40
            assert max(map(len, text.splitlines())) <= 80
            assert [line[:8] for line in text.splitlines()[-3:]] == ["  cycle "] * 3

    text = machine.done("trace", "B-2024-01", "--lang", "de")
    assert "M-2024-003 Sprachförderkräfte in 4 Kitas (zurückgeführt)" in text
    assert "Woher kommt es?" in text
    assert "M-2028-" in machine.done("trace", "M-2024-003")
    assert machine("trace", "M-2024-003", "--json").json["became"]
    assert "F-2024-001" in machine.done("trace", "Z-2024")

    assert machine("init", "--name", "Jena", "--ags", "16053000").code == 0
    assert machine("status", "--json").json["municipality"]["name"] == "Jena"
    assert machine("--demo", "status", "--json").json["municipality"]["name"] == "Saalestadt"


def test_the_demo_city_goes_to_no_town_of_its_own(light: Cycle) -> None:
    said = light("demo")
    assert said.code == 5
    assert light("demo", "--reset").code == 5
    assert light("status", "--json").json["municipality"]["name"] == "Karlsruhe"
