"""What the scenarios must not be able to do: tried in the demo city of the day before."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from cycle import demo
from cycle.demo import deeds, town
from cycle.errors import Forbidden, Refused
from cycle.machine.facts import Ask
from cycle.reading.goals import show as show_goal
from cycle.reading.overdue import listed
from cycle.store.store import Store
from cycle.usecases import budgets, consequences, decisions, moves, waivers
from tests.cli.calls import Cycle
from tests.conftest import FreshUrl

REPEAL = date(2026, 5, 20)
MERGER = date(2026, 7, 1)
LEAVERS = "G-2024-005"
SUPPORT, WARNING, CLASSES = "M-2024-003", "M-2024-011", "M-2024-012"
PAIR, ONE = ("M-2025-004", "M-2025-009"), "M-2026-021"
FLATS = "M-2025-030"
WITHDRAWN = Ask(code="budget_withdrawn", reason="Der Stadtrat hat die Mittel gestrichen.")
LATER = date(2027, 2, 28)  # more than ninety days after its milestone was due


def lived_before(url: str, day: date) -> None:
    """Build the city as it stood on the morning of a day."""
    store = Store.create(url)
    with store.unit(None, day=date.fromisoformat(town.FOUNDED)) as unit:
        town.found(unit)
    deeds.do(store, [d for d in demo.life() if d.on < day], {}, lambda *_: None)
    store.close()


def before_the_countersignature(url: str) -> None:
    lived_before(url, date(2024, 2, 19))


def before_the_repeal(url: str) -> None:
    lived_before(url, REPEAL)


@pytest.fixture
def early(fresh_url: FreshUrl) -> Iterator[Store]:
    store = Store.open(fresh_url("sqlite", before_the_countersignature))
    yield store
    store.close()


@pytest.fixture
def frozen(fresh_url: FreshUrl) -> Iterator[Store]:
    store = Store.open(fresh_url("sqlite", before_the_repeal))
    yield store
    store.close()


@pytest.fixture
def today(fresh_url: FreshUrl) -> Iterator[Store]:
    store = Store.open(fresh_url("sqlite", demo.build))
    yield store
    store.close()


def not_proposed(store: Store, actor: str, day: date, key: str) -> list[str]:
    """Try to propose what cannot be proposed, and give the guards that are in the way."""
    with pytest.raises(Refused) as caught, store.unit(actor, day=day) as unit:
        moves.move(unit, key, "propose", Ask())
    return [reason.guard for reason in caught.value.reasons]


def not_cancelled(store: Store, key: str) -> list[str]:
    """Try to cancel what cannot be cancelled, and give the guards that are in the way."""
    with pytest.raises(Refused) as caught, store.unit("committee_clerk", day=REPEAL) as unit:
        moves.move(unit, key, "cancel", WITHDRAWN)
    return [reason.guard for reason in caught.value.reasons]


def repeal(store: Store) -> None:
    """Let the council take its decision on the family classes back."""
    with store.unit("committee_clerk", day=REPEAL) as unit:
        old = unit.reading().value(
            "SELECT d.ref FROM decision d"
            " JOIN decision_subject s ON s.municipality_id = :m AND s.decision_id = d.id"
            " JOIN measure me ON me.municipality_id = :m AND me.id = s.measure_id"
            " WHERE d.municipality_id = :m AND me.ref = :key AND d.decided_on = :on",
            key=CLASSES,
            on=date(2024, 6, 19),
        )
        decisions.add(
            unit, on=REPEAL, result="adopted", repeals=old, body="SR", paper="0131/2026",
            votes=(22, 15, 1), measures=(CLASSES,),
        )  # fmt: skip


def waive(store: Store, key: str) -> None:
    with store.unit("steering", day=REPEAL) as unit:
        waivers.grant(unit, key, "evaluation_owed", reason="Die Schulen haben kurz berichtet.")


def uncovered(store: Store) -> bool:
    with store.unit("planner", day=REPEAL) as unit:
        return bool(show_goal(unit.reading(), LEAVERS, REPEAL)["uncovered"])


def test_without_the_countersignature_it_cannot_be_proposed_and_nothing_else_is_missing(
    early: Store,
) -> None:
    guards = not_proposed(early, "department_head", date(2024, 2, 19), SUPPORT)
    assert guards == ["financial_not_countersigned"]


def test_the_command_refuses_it_with_the_same_reason(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fresh_url: FreshUrl
) -> None:
    cycle = Cycle(capsys, fresh_url("sqlite", before_the_countersignature))
    monkeypatch.setenv("CYCLE_TODAY", "2024-02-19")
    said = cycle("measure", "propose", SUPPORT, "--actor", "department_head", "--json")
    assert said.code == 6
    assert [reason["guard"] for reason in said.problem["blocked_by"]] == [
        "financial_not_countersigned"
    ]


def test_what_the_council_decided_ends_only_when_the_council_repeals_it(frozen: Store) -> None:
    guards = not_cancelled(frozen, CLASSES)
    assert guards == ["repeal_missing", "evaluation_owed"]


def test_more_than_half_a_year_under_way_takes_an_evaluation_or_an_exception(
    frozen: Store,
) -> None:
    repeal(frozen)
    guards = not_cancelled(frozen, CLASSES)
    assert guards == ["evaluation_owed"]


def test_the_goal_is_bare_only_when_the_second_measure_goes_too(frozen: Store) -> None:
    repeal(frozen)
    waive(frozen, CLASSES)
    with frozen.unit("committee_clerk", day=REPEAL) as unit:
        moves.move(unit, CLASSES, "cancel", WITHDRAWN)
    assert not uncovered(frozen)
    waive(frozen, WARNING)
    with frozen.unit("finance", day=REPEAL) as unit:
        budgets.set_line(unit, WARNING, 2026, spent=0)
    with frozen.unit("planner", day=REPEAL) as unit:
        left = Ask(code="partner_withdrew", reason="Das Landesschulamt zieht seine Zusage zurück.")
        moves.move(unit, WARNING, "cancel", left)
    assert uncovered(frozen)


def test_what_others_promised_never_goes_above_steering(today: Store) -> None:
    with today.unit("planner", day=LATER) as unit:
        rows = listed(unit.reading(), today=LATER, lang="de")
    own = [row for row in rows if row.key == WARNING and row.rule == "O9"]
    assert [(row.days, row.escalation) for row in own] == [(120, "steering")]
    others = {row.escalation for row in rows if row.rule == "O9" and row.key != WARNING}
    assert "body" in others


def test_shares_that_are_no_whole_merge_nothing(frozen: Store) -> None:
    with frozen.unit("committee_clerk", day=date(2026, 6, 16)) as unit:
        backing = decisions.add(
            unit, on=date(2026, 6, 16), result="adopted", body="SOA", paper="0149/2026",
            measures=(*PAIR, ONE),
        ).ref  # fmt: skip
    short = (Fraction(3, 5), Fraction(3, 10))
    with pytest.raises(Refused) as caught, frozen.unit("planner", day=MERGER) as unit:
        moves.supersede(unit, PAIR, (ONE,), short, decision=backing)
    assert [reason.guard for reason in caught.value.reasons] == ["shares_not_one"]
    with frozen.unit("planner", day=MERGER) as unit:
        moves.supersede(unit, PAIR, (ONE,), (Fraction(3, 5), Fraction(2, 5)), decision=backing)


def test_the_command_refuses_such_shares(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fresh_url: FreshUrl
) -> None:
    cycle = Cycle(capsys, fresh_url("sqlite", before_the_repeal))
    monkeypatch.setenv("CYCLE_TODAY", "2026-07-01")
    said = cycle("measure", "merge", *PAIR, "--into", ONE, "--share", "0.6", "--share", "0.3",
                 "--actor", "planner", "--json")  # fmt: skip
    assert said.code == 6
    assert "shares_not_one" in {reason["guard"] for reason in said.problem["blocked_by"]}


def test_nothing_is_proposed_while_its_cost_is_open(today: Store) -> None:
    guards = not_proposed(today, "planner", town.TODAY, FLATS)
    assert guards == ["consequence_open", "financial_not_countersigned", "participation_missing"]


def test_the_command_tells_what_is_missing(
    capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl
) -> None:
    cycle = Cycle(capsys, fresh_url("sqlite", demo.build))
    said = cycle("measure", "propose", FLATS, "--actor", "planner", "--for", "53", "--json")
    assert said.code == 6
    assert [reason["guard"] for reason in said.problem["blocked_by"]] == [
        "consequence_open",
        "financial_not_countersigned",
        "participation_missing",
    ]


def test_to_spare_a_vulnerable_group_takes_planning_and_steering_together(today: Store) -> None:
    why = "Die Betroffenen sind in Behandlung; befragt wird ihr Verband."
    guard = "participation_missing"
    for actor in ("steering", "planner"):
        with pytest.raises(Forbidden) as caught, today.unit(actor, day=town.TODAY) as unit:
            waivers.grant(unit, FLATS, guard, reason=why)
        assert caught.value.code == "second_missing"
    with pytest.raises(Forbidden), today.unit("department_head", day=town.TODAY) as unit:
        waivers.grant(unit, FLATS, guard, reason=why, second="planner")
    with today.unit("steering", day=town.TODAY) as unit:
        record = waivers.grant(unit, FLATS, guard, reason=why, second="planner")
        assert (record.granted_by, record.second_by) == ("steering", "planner")
    guards = not_proposed(today, "planner", town.TODAY, FLATS)
    assert guards == ["consequence_open", "financial_not_countersigned"]


def test_with_its_cost_known_and_countersigned_it_can_be_proposed(today: Store) -> None:
    with today.unit("steering", day=town.TODAY) as unit:
        waivers.grant(unit, FLATS, "participation_missing", reason="Schutz.", second="planner")
    with today.unit("planner", day=town.TODAY, for_unit="53") as unit:
        consequences.assess(unit, FLATS, ("financial",), text="310.000 Euro.", annual_cents=310_00)
    with today.unit("finance", day=town.TODAY) as unit:
        consequences.countersign(unit, FLATS)
    with today.unit("planner", day=town.TODAY, for_unit="53") as unit:
        moves.move(unit, FLATS, "propose", Ask())
