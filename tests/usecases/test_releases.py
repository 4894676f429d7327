"""Nothing overdue goes upwards by itself: the planner lets it, as far as its age allows."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.duties import Release
from cycle.reading.overdue import OverdueRow, listed
from cycle.store.store import Store
from cycle.usecases import findings, lookup, milestones, releases
from tests.conftest import STORES, FreshUrl
from tests.reading.rows import TODAY, looking
from tests.reading.test_overdue import APPROVED, FINDING, PROPOSED, RUNNING, build

DUE = date(2026, 5, 1)  # of the milestone


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, build))
    yield opened
    opened.close()


def _release(store: Store, level: str, day: date = TODAY, key: str = RUNNING, **more: str) -> None:
    with store.unit(more.pop("actor", "planner"), day=day) as unit:
        releases.release(unit, more.pop("rule", "O9"), key, level=level, **more)


def _rows(store: Store, day: date, key: str = RUNNING, rule: str = "O9") -> list[OverdueRow]:
    with looking(store) as reader:
        found = listed(reader, today=day, lang="de")
    return [row for row in found if (row.rule, row.key) == (rule, key)]


def _codes(wrong: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [fault.code for fault in wrong.value.faults]


def test_only_the_planner_passes_anything_on(city: Store) -> None:
    for actor in ("youth", "steering", "clerk"):
        with pytest.raises(Forbidden):
            _release(city, "superior", actor=actor)
    with pytest.raises(Forbidden), city.unit("steering", day=TODAY) as unit:
        releases.note_done(unit, "O9", RUNNING)


@pytest.mark.parametrize(("level", "age"), [("superior", 30), ("steering", 60), ("body", 90)])
def test_an_item_goes_so_far_only_once_it_is_old_enough(city: Store, level: str, age: int) -> None:
    young = DUE + timedelta(days=age - 1)
    with pytest.raises(Invalid) as wrong:
        _release(city, level, young)
    assert _codes(wrong) == ["too_high"]
    assert [row.escalation == level for row in _rows(city, young)] == [False]
    assert [row.escalation for row in _rows(city, young + timedelta(days=1))] == [level]
    _release(city, level, young + timedelta(days=1))
    (row,) = _rows(city, young + timedelta(days=1))
    assert (row.released, row.escalation, row.done) == (level, None, False)


def test_the_body_told_is_the_one_that_decided_unless_another_is_named(city: Store) -> None:
    _release(city, "body", note="Auf Bitte des Ausschusses")
    _release(city, "body", rule="O6", key=APPROVED, body="JHA")
    with city.unit("reader") as unit:
        told = {r.rule: (r.body_id, r.note) for r in lookup.every(unit, Release)}
        assert told == {
            "O9": (lookup.body(unit, "SR").id, "Auf Bitte des Ausschusses"),
            "O6": (lookup.body(unit, "JHA").id, None),
        }


def test_what_no_body_decided_needs_one_that_is_named(city: Store) -> None:
    for key, rule in ((FINDING, "O1"), (PROPOSED, "O4")):
        with pytest.raises(Invalid) as wrong:
            _release(city, "body", rule=rule, key=key)
        assert _codes(wrong) == ["missing"]
        _release(city, "body", rule=rule, key=key, body="SR")


def test_what_others_do_by_their_own_promise_stays_below_the_body(city: Store) -> None:
    with city.unit("planner", day=TODAY) as unit:
        measure = lookup.measure(unit, RUNNING)
        measure.binding = "voluntary_commitment"
        unit.tell(measure, "edited")
    with pytest.raises(Invalid) as wrong:
        _release(city, "body")
    assert "promise" in wrong.value.faults[0].says
    _release(city, "steering")


def test_under_light_nothing_goes_on(city: Store) -> None:
    with city.unit("admin", day=TODAY) as unit:
        unit.town.preset = "light"
        unit.tell(unit.town, "policy_set")
    with pytest.raises(Invalid) as wrong:
        _release(city, "superior")
    assert "policy" in wrong.value.faults[0].says


def test_a_step_is_made_once(city: Store) -> None:
    _release(city, "superior")
    with pytest.raises(Conflict) as twice:
        _release(city, "superior")
    assert twice.value.code == "duplicate"
    _release(city, "steering")


def test_what_is_not_overdue_is_not_passed_on(city: Store) -> None:
    with pytest.raises(Conflict) as early:
        _release(city, "superior", day=DUE)
    assert early.value.code == "not_overdue"


def test_words_nobody_knows_are_told(city: Store) -> None:
    with pytest.raises(Invalid) as wrong:
        _release(city, "superior", rule="O99")
    assert _codes(wrong) == ["unknown_word"]
    with pytest.raises(Invalid) as wrong:
        _release(city, "mayor")
    assert _codes(wrong) == ["unknown_word"]
    with pytest.raises(NotFound):
        _release(city, "superior", key="M-1999-001")
    with pytest.raises(NotFound):
        _release(city, "superior", rule="O14", key="NIX")


def test_a_rule_is_known_by_its_code_and_by_its_name(city: Store) -> None:
    _release(city, "superior", rule="milestone_overdue")
    _release(city, "steering", rule="o9")
    _release(city, "superior", rule="O14", key="SPRACHE")


def test_of_several_one_is_told_apart(city: Store) -> None:
    with city.unit("planner", day=TODAY) as unit:
        milestones.add(unit, RUNNING, "Fahrdienst", due=date(2026, 6, 1))
    with pytest.raises(Invalid) as several:
        _release(city, "superior")
    assert several.value.values["known"] == ("1", "2")
    _release(city, "superior", about="2")
    assert {row.which: row.released for row in _rows(city, TODAY)} == {"1": None, "2": "superior"}


def test_what_is_done_is_shown_once_more_until_it_is_noted(city: Store) -> None:
    _release(city, "superior")
    _release(city, "steering")
    with pytest.raises(Conflict) as still, city.unit("planner", day=TODAY) as unit:
        releases.note_done(unit, "O9", RUNNING)
    assert still.value.code == "still_overdue"
    with city.unit("youth", day=TODAY) as unit:
        milestones.done(unit, RUNNING, 1)
    (row,) = _rows(city, TODAY)
    assert (row.done, row.released, row.due, row.days) == (True, "steering", None, None)
    assert (row.escalation, row.department, row.cycle) == (None, "51", "Z-2026")
    with city.unit("planner", day=TODAY) as unit:
        assert len(releases.note_done(unit, "O9", RUNNING, about="1")) == 2
    assert _rows(city, TODAY) == []
    with city.unit("reader") as unit:
        assert {(r.settled_on, r.noted_on) for r in lookup.every(unit, Release)} == {(TODAY, TODAY)}


def test_what_was_never_passed_on_needs_no_note(city: Store) -> None:
    with city.unit("planner", day=TODAY) as unit:
        findings.respond(unit, FINDING, response="no_action", reason="Kein Bedarf mehr.")
    assert _rows(city, TODAY, FINDING, "O1") == []
    with pytest.raises(Conflict) as none, city.unit("planner", day=TODAY) as unit:
        releases.note_done(unit, "O1", FINDING)
    assert none.value.code == "not_released"
