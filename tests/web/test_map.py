"""The map: values and measures area by area, and the table that says the same."""

from datetime import date
from decimal import Decimal

from cycle.machine.outlines import Outline
from cycle.reading import area_measures
from cycle.reading.sight import Sight
from cycle.usecases import area_shapes, areas, indicators, measures, observations
from tests.api.serving import Served
from tests.makers import DAY
from tests.web.browsing import signed_in


def furnish(served: Served) -> str:
    """Give the town two areas, an indicator with values there, and a measure in one of them."""
    with served.store.unit("planner", day=DAY) as unit:
        areas.add(unit, "N", "Nord")
        areas.add(unit, "S", "Süd")
    with served.store.unit("statistician", day=DAY) as unit:
        indicators.add(unit, "KITA", "Betreuungsquote", polarity="higher_better", source="Amt 51")
        for area, year, value in (("N", 2024, "41.5"), ("N", 2025, "44"), ("S", 2025, "39")):
            observations.record(
                unit, "KITA", area=area, period_end=date(year, 12, 31), value=Decimal(value),
            )  # fmt: skip
    with served.store.unit("youth", day=DAY) as unit:
        return measures.log(unit, title="Lesepaten", lead="51", areas=["N"]).ref


def test_values_stand_by_area_the_highest_first(pages_on_both: Served) -> None:
    furnish(pages_on_both)
    here = signed_in(pages_on_both.address, "planner")
    seen = here.open("/map?indicator=KITA")
    assert seen.status == 200
    assert seen.text.index("Nord") < seen.text.index("Süd")
    seen = here.open("/map?indicator=KITA&year=2024")
    assert "41,5" in seen.text
    assert "39" not in seen.text
    assert here.open("/map?indicator=NIX").status == 404


def test_the_other_layer_counts_measures_but_no_drafts_of_others(pages: Served) -> None:
    furnish(pages)
    for name, count in (("youth", 1), ("schools", 0), ("reader", 0)):
        here = signed_in(pages.address, name)
        links = here.open("/map?layer=measures").links().values()
        assert ("/measures?area=N" in links) is bool(count), name
    with pages.store.unit("planner", day=DAY) as unit:
        found = area_measures.counts(unit.reading(), Sight(frozenset({"planner"})))
        assert {row.area: row.measures for row in found}["N"] == 1


def test_with_outlines_the_map_is_drawn_and_the_table_still_says_the_same(pages: Served) -> None:
    furnish(pages)
    with pages.store.unit("planner", day=DAY) as unit:
        area_shapes.draw(unit, {"N": square(0), "S": square(10)})
    here = signed_in(pages.address, "planner", "en")
    for address in ("/map?indicator=KITA", "/map?layer=measures"):
        seen = here.open(address)
        assert seen.root.find(".//figure[@id='map']") is not None, address
        assert "not stored yet" not in seen.text
        assert "Nord" in "".join(seen.find(".//table[@class='kern-table']").itertext())


def square(x: float) -> Outline:
    """Give the outline of a square kilometre east of the origin."""
    ring = ((x, 0.0), (x + 9, 0.0), (x + 9, 9.0), (x, 9.0), (x, 0.0))
    return ((tuple((1000 * a + 4_500_000, 1000 * b + 5_700_000) for a, b in ring),),)


def test_a_town_without_areas_is_told_how_to_go_on(pages: Served) -> None:
    seen = signed_in(pages.address, "planner", "en").open("/map")
    assert seen.status == 200
    assert seen.title == "Map of the areas"
