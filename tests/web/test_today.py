"""The start page: what waits for whom, since when, and the page that settles it."""

from datetime import date, timedelta

import pytest

from api.web.pages import today
from cycle.reading import today as reading
from cycle.reading.door import open_reader
from cycle.usecases import consequences, measures, progress_requests
from tests.api.serving import Served
from tests.makers import DAY
from tests.makers_duties import a_running_measure
from tests.makers_measures import Town
from tests.web.browsing import Seen, signed_in

KINDS = ("built", "staffing", "organisational", "financial")


def start(served: Served, name: str) -> Seen:
    return signed_in(served.address, name, "en").open("/")


def test_where_nothing_waits_the_page_says_so(pages: Served) -> None:
    here = signed_in(pages.address, "reader", "en")
    assert "Nothing waits for you today." in here.open("/").text
    assert "Nothing waits for you today." in start(pages, "youth").text


def test_a_head_sees_what_its_department_owes_and_what_its_drafts_lack(
    pages_on_both: Served,
) -> None:
    key = a_running_measure(pages_on_both.store)
    with pages_on_both.store.unit("youth", day=DAY) as unit:
        draft = measures.log(unit, title="Lesepaten", lead="51").ref
    with pages_on_both.store.unit("planner", day=DAY) as unit:
        other = measures.log(unit, title="Schulhof", lead="40").ref
        progress_requests.ask(unit, ["51"], date(2026, 12, 1))
    seen = start(pages_on_both, "youth")
    assert "asks for it by 2026-12-01" in seen.text
    assert seen.links()["Report progress"] == "/progress"
    assert draft in seen.text
    assert "Next:" in seen.text
    assert other not in seen.text
    assert "/measures/new" in seen.links().values()
    assert key not in seen.links()


def test_the_finance_office_sees_what_is_to_be_countersigned(pages: Served) -> None:
    town = Town(pages.store)
    key = town.a_measure("targeted")
    with pages.store.unit("youth", day=DAY - timedelta(days=9)) as unit:
        consequences.assess(unit, key, KINDS, state="none", text="keine")
    seen = start(pages, "finance")
    assert "To countersign" in seen.text
    assert key in seen.text
    assert "since 2026-11-13" in seen.text
    town.do(lambda unit: consequences.countersign(unit, key), "finance")
    assert "To countersign" not in start(pages, "finance").text


def test_the_clerk_sees_proposals_the_steering_group_what_was_evaluated(pages: Served) -> None:
    town = Town(pages.store)
    proposed, evaluated = town.a_measure("proposed"), town.a_measure("evaluated")
    seen = start(pages, "clerk")
    assert "Proposals without a decision" in seen.text
    assert proposed in seen.text
    seen = start(pages, "steering")
    assert "What follows from the evaluation?" in seen.text
    assert evaluated in seen.text
    assert evaluated in start(pages, "reader").text  # what is new


def test_a_long_list_is_cut_and_tells_how_many_there_are(
    pages_on_both: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "MOST", 2)
    town = Town(pages_on_both.store)
    for n in range(3):
        with pages_on_both.store.unit("youth", day=DAY) as unit:
            measures.log(unit, title=f"Lesepaten {n}", lead="51")
        proposed = town.a_measure("proposed")
    with_goal = town.a_measure("targeted")
    here = signed_in(pages_on_both.address, "youth", "en")
    head = here.open("/")
    assert ("Lesepaten 1" in head.text, "Lesepaten 2" in head.text) == (True, False)
    every = here.follow(head, "All 4: Your drafts and what comes next")
    assert "Lesepaten 0" in every.text
    assert "Lesepaten 2" in every.text
    assert with_goal in every.text
    assert proposed not in every.text
    clerk = start(pages_on_both, "clerk")
    assert clerk.links()["All 3: Proposals without a decision"] == "/measures?state=proposed"


def test_a_planner_sees_the_open_ends_by_rule_with_the_list_behind_each(pages: Served) -> None:
    Town(pages.store).a_goal()
    seen = start(pages, "planner")
    lists = [to for to in seen.links().values() if to.startswith("/open/gaps/")]
    assert lists
    here = signed_in(pages.address, "planner", "en")
    assert all(here.open(to).status == 200 for to in lists)


def test_every_line_leads_to_a_page_that_is_there(pages: Served) -> None:
    town = Town(pages.store)
    for state in ("draft", "targeted", "proposed", "in_progress", "implemented", "evaluated"):
        town.a_measure(state)
    for name in ("planner", "youth", "finance", "clerk", "steering", "statistician", "evaluator"):
        here = signed_in(pages.address, name, "en")
        for text, to in here.open("/").links().items():
            assert here.open(to).status in {200, 403}, (name, text, to)


def test_the_rules_of_all_roles_are_read_by_one_statement(pages: Served) -> None:
    reader = open_reader(pages.house.settings.db)
    reading.by_rule(reader, {"planner", "finance"}, today=DAY)
    assert reader.statements == 1
    reader.close()
