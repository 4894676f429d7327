import pytest

from tests.api.serving import Served
from tests.makers_measures import Town
from tests.web.browsing import Browser, Seen, signed_in

MINUTES = {"paper": "0482/2026", "on": "20.11.2026", "result": "adopted"}


def _record(here: Browser, key: str, **words: str) -> Seen:
    asked = here.open("/decisions/new")
    assert key in asked.text
    return here.send(asked, {"measures": key, **MINUTES, **words})


def test_a_recorded_decision_closes_the_gap_and_stands_in_the_tracking(
    pages_on_both: Served,
) -> None:
    town = Town(pages_on_both.store)
    key = town.a_measure("proposed")
    here = signed_in(pages_on_both.address, "planner")

    heard = _record(here, key, body="JHA", role="preparatory")
    assert heard.title.startswith("Beschlossen")
    assert "was noch fehlt" in heard.text  # the council has not decided yet
    assert f"D-2026-001 ist eingetragen. {key} bleibt unverändert. Es fehlt" in heard.text
    assert "Den Beschluss eintragen)" in heard.text  # told to its end
    assert town.seen(key).state == "proposed"

    council = _record(here, key, body="SR", votes="31:4:2")
    assert f"D-2026-002 ist eingetragen. Weitergeführt: {key}." in council.text
    assert "Ja 31, Nein 4, Enthaltungen 2" in council.text
    assert town.seen(key).state == "approved"

    tracked = here.open("/control?body=SR")
    head = [cell.text for cell in tracked.root.findall(".//table")[0].iter("th") if cell.text]
    assert head[:7] == [
        "Beschluss", "Datum", "Amt", "Termin", "Stand", "Grund der Verzögerung", "Anmerkung",
    ]  # fmt: skip
    assert f"{key} Sprachförderkräfte in vier Kitas" in tracked.text
    assert "überfällig" in tracked.text  # it was to end in October
    assert here.follow(tracked, "D-2026-002").title.startswith("Beschlossen")


@pytest.mark.parametrize(
    ("result", "state"),
    [("rejected", "rejected"), ("deferred", "deferred"), ("referred", "proposed")],
)
def test_a_measure_goes_where_the_body_sent_it(pages: Served, result: str, state: str) -> None:
    town = Town(pages.store)
    key = town.a_measure("proposed")
    seen = _record(signed_in(pages.address, "clerk"), key, body="SR", result=result)
    assert seen.status == 200
    assert town.seen(key).state == state


def test_a_changed_text_waits_for_social_planning(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA")
    clerk = signed_in(pages.address, "clerk")
    seen = _record(clerk, key, body="SR", result="adopted_amended", changed_text="fünf statt vier")
    assert "fünf statt vier" in seen.text
    assert "Geänderten Wortlaut bestätigen" not in seen.links()
    assert town.seen(key).state == "proposed"
    here = signed_in(pages.address, "planner")
    asked = here.follow(here.open("/decisions/D-2026-002"), "Geänderten Wortlaut bestätigen")
    seen = here.send(asked)
    assert "Der Wortlaut ist bestätigt." in seen.text
    assert town.seen(key).state == "approved"


def test_what_is_wrong_with_the_minutes_stands_beside_the_field(pages: Served) -> None:
    key = Town(pages.store).a_measure("proposed")
    here = signed_in(pages.address, "clerk")
    for words, field in (
        ({"votes": "viele", "body": "SR"}, "Stimmen"),
        ({"on": "24.12.2026", "body": "SR"}, "Tag der Sitzung"),
        ({"body": ""}, "Gremium"),
    ):
        seen = _record(here, key, **words)
        assert seen.status == 422
        assert any(fault.startswith(field) for fault in seen.faults())
        assert seen.filled("Beschluss eintragen")["measures"] == [key]


def test_the_same_form_sent_twice_records_one_decision(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA")
    here = signed_in(pages.address, "clerk")
    asked = here.open("/decisions/new")
    words = {"measures": key, "body": "SR", **MINUTES}
    first, second = here.send(asked, words), here.send(asked, words)
    assert first.path == second.path == "/decisions/D-2026-002"
    assert second.status == 200


def test_an_office_decides_by_a_document(pages: Served) -> None:
    key = Town(pages.store).a_measure("approved")
    here = signed_in(pages.address, "steering")
    asked = here.follow(here.open("/decisions"), "Beschluss eintragen")
    words = {"further": key, "document": "Verfügung 7/2026", "department": "51",
             "on": "20.11.2026", "result": "noted", "kind": "administrative"}  # fmt: skip
    seen = here.send(asked, words)
    assert "Verfügung 7/2026" in seen.title
    assert seen.status == 200


def test_decisions_are_filtered_by_body_outcome_and_what_is_under_way(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("approved")
    goal = town.facts(key).main_goal
    other = town.a_measure("proposed", goal=goal)
    town.decide(other, "rejected", "SR")
    here = signed_in(pages.address, "planner")
    assert "D-2026-001" in here.open("/decisions?body=JHA").text
    assert "D-2026-002" not in here.open("/decisions?body=JHA").text
    assert "D-2026-003" in here.open("/decisions?result=rejected").text
    assert "Hier ist kein Beschluss" in here.open("/decisions?result=no_vote").text
    assert "D-2026-001" in here.open("/decisions?open=1").text
    assert here.open("/decisions?body=XX").status == 404


def test_a_paper_shows_the_bodies_it_passed_and_leads_to_a_decision(pages: Served) -> None:
    key = Town(pages.store).a_measure("approved")
    here = signed_in(pages.address, "clerk")
    seen = here.follow(here.open("/papers?body=SR"), "2026/0001")
    assert seen.path == "/papers/2026~0001"
    assert "Jugendhilfeausschuss" in seen.text
    asked = here.follow(seen, "Beschluss dazu eintragen")
    assert asked.filled()["paper"] == ["2026/0001"]
    assert asked.filled()["further"] == [key]


def test_nothing_internal_is_told_to_a_reader(pages: Served) -> None:
    key = Town(pages.store).a_measure("approved")
    here = signed_in(pages.address, "reader")
    for path in ("/decisions", "/control?stands=all", "/papers"):
        seen = here.open(path)
        assert seen.status == 200
        assert key not in seen.text
        assert "2026/0001" not in seen.text
    assert here.open("/decisions/D-2026-001").status == 404
    assert here.open("/decisions/new").status == 403


def test_keys_nobody_knows_are_named_at_their_field(pages: Served) -> None:
    key = Town(pages.store).a_measure("proposed")
    here = signed_in(pages.address, "clerk")
    seen = _record(here, key, body="SR", further="M-2026-999, quatsch")
    assert seen.status == 422
    assert seen.faults() == [
        "Weitere Maßnahmen: Diese Maßnahme gibt es nicht: M-2026-999, quatsch."
    ]
    assert seen.filled()["further"] == ["M-2026-999, quatsch"]
