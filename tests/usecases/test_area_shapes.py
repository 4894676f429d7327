"""Outlines of areas: whole or not at all, known codes only, and told to the journal by hash."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cycle.errors import Forbidden, Invalid, NotFound
from cycle.exchange import geojson
from cycle.machine.outlines import Outline, outline_of
from cycle.model.space import OUTLINE, AreaShape
from cycle.reading import area_shapes as reading
from cycle.store.store import Store
from cycle.usecases import area_changes, area_shapes, areas, lookup
from tests.exchange.geo import collection, square


def drawn(*codes: str, at: float = 0.0) -> dict[str, Outline]:
    """Read squares side by side, one for each code."""
    squares = {code: square(at + n) for n, code in enumerate(codes)}
    return geojson.outlines(json.dumps(collection(squares)).encode(), "city.geojson")


@pytest.fixture
def city(town: Store) -> Store:
    """Divide the town into three areas."""
    with town.unit("planner") as unit:
        areas.add_scheme(unit, "PR", "Planungsräume", valid_from=date(2020, 1, 1))
        for code, name in (("01", "Nord"), ("02", "Mitte"), ("03", "West")):
            areas.add(unit, code, name, scheme="PR", parent="16999000")
    return town


def test_areas_get_their_outlines_and_the_map_shows_them(city: Store) -> None:
    with city.unit("planner") as unit:
        found = area_shapes.draw(unit, drawn("01", "02"))
    assert (found.code, found.drawn, found.same) == ("PR", ("01", "02"), ())
    assert (found.missing, found.points) == (("03",), 10)
    with city.unit("reader") as unit:
        shown = reading.shapes(unit.reading(), day=unit.day)
    assert shown is not None
    assert [(row.area, row.name, row.parent) for row in shown.shapes] == [
        ("01", "Nord", "16999000"),
        ("02", "Mitte", "16999000"),
    ]
    ring = shown.shapes[0].outline[0][0]
    assert list(ring) == [(0, 50), (1, 50), (1, 51), (0, 51), (0, 50)]
    assert len(shown.grid.areas) == 2


def test_the_same_outlines_again_change_nothing_and_a_new_one_only_its_area(city: Store) -> None:
    with city.unit("planner") as unit:
        area_shapes.draw(unit, drawn("01", "02"))
    with city.unit("statistician") as unit:
        again = area_shapes.draw(unit, drawn("01", "02"))
        assert unit.told == []
    assert (again.drawn, again.same) == ((), ("01", "02"))
    with city.unit("planner") as unit:
        other = area_shapes.draw(unit, drawn("02", "03", at=5))
    assert (other.drawn, other.missing) == (("02", "03"), ())


def test_the_journal_tells_hash_and_size_but_not_the_points(city: Store) -> None:
    with city.unit("planner") as unit:
        area_shapes.draw(unit, drawn("01"))
        (told,) = unit.told
        assert told["action"] == "shaped"
        assert told["payload"]["points"] == 5
        assert len(told["payload"]["sha256"]) == 64
    with city.unit("admin") as unit:
        rows = unit.reading().pairs(
            "SELECT p.content, p.rows FROM event_payload p WHERE p.municipality_id = :m"
            " ORDER BY p.n DESC LIMIT 1"
        )
    assert "50.0" not in f"{rows}"
    assert "outline" not in f"{rows}"


def test_every_unknown_code_is_told_with_what_is_like_it(city: Store) -> None:
    with pytest.raises(Invalid) as caught, city.unit("planner") as unit:
        area_shapes.draw(unit, drawn("1", "02", "Hafen"))
    faults = {fault.pointer: fault.values["near"] for fault in caught.value.faults}
    assert faults == {"1": "01", "Hafen": ""}
    with city.unit("planner") as unit:
        assert lookup.every(unit, AreaShape) == []


def test_only_those_who_keep_areas_or_figures_draw_them(city: Store) -> None:
    with pytest.raises(Forbidden), city.unit("youth") as unit:
        area_shapes.draw(unit, drawn("01"))


@pytest.mark.parametrize(
    ("outlines", "code"),
    [
        ({}, "missing"),
        ({"01": outline_of([square(1)]), "02": outline_of([square(5e6)])}, "mixed"),
        ({"01": outline_of([[[[50, 11], [50, 12], [51, 12], [50, 11]]]])}, "swapped"),
    ],
)
def test_what_no_map_holds_is_refused(city: Store, outlines: Any, code: str) -> None:  # noqa: ANN401 - any outlines
    with pytest.raises(Invalid) as caught, city.unit("planner") as unit:
        area_shapes.draw(unit, outlines)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_an_outline_fits_its_column_or_is_refused(
    city: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(area_shapes, "OUTLINE", 40)
    with pytest.raises(Invalid) as caught, city.unit("planner") as unit:
        area_shapes.draw(unit, drawn("01"))
    assert [fault.code for fault in caught.value.faults] == ["too_long"]
    assert OUTLINE > 5000 * 30  # the longest outline in metres


def test_an_area_within_new_boundaries_is_drawn_anew(city: Store) -> None:
    with city.unit("planner", day=date(2026, 3, 2)) as unit:
        area_shapes.draw(unit, drawn("01", "02", "03"))
    with city.unit("planner", day=date(2026, 6, 2)) as unit:
        area_changes.succeed(
            unit, "01", on=date(2026, 7, 1), parts=[("02", Fraction(1))], kind="merge"
        )
        reader = unit.reading()
        before = reading.shapes(reader, day=date(2026, 6, 30))
        after = reading.shapes(reader, day=date(2026, 7, 1))
    assert [row.area for row in before.shapes] == ["01", "02", "03"] if before else False
    assert [row.area for row in after.shapes] == ["03"] if after else False


def test_a_town_without_outlines_has_no_map(city: Store) -> None:
    with city.unit("reader") as unit:
        assert reading.shapes(unit.reading(), day=unit.day) is None
        assert reading.shapes(unit.reading(), day=unit.day, scheme="PR") is None
        with pytest.raises(NotFound):
            reading.shapes(unit.reading(), day=unit.day, scheme="XX")


def test_the_map_is_of_the_planning_areas_where_several_are_drawn(city: Store) -> None:
    with city.unit("planner") as unit:
        areas.add_scheme(unit, "SB", "Schulbezirke", purpose="school_district",
                         valid_from=date(2025, 8, 1))  # fmt: skip
        areas.add(unit, "S1", "Nordschule", scheme="SB")
        area_shapes.draw(unit, drawn("S1"), scheme="SB")
        area_shapes.draw(unit, drawn("01"), scheme="PR")
        shown = reading.shapes(unit.reading(), day=unit.day)
        other = reading.shapes(unit.reading(), day=unit.day, scheme="SB")
    assert (shown and shown.scheme, other and other.scheme) == ("PR", "SB")


def test_a_file_is_read_by_the_property_that_holds_the_code(tmp_path: Path) -> None:
    path = tmp_path / "city.geojson"
    path.write_text(json.dumps(collection({"7": square(0)}, name="nr")), "utf-8-sig")
    assert list(geojson.read(path, "nr")) == ["7"]
    with pytest.raises(Invalid) as caught:
        geojson.read(path)
    assert [fault.code for fault in caught.value.faults] == ["unnamed"]
    assert caught.value.values["near"] == "flaeche, nr"
