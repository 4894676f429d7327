"""A move together with what was decided on it, as one deed."""

from datetime import date

import pytest

from cycle.errors import NotFound, Refused
from cycle.machine.facts import Ask
from cycle.model.decisions import Decision
from cycle.store.store import Store
from cycle.usecases import approvals, budgets, enforcements, lookup, measures
from tests import makers
from tests.makers_measures import Town

DAY = date(2026, 2, 20)
SITTING = {"paper": "2026/0009", "body": "SR"}


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


def decided(
    town: Town, key: str, name: str, minutes: dict[str, str], ask: Ask | None = None
) -> None:
    """Let the clerk make a move with what was decided."""
    what = ask or Ask(on=DAY)
    town.do(lambda u: approvals.move(u, key, name, what, minutes=minutes), "clerk")


def told(town: Town) -> list[tuple[str, str, date]]:
    """List kind, result and day of every decision."""
    found = town.do(lambda unit: lookup.every(unit, Decision))
    return [(each.kind, each.result, each.decided_on) for each in found]


def test_what_a_body_decided_is_recorded_with_the_approval(town: Town) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    decided(town, key, "approve", SITTING)
    assert town.seen(key).state == "approved"
    assert told(town)[-1] == ("resolution", "adopted", DAY)


def test_a_refused_move_leaves_no_decision_behind(town: Town) -> None:
    key = town.a_measure("proposed")
    with pytest.raises(Refused):
        decided(town, key, "approve", SITTING | {"result": "rejected"})
    assert told(town) == []


def test_a_document_without_a_body_is_an_administrative_decision(town: Town) -> None:
    key, order = town.a_measure("draft"), {"document": "Verfügung", "department": "51"}
    town.do(lambda u: measures.edit(u, key, binding="administrative"))
    town.targeted(key)
    town.do(lambda u: enforcements.add(u, key, lever="target_agreement"))
    town.proposed(key)
    decided(town, key, "approve", order)
    assert told(town)[-1] == ("administrative", "adopted", DAY)


def test_who_cancels_repeals_what_the_measure_rested_on(town: Town) -> None:
    key = town.a_measure("approved")
    town.do(lambda u: budgets.set_line(u, key, 2026, spent=0), "finance")
    paper = {"paper": "2026/0050", "body": "SR"}
    why = Ask(code="no_need", reason="Nicht mehr nötig.", on=date(2026, 3, 1))
    decided(town, key, "cancel", paper, why)
    last = town.do(lambda u: lookup.every(u, Decision))[-1]
    assert town.do(lambda u: u.get(Decision, last.repeals_id).ref) == "D-2026-002"
    assert town.seen(key).state == "cancelled"


def test_the_one_changed_text_that_waits_is_confirmed(town: Town) -> None:
    key = town.a_measure("proposed")
    with pytest.raises(NotFound, match="No decision on M-2026-001 waits"):
        town.do(lambda u: approvals.confirm_text(u, key))
    town.decide(key, "recommended", "JHA", date(2026, 2, 12))
    amended = town.decide(key, "adopted_amended")
    confirmed = town.do(lambda u: approvals.confirm_text(u, key))
    assert (confirmed.ref, confirmed.amendment_confirmed_on) == (amended, makers.DAY)
    with pytest.raises(NotFound):
        town.do(lambda u: approvals.confirm_text(u, key))
