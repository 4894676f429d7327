from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.machine.facts import Ask
from cycle.model.duties import Deadline, Owed, Waiver
from cycle.model.journal import Event
from cycle.model.measures import Measure
from cycle.reading.filters import Filters
from cycle.reading.journal import events, verify
from cycle.store.many import change
from cycle.store.store import Store
from cycle.usecases import budgets, bulk, decisions, lookup, measures, moves, waivers
from cycle.usecases.bulk import Outcome
from tests.makers import DAY, a_town
from tests.makers_duties import a_measure, a_running_measure

FREEZE = Ask(code="budget_freeze")
VOLUNTARY = Filters(mandate="voluntary")


def many(town: Store, count: int, **words: Any) -> list[str]:  # noqa: ANN401 - the words of `log`
    """Log measures that are under way."""
    return [a_running_measure(town, mandate="voluntary", **words) for _ in range(count)]


def moved(
    town: Store,
    name: str,
    ask: Ask | None = None,
    *,
    actor: str = "planner",
    day: date = DAY,
    **how: Any,  # noqa: ANN401 - as `move_all`
) -> Outcome:
    """Move many as one deed."""
    with town.unit(actor, day=day) as unit:
        return bulk.move_all(unit, name, ask, **how)


def told(town: Store, key: str) -> dict[str, Any]:
    """Give what the journal says of the last deed on a measure."""
    with town.unit("admin", day=DAY) as unit:
        last = events(unit.reading(), key=key, sees_internal=True)[-1]
        return {
            name: getattr(last, name)
            for name in ("action", "role", "from_state", "to_state", "changes", "entity")
        }


def seen(town: Store, key: str) -> dict[str, Any]:
    """Give all columns of a measure but for what tells it from another."""
    own = {"id", "ref", "lineage_id", "created_at", "updated_at", "title"}
    with town.unit("planner", day=DAY) as unit:
        return lookup.measure(unit, key).model_dump(exclude=own)


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("suspend", Ask(code="budget_freeze", reason="Sperre vom 1. Oktober")),
        ("finish", Ask(on=date(2026, 10, 31))),
    ],
)
def test_moved_with_others_or_alone_a_measure_is_the_same_after(
    town: Store, name: str, ask: Ask
) -> None:
    alone, other = many(town, 2)
    for key in (alone, other):
        with town.unit("planner", day=DAY) as unit:
            for guard in ("final_progress_missing",):
                waivers_of(unit, key, guard)
    with town.unit("planner", day=DAY) as unit:
        moves.move(unit, alone, name, ask)
    assert moved(town, name, ask, keys=[other]) == Outcome([other], [])
    assert seen(town, other) == seen(town, alone)
    assert told(town, other) == told(town, alone)


def waivers_of(unit: Any, key: str, guard: str) -> None:  # noqa: ANN401 - a unit
    """Make an exception, whoever may."""
    measure = lookup.measure(unit, key)
    unit.add(Waiver(measure_id=measure.id, guard=guard, reason="klein", granted_on=unit.day,
                    granted_by="steering"))  # fmt: skip
    unit.tell(measure, "granted")


def test_exceptions_are_used_up_and_what_was_owed_is_settled(town: Store) -> None:
    (key,) = many(town, 1)
    with town.unit("planner", day=DAY) as unit:
        waivers_of(unit, key, "final_progress_missing")
        measure = lookup.measure(unit, key)
        unit.add(Owed(measure_id=measure.id, guard="lead_missing", move="target", since=DAY))
    moved(town, "finish", keys=[key])
    with town.unit("planner", day=DAY) as unit:
        measure = lookup.measure(unit, key)
        (waiver,) = lookup.every(unit, Waiver, measure_id=measure.id)
        assert (waiver.used_on, waiver.version) == (DAY, 2)
        owed = {o.guard: o.settled_on for o in lookup.every(unit, Owed, measure_id=measure.id)}
        assert owed["lead_missing"] == DAY
        assert owed["finding_missing"] is None


def test_resumed_measures_each_keep_their_own_days(town: Store) -> None:
    first, second = many(town, 2)
    moved(town, "suspend", FREEZE, keys=[first], day=date(2026, 11, 1))
    moved(town, "suspend", FREEZE, keys=[second], day=date(2026, 11, 11))
    ask = Ask(forecast_end=date(2027, 6, 30))
    assert moved(town, "resume", ask, filters=VOLUNTARY, day=date(2026, 11, 21)).moved == [
        first, second,
    ]  # fmt: skip
    assert [seen(town, key)["days_suspended"] for key in (first, second)] == [20, 10]
    assert seen(town, first)["suspended_on"] is None
    assert seen(town, first)["forecast_end"] == date(2027, 6, 30)


def test_a_started_measure_is_asked_for_its_first_report(town: Store) -> None:
    key = a_running_measure(town, "approved", mandate="voluntary")
    ask = Ask(on=date(2026, 11, 1))
    assert moved(town, "start", ask, filters=VOLUNTARY).refused[0][0] == key
    with town.unit("planner", day=DAY) as unit:
        waivers_of(unit, key, "milestone_missing")
    assert moved(town, "start", ask, filters=VOLUNTARY).moved == [key]
    with town.unit("planner", day=DAY) as unit:
        (asked,) = lookup.every(unit, Deadline, code="progress_due")
        assert asked.due == date(2027, 5, 1)


def test_a_freeze_is_the_choice_a_cut_budget_asked_for(town: Store) -> None:
    (key,) = many(town, 1)
    with town.unit("finance", day=DAY) as unit:
        budgets.set_line(unit, key, 2027, planned=100, approved=10)
    moved(town, "suspend", FREEZE, filters=VOLUNTARY, actor="finance")
    with town.unit("planner", day=DAY) as unit:
        (asked,) = lookup.every(unit, Deadline, code="budget_choice")
        assert asked.met_on == DAY


def test_what_a_light_town_lets_pass_is_owed_once(store: Store) -> None:
    a_town(store, preset="light")
    key = a_running_measure(store, "approved", mandate="voluntary")
    with store.unit("planner", day=DAY) as unit:
        before = {o.guard for o in lookup.every(unit, Owed)}
    assert "milestone_missing" not in before
    moved(store, "start", filters=VOLUNTARY)
    with store.unit("planner", day=DAY) as unit:
        after = [o.guard for o in lookup.every(unit, Owed)]
        assert sorted(after) == sorted({*before, "milestone_missing"})
        assert lookup.measure(unit, key).state == "in_progress"


def test_what_is_owed_already_is_not_owed_twice(store: Store) -> None:
    a_town(store, preset="light")
    key = a_running_measure(store, mandate="voluntary")
    for _ in range(2):
        moved(store, "finish", keys=[key])
        moved(store, "reopen", Ask(reason="noch nicht ganz"), keys=[key])
    with store.unit("planner", day=DAY) as unit:
        owed = [o.guard for o in lookup.every(unit, Owed)]
    assert owed.count("final_progress_missing") == 1


def test_one_that_is_refused_does_not_stop_the_others(town: Store) -> None:
    done, open_ = many(town, 2)
    with town.unit("planner", day=DAY) as unit:
        waivers_of(unit, done, "final_progress_missing")
    outcome = moved(town, "finish", filters=VOLUNTARY)
    assert outcome.moved == [done]
    ((key, reasons),) = outcome.refused
    assert (key, [reason.guard for reason in reasons]) == (open_, ["final_progress_missing"])
    assert seen(town, open_)["state"] == "in_progress"


def test_all_or_nothing_moves_none_where_one_is_refused(town: Store) -> None:
    done, open_ = many(town, 2)
    with town.unit("planner", day=DAY) as unit:
        waivers_of(unit, done, "final_progress_missing")
    outcome = moved(town, "finish", filters=VOLUNTARY, all_or_nothing=True)
    assert (outcome.moved, [key for key, _ in outcome.refused]) == ([], [open_])
    assert seen(town, done)["state"] == "in_progress"
    outcome = moved(town, "suspend", FREEZE, filters=VOLUNTARY, all_or_nothing=True)
    assert outcome == Outcome([done, open_], [])
    assert seen(town, done)["state"] == "suspended"


def test_a_dry_run_changes_nothing(town: Store) -> None:
    keys = many(town, 2)
    with town.unit("admin", day=DAY) as unit:
        before = len(lookup.every(unit, Event))
    assert moved(town, "suspend", FREEZE, filters=VOLUNTARY, dry_run=True).moved == keys
    with town.unit("admin", day=DAY) as unit:
        assert len(lookup.every(unit, Event)) == before
    assert {seen(town, key)["state"] for key in keys} == {"in_progress"}


def test_a_head_of_department_moves_only_the_own_measures(town: Store) -> None:
    (own,), (other,) = many(town, 1), many(town, 1, lead="40")
    assert moved(town, "suspend", FREEZE, filters=VOLUNTARY, actor="youth").moved == [own]
    for picked in ({"keys": [other]}, {"filters": Filters(department="40", mandate="voluntary")}):
        with pytest.raises(Forbidden):
            moved(town, "suspend", FREEZE, actor="youth", **picked)
    with pytest.raises(Forbidden):
        moved(town, "suspend", FREEZE, filters=VOLUNTARY, actor="clerk")


def test_a_state_that_is_named_is_told_where_the_move_is_not_open(town: Store) -> None:
    draft = a_measure(town, mandate="voluntary")
    outcome = moved(town, "suspend", FREEZE, filters=Filters(state="draft", mandate="voluntary"))
    ((key, (reason,)),) = outcome.refused
    assert (key, reason.guard) == (draft, "not_offered")
    assert moved(town, "suspend", FREEZE, filters=VOLUNTARY) == Outcome([], [])


@pytest.mark.parametrize(
    ("name", "how", "codes"),
    [
        ("suspend", {}, ["missing"]),
        ("supersede", {"filters": VOLUNTARY}, ["one_at_a_time"]),
        ("dance", {"filters": VOLUNTARY}, ["one_at_a_time"]),
        ("log", {}, ["one_at_a_time", "missing"]),
    ],
)
def test_what_would_hit_more_than_was_meant_is_refused(
    town: Store, name: str, how: dict[str, Any], codes: list[str]
) -> None:
    many(town, 1)
    with pytest.raises(Invalid) as wrong:
        moved(town, name, Ask(code="no_need"), **how)
    assert [fault.code for fault in wrong.value.faults] == codes


def test_an_unknown_key_stops_all(town: Store) -> None:
    (key,) = many(town, 1)
    with pytest.raises(NotFound):
        moved(town, "suspend", FREEZE, keys=[key, "M-2026-999"])
    assert seen(town, key)["state"] == "in_progress"


def test_a_move_that_brings_more_about_is_made_one_by_one(town: Store) -> None:
    keys = [a_measure(town), a_measure(town)]
    reason = Ask(code="entered_in_error")
    assert moved(town, "cancel", reason, filters=Filters(state="draft")).moved == keys
    assert {seen(town, key)["state"] for key in keys} == {"cancelled"}


def test_words_no_store_keeps_are_refused_for_all(town: Store) -> None:
    (key,) = many(town, 1)
    for reason in ("x" * 20_001, "a\u202eb"):
        with pytest.raises(Invalid):
            moved(town, "suspend", Ask(code="budget_freeze", reason=reason), keys=[key])


def test_another_deed_that_came_between_is_found_out(town: Store) -> None:
    (key,) = many(town, 1)
    with town.unit("planner", day=DAY) as unit:
        read = lookup.measure(unit, key)
        unit.session.expunge(read)
        measures.edit(unit, key, title="Inzwischen anders")
    with pytest.raises(Conflict), town.unit("planner", day=DAY) as unit:
        change(unit, Measure, [(read, {"priority": 1})])


def test_nothing_to_change_asks_nothing_of_the_store(town: Store) -> None:
    with town.unit("planner", day=DAY) as unit, counted(town) as statements:
        change(unit, Measure, [])
        assert statements == []


def test_the_journal_stays_whole(town: Store) -> None:
    many(town, 3)
    moved(town, "suspend", FREEZE, filters=VOLUNTARY)
    with town.unit("admin", day=DAY) as unit:
        assert verify(unit.reading()) == []


@contextmanager
def counted(town: Store) -> Iterator[list[str]]:
    """Note every statement the store is sent."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(town.engine, "before_cursor_execute", note)
    yield sent
    event.remove(town.engine, "before_cursor_execute", note)


def test_a_hundred_cost_as_many_statements_as_two(town: Store) -> None:
    few, more = many(town, 2), many(town, 30)

    def cost(keys: list[str]) -> int:
        with counted(town) as sent, town.unit("finance", day=DAY) as unit:
            bulk.move_all(unit, "suspend", FREEZE, keys=keys)
            unit.session.flush()
            sent.append("")
            found = len(sent)
            assert sum("UPDATE measure" in each for each in sent) == 1
        return found

    assert cost(few) == cost(more)


def test_every_thousand_is_a_step_of_its_own(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "EACH", 2)
    keys = many(town, 5)
    with counted(town) as sent:
        assert moved(town, "suspend", FREEZE, keys=keys).moved == keys
    assert sum("UPDATE measure" in each for each in sent) == 3


def test_an_approval_by_one_decision_holds_for_all_it_names(town: Store) -> None:
    keys = [a_running_measure(town, "proposed", mandate="voluntary") for _ in range(2)]
    with town.unit("clerk", day=DAY) as unit:
        ref = decisions.add(
            unit, on=DAY, result="adopted", measures=keys, body="SR", paper="2026/0001"
        ).ref
    assert moved(town, "approve", Ask(decision=ref), actor="clerk", keys=keys).moved == keys


def test_a_waiver_for_one_is_no_waiver_for_the_other(town: Store) -> None:
    first, second = many(town, 2)
    with town.unit("steering", day=DAY) as unit:
        waivers.grant(unit, first, "final_progress_missing", reason="klein")
    outcome = moved(town, "finish", keys=[first, second])
    assert (outcome.moved, [key for key, _ in outcome.refused]) == ([first], [second])
