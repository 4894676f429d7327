"""The calendar: what falls due, sittings, requests, and what of it an account sees."""

from datetime import date
from typing import Any

import pytest

from cycle.errors import Invalid
from cycle.reading.deadlines import calendar, until
from cycle.reading.filters import Filters
from cycle.reading.sight import Sight
from cycle.store.store import Store
from cycle.usecases import lookup, measures, milestones, papers, progress_requests
from tests.makers_duties import a_running_measure
from tests.reading.rows import TODAY, looking

Told = Any  # JSON, or the words of a call

READER = Sight(frozenset({"reader"}))
SCHOOLS = Sight(frozenset({"department_head"}), frozenset({"40"}))
LAST = date(2027, 1, 31)


def _read(store: Store, **words: Told) -> list[Any]:
    with looking(store) as reader:
        return calendar(reader, today=TODAY, last=LAST, lang="en", **words)


@pytest.fixture
def busy(town: Store) -> Store:
    key = a_running_measure(town, planned_end=date(2026, 12, 31))
    with town.unit("planner", day=TODAY) as unit:
        milestones.add(unit, key, "Eröffnung", due=date(2026, 12, 18))
        milestones.add(unit, key, "Später", due=date(2027, 6, 1))
        milestones.add(unit, key, "Vorbei", due=date(2026, 10, 1))
        papers.add(unit, "9/2026", "Vorlage")
        papers.add(unit, "10/2026", "Geheim")
        lookup.paper(unit, "9/2026").public = True
        for paper, public in (("9/2026", True), ("10/2026", False)):
            papers.consult(unit, paper, body="SR", on=date(2026, 12, 9), public=public)
        papers.consult(unit, "9/2026", body="JHA", on=date(2027, 3, 9))
    with town.unit("planner", day=TODAY) as unit:
        progress_requests.ask(unit, ["51"], date(2026, 12, 4))
    return town


def test_everything_has_its_day_in_order(busy: Store) -> None:
    found = _read(busy)
    assert [row.on for row in found] == sorted(row.on for row in found)
    told = {(row.kind, row.rule, row.on, row.count) for row in found}
    assert ("sitting", None, date(2026, 12, 9), 2) in told
    assert ("progress_request", None, date(2026, 12, 4), 1) in told
    assert ("deadline", "O9", date(2026, 12, 18), None) in told
    assert ("deadline", "O10", date(2026, 12, 31), None) in told
    assert all(TODAY <= row.on <= LAST for row in found)
    about = [row.about for row in found if row.rule == "O9"]
    assert about == ["1 “Eröffnung”"]


def test_filters_narrow_what_falls_due(busy: Store) -> None:
    kinds = {row.kind for row in _read(busy, filters=Filters(department="40"))}
    assert kinds == {"sitting"}
    assert {row.kind for row in _read(busy, filters=Filters(mine=("40",)))} == {"sitting"}
    kinds = {row.kind for row in _read(busy, filters=Filters(mine=("51",)))}
    assert kinds == {"sitting", "deadline", "progress_request"}


def test_who_sees_published_things_only_sees_no_request_and_no_closed_paper(busy: Store) -> None:
    found = {row.kind: row.count for row in _read(busy, sight=READER)}
    assert found["sitting"] == 1
    assert "progress_request" not in found


def test_a_draft_is_no_date_for_other_departments(town: Store) -> None:
    with town.unit("planner", day=TODAY) as unit:
        key = measures.log(unit, title="Bad", lead="51").ref
        unit.reading().send(
            "INSERT INTO standing (municipality_id, noun, subject, topic, name, day, n, about,"
            " since) SELECT :m, 'measure', id, 'overdue', 'O9', :since, 1, '1', :since"
            " FROM measure WHERE ref = :key", key=key, since=date(2026, 12, 1),
        )  # fmt: skip
        reader = unit.reading()
        words: Any = {"today": TODAY, "last": LAST, "lang": "de"}
        assert [row.key for row in calendar(reader, **words)] == [key]
        assert calendar(reader, **words, sight=SCHOOLS) == []
        assert calendar(reader, **words, sight=READER) == []


def test_the_months_end_on_the_last_of_one() -> None:
    assert until(TODAY, 1) == date(2026, 11, 30)
    assert until(TODAY, 3) == LAST
    for months in (0, 25):
        with pytest.raises(Invalid):
            until(TODAY, months)
