"""The half-yearly table: what is new, changed, unchanged and settled, and where each stands."""

from datetime import date, timedelta

import pytest

from cycle.errors import Invalid, NotFound
from cycle.machine.facts import Ask
from cycle.reading.filters import Filters
from cycle.reading.half_year import HalfYearRow, half, of, table
from cycle.store.store import Store
from cycle.usecases import decisions, lookup, measures, moves, papers, progress
from tests.makers_duties import SOURCE

SINCE, UNTIL = date(2026, 7, 1), date(2026, 12, 31)
SPRING, SUMMER, AUTUMN = date(2026, 4, 1), date(2026, 9, 1), date(2026, 11, 1)


def a_measure(town: Store, day: date = SPRING, state: str = "in_progress", **words: object) -> str:
    """Log a measure on a day and let it stand in a state it had already."""
    with town.unit("planner", day=day) as unit:
        written = {"title": "Familienklassen", "lead": "51"} | words
        key = measures.log(unit, **written).ref  # type: ignore[arg-type]
        if state != "draft":
            ask = Ask(source=SOURCE.source, source_date=SOURCE.source_date, start=SOURCE.start,
                      state=state)  # fmt: skip
            moves.move(unit, key, "take_over", ask, to=state)
    return key


def told(town: Store, key: str, day: date, **words: object) -> None:
    said = {"course": "on_track"} | words
    with town.unit("planner", day=day) as unit:
        progress.report(unit, key, **said)  # type: ignore[arg-type]


def moved(town: Store, key: str, name: str, ask: Ask, day: date = AUTUMN) -> None:
    with town.unit("planner", day=day) as unit:
        moves.move(unit, key, name, ask)


def rows(
    town: Store,
    filters: Filters | None = None,
    *,
    internal: bool = True,
    since: date = SINCE,
    until: date = UNTIL,
) -> list[HalfYearRow]:
    with town.unit("reader") as unit:
        return table(unit.reading(), since, until, filters or Filters(), sees_internal=internal)


def changes(town: Store, **asked: object) -> list[tuple[str, str]]:
    return [(row.change, row.key) for row in rows(town, **asked)]  # type: ignore[arg-type]


def test_every_measure_has_its_class_in_the_order_of_the_committees(town: Store) -> None:
    still, news, done = (a_measure(town) for _ in range(3))
    new = a_measure(town, SUMMER)
    told(town, news, SUMMER, percent=40)
    told(town, done, SUMMER, course="done")
    moved(town, done, "finish", Ask(on=AUTUMN))
    assert changes(town) == [
        ("new", new), ("changed", news), ("unchanged", still), ("settled", done),
    ]  # fmt: skip


def test_a_repeated_report_changes_nothing_and_tells_since_when(town: Store) -> None:
    key = a_measure(town)
    told(town, key, SPRING, course="delayed", text="Frost", percent=10)
    with town.unit("planner", day=SUMMER) as unit:
        progress.unchanged(unit, [key])
    (row,) = rows(town)
    assert (row.change, row.course, row.percent, row.text) == ("unchanged", "delayed", 10, "Frost")
    assert (row.as_of, row.unchanged_since) == (SUMMER, SPRING)
    told(town, key, AUTUMN, course="delayed", text="Frost", percent=20)
    (row,) = rows(town)
    assert (row.change, row.as_of, row.unchanged_since) == ("changed", AUTUMN, None)


def test_each_measure_tells_dates_standing_and_reason(town: Store) -> None:
    ends, later = date(2026, 9, 30), date(2027, 1, 31)
    key = a_measure(town, planned_end=ends, title="Quartierslotsen", lead="50")
    told(town, key, AUTUMN, course="delayed", text="läuft", delay_reason="Personal", percent=60,
         forecast_end=later)  # fmt: skip
    (row,) = rows(town)
    assert (row.title, row.department, row.state) == ("Quartierslotsen", "50", "in_progress")
    assert (row.planned_end, row.forecast_end, row.reason) == (ends, later, "Personal")
    assert row.reason_code is None


def test_a_measure_nobody_reported_on_says_so_by_saying_nothing(town: Store) -> None:
    a_measure(town)
    (row,) = rows(town)
    assert (row.course, row.as_of, row.reason, row.unchanged_since) == (None, None, None, None)


def test_a_suspended_measure_tells_its_ground(town: Store) -> None:
    key = a_measure(town)
    frozen = Ask(code="budget_freeze", reason="Haushaltssperre", review_on=date(2027, 3, 31))
    moved(town, key, "suspend", frozen)
    (row,) = rows(town)
    assert (row.change, row.reason_code, row.reason) == (
        "changed", "budget_freeze", "Haushaltssperre",
    )  # fmt: skip
    (row,) = rows(town, until=AUTUMN - timedelta(days=1))
    assert (row.state, row.reason_code) == ("in_progress", None)


def test_a_later_day_shows_what_came_until_then(town: Store) -> None:
    key = a_measure(town)
    told(town, key, AUTUMN, percent=70)
    day_before = AUTUMN - timedelta(days=1)
    assert [(row.change, row.percent) for row in rows(town, until=day_before)] == [
        ("unchanged", None)
    ]
    assert [(row.change, row.percent) for row in rows(town, until=AUTUMN)] == [("changed", 70)]
    assert rows(town, since=date(2026, 1, 1), until=SPRING - timedelta(days=1)) == []


def test_the_last_decision_stands_beside_a_measure(town: Store) -> None:
    key = a_measure(town)
    with town.unit("planner", day=AUTUMN) as unit:
        decisions.add(unit, on=date(2026, 4, 24), result="adopted", body="SR", paper="12/2026",
                      measures=[key])  # fmt: skip
        decisions.add(unit, on=date(2026, 10, 1), result="rejected", body="JHA", paper="40/2026",
                      measures=[key])  # fmt: skip
    (row,) = rows(town)
    assert (row.paper, row.body, row.decided_on) == ("40/2026", "JHA", date(2026, 10, 1))
    assert row.decision == "D-2026-002"
    (row,) = rows(town, until=date(2026, 9, 30))
    assert (row.paper, row.decided_on) == ("12/2026", date(2026, 4, 24))


def test_a_decision_is_shown_to_readers_only_where_it_is_public(town: Store) -> None:
    key = a_measure(town)
    with town.unit("planner", day=AUTUMN) as unit:
        decisions.add(unit, on=date(2026, 4, 24), result="adopted", body="SR", paper="12/2026",
                      measures=[key])  # fmt: skip
    (row,) = rows(town, internal=False)
    assert (row.paper, row.decision, row.decided_on) == (None, None, None)
    with town.unit("planner", day=AUTUMN) as unit:
        papers.consult(unit, "12/2026", body="SR", on=date(2026, 4, 24), public=True)
        paper = lookup.paper(unit, "12/2026")
        paper.public = True
        unit.tell(paper, "edited")
    assert rows(town, internal=False)[0].paper == "12/2026"


def test_drafts_are_for_those_who_work_with_them(town: Store) -> None:
    draft = a_measure(town, SUMMER, "draft")
    targeted = a_measure(town, SUMMER, "targeted")
    known = a_measure(town, SUMMER)
    assert [key for _, key in changes(town)] == [draft, targeted, known]
    assert [key for _, key in changes(town, internal=False)] == [known]


def test_what_was_a_draft_on_the_last_day_stays_internal(town: Store) -> None:
    key = a_measure(town, SUMMER, "draft")
    words = Ask(source="Liste", source_date=SUMMER, start=SUMMER, state="in_progress")
    with town.unit("planner", day=AUTUMN) as unit:
        moves.move(unit, key, "take_over", words, to="in_progress")
    assert changes(town, until=SUMMER) == [("new", key)]
    assert changes(town, until=SUMMER, internal=False) == []


def test_what_was_entered_in_error_is_left_out(town: Store) -> None:
    key = a_measure(town, SUMMER, "draft")
    other = a_measure(town, SUMMER, "draft")
    moved(town, key, "cancel", Ask(code="entered_in_error"))
    moved(town, other, "cancel", Ask(code="no_need", reason="Bedarf entfallen"))
    (row,) = rows(town)
    assert (row.key, row.change, row.reason_code) == (other, "settled", "no_need")


def test_what_was_settled_before_is_shown_no_more(town: Store) -> None:
    key = a_measure(town, SPRING, "draft")
    moved(town, key, "cancel", Ask(code="no_need", reason="entfallen"), date(2026, 6, 30))
    assert changes(town, since=date(2026, 1, 1), until=date(2026, 6, 30)) == [("settled", key)]
    assert changes(town) == []


def test_a_measure_the_journal_knows_nothing_of_stands_where_it_stands(town: Store) -> None:
    key = a_measure(town)
    with town.unit("planner") as unit:
        measure = lookup.measure(unit, key)
        measure.ref = "M-1999-001"  # no event speaks of this key
        unit.tell(measure, "edited")
    assert changes(town) == [("unchanged", "M-1999-001")]


def test_filters_pick_what_is_shown(town: Store) -> None:
    mine, other = a_measure(town), a_measure(town, lead="50")
    assert changes(town, filters=Filters(department="51")) == [("unchanged", mine)]
    assert changes(town, filters=Filters(mine=("50",))) == [("unchanged", other)]
    with pytest.raises(NotFound):
        rows(town, Filters(department="99"))


def test_a_period_that_ends_before_it_begins_is_refused(town: Store) -> None:
    with pytest.raises(Invalid) as caught:
        rows(town, since=UNTIL, until=SINCE)
    assert [(f.pointer, f.code) for f in caught.value.faults] == [
        ("until", "ends_before_it_begins")
    ]
    assert rows(town, since=SINCE, until=SINCE) == []


def test_it_asks_the_store_as_often_however_much_there_is_to_tell(town: Store) -> None:
    def asked() -> int:
        with town.unit("reader") as unit:
            reader = unit.reading()
            table(reader, SINCE, UNTIL, sees_internal=True)
            return reader.statements

    a_measure(town)
    few = asked()
    for _ in range(5):
        told(town, a_measure(town), SUMMER)
    assert (asked(), few) == (few, 3)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_its_half_year(day: date, first: date, last: date) -> None:
    assert half(day) == (first, last)
    assert of(2026, 1 if first.month == 1 else 2) == (first, last)
