from datetime import date

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.machine.facts import Ask
from cycle.model.duties import ProgressRequest
from cycle.reading.journal import events
from cycle.reading.progress_requests import RequestRow, listed, to_fill
from cycle.store.store import Store
from cycle.usecases import lookup, measures, moves, progress
from cycle.usecases.progress_requests import Asked, ask, unchanged
from tests.makers import DAY
from tests.makers_duties import a_measure, a_running_measure, take_over

DUE = date(2026, 12, 6)  # a fortnight on
JANUARY = date(2027, 1, 10)


def asked(town: Store, *departments: str, day: date = DAY, due: date | None = None) -> list[Asked]:
    with town.unit("planner", day=day) as unit:
        return ask(unit, departments or None, due)


def told(town: Store, key: str, day: date = DAY, **words: object) -> None:
    said = {"course": "on_track"} | words
    with town.unit("planner", day=day) as unit:
        progress.report(unit, key, **said)  # type: ignore[arg-type]


def requests(town: Store, department: str | None = None) -> list[RequestRow]:
    with town.unit("reader") as unit:
        return listed(unit.reading(), department=department)


def finished(town: Store, **words: object) -> str:
    """Finish a measure whose final report is owed: it was taken over as such."""
    return a_running_measure(town, "implemented", **words)


def test_every_department_with_measures_under_way_is_asked(town: Store) -> None:
    running = a_running_measure(town)
    approved = a_measure(town, lead="50")
    take_over(town, approved, "approved")
    suspended = a_running_measure(town, "suspended", lead="50")
    a_measure(town, lead="53")  # a draft
    assert asked(town) == [
        Asked("50", DAY, DUE, (approved, suspended), again=False),
        Asked("51", DAY, DUE, (running,), again=False),
    ]


def test_what_was_finished_without_a_final_report_is_asked_about(town: Store) -> None:
    silent, done = finished(town), finished(town)
    told(town, done, date(2026, 11, 21), course="done")
    assert [each.measures for each in asked(town)] == [(silent,)]


def test_only_who_is_named_is_asked_and_by_the_day_that_is_named(town: Store) -> None:
    a_running_measure(town)
    a_running_measure(town, lead="50")
    (one,) = asked(town, "50", "50", due=DAY)
    assert (one.department, one.due) == ("50", DAY)
    assert [row.department for row in requests(town)] == ["50"]


def test_asking_again_only_reminds_and_may_give_a_new_day(town: Store) -> None:
    key, other = a_running_measure(town), a_running_measure(town)
    asked(town)
    told(town, key, date(2026, 11, 30))
    later = date(2026, 12, 20)
    (again,) = asked(town, day=date(2026, 12, 7), due=later)
    assert again == Asked("51", DAY, later, (other,), again=True)
    (again,) = asked(town, "51", day=date(2026, 12, 8))
    assert again.due == later
    with town.unit("admin") as unit:
        (request,) = lookup.every(unit, ProgressRequest)
        deeds = [e.action for e in events(unit.reading()) if e.entity == "progress_request"]
    assert (request.due, deeds) == (later, ["asked", "reminded", "reminded"])


def test_who_told_all_is_left_alone_until_named(town: Store) -> None:
    key = a_running_measure(town)
    asked(town)
    told(town, key)
    (quiet,) = asked(town, day=date(2026, 12, 7))
    assert (quiet.measures, quiet.again) == ((), True)
    (same_day,) = asked(town, "51")
    assert same_day.again
    (anew,) = asked(town, "51", day=date(2026, 12, 7))
    assert (anew.measures, anew.again) == ((key,), False)
    assert [(row.asked_on, row.answered) for row in requests(town)] == [
        (DAY, 1), (date(2026, 12, 7), 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "again"), [(date(2027, 2, 21), True), (date(2027, 2, 22), False)])
def test_half_an_interval_later_it_is_another_request(town: Store, day: date, again: bool) -> None:  # noqa: FBT001 - the example
    a_running_measure(town)
    asked(town)
    assert [each.again for each in asked(town, day=day)] == [again]


def test_asking_is_for_social_planning_and_for_days_to_come(town: Store) -> None:
    a_running_measure(town)
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        ask(unit)
    with pytest.raises(NotFound):
        asked(town, "99")
    with pytest.raises(Invalid) as caught:
        asked(town, due=date(2026, 11, 21))
    assert [f.code for f in caught.value.faults] == ["past"]
    with pytest.raises(Conflict) as nothing:
        asked(town, "53")
    assert nothing.value.code == "nothing_to_ask"
    assert requests(town) == []


def test_it_is_known_who_has_not_answered(town: Store) -> None:
    first, second = a_running_measure(town), a_running_measure(town)
    other = a_running_measure(town, lead="50")
    told(town, second, date(2026, 11, 21))  # the day before it was asked
    asked(town)
    told(town, first)
    rows = {row.department: row for row in requests(town)}
    assert (rows["51"].measures, rows["51"].answered) == (2, 1)
    assert rows["51"].unanswered == (second,)
    assert requests(town, "50") == [RequestRow("50", "Soziales", DAY, DUE, 1, 0, (other,))]


def test_what_began_later_was_not_asked_about_and_what_ended_owes_nothing(town: Store) -> None:
    answered, dropped = a_running_measure(town), a_running_measure(town)
    asked(town)
    told(town, answered, course="done")
    with town.unit("planner", day=JANUARY) as unit:
        ended = lookup.measure(unit, dropped)
        ended.state = "superseded"
        unit.tell(ended, "superseded", move=("in_progress", "superseded"))
        late = measures.log(unit, title="Später", lead="51").ref
        words = Ask(source="Liste", source_date=DAY, start=DAY, state="in_progress")
        moves.move(unit, late, "take_over", words, to="in_progress")
    (row,) = requests(town)
    assert (row.measures, row.answered, row.unanswered) == (1, 1, ())


def test_a_table_is_filled_with_what_was_said_last(town: Store) -> None:
    silent, key = a_running_measure(town), a_running_measure(town, planned_end=date(2027, 6, 30))
    told(town, key, date(2026, 9, 1), percent=20)
    told(town, key, date(2026, 10, 1), course="delayed", text="Baustelle", percent=30,
         forecast_end=date(2027, 9, 30))  # fmt: skip
    with town.unit("reader") as unit:
        first, second = to_fill(unit.reading(), (key, silent))
        assert to_fill(unit.reading(), ()) == []
    assert (first.measure, first.last_report, first.last_course) == (silent, None, None)
    assert (second.planned_end, second.forecast_end) == (date(2027, 6, 30), date(2027, 9, 30))
    assert (second.last_report, second.last_course) == (date(2026, 10, 1), "delayed")
    assert (second.last_text, second.last_percent) == ("Baustelle", 30)


def test_a_department_says_of_all_it_was_asked_about_that_nothing_changed(town: Store) -> None:
    key, silent = a_running_measure(town), a_running_measure(town)
    answered, slipped = a_running_measure(town), a_running_measure(town)
    for each in (key, answered):
        told(town, each, date(2026, 10, 1))
    told(town, slipped, date(2026, 10, 1), course="delayed", text="spät",
         forecast_end=date(2026, 10, 31))  # fmt: skip
    asked(town)
    told(town, answered, percent=60)
    with town.unit("youth") as unit:
        said = unchanged(unit, "51")
        assert [lookup.measure(unit, key).id] == [p.measure_id for p in said.told]
        assert [(k, why.code) for k, why in said.refused] == [
            (silent, "progress_missing"), (slipped, "invalid"),
        ]  # fmt: skip
    assert requests(town)[0].unanswered == (silent, slipped)


def test_nothing_changed_needs_no_request_and_is_said_once_a_day(town: Store) -> None:
    key = a_running_measure(town)
    told(town, key, date(2026, 10, 1))
    with town.unit("youth", day=DAY) as unit:
        assert len(unchanged(unit, "51").told) == 1
    with pytest.raises(Conflict) as caught, town.unit("youth", day=DAY) as unit:
        unchanged(unit, "51")
    assert caught.value.code == "nothing_open"


def test_no_department_speaks_for_another(town: Store) -> None:
    key = a_running_measure(town)
    told(town, key, date(2026, 10, 1))
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        unchanged(unit, "51")
    with town.unit("planner", for_unit="51") as unit:
        assert len(unchanged(unit, "51").told) == 1
