from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.web.charts.area_map import MapArea, MapData, area_map, class_of, classes
from api.web.charts.labels import Box
from api.web.charts.outlines import shape
from cycle.i18n import Tongue
from tests.web.charts.invented import HOSTILE, amounts, maps
from tests.web.charts.looking import everything, faults, pictures, words

DE = Tongue("de")


def a_map(*values: str) -> MapData:
    areas = []
    for i, value in enumerate(values):
        x = 120.0 * i
        ring = ((x, 0.0), (x + 120, 0.0), (x + 120, 200.0), (x, 200.0))
        number = Decimal(value) if value else None
        areas.append(MapArea(f"{i + 1:02}", "Nord", ((ring,),), (x + 60, 100.0), number))
    return MapData("Kinder", "%", tuple(areas), 120.0 * len(values), 200.0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(maps())
def test_whatever_the_areas_no_names_collide_or_leave_the_map(data: MapData) -> None:
    drawn = area_map(data, DE)
    assert len(pictures(drawn)) == 2
    assert faults(drawn) == []


@settings(deadline=None)
@given(st.lists(amounts, max_size=40))
def test_every_value_has_a_class_and_every_class_a_value(values: list[Decimal]) -> None:
    limits = classes(values)
    assert len(limits) == min(4, len(set(values)))
    assert {class_of(value, limits) for value in values} == set(range(1, len(limits) + 1))


def test_a_withheld_value_shows_neither_in_map_nor_legend_nor_table() -> None:
    plain = a_map("5", "9", "12.5")
    hidden = MapArea(
        "09", "West", plain.areas[0].polygons, (60, 100), Decimal("777.7"), withheld=True
    )
    drawn = area_map(MapData("K", "%", (*plain.areas, hidden), 360, 200), DE)
    assert "777" not in everything(drawn)
    assert drawn.table.rows[-1] == ("09 West", "gesperrt")
    assert "gesperrt" in [word for _, word in drawn.legend]


def test_the_legend_gives_the_limits_of_classes_as_german_numbers() -> None:
    drawn = area_map(a_map("5", "9.3", "12.5", "30", "1031"), DE)
    assert [word for _, word in drawn.legend] == [
        "5,0 bis 9,3 %", "12,5 %", "30,0 %", "1.031,0 %",
    ]  # fmt: skip


def test_classes_withheld_and_no_value_differ_in_their_pattern() -> None:
    drawn = area_map(a_map("5", "9", "12", "30"), DE)
    root = drawn.svg.split("</defs>")[0]
    patterns = [each.split(">", 1)[1] for each in root.split("<pattern")[1:]]
    assert len(patterns) == 6
    assert len(set(patterns)) == 6


def test_an_area_without_a_value_says_why_in_the_table() -> None:
    plain = a_map("5", "")
    drawn = area_map(plain, DE)
    assert drawn.table.rows[1][1] == "kein Wert"
    assert "kein Wert" in [word for _, word in drawn.legend]


def test_a_map_without_any_value_says_so_in_its_sentence() -> None:
    drawn = area_map(a_map("", ""), DE)
    assert drawn.summary == "Karte der Stadt: Kinder. Für keinen Raum lässt sich ein Wert zeigen."


def test_a_name_stands_in_full_where_its_area_has_room() -> None:
    texts = [text for text, _ in words(pictures(area_map(a_map("5", "9"), DE))[0])]
    assert texts == ["01 Nord", "5,0\u00a0%", "02 Nord", "9,0\u00a0%"]


def test_a_name_too_long_for_its_area_stands_beside_it_or_in_short() -> None:
    ring = ((20.0, 30.0), (30.0, 30.0), (30.0, 40.0), (20.0, 40.0))
    far = ((400.0, 250.0), (500.0, 250.0), (500.0, 300.0), (400.0, 300.0))
    small = MapArea("01", "Industriegebiet", ((ring,),), (25, 35), Decimal(4))
    large = MapArea("02", "Au", ((far,),), (450, 275), Decimal(4))
    drawn = area_map(MapData("K", "", (small, large), 500, 300), DE)
    assert "01 Industriegebiet" in [text for text, _ in words(pictures(drawn)[0])]
    assert "area__leader" in drawn.svg


def test_typed_names_can_neither_break_the_map_nor_steer_it() -> None:
    ring = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0))
    area = MapArea(HOSTILE, HOSTILE, ((ring,),), (60, 40), Decimal(1))
    drawn = area_map(MapData(HOSTILE, HOSTILE, (area,), 100, 100), DE)
    assert "<script" not in drawn.svg
    assert len(pictures(drawn)) == 2


def test_a_box_is_held_only_by_the_area_it_lies_wholly_within() -> None:
    ring = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
    hole = ((40.0, 40.0), (60.0, 40.0), (60.0, 60.0), (40.0, 60.0))
    own = shape((ring, hole))
    assert own.holds(Box(5, 5, 30, 30))
    assert not own.holds(Box(45, 45, 5, 5))
    assert not own.holds(Box(30, 45, 20, 5))
    assert own.touches(Box(90, 90, 40, 40))
    assert not own.touches(Box(120, 5, 30, 30))
    assert not shape(()).touches(Box(0, 0, 10, 10))
