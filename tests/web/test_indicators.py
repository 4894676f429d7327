from datetime import date
from decimal import Decimal

from tests.api.serving import Served
from tests.makers_measures import Town
from tests.makers_rounds import TOWN, an_indicator, an_observation
from tests.web.browsing import signed_in


def _measured(pages: Served) -> Town:
    town = Town(pages.store)
    town.do(an_indicator, "statistician")
    town.do(an_observation, "statistician")
    return town


def test_an_indicator_shows_definition_series_and_areas(pages_on_both: Served) -> None:
    _measured(pages_on_both)
    here = signed_in(pages_on_both.address, "reader")
    seen = here.follow(here.open("/indicators"), "Betreuungsquote")
    assert seen.title == "Betreuungsquote"
    assert "Zeitverlauf: ganze Stadt" in seen.text
    assert "52" in seen.text
    assert "Wert eintragen" not in seen.links()
    assert here.open("/indicators/NIX").status == 404


def test_the_statistics_office_writes_a_value_as_it_is_typed_here(pages: Served) -> None:
    _measured(pages)
    here = signed_in(pages.address, "statistician")
    asked = here.follow(here.open("/indicators/KITA"), "Wert eintragen")
    bare = here.send(asked, {"period_end": "31.12.2024"})
    assert bare.status == 422
    assert bare.faults()[0].startswith("Wert (%)")
    seen = here.send(bare, {"value": "48,5"})
    assert "Der Wert ist gespeichert." in seen.text
    assert "48,5" in seen.text


def test_a_withheld_value_is_shown_as_withheld_and_never_as_a_number(pages: Served) -> None:
    town = _measured(pages)
    here = signed_in(pages.address, "statistician")
    asked = here.open("/indicators/KITA/observations/new")
    words = {"area": TOWN, "period_end": "30.06.2026", "status": "confidential_or_unknown"}
    seen = here.send(asked, words)
    assert "gesperrt oder unbekannt" in seen.text
    town.do(lambda unit: an_observation(
        unit, period_end=date(2024, 12, 31), value=Decimal(47)), "statistician")  # fmt: skip
    assert "47" in here.open("/indicators/KITA").text


def test_without_indicators_the_list_says_what_to_do(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    assert "Noch wird nichts gemessen." in here.open("/indicators").text
    assert signed_in(pages.address, "youth").open("/indicators/KITA").status == 404
