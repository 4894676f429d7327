from datetime import date, timedelta
from decimal import Decimal

import pytest

from cycle.errors import Conflict, Forbidden
from cycle.machine.facts import Ask
from cycle.model.measures import Measure
from cycle.reading.journal import events
from cycle.store.restoring import set_back
from cycle.store.store import Store
from cycle.usecases import (
    decisions,
    findings,
    goals,
    journal,
    lookup,
    measures,
    milestones,
    moves,
    policy,
    targets,
    undo,
)
from tests.makers import DAY
from tests.makers_duties import a_running_measure
from tests.makers_rounds import a_finding, a_goal, an_indicator, an_observation
from tests.usecases.undoing import a_worked_town, seen, shown, taken_back, whole


def test_the_record_reads_as_before_and_the_journal_tells_of_both(town: Store) -> None:
    key = a_running_measure(town)
    before = shown(town, key)
    with town.unit("planner", day=DAY) as unit:
        moves.move(unit, key, "suspend", Ask(code="staff_missing", reason="Elternzeit"))
    assert shown(town, key)["state"] == "suspended"
    found = taken_back(town)
    assert (found.keys, found.told[-1].action) == ((key,), "suspended")
    assert shown(town, key) == before
    with town.unit("planner", day=DAY) as unit:
        deed, counter = events(unit.reading(), key=key, sees_internal=True)[-2:]
    assert (deed.action, counter.action, counter.role) == ("suspended", "undone", "planner")
    assert (counter.from_state, counter.to_state) == ("suspended", "in_progress")
    assert isinstance(counter.changes, dict)
    assert counter.changes["deed"] == deed.n
    assert counter.changes["took_back"] == ["suspended"]
    assert whole(town)


def test_two_deeds_are_taken_back_one_after_the_other(town: Store) -> None:
    key = a_running_measure(town)
    before = shown(town, key)
    for text in ("Eins", "Zwei"):
        with town.unit("planner", day=DAY) as unit:
            measures.edit(unit, key, description=text)
    taken_back(town)
    assert seen_text(town, key) == "Eins"
    taken_back(town, key)
    assert seen_text(town, key) is None
    assert shown(town, key) == before
    assert whole(town)


def seen_text(town: Store, key: str) -> str | None:
    with town.unit("planner", day=DAY) as unit:
        return lookup.measure(unit, key).description


def test_a_measure_that_was_logged_stays_as_one_entered_in_error(town: Store) -> None:
    with town.unit("youth", day=DAY) as unit:
        key = measures.log(unit, title="Doppelt angelegt").ref
    taken_back(town, actor="youth")
    with town.unit("planner", day=DAY) as unit:
        there = lookup.measure(unit, key)
        assert (there.state, there.reason_code) == ("cancelled", "entered_in_error")
    assert whole(town)


def test_a_goal_that_was_written_down_is_dropped_with_its_measure(town: Store) -> None:
    with town.unit("planner", day=DAY) as unit:
        goal = goals.add(unit, text="Alle Kinder lernen schwimmen").ref
        key = measures.log(unit, title="Schwimmkurse", lead="51", goal=goal).ref
    assert taken_back(town).keys == (goal, key)
    with town.unit("planner", day=DAY) as unit:
        assert lookup.goal(unit, goal).status == "dropped"
        assert lookup.measure(unit, key).state == "cancelled"
    assert whole(town)


def refused(town: Store, key: str | None = None, actor: str = "planner") -> Conflict:
    """Give why a deed is not taken back, and see that nothing was done."""
    before = seen(town)
    with pytest.raises(Conflict) as told:
        taken_back(town, key, actor)
    assert seen(town) == before
    assert told.value.fix
    return told.value


def test_who_did_nothing_has_nothing_to_take_back(town: Store) -> None:
    key = a_running_measure(town)
    assert refused(town, actor="youth").code == "nothing_to_undo"
    assert refused(town, key, actor="youth").code == "nothing_to_undo"


def test_what_others_have_built_on_stays(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner", day=DAY) as unit:
        measures.edit(unit, key, description="Neu")
    with town.unit("youth", day=DAY) as unit:
        milestones.add(unit, key, "Ausschreibung", due=DAY)
    assert refused(town).code == "built_on"
    with town.unit("youth", day=DAY) as unit:
        undo.take_back(unit)
    with town.unit("local", day=DAY) as unit:  # of no concern to it
        a_goal(unit)
        a_finding(unit)
    taken_back(town)  # nothing is left that goes on from it
    assert seen_text(town, key) is None


def test_what_points_to_a_record_goes_on_from_its_deed(town: Store) -> None:
    with town.unit("planner", day=DAY) as unit:
        finding = a_finding(unit).ref
        findings.edit(unit, finding, text="Es fehlen zwölf Plätze")
    with town.unit("local", day=DAY) as unit:
        goal = a_goal(unit).ref
        goals.edit(unit, goal, number="1")
    with town.unit("planner", day=DAY) as unit:
        measures.log(unit, title="Plätze", lead="51", goal=goal)
    assert refused(town, goal, actor="local").code == "built_on"


def test_a_step_of_the_round_goes_on_from_all_that_was_done(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner", day=DAY) as unit:
        measures.edit(unit, key, description="Neu")
    with town.unit("local", day=DAY) as unit:
        unit.note("cycle", "anywhere", "Z-2026", "advanced", {}, move=("report", "goals"))
    assert refused(town).code == "built_on"


def test_only_the_deeds_of_today_are_taken_back(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner", day=DAY - timedelta(days=1)) as unit:
        measures.edit(unit, key, description="Gestern")
    assert refused(town, key).code == "undo_too_late"


def test_what_a_body_decided_is_corrected_instead(town: Store) -> None:
    with town.unit("local", day=DAY) as unit:
        decisions.add(unit, on=DAY, body="SR", paper="0123/2026", result="adopted")
    told = refused(town, actor="local")
    assert (told.code, "cycle decision correct" in told.fix) == ("stays", True)


def test_many_that_came_at_once_are_not_taken_back_at_once(town: Store) -> None:
    with town.unit("planner", day=DAY) as unit:
        for title in ("Eins", "Zwei"):
            measures.log(unit, title=title, lead="51")
    told = refused(town)
    assert (told.code, told.values["count"]) == ("undo_of_many", 2)


def test_what_was_made_besides_stays_too(town: Store) -> None:
    with town.unit("planner", day=DAY) as unit:
        goal = a_goal(unit).ref
        goals.edit(unit, goal, number="1")
    key = a_running_measure(town)
    with town.unit("planner", day=DAY) as unit:
        measures.edit(unit, key, description="Neu")
        record = Measure(**lookup.measure(unit, key).model_dump(exclude={"id", "ref"}), ref="M-9")
        unit.add(record)
    assert refused(town).code == "stays"


def test_who_may_not_do_it_any_more_may_not_take_it_back(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("youth", day=DAY) as unit:
        measures.edit(unit, key, description="Neu")
        lookup.measure(unit, key).lead_id = lookup.department(unit, "40").id
    with pytest.raises(Forbidden):
        taken_back(town, actor="youth")
    assert seen_text(town, key) == "Neu"


def test_a_step_the_town_has_left_to_fewer_is_not_taken_back_by_others(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("youth", day=DAY) as unit:
        moves.move(unit, key, "suspend", Ask(code="staff_missing", reason="Elternzeit"))
    with town.unit("admin", day=DAY) as unit:
        policy.narrow(unit, "suspend", ("planner",))
    with pytest.raises(Forbidden):
        taken_back(town, actor="youth")


def test_words_that_were_blacked_out_do_not_come_back(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner", day=DAY) as unit:
        measures.edit(unit, key, description="Frau Müller, Hauptstraße 1")
    with town.unit("planner", day=DAY) as unit:
        n = events(unit.reading(), key=key, sees_internal=True)[-1].n
    with town.unit("admin", day=DAY) as unit:
        journal.black_out(unit, n, reason="Name", second="planner")
    with town.unit("planner", day=DAY) as unit:
        measures.edit(unit, key, description="Eine Familie")
    assert refused(town).code == "stays"
    assert seen_text(town, key) == "Eine Familie"


def test_a_figure_comes_back_digit_by_digit(town: Store) -> None:
    with town.unit("local", day=DAY) as unit:
        goal = a_goal(unit).ref
        an_indicator(unit)
        an_observation(unit)
        aim = targets.target(unit, goal, indicator="KITA", value=Decimal("60.50"),
                             date=date(2028, 12, 31))  # fmt: skip
        set_back(unit, {("goal_target", (aim.id,)): {"target_value": "59.10", "id": aim.id}})
        unit.session.flush()
        assert str(aim.target_value) == "59.10"


def test_a_tie_comes_back_as_it_was(town: Store) -> None:
    keys, goal, finding = a_worked_town(town)
    for ties in ([finding], [], [finding]):
        with town.unit("planner", day=DAY) as unit:
            measures.edit(unit, keys[0], findings=ties)
    before = seen(town)
    with town.unit("planner", day=DAY) as unit:
        measures.edit(unit, keys[0], findings=[], fields=["ALT", "BEH"])
        measures.edit(unit, keys[0], fields=["ALT"])  # the other was a tie of a moment
    taken_back(town)
    assert seen(town) == before
    assert whole(town)
    assert goal
