"""How a round came along, month by month."""

from datetime import date
from typing import Any

import pytest

from cycle.errors import NotFound
from cycle.machine.facts import Ask
from cycle.reading.burn_up import LINES, burn_up
from cycle.reading.sight import Sight
from cycle.store.store import Store
from cycle.usecases import measures, moves
from tests.makers_duties import a_running_measure
from tests.makers_measures import Town
from tests.reading.rows import TODAY, building, looking

Told = Any  # JSON, or the words of a call


def _read(store: Store, key: str | None = None, **words: Told) -> Told:
    today = words.pop("today", TODAY)
    with looking(store) as reader:
        return burn_up(reader, key, today=today, **words)


def _months(found: Told) -> dict[str, Any]:
    return {each["month"]: each for each in found["months"]}


def _lines(month: Told) -> list[int | None]:
    return [month[name] for name in LINES]


def test_a_measure_counts_from_the_day_it_truly_came_so_far(town: Store) -> None:
    Town(town).a_measure("evaluated")
    months = _months(_read(town))
    assert _lines(months["2026-01"]) == [1, 0, 0, 0, 0, 0]
    assert _lines(months["2026-02"]) == [1, 1, 0, 0, 0, 0]
    assert _lines(months["2026-03"]) == [1, 1, 1, 0, 0, 0]
    assert _lines(months["2026-09"]) == [1, 1, 1, 1, 0, 0]
    assert _lines(months["2026-10"]) == [1, 1, 1, 1, 1, 0]
    assert months["2026-09"]["planned"] == 0
    assert months["2026-10"]["planned"] == 1


def test_what_is_recorded_later_counts_on_its_day_and_pulls_what_it_rests_on(town: Store) -> None:
    with town.unit("planner", day=date(2026, 3, 1)) as unit:
        key = measures.log(unit, title="Treffpunkt", lead="51", planned_end=date(2026, 6, 30)).ref
        ask = Ask(source="Liste", source_date=date(2026, 2, 1), start=date(2019, 2, 1))
        moves.move(unit, key, "take_over", Ask(**{**_words(ask), "state": "implemented"}),
                   to="implemented")  # fmt: skip
    found = _read(town)
    assert _lines(found["months"][0]) == [1, 1, 1, 0, 0, 0]  # begun before the round
    assert _lines(_months(found)["2026-03"]) == [1, 1, 1, 1, 0, 0]
    assert found["months"][0]["month"] == "2026-01"


def _words(ask: Ask) -> dict[str, Any]:
    return {"source": ask.source, "source_date": ask.source_date, "start": ask.start}


def test_the_end_of_what_was_taken_over_counts_on_its_own_day(town: Store) -> None:
    with building(town) as city:
        made = city.measure(
            state="implemented", taken_over=True, actual_start=date(2026, 1, 5),
            actual_end=date(2026, 4, 30), planned_end=date(2026, 4, 30),
        )  # fmt: skip
        city.unit.tell(made, "logged", move=(None, "draft"))
        city.unit.tell(made, "taken_over", move=("draft", "implemented"))
    months = _months(_read(town))
    assert _lines(months["2026-01"]) == [1, 1, 1, 0, 0, 0]
    assert _lines(months["2026-04"]) == [1, 1, 1, 1, 0, 0]
    assert months["2026-04"]["planned"] == 1


def test_what_was_taken_over_while_under_way_counts_as_begun_since_then(town: Store) -> None:
    a_running_measure(town)
    found = _read(town)
    assert _lines(found["months"][0]) == [1, 1, 1, 0, 0, 0]
    assert _lines(_months(found)["2026-11"]) == [1, 1, 1, 0, 0, 0]


def test_what_is_given_up_leaves_every_line_and_the_plan(town: Store) -> None:
    for day, name in ((date(2026, 2, 1), "log"), (date(2026, 5, 1), "cancel")):
        with town.unit("planner", day=day) as unit:
            if name == "log":
                key = measures.log(unit, title="Bad", lead="51", planned_end=date(2026, 4, 1)).ref
            else:
                moves.move(unit, key, "cancel", Ask(code="no_need"))
    months = _months(_read(town))
    assert [months[m]["all"] for m in ("2026-01", "2026-02", "2026-04", "2026-05")] == [0, 1, 1, 0]
    assert [months[m]["planned"] for m in ("2026-03", "2026-04", "2026-05")] == [0, 1, 0]


def test_months_to_come_tell_only_the_plan(town: Store) -> None:
    with town.unit("planner", day=TODAY) as unit:
        measures.log(unit, title="Bad", lead="51", planned_end=date(2027, 2, 1))
    found = _read(town)
    later = _months(found)["2027-02"]
    assert _lines(later) == [None] * len(LINES)
    assert (later["planned"], later["until"]) == (1, "2027-02-28")
    assert _months(found)["2026-11"]["until"] == TODAY.isoformat()


def test_deeds_of_a_day_to_come_are_not_told(town: Store) -> None:
    with town.unit("planner", day=TODAY) as unit:
        measures.log(unit, title="Bad", lead="51")
    found = _read(town, today=date(2026, 10, 31))
    assert all(not each["all"] for each in found["months"])


@pytest.mark.parametrize(
    ("sight", "count"),
    [(Sight(frozenset({"reader"})), 0), (Sight(frozenset({"planner"})), 1), (None, 1),
     (Sight(frozenset({"department_head"}), frozenset({"40"})), 0),
     (Sight(frozenset({"department_head"}), frozenset({"51"})), 1)],
)  # fmt: skip
def test_drafts_of_others_are_not_counted(town: Store, sight: Sight | None, count: int) -> None:
    with town.unit("planner", day=TODAY) as unit:
        measures.log(unit, title="Bad", lead="51")
    assert _months(_read(town, sight=sight))["2026-11"]["all"] == count


def test_who_sees_published_things_only_sees_no_draft_of_the_past(town: Store) -> None:
    Town(town).a_measure("approved")
    found = _read(town, sight=Sight(frozenset({"reader"})))
    assert _lines(_months(found)["2026-11"])[:2] == [1, 1]


def test_the_round_of_today_is_told_where_none_is_named(town: Store) -> None:
    with building(town) as city:
        city.round("Z-2024", date(2024, 1, 1), stage="evaluation", period_end=date(2027, 12, 31))
        city.round("Z-2028", date(2028, 1, 1))
        city.round("Z-2019", date(2019, 1, 1), stage="closed", period_end=date(2023, 12, 31))
    assert _read(town)["cycle"]["key"] == "Z-2026"
    assert _read(town, "2028")["cycle"]["key"] == "Z-2028"
    past = _read(town, "Z-2019")
    assert (past["months"][0]["month"], past["months"][-1]["month"]) == ("2019-01", "2023-12")
    with pytest.raises(NotFound):
        _read(town, "Z-1999")


def test_only_a_round_to_come_or_a_closed_one_is_told_where_there_is_no_other(town: Store) -> None:
    with building(town) as city:
        city.unit.reading().send("UPDATE cycle SET stage = 'closed'")
    assert _read(town)["cycle"]["stage"] == "closed"
    with building(town) as city:
        city.round("Z-2030", date(2030, 1, 1))
    assert _read(town)["cycle"]["key"] == "Z-2030"


def test_a_town_without_a_round_is_told_how_to_open_one(store: Store) -> None:
    from tests import makers  # noqa: PLC0415 - only here

    makers.a_town(store, open_round=False)
    with pytest.raises(NotFound, match="no round"):
        _read(store)
