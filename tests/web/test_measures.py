"""Measures at the pages: logged, settled task by task, and what goes wrong on the way."""

import threading
from typing import Any

import pytest

from api.web import tasks
from cycle.machine.measures import MEASURES
from cycle.store.store import Store
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


def test_a_stale_form_shows_both_versions_and_loses_nothing(pages: Served) -> None:
    one, other = signed_in(pages.address, "youth"), signed_in(pages.address, "planner")
    _logged(one)
    here = "/measures/M-2026-001/tasks/words"
    page, before = one.open(here), other.open(here)
    other.send(before, {"description": "von der Planung"}, button="Speichern")
    seen = one.send(page, {"description": "vom Amt"}, button="Speichern")
    assert seen.status == 409
    assert "Inzwischen hat hier jemand anderes gespeichert." in seen.text
    assert "von der Planung" in seen.text
    assert seen.filled("Speichern")["description"] == ["vom Amt"]
    seen = one.send(seen, button="Speichern")
    assert seen.path == "/measures/M-2026-001"
    assert "vom Amt" in seen.text


def test_five_megabytes_of_text_come_back_with_a_fault_beside_the_field(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    much = "x" * (5 * 2**20)
    page = here.open("/measures/M-2026-001/tasks/words")
    seen = here.send(page, {"description": much}, button="Speichern")
    assert seen.status == 422
    assert "20000 passen hier hinein" in seen.text.replace(".", "")
    assert seen.filled("Speichern")["description"] == [much]


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


def test_a_move_that_is_not_open_says_why_and_leads_to_where_it_is_settled(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    seen = here.open("/measures/M-2026-001/moves/target")
    assert "Es ist noch kein Hauptziel zugeordnet." in seen.text
    assert seen.links()["Ziele, denen sie dient"] == "/measures/M-2026-001/tasks/goal"
    seen = here.open("/measures/M-2026-001/moves/finish")
    assert "Im Stand „Entwurf“ ist dieser Schritt nicht möglich." in seen.text


def test_a_refused_move_comes_back_with_every_reason(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("targeted")
    here = signed_in(pages.address, "youth")
    page = here.open("/account/password")
    token = {name: page.filled("Passwort ändern")[name] for name in ("_csrf", "_once")}
    seen = here.post(f"/measures/{key}/moves/propose", token)
    assert seen.status == 409
    for part in (
        "Mitzeichnung der Kämmerei",
        "Noch nicht beteiligt",
        "mit welcher Frage evaluiert",
    ):
        assert part in seen.text


def test_every_guard_has_a_page_or_somebody_who_settles_it() -> None:
    guards = {guard.id for row in MEASURES.transitions for guard in row.guards}
    known = {g for task in tasks.TASKS for g in task.guards} | tasks.ELSEWHERE.keys() | tasks.ASKED
    assert guards == known


WORDS: dict[str, tuple[dict[str, Any], str]] = {
    "words": ({"title": "Neuer Titel", "description": "Mit wem und wie"}, "Neuer Titel"),
    "findings": ({"origin": "law", "origin_note": "SGB VIII"}, "SGB VIII"),
    "where": ({"citywide": "1"}, "1"),
    "period": ({"planned_start": "1.2.27", "planned_end": "31. Dezember 2027"}, "31.12.2027"),
    "lead": ({"binding": "administrative", "partners": ["WV-A"]}, "WV-A"),
    "built": ({"state": "assessed", "text": "Anbau", "cost_cents": "1,5 Mio. €"}, "1.500.000,00"),
    "staffing": ({"state": "assessed", "text": "Stellen", "fte_hundredths": "3,5"}, "3,5"),
    "organisational": ({"state": "none", "text": "nichts ändert sich"}, "nichts ändert sich"),
    "financial": (
        {"state": "assessed", "text": "Personal", "annual_cents": "231 T€"},
        "231.000,00",
    ),
    "evaluation": ({"due": "31.3.2028", "question": "Wirkt es?"}, "Wirkt es?"),
    "group": ({"target_group": "Eltern", "legal_basis": "§ 16 SGB VIII"}, "§ 16 SGB VIII"),
}


@pytest.mark.parametrize("task", WORDS)
def test_a_task_keeps_what_was_answered_and_shows_it_again(pages: Served, task: str) -> None:
    here = signed_in(pages.address, "planner")
    here.send(here.open("/measures/new"), {"title": "Lesepaten", "lead": "51"}, button=LOG)
    path = f"/measures/M-2026-001/tasks/{task}"
    words, shown = WORDS[task]
    seen = here.send(here.open(path), words, button="Speichern")
    assert seen.path == "/measures/M-2026-001", seen.text
    again = here.open(path)
    assert any(shown in value for values in again.filled("Speichern").values() for value in values)


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("participation", {"format": "survey", "level": "consult", "groups": ["residents"],
                           "summary": "412 Eltern"}),
        ("enforcement", {"lever": "budget", "text": "im Haushalt"}),
        ("milestones", {"title": "Stellen besetzt", "due": "1.6.2027"}),
        ("budget", {"from_year": "2027", "planned": "45.000"}),
        ("money", {"from_year": "2026", "spent": "1.000,50"}),
    ],
)  # fmt: skip
def test_a_task_that_adds_something_adds_it(
    pages: Served, task: str, words: dict[str, Any]
) -> None:
    here = signed_in(pages.address, "planner")
    here.send(here.open("/measures/new"), {"title": "Lesepaten", "lead": "51"}, button=LOG)
    seen = here.send(here.open(f"/measures/M-2026-001/tasks/{task}"), words, button="Speichern")
    assert seen.path == "/measures/M-2026-001", seen.text
    assert "Gespeichert" in seen.text


def test_what_the_finance_office_answers_is_not_asked_of_the_department(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    seen = _logged(here)
    assert "Mitzeichnung der Kämmerei" in seen.text
    assert not any(link.endswith("/countersign") for link in seen.links().values())
    assert here.open("/measures/M-2026-001/tasks/countersign").status == 403


def test_a_milestone_is_noted_as_reached_or_dropped(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("in_progress")
    here = signed_in(pages.address, "youth")
    page = here.open(f"/measures/{key}/milestones/1")
    seen = here.send(page, {"became": "drop"}, button="Speichern")
    assert seen.faults() == ["Begründung: Bitte füllen Sie dieses Feld aus."]
    seen = here.send(seen, {"became": "done", "on": "1.5.2026"}, button="Speichern")
    assert "erreicht am 01.05.2026" in seen.text


def test_one_takes_back_the_own_last_step(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    here.send(here.open("/measures/M-2026-001/tasks/words"), {"title": "Ein Irrtum"},
              button="Speichern")  # fmt: skip
    seen = here.send(here.open("/undo"), button="Zurücknehmen")
    assert "Zurückgenommen" in seen.text
    assert here.open("/measures/M-2026-001").title == "Lesepaten an Grundschulen"
