"""The open ends: by rule, line by line, and the page that settles each."""

from cycle.reading.filters import Filters
from cycle.reading.overdue import listed
from tests.api.serving import Served
from tests.makers import DAY
from tests.makers_measures import Town
from tests.web.browsing import signed_in


def test_every_kind_leads_to_its_lines_and_every_line_to_a_page(pages_on_both: Served) -> None:
    town = Town(pages_on_both.store)
    town.a_goal(measured=False)
    for state in ("in_progress", "implemented", "evaluated"):
        town.a_measure(state)
    here = signed_in(pages_on_both.address, "planner", "en")
    seen = here.open("/open")
    kinds = [to for to in seen.links().values() if to.startswith("/open/")]
    assert len(kinds) > 3
    for kind in kinds:
        lines = here.open(kind)
        assert lines.status == 200, kind
        assert "cycle " not in lines.text.replace("cycle of", ""), kind
        for text, to in lines.links().items():
            assert here.open(to).status in {200, 403}, (kind, text, to)


def test_the_lines_are_those_of_the_other_doors(pages: Served) -> None:
    Town(pages.store).a_measure("in_progress")
    with pages.store.unit("planner", day=DAY) as unit:
        rows = listed(unit.reading(), today=DAY, lang="en", filters=Filters(department="51"))
    seen = signed_in(pages.address, "planner", "en").open("/open/overdue?department=51")
    assert rows
    assert len(list(seen.find(".//tbody"))) == len(rows)
    assert all(row.says in seen.text for row in rows)
    only = signed_in(pages.address, "planner", "en").open(f"/open/overdue?rule={rows[0].rule}")
    assert len(list(only.find(".//tbody"))) == sum(row.rule == rows[0].rule for row in rows)


def test_where_nothing_is_open_the_page_says_so(pages: Served) -> None:
    here = signed_in(pages.address, "planner", "en")
    assert "Nothing is overdue." in here.open("/open").text
    assert "Nothing is overdue." in here.open("/open/overdue").text
    assert "no open end of this kind" in here.open("/open/gaps/feedback_missing").text
    assert here.open("/open/gaps/nonsense").status == 404
    assert here.open("/open?cycle=Z-1999").status == 404


def test_the_open_ends_are_for_those_who_work_with_the_store(pages: Served) -> None:
    assert signed_in(pages.address, "reader").open("/open").status == 403
    assert signed_in(pages.address, "youth").open("/open").status == 200
