from datetime import date

from cycle.store.unit import Unit
from cycle.usecases import papers, progress
from tests.api.serving import Served
from tests.makers_measures import Town
from tests.web.browsing import signed_in


def test_the_tracking_tells_state_delay_and_what_is_settled(pages_on_both: Served) -> None:
    town = Town(pages_on_both.store)
    key = town.a_measure("in_progress")
    town.do(lambda unit: progress.report(
        unit, key, course="delayed", text="Zwei Stellen sind frei.",
        delay_reason="Fachkräfte fehlen", forecast_end=date(2027, 6, 30)),
        "youth", date(2026, 9, 1))  # fmt: skip
    here = signed_in(pages_on_both.address, "clerk")
    seen = here.open("/control")
    for told in ("30.06.2027", "geplant: 31.10.2026", "verzögert", "Fachkräfte fehlen",
                 "Zwei Stellen sind frei.", "51 Jugend und Bildung"):  # fmt: skip
        assert told in seen.text
    assert key not in here.open("/control?stands=settled").text
    assert "kein Beschluss mehr offen" in here.open("/control?department=40").text
    town.implemented(key)
    assert key not in here.open("/control").text
    assert "erledigt 30.09.2026" in here.open("/control?stands=all&body=SR").text


def test_papers_that_never_came_back_need_no_measure(pages: Served) -> None:
    town = Town(pages.store)

    def referred(unit: Unit) -> None:
        papers.add(unit, "0077/2026", "Spielplatz am Ring")
        papers.consult(unit, "0077/2026", body="SR", on=date(2026, 3, 1), outcome="referred")

    town.do(referred, "clerk")
    here = signed_in(pages.address, "planner")
    seen = here.open("/control?body=SR")
    assert "Spielplatz am Ring" in seen.text
    assert "verwiesen" in seen.text
    assert "Spielplatz am Ring" not in here.open("/control?body=JHA").text
    assert "Jede Vorlage kam" in here.open("/control?body=JHA").text


def test_a_decision_that_no_measure_carries_out_is_told_too(pages: Served) -> None:
    here = signed_in(pages.address, "clerk")
    words = {"paper": "0099/2026", "body": "SR", "on": "20.11.2026", "result": "adopted"}
    here.send(here.open("/decisions/new"), words)
    assert "Keine Maßnahme setzt ihn um." in here.open("/control").text
