"""The board: what stands where, its filters as addresses, and a table that says the same."""

from cycle.usecases import measures
from tests.api.serving import Served
from tests.makers import DAY
from tests.makers_duties import a_running_measure
from tests.web.browsing import Seen, signed_in


def columns(seen: Seen) -> dict[str, list[str]]:
    """Give the keys of the cards by column."""
    found = {}
    for section in seen.root.iter("section"):
        name = section.get("aria-labelledby", "")
        if name.startswith("col-"):
            cards = [a.get("id", "")[5:] for a in section.iter("a")]
            found[name[4:]] = [key for key in cards if key.startswith("M-")]
    return found


def test_measures_stand_in_their_columns_and_in_the_table(pages_on_both: Served) -> None:
    key = a_running_measure(pages_on_both.store)
    here = signed_in(pages_on_both.address, "planner", "en")
    seen = here.open("/board")
    assert columns(seen)["in_progress"] == [key]
    assert "The same as a table" in seen.text
    rows = {cells[0]: cells[1] for cells in table(seen)}
    assert rows["under way"] == "1"
    for by in ("stage", "department", "field", "prevention", "target_group"):
        assert here.open(f"/board?by={by}").status == 200


def table(seen: Seen) -> list[list[str]]:
    """Give the cells of the table, row by row."""
    body = seen.find(".//*[@id='table']//tbody")
    return [[" ".join("".join(c.itertext()).split()) for c in row] for row in body.iter("tr")]


def test_a_filter_is_an_address_and_keeps_what_was_chosen(pages: Served) -> None:
    a_running_measure(pages.store)
    here = signed_in(pages.address, "planner", "en")
    seen = here.send(here.open("/board"), {"department": "40"}, button="Show")
    assert "department=40" in seen.path
    assert columns(seen)["in_progress"] == []
    assert seen.filled("Show")["department"] == ["40"]
    assert here.open("/board?department=99").status == 404
    assert here.open("/board?by=moon").status == 422


def test_drafts_of_others_are_on_nobodys_board(pages: Served) -> None:
    with pages.store.unit("youth", day=DAY) as unit:
        key = measures.log(unit, title="Lesepaten", lead="51").ref
    for name, sees in (("youth", True), ("planner", True), ("schools", False), ("reader", False)):
        text = signed_in(pages.address, name).open("/board").response.text
        assert (key in text) is sees, name


def test_an_empty_board_says_what_to_do(pages: Served) -> None:
    seen = signed_in(pages.address, "planner", "en").open("/board")
    assert "enter a measure" in seen.text
