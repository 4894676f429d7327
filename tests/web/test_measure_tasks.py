"""The task list of a measure at the pages: asked once, kept, and shown again."""

from typing import Any

import pytest
from sqlmodel import select

from api.web import tasks
from api.web.pages import measure_tasks
from cycle.machine.measures import MEASURES
from cycle.model.measures import Measure
from cycle.usecases import measures as deeds
from tests.api.serving import Served
from tests.makers import DAY
from tests.makers_measures import Town
from tests.web.browsing import Browser, Seen, signed_in

LOG = "Maßnahme eintragen"


def _logged(here: Browser, title: str = "Lesepaten an Grundschulen") -> Seen:
    return here.send(here.open("/measures/new"), {"title": title}, button=LOG)


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
    ("task", "words", "shown"),
    [
        ("enforcement", {"lever": "budget", "text": "im Haushalt"}, "Haushalt: im Haushalt"),
        ("milestones", {"title": "Stellen", "due": "1.6.2027"}, "01.06.2027: Stellen – offen"),
        ("budget", {"from_year": "2027", "planned": "45.000"}, "geplant 45.000,00"),
        ("money", {"from_year": "2026", "spent": "1.000,50"}, "ausgegeben 1.000,50"),
    ],
)  # fmt: skip
def test_a_task_that_adds_something_adds_it(
    pages: Served, task: str, words: dict[str, Any], shown: str
) -> None:
    here = signed_in(pages.address, "planner")
    here.send(here.open("/measures/new"), {"title": "Lesepaten", "lead": "51"}, button=LOG)
    seen = here.send(here.open(f"/measures/M-2026-001/tasks/{task}"), words, button="Speichern")
    assert seen.path == "/measures/M-2026-001", seen.text
    assert "Gespeichert" in seen.text
    again = here.open(f"/measures/M-2026-001/tasks/{task}").text
    assert "Bereits eingetragen" in again
    assert shown in again


@pytest.mark.parametrize("task", [t.slug for t in tasks.TASKS if "planner" in t.roles])
def test_a_task_sent_empty_says_it_was_saved_only_where_something_was(
    pages: Served, task: str
) -> None:
    here = signed_in(pages.address, "planner")
    here.send(here.open("/measures/new"), {"title": "Lesepaten", "lead": "51"}, button=LOG)
    page = here.open(f"/measures/M-2026-001/tasks/{task}")
    if not page.forms():  # nothing can be answered yet
        assert task == "commitments"
        return
    seen = here.send(page, button="Weiter" if task == "participation" else "Speichern")
    if seen.faults() or task == "amendment":  # it has no questions, and nothing to confirm yet
        assert "Gespeichert" not in seen.text
        return
    with pages.store.unit("planner", day=DAY) as unit:
        version = unit.session.scalars(select(Measure.version)).one()
    assert ("Nichts ausgefüllt" in seen.text) == (version == 1), seen.text
    assert ("Gespeichert" in seen.text) == (version > 1), seen.text


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
    much = "x" * (5 * 2**20) + "ä" * 2**20  # two bytes each, six once they are sent in a form
    page = here.open("/measures/M-2026-001/tasks/words")
    seen = here.send(page, {"description": much}, button="Speichern")
    assert seen.status == 422
    assert "20000 passen hier hinein" in seen.text.replace(".", "")
    assert seen.filled("Speichern")["description"] == [much]


def test_involvement_is_told_on_two_pages_and_nothing_is_stored_halfway(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    path = "/measures/M-2026-001/tasks/participation"
    how = {"format": "survey", "level": "consult", "groups": ["residents", "target_group"],
           "participants": "412"}  # fmt: skip
    second = here.send(here.open(path), how, button="Weiter")
    assert second.path.startswith(f"{path}?")
    assert "Bereits eingetragen" not in here.open(path).text
    seen = here.send(second, {"held_from": "1.1.2027", "summary": "Ja"}, button="Speichern")
    assert seen.status == 422
    assert "Wann?" in seen.faults()[0]
    seen = here.send(seen, {"held_from": "5.3.2026"}, button="Speichern")
    assert "05.03.2026: Befragung, Anhörung (Menschen vor Ort, Zielgruppe): Ja" in seen.text
    assert "05.03.2026 Befragung: Ja" in here.open(path).text


@pytest.mark.parametrize("asked", ["format=x&level=consult&groups=residents", "format=survey",
                                   "format=survey&level=consult&groups=x"])  # fmt: skip
def test_a_second_page_without_the_answers_of_the_first_asks_the_first(
    pages: Served, asked: str
) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    seen = here.open(f"/measures/M-2026-001/tasks/participation?{asked}&participants=-1")
    assert "Wie wurde beteiligt?" in seen.text
    assert "Was kam dabei heraus?" not in seen.text


def test_no_page_of_the_task_list_asks_more_than_four_questions(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("approved")
    town.do(lambda unit: deeds.edit(unit, key, partners=["WV-A"]))
    browsers = {who: signed_in(pages.address, who) for who in ("planner", "finance", "youth")}
    for task in tasks.TASKS:
        for who, here in browsers.items():
            seen = here.open(f"/measures/{key}/tasks/{task.slug}")
            assert seen.status in {200, 403}, (task.slug, who)
            if seen.status == 200:
                asked = {name for name in _asked(seen) if not name.startswith("_")}
                assert len(asked) <= 4, (task.slug, who, asked)


def _asked(seen: Seen) -> set[str]:
    kinds = ("input", "select", "textarea")
    return {each.get("name", "") for kind in kinds for each in seen.form().iter(kind)} - {""}


def test_every_page_of_the_task_list_says_of_which_measure(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    here.send(here.open("/measures/new"), {"title": "Lesepaten", "lead": "51"}, button=LOG)
    for slug in measure_tasks.WAYS:
        seen = here.open(f"/measures/M-2026-001/tasks/{slug}")
        if seen.status == 200:
            assert seen.links()["M-2026-001 Lesepaten"] == "/measures/M-2026-001", slug
    assert here.open("/measures/M-2026-001/tasks/nothing").status == 404


def test_a_measure_comes_from_its_title_to_the_committees_by_pages_alone(pages: Served) -> None:
    goal = Town(pages.store).a_goal()
    head, finance = signed_in(pages.address, "youth"), signed_in(pages.address, "finance")
    _logged(head)
    here = "/measures/M-2026-001"
    answers: dict[str, dict[str, Any]] = {
        "goal": {"goal": goal},
        "findings": {"origin": "law", "origin_note": "SGB VIII"},
        "where": {"citywide": "1"},
        "period": {"planned_start": "1.2.2027", "planned_end": "31.12.2028"},
        "evaluation": {"due": "31.3.2029", "question": "Wirkt es?"},
    }
    for kind in tasks.CONSEQUENCES:
        answers[kind] = {"state": "none", "text": "alles ist vorhanden"}
    for task, words in answers.items():
        seen = head.send(head.open(f"{here}/tasks/{task}"), words, button="Speichern")
        assert seen.path == here, seen.text
    how = {"format": "survey", "level": "consult", "groups": ["residents", "independent_providers"]}
    second = head.send(head.open(f"{here}/tasks/participation"), how, button="Weiter")
    head.send(second, {"held_from": "5.3.2026", "summary": "Ja"}, button="Speichern")
    seen = head.open(here)
    assert "Von Ihnen fehlt nichts." in seen.text
    assert "Mitzeichnung der Kämmerei" in seen.text
    assert head.send(head.open(f"{here}/moves/target"), button="Ziel zuordnen").path == here
    refused = head.open(f"{here}/moves/propose")
    assert "Es fehlt die Mitzeichnung der Kämmerei (20)." in refused.text
    signed = finance.send(finance.open(f"{here}/tasks/countersign"), button="Speichern")
    assert signed.path == here
    seen = head.send(head.open(f"{here}/moves/propose"), button="In die Gremien geben")
    assert "M-2026-001 ist jetzt: in Beratung" in seen.text
    assert signed_in(pages.address, "reader").open(here).status == 200


def test_an_open_milestone_leads_to_where_it_is_noted_what_became_of_it(pages: Served) -> None:
    key = Town(pages.store).a_measure("in_progress")
    here = signed_in(pages.address, "youth")
    for path in (f"/measures/{key}", f"/measures/{key}/tasks/milestones"):
        links = here.open(path).links()
        assert f"/measures/{key}/milestones/1" in links.values(), path
    assert signed_in(pages.address, "schools").open(f"/measures/{key}/milestones/1").status == 403
    reader = signed_in(pages.address, "reader").open(f"/measures/{key}")
    assert "Kräfte eingestellt – offen" in reader.text
    assert f"/measures/{key}/milestones/1" not in reader.links().values()


def test_promises_of_nobody_lead_to_naming_the_partners(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    page = here.open("/measures/M-2026-001/tasks/commitments")
    assert page.links()["Beteiligte Stellen nennen"] == "/measures/M-2026-001/tasks/lead"
    other = here.open("/measures/M-2026-001/tasks/words").filled("Speichern")
    seen = here.post("/measures/M-2026-001/tasks/commitments", {"_csrf": other["_csrf"]})
    assert seen.status == 422
    assert "Die Maßnahme hat noch keine beteiligten Stellen." in seen.faults()[0]


def test_a_fault_names_a_field_as_the_page_calls_it(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    here.send(here.open("/measures/new"), {"title": "Lesepaten", "lead": "51"}, button=LOG)
    period = here.open("/measures/M-2026-001/tasks/period")
    seen = here.send(period, {"planned_start": "1.1.2028", "planned_end": "31.12.2027"})
    assert seen.faults() == ["Bis: 31.12.2027 liegt vor 01.01.2028."]
    money = here.open("/measures/M-2026-001/tasks/financial")
    words = {"state": "assessed", "text": "Personal", "annual_cents": "-5"}
    assert "„Jedes Jahr“ muss mindestens 0 sein." in here.send(money, words).faults()[0]
    assert here.send(money, {"state": "none", "text": "x", "annual_cents": "5"}).status == 422
