"""The circle as columns: what stands where, how long, under which lights."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from cycle.errors import Invalid, NotFound
from cycle.machine.tallied import tallied
from cycle.reading.board import BY, board
from cycle.reading.filters import Filters
from cycle.reading.shapes import Json
from cycle.reading.tallies import kept
from cycle.store.store import Store
from tests.conftest import STORES, FreshUrl
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, building, looking, settled

ON_CIRCLE = [
    "draft", "targeted", "proposed", "deferred", "approved", "in_progress", "suspended",
    "implemented", "evaluated", "reported",
]  # fmt: skip
NO_LIGHTS = {"red": 0, "yellow": 0, "green": 0, "grey": 0}
_FOLLOWS = text(
    "INSERT INTO standing (municipality_id, noun, subject, topic, name, about, day, n)"
    " SELECT municipality_id, 'measure', id, :topic, :name, :about, :day, :n FROM measure"
    " WHERE ref = :key"
)

_TALLY = text(
    "INSERT INTO tally (municipality_id, topic, name, unit, cycle, day, n)"
    " VALUES (:m, :topic, :name, '', '', :day, :n)"
)


def follows(store: Store, *told: tuple[str, str, str, date, int]) -> None:
    """Let this follow from the measures and nothing else: key, topic, name, day, +1 or -1."""
    with store.unit("planner", day=TODAY) as unit:
        unit.session.execute(text("DELETE FROM standing WHERE topic <> 'state'"))
        for place, (key, topic, name, day, n) in enumerate(told):
            about = str(place) if topic == "overdue" else ""
            row = {"key": key, "topic": topic, "name": name, "about": about, "n": n}
            unit.session.execute(_FOLLOWS, row | {"day": day.isoformat()})
        unit.session.execute(text("DELETE FROM tally"))
        counts: Counter[tuple[str, str, date]] = Counter()
        for entry in tallied(kept(unit.reading())):
            counts[entry.topic, entry.name, max(entry.day, TODAY)] += entry.n
        for (topic, name, day), n in counts.items():
            row = {"m": unit.town.id, "topic": topic, "name": name, "n": n}
            unit.session.execute(_TALLY, row | {"day": day.isoformat()})


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _build(city: City) -> None:
    city.measure(state="draft", state_since=_ago(3), prevention_level="universal")
    city.measure(state="targeted", state_since=_ago(0), prevention_level="indicated")
    for days in (10, 40, 20, 40):  # M-2026-003 to -006
        city.measure(
            state="in_progress", state_since=_ago(days), prevention_level="selective",
            fields=("JUG", "ALT"), target_group="Eltern",
        )  # fmt: skip
    city.measure(
        state="suspended", reason_code="staff_missing", state_since=_ago(5), lead="40",
        fields=("JUG",),
    )  # fmt: skip
    city.measure(state="reported", state_since=_ago(300), lead=None)
    for state in ("rejected", "superseded"):
        city.measure(state=state, state_since=_ago(9))
    for code in ("entered_in_error", "no_need"):
        city.measure(state="cancelled", reason_code=code, state_since=_ago(9))


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


@pytest.fixture(params=STORES)
def own_city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, _CITY))
    yield opened
    opened.close()


def _board(store: Store, today: date = TODAY, **asked: object) -> Json:
    with looking(store) as reader:
        return board(reader, today=today, **asked)  # type: ignore[arg-type] # the words of `board`


def _columns(found: Json) -> dict[str, Json]:
    return {column["name"]: column for column in found["columns"]}


def test_the_columns_follow_the_circle(city: Store) -> None:
    found = _board(city)
    assert list(found) == ["today", "by", "columns", "off"]
    assert (found["today"], found["by"]) == ("2026-11-22", "state")
    assert [column["name"] for column in found["columns"]] == ON_CIRCLE
    assert [column["stage"] for column in found["columns"]] == [
        "report", "goal", *["measure"] * 5, "evaluation", "evaluation", "report",
    ]  # fmt: skip
    counts = {name: column["count"] for name, column in _columns(found).items()}
    assert counts == dict.fromkeys(ON_CIRCLE, 0) | {
        "draft": 1, "targeted": 1, "in_progress": 4, "suspended": 1, "reported": 1,
    }  # fmt: skip


def test_what_was_entered_in_error_never_counts(city: Store) -> None:
    assert _board(city)["off"] == {"rejected": 1, "cancelled": 1, "superseded": 1}
    narrowed = _board(city, filters=Filters(state="cancelled"))
    assert narrowed["off"] == {"rejected": 0, "cancelled": 1, "superseded": 0}


def test_a_column_shows_those_that_stand_there_longest(city: Store) -> None:
    column = _columns(_board(city))["in_progress"]
    assert column["oldest_days"] == 40
    assert [(card["key"], card["age_days"]) for card in column["cards"]] == [
        ("M-2026-004", 40), ("M-2026-006", 40), ("M-2026-005", 20),
    ]  # fmt: skip
    first = column["cards"][0]
    assert list(first.pop("lights")) == ["delivery", "effect", "data"]
    assert first == {
        "key": "M-2026-004", "title": "Sprachförderkräfte in vier Kitas", "state": "in_progress",
        "lead": "51", "since": "2026-10-13", "age_days": 40, "overdue": False,
    }  # fmt: skip
    one = _columns(_board(city, limit=1))["in_progress"]
    assert (one["count"], len(one["cards"])) == (4, 1)
    none = _columns(_board(city, limit=0))["in_progress"]
    assert (none["count"], none["oldest_days"], none["cards"]) == (4, 40, [])
    assert _columns(_board(city))["targeted"]["cards"][0]["age_days"] == 0
    assert _columns(_board(city))["proposed"]["oldest_days"] is None
    assert _columns(_board(city))["reported"]["cards"][0]["lead"] is None


def test_stages_put_their_states_together(city: Store) -> None:
    found = _board(city, by="stage", limit=2)
    columns = _columns(found)
    assert list(columns) == ["report", "goal", "measure", "evaluation", "reported"]
    assert columns["measure"]["states"] == ON_CIRCLE[2:7]
    assert (columns["report"]["states"], columns["reported"]["states"]) == (["draft"], ["reported"])
    assert (columns["measure"]["count"], columns["measure"]["oldest_days"]) == (5, 40)
    cards = [card["key"] for card in columns["measure"]["cards"]]
    assert cards == ["M-2026-004", "M-2026-006"]


def test_lights_and_what_is_overdue_shine_from_their_day_on(own_city: Store) -> None:
    follows(
        own_city,
        ("M-2026-003", "light:delivery", "green", _ago(9), 1),
        ("M-2026-003", "light:delivery", "green", TODAY, -1),
        ("M-2026-003", "light:delivery", "red", TODAY, 1),
        ("M-2026-004", "light:delivery", "yellow", _ago(9), 1),
        ("M-2026-004", "light:effect", "grey", _ago(9), 1),
        ("M-2026-004", "overdue", "O8", _ago(-1), 1),
        ("M-2026-004", "overdue", "O9", TODAY, 1),
        ("M-2026-004", "overdue", "O9", TODAY, 1),
        ("M-2026-007", "overdue", "O16", TODAY, 1),
        ("M-2026-004", "gap", "evaluation_owed", _ago(9), 1),
    )
    column = _columns(_board(own_city))["in_progress"]
    assert column["lights"] == {
        "delivery": NO_LIGHTS | {"red": 1, "yellow": 1},
        "effect": NO_LIGHTS | {"grey": 1},
        "data": NO_LIGHTS,
    }
    assert column["worst"] == {"delivery": "red", "effect": "grey", "data": None}
    assert column["overdue"] == 2
    oldest = column["cards"][0]
    assert oldest["lights"] == {"delivery": "yellow", "effect": "grey", "data": "grey"}
    assert oldest["overdue"]
    before = _columns(_board(own_city, _ago(1)))["in_progress"]
    assert before["lights"]["delivery"] == NO_LIGHTS | {"green": 1, "yellow": 1}
    assert (before["overdue"], before["oldest_days"]) == (0, 39)
    assert not before["cards"][0]["overdue"]
    after = _columns(_board(own_city, _ago(-1)))["in_progress"]
    assert after["overdue"] == 3
    assert _columns(_board(own_city, by="stage"))["measure"]["overdue"] == 3
    part = _board(own_city, by="department")["rows"][1]["columns"][2]
    assert (part["name"], part["worst"]["delivery"], part["overdue"]) == ("measure", "red", 2)


def test_the_kinds_of_prevention_are_rows_across_the_stages(city: Store) -> None:
    found = _board(city, by="prevention")
    assert list(found) == ["today", "by", "rows"]
    assert [(row["name"], row["count"]) for row in found["rows"]] == [
        ("universal", 1), ("selective", 4), ("indicated", 1), (None, 2),
    ]  # fmt: skip
    rest = found["rows"][-1]
    assert [(c["name"], c["count"]) for c in rest["columns"]] == [
        ("report", 0), ("goal", 0), ("measure", 1), ("evaluation", 0), ("reported", 1),
    ]  # fmt: skip
    assert rest["off"] == {"rejected": 1, "cancelled": 1, "superseded": 1}
    assert rest["columns"][2]["oldest_days"] == 5


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("target_group", [("Eltern", "Eltern", 4), (None, None, 4)]),
        ("field", [("ALT", "Altenhilfe", 4), ("JUG", "Jugendhilfe", 5), (None, None, 3)]),
        ("department", [("40", "Schulen", 1), ("51", "Jugend und Bildung", 6), (None, None, 1)]),
    ],
)
def test_a_board_is_parted_by_what_is_asked(
    city: Store, by: str, rows: list[tuple[str | None, str | None, int]]
) -> None:
    found = _board(city, by=by)["rows"]
    assert [(row["name"], row["label"], row["count"]) for row in found] == rows


def test_the_filters_narrow_columns_and_cards(city: Store) -> None:
    columns = _columns(_board(city, filters=Filters(department="40")))
    assert {n: c["count"] for n, c in columns.items() if c["count"]} == {"suspended": 1}
    assert [card["key"] for card in columns["suspended"]["cards"]] == ["M-2026-007"]
    assert columns["in_progress"]["cards"] == []
    mine = _board(city, by="field", filters=Filters(mine=("40",)))["rows"]
    assert [(row["name"], row["count"]) for row in mine] == [("JUG", 1)]
    with pytest.raises(NotFound):
        _board(city, filters=Filters(cycle="Z-1999"))


def test_drafts_have_no_column_for_a_reader(city: Store) -> None:
    columns = _columns(_board(city, sees_internal=False))
    assert list(columns) == ON_CIRCLE[2:]
    stages = _columns(_board(city, by="stage", sees_internal=False))
    assert list(stages) == ["measure", "evaluation", "reported"]
    rows = _board(city, by="prevention", sees_internal=False)["rows"]
    assert [row["name"] for row in rows] == ["selective", None]
    assert [cell["name"] for cell in rows[0]["columns"]] == ["measure", "evaluation", "reported"]


def test_a_word_nobody_knows_is_refused_with_those_there_are(city: Store) -> None:
    with pytest.raises(Invalid) as refused:
        _board(city, by="colour", limit=-1)
    assert [fault.pointer for fault in refused.value.faults] == ["by", "limit"]
    assert refused.value.faults[0].values["words"] == ", ".join(BY)


def test_a_board_of_many_costs_as_many_statements_as_one_of_few(own_city: Store) -> None:
    asked = []
    for more in (0, 60):
        with building(own_city) as city:
            city.start_at(100)
            for _ in range(more):
                city.measure(state="approved", state_since=_ago(2))
        with looking(own_city) as reader:
            before = reader.statements
            for by in BY:
                board(reader, today=TODAY, by=by)
            asked.append(reader.statements - before)
    assert asked[0] == asked[1] <= 2 * 6 + 4 * 2


def test_the_kept_counts_and_those_counted_one_by_one_agree(city: Store) -> None:
    every = Filters(mine=("40", "51"))  # picks all that has a lead, one by one
    kept, counted = _columns(_board(city)), _columns(_board(city, filters=every))
    del kept["reported"], counted["reported"]  # which has none
    assert kept == counted
    past = _columns(_board(city, _ago(1)))
    assert past["in_progress"]["count"] == kept["in_progress"]["count"]
