"""What takes the place of a measure: merged, split, replaced, taken over."""

from datetime import date
from fractions import Fraction
from functools import partial

import pytest

from cycle.errors import Forbidden, Invalid, NotFound, Refused
from cycle.machine.facts import Ask
from cycle.model.duties import BudgetLine, Milestone, Owed
from cycle.model.measures import MeasureLink
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import budgets, cycles, lineage, lookup, milestones, moves, recommendations
from tests import makers
from tests.makers_measures import DAY, Town

HALVES = (Fraction(1, 2), Fraction(1, 2))


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


def missing(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.guard for reason in refused.value.reasons]


def split(town: Town, key: str, *into: str, shares: tuple[Fraction, ...] = HALVES) -> None:
    """Split a measure in two."""
    town.do(lambda u: moves.supersede(u, (key,), into, shares))


def test_a_replaced_measure_names_its_live_successor(town: Town) -> None:
    goal = town.a_goal()
    old, new = town.a_measure("draft", goal=goal), town.a_measure("draft", goal=goal)
    with pytest.raises(Refused) as refused:
        town.move(old, "cancel", Ask(code="replaced"))
    assert missing(refused) == ["successor_missing"]
    assert town.move(old, "cancel", Ask(code="replaced", successor=(new,))) == "cancelled"
    assert town.do(lambda u: lookup.every(u, MeasureLink))[0].kind == "replaced"


def test_two_measures_merge_into_one_by_shares_and_their_budgets_go_along(town: Town) -> None:
    goal = town.a_goal()
    one, two, both = (town.a_measure("targeted", goal=goal) for _ in range(3))
    for key, cents in ((one, 72_000_00), (two, 48_000_00)):
        town.do(partial(budgets.set_line, key=key, year=2026, planned=cents), "finance")
    wrong = (Fraction("0.6"), Fraction("0.3"))
    with pytest.raises(Refused) as refused:
        town.do(lambda u: moves.supersede(u, (one, two), (both,), wrong))
    assert missing(refused) == ["shares_not_one"]
    right = (Fraction("0.6"), Fraction("0.4"))
    town.do(lambda u: moves.supersede(u, (one, two), (both,), right))
    assert [town.seen(k).state for k in (one, two, both)] == ["superseded"] * 2 + ["targeted"]
    lines = town.do(lambda u: lookup.every(u, BudgetLine, measure_id=lookup.measure(u, both).id))
    assert [line.planned_cents for line in lines] == [120_000_00]


def test_a_measure_never_takes_its_own_place(town: Town) -> None:
    goal = town.a_goal()
    key, other = (town.a_measure("targeted", goal=goal) for _ in range(2))
    with pytest.raises(Invalid) as wrong:
        split(town, key, key, other)
    assert [fault.code for fault in wrong.value.faults] == ["itself"]
    with pytest.raises(Invalid) as wrong:
        town.do(lambda u: moves.supersede(u, (key, other), (other,), HALVES))
    assert [fault.code for fault in wrong.value.faults] == ["itself"]
    assert {town.seen(k).state for k in (key, other)} == {"targeted"}


def test_nobody_is_named_twice_and_everyone_has_a_share(town: Town) -> None:
    goal = town.a_goal()
    key, one, two = (town.a_measure("targeted", goal=goal) for _ in range(3))
    wrong_ways: list[tuple[tuple[str, ...], tuple[Fraction, ...], str]] = [
        ((one, one), HALVES, "named_twice"),
        ((one, two), (Fraction(1),), "miscounted"),
        ((one, two), (Fraction(3, 2), Fraction(-1, 2)), "out_of_range"),
        ((one, two), (Fraction(1), Fraction(0)), "out_of_range"),
    ]
    for into, shares, code in wrong_ways:
        with pytest.raises(Invalid) as wrong:
            split(town, key, *into, shares=shares)
        assert {fault.code for fault in wrong.value.faults} == {code}
    assert town.seen(key).state == "targeted"


def test_a_share_may_be_any_part_of_the_whole(town: Town) -> None:
    goal = town.a_goal()
    key, *into = (town.a_measure("targeted", goal=goal) for _ in range(4))
    split(town, key, *into, shares=(Fraction(1, 3),) * 3)
    assert {town.seen(k).state for k in into} == {"targeted"}


def test_a_state_is_taken_over_with_its_source_and_owes_the_skipped_steps(town: Town) -> None:
    goal = town.a_goal(measured=False)
    key = town.a_measure("draft", goal=goal)
    with pytest.raises(Refused) as refused:
        town.move(key, "take_over", Ask(state="in_progress"), to="in_progress")
    assert missing(refused) == ["source_missing", "start_missing"]
    ask = Ask(source="2019/0383", source_date=date(2019, 6, 25), start=date(2024, 1, 1),
              state="in_progress")  # fmt: skip
    assert town.move(key, "take_over", ask, to="in_progress") == "in_progress"
    owed = town.do(lambda u: {o.guard for o in lookup.every(u, Owed)})
    assert {"target_incomplete", "consequence_open", "decision_missing"} <= owed
    assert town.seen(key).taken_over is True


def test_a_split_loses_no_cent_and_a_running_successor_stays_where_it_is(town: Town) -> None:
    goal = town.a_goal()
    whole, one, two, three = (town.a_measure("targeted", goal=goal) for _ in range(4))
    running = town.a_measure("in_progress", goal=goal)
    town.do(partial(budgets.set_line, key=whole, year=2026, planned=100_00), "finance")
    third = (Fraction(1, 3),) * 3
    town.do(lambda u: moves.supersede(u, (whole,), (one, two, three), third))
    cents = [
        line.planned_cents
        for line in town.do(lambda u: lookup.every(u, BudgetLine))
        if line.planned_cents != 100_00
    ]
    assert (sorted(cents), sum(cents)) == ([3333, 3333, 3334], 100_00)
    town.do(lambda u: moves.supersede(u, (one, two), (running,), (Fraction(1, 2),) * 2))
    assert town.seen(running).state == "in_progress"


def test_a_measure_off_the_circle_takes_no_place(town: Town) -> None:
    goal = town.a_goal()
    key, live, gone = (town.a_measure("targeted", goal=goal) for _ in range(3))
    town.move(gone, "cancel", Ask(code="no_need"))
    with pytest.raises(Refused) as refused:
        split(town, key, live, gone)
    assert missing(refused) == ["successor_missing"]
    with pytest.raises(Refused) as refused:
        town.move(key, "cancel", Ask(code="no_need", successor=(gone,)))
    assert missing(refused) == ["successor_missing"]
    assert town.seen(gone).state == "cancelled"


def test_what_changes_a_decided_measure_was_itself_decided(town: Town) -> None:
    key = town.a_measure("approved")
    heirs = [town.a_measure("draft") for _ in range(2)]
    town.do(partial(budgets.set_line, key=key, year=2026, planned=72_000_00), "finance")

    def deed(unit: Unit, decision: str | None) -> None:
        moves.supersede(unit, (key,), tuple(heirs), HALVES, decision=decision)

    with pytest.raises(Refused) as refused:
        town.do(partial(deed, decision=None))
    assert missing(refused) == ["change_undecided"]
    with pytest.raises(NotFound):
        town.do(partial(deed, decision="D-1999-001"))
    refused_by_council = town.decide(heirs[0], "rejected", day=date(2026, 3, 1))
    with pytest.raises(Invalid):
        town.do(partial(deed, decision=refused_by_council))
    town.do(partial(deed, decision="D-2026-002"))
    assert town.seen(key).state == "superseded"


def test_several_do_not_become_several_at_once(town: Town) -> None:
    goal = town.a_goal()
    keys = tuple(town.a_measure("draft", goal=goal) for _ in range(4))
    with pytest.raises(Forbidden, match="not both at once"):
        town.do(lambda u: moves.supersede(u, keys[:2], keys[2:], HALVES))


def test_what_takes_the_place_of_a_suspended_measure_is_suspended(town: Town) -> None:
    goal = town.a_goal()
    old, new = town.a_measure("in_progress", goal=goal), town.a_measure("targeted", goal=goal)
    town.move(old, "suspend", Ask(code="staff_missing"), actor="youth")
    town.do(lambda u: moves.supersede(u, (old,), (new,), (Fraction(1),)))
    found = town.seen(new)
    assert (found.state, found.reason_code, found.actual_start) == (
        "suspended", "staff_missing", DAY,
    )  # fmt: skip
    assert town.facts(new).adopted is True
    owed = town.do(lambda u: {o.guard for o in lookup.every(u, Owed, settled_on=None)})
    assert {"consequence_open", "financial_not_countersigned"} <= owed


def test_open_milestones_and_later_money_go_on_to_the_successor(town: Town) -> None:
    key = town.a_measure("evaluated")
    with town.store.unit("planner", day=DAY) as unit:
        lookup.cycle(unit, "Z-2026").stage = "evaluation"
        milestones.add(unit, key, "Zweiter Standort", due=date(2028, 6, 30))
        budgets.set_line(unit, key, 2026, planned=1_00)
        budgets.set_line(unit, key, 2028, planned=2_00)
        cycles.open_round(unit, title="Nächste Runde", start=date(2028, 1, 1))
        recommendations.answer(unit, "R-2026-001", response="accepted", reason="gut")
    back = Ask(disposition="continue", reason="wirkt")
    town.move(key, "report_back", back, actor="steering")

    def heir(unit: Unit) -> tuple[list[str], list[int], bool]:
        new = lookup.measure(unit, "M-2028-001")
        steps = [m.title for m in lookup.every(unit, Milestone, measure_id=new.id)]
        years = [line.year for line in lookup.every(unit, BudgetLine, measure_id=new.id)]
        return steps, years, moves.facts_of(unit, new).adopted

    assert town.do(heir) == (["Zweiter Standort"], [2028], True)


def test_what_came_of_a_measure_is_written_down_once(town: Town) -> None:
    goal = town.a_goal()
    old, new = town.a_measure("draft", goal=goal), town.a_measure("draft", goal=goal)

    def tie_twice(unit: Unit) -> int:
        for _ in range(2):
            lineage.tie(unit, lookup.measure(unit, old), lookup.measure(unit, new), "replaced")
        unit.tell(lookup.measure(unit, new), "succeeded", of=[old])
        return len(lookup.every(unit, MeasureLink))

    assert town.do(tie_twice) == 1
