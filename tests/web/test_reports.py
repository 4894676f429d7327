from datetime import date

from cycle.reading.findings import listed
from cycle.usecases import findings, recommendations
from tests.api.serving import Served
from tests.makers_measures import Town
from tests.makers_rounds import COUNTED, TOWN, a_finding, an_indicator, an_observation
from tests.web.browsing import signed_in


def test_a_report_shows_what_became_of_each_finding(pages_on_both: Served) -> None:
    town = Town(pages_on_both.store)
    key = town.a_measure("evaluated")
    town.do(lambda unit: a_finding(unit, text="In Süd fehlen Hortplätze."))
    here = signed_in(pages_on_both.address, "planner")

    assert "Sozialbericht" in here.open("/reports").text
    seen = here.open("/reports/B-2026-02")
    assert "Was wurde daraus?" in seen.text
    for told in (key, "evaluiert", "teilweise wirksam", "Sprachförderkräfte in vier Kitas"):
        assert told in seen.text
    assert seen.links()[key] == f"/measures/{key}"
    assert here.follow(seen, "F-2026-001").title == "F-2026-001"
    assert "noch keine Antwort" in here.open("/reports/B-2026-01").text


def test_a_reader_is_shown_no_draft_behind_a_finding(pages: Served) -> None:
    key = Town(pages.store).a_measure("draft")
    assert key in signed_in(pages.address, "planner").open("/reports/B-2026-02").text
    seen = signed_in(pages.address, "reader").open("/reports/B-2026-02")
    assert seen.status == 200
    assert key not in seen.text


def test_the_planner_leads_a_report_to_the_public(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    begun = here.send(
        here.open("/reports/new"), {"title": "Bildungsbericht", "kind": "social_report"}
    )
    assert begun.title == "Bildungsbericht"
    assert "noch keinen Befund" in begun.text
    words = {"text": "In Süd fehlen Hortplätze.", "report": "B-2026-01", "source": "Amt 51"}
    found = here.send(here.open("/findings/new?report=B-2026-01"), words)
    assert found.title == "F-2026-001"

    seen = here.send(here.follow(here.open("/reports/B-2026-01"), "Freigeben"))
    assert "B-2026-01 ist freigegeben." in seen.text
    asked = here.follow(seen, "Vorstellung eintragen")
    wrong = here.send(asked, {"body": "JHA", "on": "31.2.2026"})
    assert wrong.status == 422
    seen = here.send(wrong, {"body": "JHA", "on": "20.11.2026", "paper": "0482/2026"})
    assert "Vorlage 0482/2026" in seen.text
    seen = here.send(here.follow(seen, "Veröffentlichen"), {"url": "https://stadt.example/b1"})
    assert "B-2026-01 ist veröffentlicht." in seen.text
    assert "https://stadt.example/b1" in seen.links().values()


def test_a_report_without_findings_cannot_be_presented_and_the_page_says_why(pages: Served) -> None:
    here = signed_in(pages.address, "planner")
    asked = here.open("/reports/B-2026-01/present")
    seen = here.send(asked, {"body": "JHA", "on": "20.11.2026"})
    assert seen.status == 409
    assert "Befund" in seen.text
    assert seen.filled()["on"] == ["20.11.2026"]


def test_the_preview_prints_findings_by_field_with_charts(pages: Served) -> None:
    town = Town(pages.store)
    town.do(an_indicator, "statistician")
    town.do(an_observation, "statistician")
    cited = [("KITA", TOWN, COUNTED)]
    town.do(lambda unit: a_finding(unit, observations=cited))
    here = signed_in(pages.address, "planner")
    seen = here.open("/reports/B-2026-01/preview")
    assert seen.title.startswith("Bericht")
    assert "Ohne Handlungsfeld" in seen.text
    assert "52" in seen.text
    assert seen.root.find(".//main//{http://www.w3.org/2000/svg}svg") is not None


def test_the_planner_answers_a_finding(pages: Served) -> None:
    town = Town(pages.store)
    goal = town.a_goal()
    town.do(lambda unit: a_finding(unit, text="In Süd fehlen Hortplätze."))
    here = signed_in(pages.address, "planner")
    asked = here.follow(here.open("/findings/F-2026-002"), "Befund beantworten")
    bare = here.send(asked, {"response": "no_action"})
    assert bare.status == 422
    seen = here.send(bare, {"response": "goal", "goal": goal})
    assert "F-2026-002 ist beantwortet." in seen.text
    assert goal in seen.links()
    assert signed_in(pages.address, "youth").open("/findings/F-2026-002/response").status == 403


def test_feedback_of_an_evaluation_is_taken_note_of(pages: Served) -> None:
    town = Town(pages.store)
    town.a_measure("evaluated")
    key = town.do(lambda unit: next(
        each.key for each in listed(unit.reading()) if each.kind == "evaluation_result"
    ))  # fmt: skip
    here = signed_in(pages.address, "steering")
    seen = here.send(here.follow(here.open(f"/findings/{key}"), "Zur Kenntnis nehmen"))
    assert f"Sie haben {key} zur Kenntnis genommen." in seen.text
    assert "22.11.2026" in seen.text


def test_a_recommendation_is_answered_with_a_reason(pages: Served) -> None:
    town = Town(pages.store)
    town.do(a_finding)
    town.do(lambda unit: recommendations.add(
        unit, text="In Süd beginnen.", finding="F-2026-001", addressee="51"))  # fmt: skip
    here = signed_in(pages.address, "youth")
    asked = here.follow(here.open("/recommendations"), "R-2026-001")
    asked = here.follow(asked, "Empfehlung beantworten")
    assert here.send(asked, {"response": "accepted"}).status == 422
    seen = here.send(asked, {"response": "accepted", "reason": "Wir beginnen dort."})
    assert "angenommen: Wir beginnen dort." in seen.text
    assert "Keine Empfehlung wartet" in here.open("/recommendations").text
    assert "R-2026-001" in here.open("/recommendations?all=1").text
    with town.store.unit("planner", day=date(2026, 11, 22)) as unit:
        findings.respond(unit, "F-2026-001", response="no_action", reason="genügt")
    assert signed_in(pages.address, "schools").open("/recommendations/R-2026-001").status == 200
