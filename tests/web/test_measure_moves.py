"""The moves of a measure at the pages: what each brings, asks, and why one is refused."""

from datetime import date

import pytest

from cycle.store.unit import Unit
from cycle.usecases import dispositions, recommendations
from tests.api.serving import Served
from tests.makers_measures import Town
from tests.web.browsing import Browser, Seen, signed_in

LOG = "Maßnahme eintragen"


def _logged(here: Browser, title: str = "Lesepaten an Grundschulen") -> Seen:
    return here.send(here.open("/measures/new"), {"title": title}, button=LOG)


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


def test_one_takes_back_the_own_last_step(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    here.send(here.open("/measures/M-2026-001/tasks/words"), {"title": "Ein Irrtum"},
              button="Speichern")  # fmt: skip
    seen = here.send(here.open("/undo"), button="Zurücknehmen")
    assert "Zurückgenommen" in seen.text
    assert here.open("/measures/M-2026-001").title == "Lesepaten an Grundschulen"


def test_a_move_that_is_open_says_what_it_brings_and_what_the_measure_becomes(
    pages: Served,
) -> None:
    town = Town(pages.store)
    here = signed_in(pages.address, "planner")
    for state, move, brings in (
        ("proposed", "send_back", "ist wieder intern"),
        ("in_progress", "suspend", "Die Maßnahme ruht"),
        ("implemented", "reopen", "ihr Ende ist offen"),
    ):
        seen = here.open(f"/measures/{town.a_measure(state)}/moves/{move}").text
        assert brings in seen
        assert "Die Maßnahme hat danach den Stand:" in seen


def test_a_measure_rests_and_goes_on_again(pages: Served) -> None:
    key = Town(pages.store).a_measure("in_progress")
    here, path = signed_in(pages.address, "youth"), f"/measures/{key}/moves"
    form = here.open(f"{path}/suspend")
    assert "irrtümlich erfasst" not in form.text
    assert "Aus welchem Grund?" in form.text
    seen = here.send(form, button="Aussetzen")
    assert seen.status == 422
    assert seen.faults() == ["Aus welchem Grund?: Bitte wählen Sie eine Antwort."]
    seen = here.send(seen, {"code": "staff_missing", "review_on": "1.3.2027"}, button="Aussetzen")
    assert f"{key} ist jetzt: ausgesetzt" in seen.text
    seen = here.send(here.open(f"{path}/resume"), button="Fortsetzen")
    assert seen.status == 409
    seen = here.send(seen, {"forecast_end": "31.12.2027"}, button="Fortsetzen")
    assert f"{key} ist jetzt: in Umsetzung" in seen.text


def test_a_measure_is_given_up_with_its_cause_alone_while_it_is_a_draft(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    _logged(here)
    form = here.open("/measures/M-2026-001/moves/cancel")
    assert "decision" not in form.filled("Als entfallen melden")
    seen = here.send(form, {"code": "other"}, button="Als entfallen melden")
    assert seen.status == 409
    assert seen.filled("Als entfallen melden")["code"] == ["other"]
    seen = here.send(seen, {"reason": "doppelt"}, button="Als entfallen melden")
    assert "M-2026-001 ist jetzt: entfallen" in seen.text


def test_the_clerk_enters_what_the_council_decided(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("proposed")
    here = signed_in(pages.address, "clerk")
    seen = here.open(f"/measures/{key}/moves/approve")
    assert "Beschluss erfassen" in seen.text or "Es fehlt" in seen.text
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    town.decide(key, "adopted")
    page = here.open(f"/measures/{key}")
    seen = here.send(here.follow(page, "Beschluss eintragen"), button="Beschluss eintragen")
    assert f"{key} ist jetzt: beschlossen" in seen.text


def test_what_follows_is_not_asked_again_where_it_was_decided(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("evaluated")

    def decided(unit: Unit) -> None:
        dispositions.decide(unit, key, choice="complete", reason="erreicht")
        recommendations.answer(unit, "R-2026-001", response="rejected", reason="zu teuer")

    town.next_round()
    town.do(decided, "steering")
    path = f"/measures/{key}/moves/report_back"
    steering, planner = (signed_in(pages.address, who) for who in ("steering", "planner"))
    assert {n for n in planner.open(path).filled() if n[0] != "_"} == {"on", "decision"}
    form = steering.open(path)
    assert {n for n in form.filled() if n[0] != "_"} == set()
    seen = steering.send(form, button="Ergebnis zurückführen")
    assert f"{key} ist jetzt: zurückgeführt" in seen.text


def test_steering_is_led_to_where_an_exception_is_made_and_others_are_not(
    pages: Served,
) -> None:
    town = Town(pages.store)
    key = town.a_measure("evaluated")
    path = f"/measures/{key}"
    links = signed_in(pages.address, "steering").open(path).links()
    assert links["Ausnahme zulassen"] == f"{path}/tasks/waiver"
    for who in ("planner", "youth", "evaluator"):
        assert "Ausnahme zulassen" not in signed_in(pages.address, who).open(path).links()


def test_merging_is_left_to_the_terminal_and_says_so(pages: Served) -> None:
    key = Town(pages.store).a_measure("approved")
    here = signed_in(pages.address, "planner")
    assert "cycle measure merge" in here.open(f"/measures/{key}").text
    assert here.open(f"/measures/{key}/moves/supersede").status == 404


@pytest.mark.parametrize("page", ["moves/start", "tasks/financial", "tasks/milestones"])
def test_what_the_leading_department_answers_is_not_asked_of_another(
    pages: Served, page: str
) -> None:
    key = Town(pages.store).a_measure("approved")
    seen = signed_in(pages.address, "schools").open(f"/measures/{key}/{page}")
    assert seen.status == 403
    assert "Das beantwortet das federführende Amt der Maßnahme: 51." in seen.text
    for who in ("youth", "planner"):
        assert signed_in(pages.address, who).open(f"/measures/{key}/{page}").status == 200


def test_nothing_of_ones_own_means_nothing_to_take_back(pages: Served) -> None:
    seen = signed_in(pages.address, "youth").open("/undo")
    assert "Es gibt nichts, was Sie zurücknehmen könnten." in seen.text
    assert seen.forms() == []
