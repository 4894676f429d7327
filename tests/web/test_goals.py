from decimal import Decimal

from cycle.usecases import goals
from tests.api.serving import Served
from tests.makers_measures import Town
from tests.makers_rounds import COUNTED, TOWN, a_finding, a_goal, an_indicator, an_observation
from tests.web.browsing import signed_in

SVG = ".//main//{http://www.w3.org/2000/svg}svg"


def test_a_goal_shows_target_chart_attainment_and_measures(pages_on_both: Served) -> None:
    town = Town(pages_on_both.store)
    key = town.a_measure("in_progress")
    goal = town.facts(key).main_goal or ""
    here = signed_in(pages_on_both.address, "youth")
    assert goal in here.open("/goals?cycle=Z-2026").text
    seen = here.open(f"/goals/{goal}")
    assert seen.title == "Anteil auf 25 %"
    for told in ("SPRACHE", "bis 31.12.2027", "33,3", key, "in Umsetzung"):
        assert told in seen.text
    assert seen.root.find(SVG) is not None


def test_a_draft_of_another_department_is_not_named_at_its_goal(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("draft")
    goal = town.facts(key).main_goal
    assert key in signed_in(pages.address, "youth").open(f"/goals/{goal}").text
    seen = signed_in(pages.address, "schools").open(f"/goals/{goal}")
    assert key not in seen.text
    assert "Noch dient keine Maßnahme" in seen.text


def test_the_planner_leads_a_goal_from_a_finding_to_its_rating(pages: Served) -> None:
    town = Town(pages.store)
    town.do(a_finding)
    town.do(an_indicator, "statistician")
    town.do(an_observation, "statistician")
    here = signed_in(pages.address, "planner")
    words = {"text": "60 % haben einen Platz", "level": "operational", "owner": "51"}
    seen = here.send(here.open("/goals/new?finding=F-2026-001"), words)
    assert seen.path == "/goals/G-2026-001"
    assert "F-2026-001" in seen.links()

    words = {"indicator": "KITA", "value": "60,5", "date": "31.12.2028",
             "baseline": COUNTED.strftime("%d.%m.%Y"), "area": TOWN}  # fmt: skip
    seen = here.send(here.follow(seen, "Zielwert setzen"), words)
    assert "Der Zielwert von G-2026-001 ist gesetzt." in seen.text
    assert "60,5 %" in seen.text
    seen = here.send(here.follow(seen, "Abstimmung eintragen"), {"department": "51"})
    assert "zugestimmt" in seen.text
    seen = here.send(here.follow(seen, "Beschluss des Ziels eintragen"), {"body": "JHA"})
    assert "Der Beschluss von G-2026-001 ist eingetragen." in seen.text
    asked = here.follow(seen, "Zielerreichung bewerten")
    assert here.send(asked, {"status": "achieved"}).status == 422
    seen = here.send(asked, {"status": "achieved", "text": "Alle haben einen Platz."})
    assert "Alle haben einen Platz." in seen.text


def test_what_a_goal_lacks_for_its_adoption_is_said_in_full(pages: Served) -> None:
    Town(pages.store).do(lambda unit: a_goal(unit, owner=None))
    here = signed_in(pages.address, "clerk")
    seen = here.send(here.open("/goals/G-2026-001/adoption"), {"body": "JHA"})
    assert seen.status == 422
    assert len(seen.faults()) == 3


def test_more_is_written_down_and_a_stale_form_shows_both_versions(pages: Served) -> None:
    town = Town(pages.store)
    town.do(a_goal)
    here = signed_in(pages.address, "planner")
    asked = here.open("/goals/G-2026-001/edit")
    assert asked.filled()["owner"] == ["51"]
    town.do(lambda unit: goals.edit(unit, "G-2026-001", owner="50"))
    stale = here.send(asked, {"owner": "53"})
    assert stale.status == 409
    assert "50" in stale.text
    seen = here.send(stale, {"owner": "53", "due": "31.12.2027"})
    assert "G-2026-001 ist gespeichert." in seen.text
    assert "31.12.2027" in seen.text


def test_earlier_targets_stay_to_be_seen(pages: Served) -> None:
    town = Town(pages.store)
    goal = town.a_goal()
    town.do(lambda unit: goals.revise(
        unit, goal, reason="zu ehrgeizig", value=Decimal(28)))  # fmt: skip
    seen = signed_in(pages.address, "reader").open(f"/goals/{goal}")
    assert "zu ehrgeizig" in seen.text
    assert "28,0 %" in seen.text


def test_a_head_of_department_writes_an_open_goal_only(pages: Served) -> None:
    here = signed_in(pages.address, "youth")
    assert "noch kein Ziel" in here.open("/goals").text
    asked = here.open("/goals/new")
    assert "Leitziel" not in asked.text
    assert here.send(asked, {"text": "Alle lernen schwimmen"}).path == "/goals/G-2026-001"
    assert here.open("/goals/G-2026-001/edit").status == 403
