"""Measures at the pages: found, logged, read, and what goes wrong on the way."""

import threading
from typing import Any

import pytest

from cycle.store.store import Store
from cycle.usecases import accounts, ratings
from cycle.usecases import measures as deeds
from tests.api.serving import Served
from tests.makers import DAY
from tests.makers_measures import Town
from tests.web.browsing import Browser, Seen, signed_in

LOG = "Maßnahme eintragen"


def _logged(here: Browser, title: str = "Lesepaten an Grundschulen") -> Seen:
    return here.send(here.open("/measures/new"), {"title": title}, button=LOG)


def _titles(store: Store) -> list[str]:
    with store.unit("planner", day=DAY) as unit:
        return [title for (title,) in unit.reading().pairs(
            "SELECT title FROM measure WHERE municipality_id = :m ORDER BY ref")]  # fmt: skip


def test_a_measure_needs_only_its_title(pages_on_both: Served) -> None:
    seen = _logged(signed_in(pages_on_both.address, "youth"))
    assert seen.path == "/measures/M-2026-001"
    assert "Die Maßnahme ist als M-2026-001 eingetragen." in seen.text
    assert "Was noch fehlt" in seen.text


def test_what_was_said_is_said_once(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    assert "eingetragen." in _logged(here).text
    assert "ist als M-2026-001 eingetragen" not in here.open("/measures/M-2026-001").text


def test_a_form_sent_twice_logs_one_measure(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    page = here.open("/measures/new")
    words = {"title": "Lesepaten"}
    assert here.send(page, words, button=LOG).path == "/measures/M-2026-001"
    assert here.send(page, words, button=LOG).path == "/measures/M-2026-001"
    assert _titles(pages.store) == ["Lesepaten"]


def test_a_form_sent_twice_at_the_same_moment_logs_one_measure(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    sent = here.open("/measures/new").filled(LOG) | {"title": ["Lesepaten"]}
    others = [signed_in(pages.address, "youth") for _ in range(1)]
    for other in others:
        other.client.cookies = here.client.cookies
    runs = [threading.Thread(target=each.post, args=("/measures/new", sent))
            for each in (here, *others)]  # fmt: skip
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert _titles(pages.store) == ["Lesepaten"]


def test_another_measure_from_the_same_page_by_the_back_button_is_no_second_sending(
    pages: Served,
) -> None:
    here = signed_in(pages.address, "youth")
    page = here.open("/measures/new")
    here.send(page, {"title": "Lesepaten"}, button=LOG)
    seen = here.send(page, {"title": "Sprachkurse"}, button=LOG)
    assert seen.status in {409, 422}
    assert seen.filled(LOG)["title"] == ["Sprachkurse"]
    assert here.send(seen, button=LOG).path == "/measures/M-2026-002"
    assert _titles(pages.store) == ["Lesepaten", "Sprachkurse"]


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }}",
        "';--",
        "a&amp;b",
    ],
)
def test_what_somebody_types_is_shown_as_text(pages: Served, title: str) -> None:
    here = signed_in(pages.address, "youth")
    seen = _logged(here, title)
    assert seen.title == title
    assert "<script>alert" not in seen.response.text
    assert "<img src=x" not in seen.response.text
    for path in ("/measures", "/", "/board"):
        assert "<script>alert" not in here.open(path).response.text


@pytest.mark.parametrize("title", ["a\0b", "a\u202eb", "a\u2066b"])
def test_signs_that_steer_are_refused(pages: Served, title: Any) -> None:  # noqa: ANN401 - text or bytes
    here = signed_in(pages.address, "youth")
    page = here.open("/measures/new")
    sent = page.filled(LOG) | {"title": [title]}
    seen = here.post("/measures/new", sent)
    assert 400 <= seen.status < 500
    assert _titles(pages.store) == []


def test_drafts_of_other_departments_do_not_exist(pages: Served) -> None:
    _logged(signed_in(pages.address, "youth"))
    for who in ("schools", "reader"):
        here = signed_in(pages.address, who)
        assert here.open("/measures/M-2026-001").status == 404
        assert "Lesepaten" not in here.open("/measures?mine=0").text
        assert here.open("/measures/M-2026-001/tasks/words").status in {403, 404}


def test_a_reader_sees_no_internal_word_of_a_measure(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("in_progress")
    town.do(lambda unit: deeds.edit(unit, key, description="nur intern"))
    text = signed_in(pages.address, "reader").open(f"/measures/{key}").text
    assert "Sprachförderkräfte in vier Kitas" in text
    assert "nur intern" not in text
    assert "keine, weil vorhanden" not in text


def test_the_first_measure_takes_one_typed_field_and_two_clicks_from_the_start_page(
    pages: Served,
) -> None:
    here = signed_in(pages.address, "youth")
    form = here.follow(here.open("/"), LOG)
    seen = here.send(form, {"title": "Lesepaten an Grundschulen"}, button=LOG)
    assert seen.path == "/measures/M-2026-001"
    assert here.typed == 1
    assert here.clicks <= 6
    assert seen.links()["Weitere Maßnahme eintragen"] == "/measures/new"


def test_a_measure_called_almost_like_another_is_logged_and_told_of_it(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    first = _logged(here, "Sprachförderung in vier Kitas")
    assert "Es gibt schon etwas sehr Ähnliches" not in first.text
    seen = _logged(here, "Sprachförderung in 4 Kitas")
    assert seen.title == "Sprachförderung in 4 Kitas"
    assert "Es gibt schon etwas sehr Ähnliches" in seen.text
    assert seen.links()["M-2026-001"] == "/measures/M-2026-001"
    for crafted in ("<script>", "M-2026-002", "//evil.example"):
        seen = here.open(f"/measures/M-2026-002?like={crafted}")
        assert "Es gibt schon etwas sehr Ähnliches" not in seen.text


def test_a_measure_goes_into_the_round_of_its_goal(pages: Served) -> None:
    town = Town(pages.store)
    goal = town.a_goal()
    town.next_round()
    here = signed_in(pages.address, "youth")
    here.send(here.open("/measures/new"), {"title": "Lesepaten", "goal": goal}, button=LOG)
    assert here.open("/measures/M-2026-001").links()["Z-2026"] == "/cycles/Z-2026"
    assert _logged(here).links()["Z-2028"] == "/cycles/Z-2028"


def test_only_goals_that_are_still_worked_on_are_offered(pages: Served) -> None:
    town = Town(pages.store)
    goal = town.a_goal()
    here = signed_in(pages.address, "youth")
    assert goal in here.open("/measures/new").response.text
    town.do(lambda unit: ratings.rate(unit, goal, status="dropped", text="erledigt"))
    assert goal not in here.open("/measures/new").response.text


def test_who_leads_it_is_asked_only_where_it_cannot_be_known(pages: Served) -> None:
    town = Town(pages.store)
    town.do(lambda unit: accounts.add(unit, "both", roles=["department_head"],
                                      departments=["40", "51"]), "admin")  # fmt: skip
    assert "Wer hat die Federführung?" not in signed_in(pages.address, "youth").open(
        "/measures/new").text  # fmt: skip
    assert "Wer hat die Federführung?" in signed_in(pages.address, "planner").open(
        "/measures/new").text  # fmt: skip


def test_the_list_is_turned_page_by_page_and_keeps_what_was_chosen(pages: Served) -> None:
    with pages.store.unit("youth", day=DAY) as unit:
        for n in range(51):
            deeds.log(unit, title=f"Angebot {n:02}")
    here = signed_in(pages.address, "youth")
    seen = here.open("/measures?state=draft")
    assert "Angebot 49" in seen.text
    assert "Angebot 50" not in seen.text
    further = here.follow(seen, "Weitere Zeilen")
    assert "state=draft" in further.path
    assert "Angebot 50" in further.text
    assert "Angebot 49" not in further.text


def test_who_looks_at_all_departments_goes_on_doing_so_while_filtering(pages: Served) -> None:
    key = Town(pages.store).a_measure("approved")
    here = signed_in(pages.address, "schools")
    assert key not in here.open("/measures").text
    everyone = here.follow(here.open("/measures"), "Maßnahmen aller Ämter zeigen")
    assert key in everyone.text
    assert key in here.send(everyone, {"state": "approved"}, button="Anzeigen").text
    assert key not in here.send(everyone, {"state": "draft"}, button="Anzeigen").text


def test_measures_are_found_by_goal_and_by_what_is_overdue(pages: Served) -> None:
    town = Town(pages.store)
    goal = town.a_goal()
    served = town.a_measure("draft", goal=goal)
    here = signed_in(pages.address, "youth")
    other = _logged(here).path.rpartition("/")[2]
    seen = here.open(f"/measures?goal={goal}")
    assert served in seen.text
    assert other not in seen.text
    seen = here.send(here.open("/measures"), {"late": "1"}, button="Anzeigen")
    assert "Zu Ihrer Auswahl passt keine Maßnahme." in seen.text


def test_the_page_of_a_measure_tells_what_it_owes_and_what_was_promised(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    for task, words in (
        ("enforcement", {"lever": "budget", "text": "im Haushalt"}),
        ("budget", {"from_year": "2027", "planned": "45.000"}),
        ("evaluation", {"due": "31.3.2028", "question": "Wirkt es?"}),
    ):
        here.send(here.open(f"/measures/M-2026-001/tasks/{task}"), words, button="Speichern")
    seen = here.open("/measures/M-2026-001").text
    assert "Haushalt: im Haushalt" in seen
    assert "geplant 45.000,00 €" in seen
    assert "Geplant zum 31.03.2028" in seen
