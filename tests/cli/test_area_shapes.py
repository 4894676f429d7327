"""`cycle area shapes`: the map of a town from the file of its survey office."""

import json
from pathlib import Path

import pytest

from tests.cli.calls import Cycle
from tests.exchange.geo import collection, square


@pytest.fixture
def file(tmp_path: Path, cycle: Cycle) -> str:
    """Divide the town into two areas, and write the map of one of them."""
    cycle.done("area", "scheme", "PR", "Planungsräume", "--valid-from", "2020-01-01")
    cycle.done("area", "add", "01", "Nord")
    cycle.done("area", "add", "02", "Mitte")
    path = tmp_path / "city.geojson"
    path.write_text(json.dumps(collection({"01": square(11.0)}, name="NR")), "utf-8")
    return str(path)


def test_a_map_is_tried_and_taken(cycle: Cycle, file: str) -> None:
    tried = cycle("area", "shapes", file, "--property", "NR", "--dry-run", "--json")
    assert tried.code == 0, tried.err
    assert tried.json["drawn"] == ["01"]
    assert tried.json["dry_run"]
    said = cycle("area", "shapes", file, "--property", "NR")
    assert "PR: 1 outlines drawn, 0 as before, 5 points." in said.out
    assert "Without an outline: 02." in said.err
    again = cycle("area", "shapes", file, "--property", "NR", "--lang", "en")
    assert "0 outlines drawn, 1 as before" in again.out


def test_a_file_without_the_property_says_which_there_are(cycle: Cycle, file: str) -> None:
    said = cycle("area", "shapes", file)
    assert said.code == 2
    assert "--property" in said.err
    assert "NR" in said.err
