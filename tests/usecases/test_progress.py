from datetime import date, timedelta

import pytest

from cycle.errors import Conflict, Fault, Forbidden, Invalid
from cycle.machine.facts import Ask
from cycle.model.duties import Deadline
from cycle.model.town import OrgUnit
from cycle.store.store import Store
from cycle.usecases import lookup, moves, progress
from tests.makers import DAY
from tests.makers_duties import a_cancelled_measure, a_running_measure

ENDED = date(2026, 9, 30)  # a planned end that is past
LATER = date(2027, 1, 31)


def _faults(town: Store, key: str, **told: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught, town.unit("youth") as unit:
        progress.report(unit, key, **told)  # type: ignore[arg-type]
    found: tuple[Fault, ...] = caught.value.faults
    return [(f.pointer, f.code) for f in found]


def test_on_track_needs_no_words(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("youth") as unit:
        told = progress.report(unit, key, course="on_track", percent=40)
        assert (told.as_of, told.course, told.text) == (DAY, "on_track", None)
        assert unit.get(OrgUnit, told.by_unit_id).code == "51"


def test_the_planner_reports_for_another_department(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner", for_unit="50") as unit:
        told = progress.report(unit, key, course="on_track")
        assert unit.get(OrgUnit, told.by_unit_id).code == "50"


def test_a_slipped_deadline_is_told_by_reason_and_forecast(town: Store) -> None:
    key = a_running_measure(town, planned_end=ENDED)
    assert _faults(town, key, course="on_track") == [("delay_reason", "missing")]
    with town.unit("youth") as unit:
        progress.report(unit, key, course="delayed", text="Zwei Stellen unbesetzt",
                        delay_reason="Personalmangel", forecast_end=LATER)  # fmt: skip
        measure = lookup.measure(unit, key)
        assert (measure.forecast_end, measure.planned_end) == (LATER, ENDED)


def test_a_report_without_forecast_leaves_the_last_one(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("youth") as unit:
        progress.report(unit, key, course="delayed", text="später", forecast_end=LATER)
        progress.report(unit, key, course="on_track")
        assert lookup.measure(unit, key).forecast_end == LATER


def test_what_is_done_late_needs_no_reason_any_more(town: Store) -> None:
    key = a_running_measure(town, planned_end=ENDED)
    with town.unit("youth") as unit:
        assert progress.report(unit, key, course="done").course == "done"


def test_it_names_every_fault(town: Store) -> None:
    key = a_running_measure(town)
    assert _faults(town, key, course="sideways", percent=101, as_of=LATER, forecast_end=ENDED) == [
        ("course", "unknown_word"),
        ("as_of", "in_future"),
        ("percent", "out_of_range"),
        ("text", "missing"),
        ("forecast_end", "past"),
    ]
    assert _faults(town, key, course="suspended", text=" ") == [("text", "missing")]


def test_no_report_is_dated_before_the_last(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("youth") as unit:
        progress.report(unit, key, course="on_track", as_of=date(2026, 11, 15))
    assert _faults(town, key, course="on_track", as_of=date(2026, 11, 14)) == [
        ("as_of", "back_dated")
    ]
    with town.unit("youth") as unit:
        progress.report(unit, key, course="on_track", as_of=date(2026, 11, 15))


def test_a_report_meets_the_deadline_that_asked_for_it(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner") as unit:
        measure = lookup.measure(unit, key)
        asked = unit.add(Deadline(measure_id=measure.id, code="progress_due", due=DAY))
        progress.report(unit, key, course="on_track")
        assert asked.met_on == DAY


def test_nothing_changed_repeats_the_last_report(town: Store) -> None:
    key = a_running_measure(town, planned_end=ENDED)
    with town.unit("youth", day=date(2026, 10, 15)) as unit:
        progress.report(unit, key, course="delayed", text="Stellen fehlen", percent=60,
                        delay_reason="Personalmangel", forecast_end=LATER)  # fmt: skip
    with town.unit("youth") as unit:
        (told,) = progress.unchanged(unit, [key, key])
        assert (told.as_of, told.course, told.percent) == (DAY, "delayed", 60)
        assert (told.text, told.forecast_end) == ("Stellen fehlen", LATER)


def test_nothing_changed_needs_a_report_and_dates_that_still_hold(town: Store) -> None:
    silent, slipped = a_running_measure(town), a_running_measure(town)
    with pytest.raises(Conflict) as caught, town.unit("youth") as unit:
        progress.unchanged(unit, [silent])
    assert caught.value.code == "progress_missing"
    with town.unit("youth", day=date(2026, 9, 1)) as unit:
        progress.report(unit, slipped, course="delayed", text="später", forecast_end=ENDED)
    with pytest.raises(Invalid) as invalid, town.unit("youth") as unit:
        progress.unchanged(unit, [slipped])
    assert invalid.value.faults[0].values["key"] == slipped


def test_the_final_report_is_what_finish_asks_for(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("youth") as unit:
        progress.report(unit, key, course="done")
        assert moves.facts_of(unit, lookup.measure(unit, key)).final_progress


def test_others_and_closed_measures_are_left_alone(town: Store) -> None:
    key, closed = a_running_measure(town), a_cancelled_measure(town)
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        progress.report(unit, key, course="on_track")
    with pytest.raises(Conflict), town.unit("youth") as unit:
        progress.report(unit, closed, course="on_track")


def _told(town: Store, day: date = DAY, **words: object) -> str:
    key = a_running_measure(town)
    said = {"course": "delayed", "text": "Zwei Stellen unbesetzt", "percent": 40} | words
    with town.unit("youth", day=day) as unit:
        progress.report(unit, key, **said)  # type: ignore[arg-type]
    return key


@pytest.mark.parametrize("days", [0, 7])
def test_a_report_is_put_right_within_seven_days(town: Store, days: int) -> None:
    key = _told(town, DAY - timedelta(days=days))
    with town.unit("youth", day=DAY) as unit:
        told = progress.correct(unit, key, percent=60, forecast_end=LATER, text=" Eine Stelle ")
        assert (told.course, told.percent, told.text) == ("delayed", 60, "Eine Stelle")
        measure = lookup.measure(unit, key)
        assert (len(progress.reports(unit, measure)), measure.forecast_end) == (1, LATER)
        assert [each["action"] for each in unit.told] == ["corrected"]


def test_after_seven_days_a_report_stands(town: Store) -> None:
    key = _told(town, DAY - timedelta(days=8))
    with pytest.raises(Conflict) as caught, town.unit("youth", day=DAY) as unit:
        progress.correct(unit, key, percent=60)
    assert (caught.value.code, caught.value.values["course"]) == ("progress_fixed", "delayed")


def test_the_seven_days_count_from_the_day_it_was_written(town: Store) -> None:
    key = _told(town, DAY, as_of=DAY - timedelta(days=30))
    with town.unit("youth", day=DAY) as unit:
        assert progress.correct(unit, key, percent=60).percent == 60


def test_only_the_unit_that_wrote_a_report_puts_it_right(town: Store) -> None:
    key = _told(town)
    with pytest.raises(Conflict) as caught, town.unit("planner", for_unit="50") as unit:
        progress.correct(unit, key, percent=60)
    assert caught.value.code == "progress_of_another"
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        progress.correct(unit, key, percent=60)
    with town.unit("planner", for_unit="51") as unit:
        assert progress.correct(unit, key, percent=60).percent == 60


def test_a_correction_keeps_to_what_holds_for_every_report(town: Store) -> None:
    key = _told(town, DAY - timedelta(days=20))
    with town.unit("youth") as unit:
        progress.report(unit, key, course="on_track", as_of=DAY)
    with pytest.raises(Invalid) as caught, town.unit("youth", day=DAY) as unit:
        progress.correct(unit, key, course="delayed", as_of=DAY - timedelta(days=21), percent=101)
    assert [f.code for f in caught.value.faults] == ["back_dated", "out_of_range", "missing"]
    with town.unit("youth", day=DAY) as unit:
        assert progress.correct(unit, key, as_of=DAY - timedelta(days=20)).course == "on_track"


def test_there_must_be_a_report_to_put_right(town: Store) -> None:
    key = a_running_measure(town)
    with pytest.raises(Conflict) as caught, town.unit("youth") as unit:
        progress.correct(unit, key, percent=60)
    assert caught.value.code == "progress_missing"


def test_what_a_measure_was_finished_on_stays_done(town: Store) -> None:
    key = _told(town, course="done", text=None)
    with town.unit("youth", day=DAY) as unit:
        moves.move(unit, key, "finish", Ask(on=DAY))
    with pytest.raises(Conflict) as caught, town.unit("youth", day=DAY) as unit:
        progress.correct(unit, key, course="delayed", text="doch nicht")
    assert caught.value.code == "finished_on_it"
    with town.unit("youth", day=DAY) as unit:
        assert progress.correct(unit, key, course="done", percent=100).percent == 100


def test_it_is_known_since_when_nothing_changed(town: Store) -> None:
    key = _told(town, date(2026, 9, 1))
    for day in (date(2026, 10, 1), DAY):
        with town.unit("youth", day=day) as unit:
            (told,) = progress.unchanged(unit, [key])
    with town.unit("youth") as unit:
        assert progress.since(unit, told) == date(2026, 9, 1)
