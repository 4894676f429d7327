from tests.api.serving import Served
from tests.makers_measures import Town
from tests.web.browsing import signed_in

JUDGED = {
    "overall": "partly_effective", "text": "Es wirkt zum Teil.", "effectiveness": "3",
    "result_0": "auf dem Weg", "recommendations": "Elternmodul ergänzen.\nFrüher beginnen.",
}  # fmt: skip


def test_an_evaluation_moves_the_measure_and_steering_says_what_follows(
    pages_on_both: Served,
) -> None:
    town = Town(pages_on_both.store)
    key = town.a_measure("implemented")
    here = signed_in(pages_on_both.address, "planner")
    asked = here.open(f"/measures/{key}/evaluations/new")
    bare = here.send(asked, {"overall": ""})
    assert bare.status == 422
    seen = here.send(asked, JUDGED)
    assert seen.title == "E-2026-001: teilweise wirksam"
    for told in ("auf dem Weg", "Elternmodul ergänzen.", "Früher beginnen.", "3 von 4"):
        assert told in seen.text
    assert town.seen(key).state == "evaluated"

    steering = signed_in(pages_on_both.address, "steering")
    asked = steering.open(f"/measures/{key}/disposition")
    lacking = steering.send(asked, {"choice": "adapt", "reason": "Es lohnt sich."})
    assert lacking.status == 422
    seen = steering.send(lacking, {"changes": "Ein Modul für Eltern."})
    assert seen.path == f"/measures/{key}"
    again = steering.open(f"/measures/{key}/disposition")
    assert again.filled()["changes"] == ["Ein Modul für Eltern."]
    steering.send(again, {"choice": "continue", "reason": "Es trägt."})
    assert steering.open(f"/measures/{key}/disposition").filled()["choice"] == ["continue"]


def test_a_measure_not_begun_cannot_be_evaluated_and_the_page_says_so(pages: Served) -> None:
    key = Town(pages.store).a_measure("approved")
    here = signed_in(pages.address, "planner")
    seen = here.send(here.open(f"/measures/{key}/evaluations/new"), JUDGED)
    assert seen.status == 409
    assert "Es wirkt zum Teil." in seen.filled()["text"]


def test_only_those_who_evaluate_see_the_form(pages: Served) -> None:
    key = Town(pages.store).a_measure("implemented")
    assert signed_in(pages.address, "youth").open(f"/measures/{key}/evaluations/new").status == 403
    assert signed_in(pages.address, "youth").open(f"/measures/{key}/disposition").status == 403
