"""Awkward cases of money: one test a row."""

from collections.abc import Iterator
from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.machine.facts import Ask
from cycle.reading.filters import Filters
from cycle.reading.journal import events
from cycle.store.store import Store
from cycle.usecases import (
    budgets,
    bulk,
    consequences,
    decisions,
    measures,
    waivers,
)
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_measures import DAY, Town
from tests.stories.chamber import (
    deadlines,
    financial,
    line,
    owed,
    refused,
    repealed,
    taken_over,
)

FREEZE = Ask(code="budget_freeze")


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> str:
    """Give a Saalestadt of its own, for use cases and the command alike."""
    return fresh_url(request.param, settle_saalestadt)


@pytest.fixture
def town(url: str) -> Iterator[Town]:
    opened = Store.open(url)
    yield Town(opened)
    opened.close()


@pytest.fixture
def cycle(url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cycle:
    """Call the command on the same town, on the day of the tests; `local` holds every role."""
    monkeypatch.setenv("CYCLE_TODAY", DAY.isoformat())
    return Cycle(capsys, url)


# Adopted vorbehaltlich Haushalt


def reserved(town: Town) -> tuple[str, str]:
    """Approve a measure on the condition that the budget provides; give it and the decision."""
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    ref = town.do(
        lambda u: decisions.add(
            u, on=date(2026, 2, 20), result="adopted", measures=[key], body="SR",
            paper="2026/0001", paper_name="Sprachförderung",
            conditions=[("budget_reservation", "vorbehaltlich Haushalt 2027", date(2026, 12, 31))],
        ).ref, "clerk",
    )  # fmt: skip
    town.move(key, "approve", actor="clerk")
    town.do(lambda u: waivers.grant(u, key, "milestone_missing", reason="klein"), "steering")
    return key, ref


def test_a_budget_reservation_blocks_the_start_until_money_is_approved(town: Town) -> None:
    key, _ = reserved(town)
    assert refused(town, key, "start", Ask()) == ["budget_reserved"]
    line(town, key, planned=10_000_00)
    assert refused(town, key, "start", Ask()) == ["budget_reserved"]
    assert deadlines(town, key, "budget_reservation") == [(date(2026, 12, 31), None)]
    line(town, key, approved=10_000_00)
    assert deadlines(town, key, "budget_reservation") == [(date(2026, 12, 31), DAY)]
    assert town.move(key, "start") == "in_progress"


def test_a_budget_reservation_is_lifted_by_the_condition_being_met(
    town: Town, cycle: Cycle
) -> None:
    key, ref = reserved(town)
    cycle.done("decision", "meet", ref, "budget_reservation", "Haushalt beschlossen")
    assert deadlines(town, key, "budget_reservation") == [(date(2026, 12, 31), DAY)]
    assert town.move(key, "start") == "in_progress"


# Budget partly cut


def budgeted(town: Town) -> str:
    """Begin a measure whose 100,000 € of 2027 are approved and countersigned."""
    key = town.a_measure("in_progress")
    town.do(
        lambda u: consequences.assess(
            u, key, ["financial"], text="100.000 € im Jahr", annual_cents=100_000_00,
            cover="budgeted",
        )
    )  # fmt: skip
    town.do(lambda u: consequences.countersign(u, key), "finance")
    line(town, key, planned=100_000_00, approved=100_000_00)
    return key


def test_a_cut_budget_leaves_the_measure_running_but_asks_for_a_revision(town: Town) -> None:
    key = budgeted(town)
    line(town, key, approved=50_000_00)
    assert town.seen(key).state == "in_progress"
    row = financial(town, key)
    assert (row.state, row.text, row.proposal) == ("open", None, "100.000 € im Jahr")
    assert (row.annual_cents, row.cover) == (100_000_00, "budgeted")  # the last known amounts
    assert row.countersigned_on is None
    assert owed(town, key) == {"consequence_open", "financial_not_countersigned"}
    assert deadlines(town, key, "budget_choice") == []  # half of the plan is enough to go on
    town.do(
        lambda u: consequences.assess(
            u, key, ["financial"], text="50.000 € im Jahr", annual_cents=50_000_00
        ), "finance",
    )  # fmt: skip
    assert financial(town, key).cover == "budgeted"
    assert owed(town, key) == {"financial_not_countersigned"}
    town.do(lambda u: consequences.countersign(u, key), "finance")
    assert owed(town, key) == set()


def test_below_half_of_its_plan_the_steering_group_has_60_days_to_choose(town: Town) -> None:
    key = budgeted(town)
    line(town, key, approved=49_999_99)
    assert deadlines(town, key, "budget_choice") == [(date(2027, 1, 21), None)]
    line(town, key, approved=40_000_00)  # cut again: one choice is enough
    assert deadlines(town, key, "budget_choice") == [(date(2027, 1, 21), None)]


def test_money_that_was_planned_and_not_approved_is_cut_too(town: Town) -> None:
    key = town.a_measure("approved")
    line(town, key, planned=100_000_00)
    line(town, key, funding="state", planned=100_000_00)  # nobody decided on it yet
    assert deadlines(town, key, "budget_choice") == []
    line(town, key, approved=90_000_00)
    assert financial(town, key).state == "open"
    assert deadlines(town, key, "budget_choice") == []
    line(town, key, funding="state", approved=0)
    assert deadlines(town, key, "budget_choice") == [(date(2027, 1, 21), None)]


def test_the_same_amount_entered_again_and_a_higher_one_are_no_cut(town: Town) -> None:
    key = budgeted(town)
    line(town, key, approved=100_000_00)
    line(town, key, approved=120_000_00)
    line(town, key, spent=1_00)
    assert financial(town, key).state == "assessed"
    assert owed(town, key) == set()


@pytest.mark.parametrize("name", ["suspend", "cancel"])
def test_the_choice_is_made_by_halting_or_dropping_the_measure(town: Town, name: str) -> None:
    key = budgeted(town)
    line(town, key, approved=0)
    if name == "cancel":
        repealed(town, key)
        town.do(lambda u: waivers.grant(u, key, "evaluation_owed", reason="kurz"), "steering")
    town.move(key, name, Ask(code="budget_withdrawn"))
    assert deadlines(town, key, "budget_choice") == [(date(2027, 1, 21), DAY)]


def test_the_choice_is_no_longer_asked_once_the_money_is_back(town: Town) -> None:
    key = budgeted(town)
    line(town, key, approved=10_000_00)
    line(town, key, approved=30_000_00)
    assert deadlines(town, key, "budget_choice") == [(date(2027, 1, 21), None)]
    line(town, key, approved=50_000_00)
    assert deadlines(town, key, "budget_choice") == [(date(2027, 1, 21), DAY)]


def test_the_steering_group_may_let_it_go_on_adapted(town: Town, cycle: Cycle) -> None:
    key = budgeted(town)
    with pytest.raises(Conflict, match="waits"):
        town.do(lambda u: budgets.keep(u, key, reason="weiter"), "steering")
    line(town, key, approved=10_000_00)
    with pytest.raises(Forbidden):
        town.do(lambda u: budgets.keep(u, key, reason="weiter"), "finance")
    with pytest.raises(Invalid):
        town.do(lambda u: budgets.keep(u, key, reason=" "), "steering")
    assert cycle("budget", "show", key, "--json").json["choices"] == [
        {"year": "2027", "due": "2027-01-21"}
    ]
    cycle.done("budget", "keep", key, "--reason", "Nur noch zwei Kitas.")
    assert deadlines(town, key, "budget_choice") == [(date(2027, 1, 21), DAY)]
    assert town.seen(key).state == "in_progress"
    told = town.do(lambda u: events(u.reading(), key=key, sees_internal=True))[-1]
    assert (told.action, told.changes["reason"]) == ("kept", "Nur noch zwei Kitas.")


def test_a_draft_s_plan_may_shrink_without_ado(town: Town) -> None:
    key = town.a_measure("draft")
    line(town, key, planned=100_00, approved=100_00)
    line(town, key, approved=1_00)
    assert (owed(town, key), deadlines(town, key, "budget_choice")) == (set(), [])


# Haushaltssperre


def test_a_freeze_spares_what_the_law_demands(town: Town, cycle: Cycle) -> None:
    voluntary = taken_over(town, mandate="voluntary")
    statutory = taken_over(town, mandate="statutory")
    unknown = taken_over(town)
    waiting = town.do(
        lambda u: measures.log(u, title="Entwurf", lead="51", mandate="voluntary").ref
    )
    elsewhere = taken_over(town, lead="40", mandate="voluntary")
    cycle.done("measure", "suspend", "--department", "51", "--mandate", "voluntary", "--code",
               "budget_freeze", "--yes")  # fmt: skip
    states = [town.seen(k).state for k in (voluntary, statutory, unknown, waiting, elsewhere)]
    assert states == ["suspended", "in_progress", "in_progress", "draft", "in_progress"]
    frozen = town.seen(voluntary)
    assert (frozen.reason_code, frozen.suspended_on) == ("budget_freeze", DAY)
    assert (frozen.state_since, frozen.review_on) == (DAY, date(2027, 5, 21))


def test_a_freeze_of_all_must_say_that_it_means_the_voluntary_ones(town: Town) -> None:
    key = taken_over(town)
    with pytest.raises(Invalid) as told:
        town.do(lambda u: bulk.move_all(u, "suspend", FREEZE, filters=Filters(department="51")))
    assert [fault.pointer for fault in told.value.faults] == ["mandate"]
    assert town.seen(key).state == "in_progress"


# Grant ends


def test_a_measure_without_cover_after_its_grant_says_from_when(town: Town, cycle: Cycle) -> None:
    key = taken_over(town, planned_end=date(2028, 12, 31))
    end = date(2027, 12, 31)
    line(town, key, 2027, funding="esf", planned=60_000_00, approved=60_000_00, grant_end=end)
    assert cycle("budget", "show", key, "--json").json["uncovered_from"] == "2028-01-01"
    assert "Without cover from" in cycle("budget", "show", key, "--lang", "en").out
    (row,) = cycle("budget", "list", "--json").json
    assert (row["key"], row["uncovered_from"]) == (key, "2028-01-01")
    line(town, key, 2028, planned=60_000_00)
    assert cycle("budget", "show", key, "--json").json["uncovered_from"] is None
