"""The rounds: where they stand, what the next stage lacks, and leading them on."""

import pytest

from api.web.pages import cycles
from cycle.usecases import findings, lookup, measures, reports
from tests.api.serving import Served
from tests.makers import DAY
from tests.makers_duties import a_running_measure
from tests.makers_measures import Town
from tests.makers_rounds import stage_of
from tests.web.browsing import Browser, Seen, signed_in


def test_a_round_tells_its_stage_its_measures_and_what_the_next_stage_lacks(
    pages_on_both: Served,
) -> None:
    key = a_running_measure(pages_on_both.store)
    here = signed_in(pages_on_both.address, "planner", "en")
    seen = here.follow(here.open("/cycles"), here_title(here))
    assert seen.path == "/cycles/Z-2026"
    assert "Not yet:" in seen.text
    assert seen.find(".//*[@aria-current='step']") is not None
    assert "51 Jugend und Bildung" in seen.text
    counted = seen.links()["1 (51, under way)"]
    assert counted.startswith("/measures?cycle=Z-2026&department=51")
    assert "cycle round" not in seen.text  # no words of another door
    assert here.open("/cycles/Z-2026/half-year").status == 200
    assert key in here.open("/cycles/Z-2026/half-year").text


def test_a_long_half_yearly_table_is_cut_and_says_how_to_see_the_rest(
    pages: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [a_running_measure(pages.store), a_running_measure(pages.store)]
    here = signed_in(pages.address, "planner")
    table = "/cycles/Z-2026/half-year"
    assert all(key in here.open(table).text for key in keys)
    assert "Gezeigt werden" not in here.open(table).text
    monkeypatch.setattr(cycles, "LINES", 1)
    seen = here.open(table).text
    assert "neu (2)" in seen
    assert "Gezeigt werden die ersten 1." in seen
    assert [key in seen for key in keys] == [True, False]
    assert keys[1] not in here.open(f"{table}?department=40").text


def here_title(here: Browser) -> str:
    return next(text for text in here.open("/cycles").links() if text.startswith("Z-2026"))


def test_a_step_that_is_not_possible_yet_says_what_is_missing_and_where(pages: Served) -> None:
    here = signed_in(pages.address, "planner", "en")
    seen = here.open("/cycles/Z-2026/moves/advance")
    assert seen.status == 200
    assert "To the list" in seen.text
    assert not seen.forms()
    token = seen.root.find(".//input[@name='_csrf']")
    assert token is not None
    sent = {"_csrf": token.get("value", "")}
    seen = here.post("/cycles/Z-2026/moves/advance", sent)
    assert seen.status == 409
    assert stage_of(pages.store) == "report"


def test_social_planning_leads_a_round_on_and_the_steering_group_back(pages: Served) -> None:
    with pages.store.unit("planner", day=DAY) as unit:
        report = reports.add(unit, cycle="Z-2026", title="Sozialbericht")
        findings.add(unit, report=report.ref, text="Es fehlt an Plätzen.", source="Amt 51")
        reports.approve(unit, report.ref)
        reports.present(unit, report.ref, body="JHA", on=DAY)
    here = signed_in(pages.address, "planner", "en")
    seen = here.open("/cycles/Z-2026/moves/advance")
    seen = here.send(seen)
    assert seen.path == "/cycles/Z-2026"
    assert "Z-2026 is in its next stage." in seen.text
    assert stage_of(pages.store) == "goal"
    assert here.open("/cycles/Z-2026/moves/reopen").status == 403
    group = signed_in(pages.address, "steering", "en")
    seen = group.open("/cycles/Z-2026/moves/reopen")
    assert group.send(seen, {"stage": "report"}).status == 422
    seen = group.send(seen, {"stage": "report", "reason": "Neue Zahlen"})
    assert "back in an earlier stage" in seen.text
    assert stage_of(pages.store) == "report"


def test_who_led_it_on_meanwhile_is_not_overruled(pages: Served) -> None:
    group = signed_in(pages.address, "steering", "en")
    seen = group.open("/cycles/Z-2026/moves/abandon")
    assert "What becomes of its open measures?" in seen.text
    answered = group.send(seen, {"reason": "Haushalt"})
    assert answered.status == 409
    assert answered.filled(_button(answered))["reason"] == ["Haushalt"]
    assert group.open("/cycles/Z-2026/moves/dance").status == 404
    assert signed_in(pages.address, "youth").open("/cycles/Z-2026/moves/advance").status == 403


def _button(seen: Seen) -> str:
    button = seen.forms()[0].find(".//button")
    return "" if button is None else "".join(button.itertext()).strip()


def test_the_next_round_is_opened_here(pages: Served) -> None:
    here = signed_in(pages.address, "planner", "en")
    seen = here.open("/cycles/new")
    seen = here.send(seen, {"title": "", "start": "1.1.2028"})
    assert seen.status == 422
    seen = here.send(seen, {"title": "Altenhilfe", "start": "1.1.2028"})
    assert seen.status in {200, 409}  # the first round of the same fields is still before its end


def test_a_reader_sees_the_round_without_what_is_internal(pages: Served) -> None:
    seen = signed_in(pages.address, "reader", "en").open("/cycles/Z-2026")
    assert seen.status == 200
    assert "How it goes on" not in seen.text
    assert not any(to.startswith("/open") for to in seen.links().values())


def test_the_headline_counts_what_the_reader_sees_and_what_nobody_leads(pages: Served) -> None:
    town = Town(pages.store)
    town.a_measure("approved")
    draft = town.a_measure("targeted")
    with pages.store.unit("planner", day=DAY) as unit:
        measures.edit(unit, draft, lead="40")
    for who, count in (("planner", 2), ("schools", 2), ("youth", 1), ("reader", 1)):
        seen = signed_in(pages.address, who).open("/cycles/Z-2026")
        figure = seen.find(".//li[@class='figure']/strong")
        assert (who, figure.text) == (who, str(count))
    with pages.store.unit("planner", day=DAY) as unit:
        record = lookup.measure(unit, draft)
        record.lead_id = None
        unit.tell(record, "edited")
    seen = signed_in(pages.address, "planner").open("/cycles/Z-2026")
    assert "noch ohne Amt" in seen.text
