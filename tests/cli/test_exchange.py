import io
import json
from pathlib import Path

import pytest

from tests.cli.calls import Cycle

AREAS = "code;name;level\n001;Innenstadt;1\n002;Südstadt;1\n"


@pytest.fixture
def areas(tmp_path: Path) -> str:
    path = tmp_path / "areas.csv"
    path.write_text(AREAS, "utf-8")
    return str(path)


def test_a_file_is_read_and_counted(light: Cycle, areas: str) -> None:
    said = light("import", "areas", areas)
    assert said.code == 0
    assert "Areas: 2 new" in said.out
    assert [a["code"] for a in light("area", "list", "--json").json][-2:] == ["001", "002"]


def test_the_same_file_again_changes_nothing(light: Cycle, areas: str) -> None:
    light.done("import", "areas", areas)
    said = light("import", "areas", areas, "--json")
    assert said.json["rows"]["new"] == 0
    assert said.json["written"] is False


def test_a_dry_run_says_so_and_writes_nothing(light: Cycle, areas: str) -> None:
    before = light("journal", "--json").json
    said = light("import", "areas", areas, "--dry-run")
    assert "Areas: 2 new" in said.out
    assert "dry run" in said.err
    assert light("journal", "--json").json == before


def test_every_fault_is_named_by_row_and_column(light: Cycle, tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(AREAS + "003;Oststadt;hoch\n", "utf-8")
    said = light("import", "areas", str(path))
    assert said.code == 2
    assert "row 4, column level: " in said.err
    assert " → " in said.err
    assert "Nothing was written" in said.err
    assert len(light("area", "list", "--json").json) == 1
    said = light("import", "areas", str(path), "--skip-errors", "--json")
    assert said.code == 0
    assert said.json["rows"]["skipped"] == 1
    assert said.json["errors"][0]["row"] == 4
    assert len(light("area", "list", "--json").json) == 3


def test_long_lists_of_faults_are_cut_for_people_only(light: Cycle, tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text("code;name;level\n" + "x;y;hoch\n" * 60, "utf-8")
    said = light("import", "areas", str(path))
    assert "10 more" in said.err
    assert len(light("import", "areas", str(path), "--json").json["errors"]) == 60


def test_standard_input_is_a_file_too(light: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(AREAS.encode())))
    assert "2 new" in light.done("import", "areas", "-")


def test_what_cannot_be_imported_is_told(light: Cycle, areas: str) -> None:
    said = light("import", "area", areas)
    assert said.code == 2
    assert "Did you mean areas" in said.err
    assert light("import", "areas", "/nowhere.csv").code == 2


def test_a_map_is_printed_to_be_filled(nowhere: Cycle) -> None:
    assert "[columns]" in nowhere.done("template", "mapping")
    assert "[columns]" in nowhere.done("template", "mapping", "areas")
    assert nowhere.done("template", "areas").startswith("code;name")
    assert nowhere("template", "nonsense").code == 2


def test_a_map_names_the_columns(light: Cycle, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('[columns]\ncode = "Schlüssel"\nname = "Bezirk"\n', "utf-8")
    (tmp_path / "x.csv").write_text("Schlüssel;Bezirk\n001;Mitte\n", "utf-8")
    said = light("import", "areas", str(tmp_path / "x.csv"), "--map", str(tmp_path / "map.toml"),
                 "--json")  # fmt: skip
    assert said.code == 0
    assert json.loads(said.out)["rows"]["new"] == 1
