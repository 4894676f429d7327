from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.space import Area, AreaSuccession
from cycle.reading import area_changes as changed
from cycle.store.store import Store
from cycle.usecases import area_changes, areas, lookup
from tests.makers_rounds import a_goal, a_target, an_indicator, an_observation

SINCE, REFORM = date(2020, 1, 1), date(2026, 7, 1)
ALL = Fraction(1)


@pytest.fixture(autouse=True)
def _areas(town: Store) -> None:
    with town.unit("planner") as unit:
        for code, name in (("06", "Neustadt"), ("07", "Süd")):
            areas.add(unit, code, name, valid_from=SINCE)
        areas.add(unit, "0601", "Am Anger", level=2, parent="06", valid_from=SINCE)
        areas.add(unit, "08", "Ost", valid_from=REFORM)


def _succeed(town: Store, code: str, *parts: tuple[str, Fraction], **words: Any) -> None:  # noqa: ANN401
    with town.unit("planner") as unit:
        area_changes.succeed(unit, code, parts=parts, **{"on": REFORM, **words})


def _areas_of(town: Store, code: str) -> list[tuple[date, date | None]]:
    with town.unit("reader") as unit:
        found = lookup.every(unit, Area, code=code)
        return sorted((a.valid_from, a.valid_to) for a in found)


def _ties(town: Store) -> list[tuple[str, str, str, str]]:
    with town.unit("reader") as unit:
        return sorted(
            (unit.get(Area, t.from_area_id).code, unit.get(Area, t.to_area_id).code,
             str(t.share), t.kind)
            for t in lookup.every(unit, AreaSuccession)
        )  # fmt: skip


def test_a_renamed_area_hands_all_its_people_and_the_areas_within_it_on(town: Store) -> None:
    with town.unit("planner") as unit:
        areas.add(unit, "0602", "Alter Hafen", level=2, parent="06", valid_from=SINCE,
                  valid_to=date(2026, 6, 30))  # fmt: skip
    _succeed(town, "06", ("08", ALL))
    assert _areas_of(town, "06") == [(SINCE, date(2026, 6, 30))]
    assert _ties(town) == [("06", "08", "1", "rename")]
    with town.unit("reader") as unit:
        within = lookup.area(unit, "0601")
        assert unit.get(Area, within.parent_id).code == "08"
        former = lookup.area(unit, "0602")
        assert unit.get(Area, former.parent_id).code == "06"


def test_an_area_that_keeps_its_code_begins_anew(town: Store) -> None:
    _succeed(town, "06", ("06", Fraction(9, 10)), ("08", Fraction(1, 10)), kind="boundary")
    assert _areas_of(town, "06") == [(SINCE, date(2026, 6, 30)), (REFORM, None)]
    assert _ties(town) == [("06", "06", "0.9", "boundary"), ("06", "08", "0.1", "boundary")]
    with town.unit("reader") as unit:
        assert lookup.area(unit, "06").valid_from == REFORM
        assert lookup.area(unit, "06", date(2026, 6, 30)).valid_from == SINCE
        assert lookup.area(unit, "06", date(2019, 1, 1)).valid_from == SINCE
        assert unit.get(Area, lookup.area(unit, "0601").parent_id).valid_from == REFORM


def test_an_area_that_gains_people_begins_anew_too(town: Store) -> None:
    _succeed(town, "06", ("07", ALL), kind="merge")
    assert _areas_of(town, "07") == [(SINCE, date(2026, 6, 30)), (REFORM, None)]
    assert _ties(town) == [("06", "07", "1", "merge"), ("07", "07", "1", "boundary")]
    with town.unit("reader") as unit:
        code = "07"
        assert [(r.area, r.on) for r in changed.made_of(unit.reading(), code, REFORM)] == [
            ("06", REFORM), ("07", REFORM),
        ]  # fmt: skip
        assert changed.made_of(unit.reading(), code, SINCE) == []


def test_two_areas_may_exchange_people(town: Store) -> None:
    _succeed(town, "06", ("06", Fraction(9, 10)), ("07", Fraction(1, 10)))
    _succeed(town, "07", ("07", Fraction(4, 5)), ("06", Fraction(1, 5)))
    assert _ties(town) == [
        ("06", "06", "0.9", "split"), ("06", "07", "0.1", "split"),
        ("07", "06", "0.2", "split"), ("07", "07", "0.8", "split"),
    ]  # fmt: skip
    assert _areas_of(town, "07") == [(SINCE, date(2026, 6, 30)), (REFORM, None)]


def test_an_end_planned_before_goes_over_to_what_begins_anew(town: Store) -> None:
    with town.unit("planner") as unit:
        for code, end in (("10", date(2029, 12, 31)), ("11", date(2026, 6, 30))):
            areas.add(unit, code, code, valid_from=SINCE, valid_to=end)
    for code in ("10", "11"):
        _succeed(town, code, (code, ALL))
    assert _areas_of(town, "10")[1] == (REFORM, date(2029, 12, 31))
    assert _areas_of(town, "11")[1] == (REFORM, None)


@pytest.mark.parametrize(
    ("parts", "kind", "codes"),
    [
        ((("08", Fraction(1, 2)), ("08", Fraction(1, 2))), None, ["twice"]),
        ((("08", Fraction(1, 2)), ("07", Fraction(1, 2))), "rename", ["several"]),
        ((("08", ALL),), "magic", ["unknown_word"]),
        ((), None, ["missing"]),
        ((("08", Fraction(9, 10)),), None, ["shares_not_one"]),
        ((("08", Fraction(0)), ("07", ALL)), None, ["shares_not_one"]),
    ],
)
def test_parts_that_do_not_fit_are_refused_and_nothing_changes(
    town: Store, parts: tuple[tuple[str, Fraction], ...], kind: str | None, codes: list[str]
) -> None:
    with pytest.raises(Invalid) as wrong:
        _succeed(town, "06", *parts, kind=kind)
    assert [fault.code for fault in wrong.value.faults] == codes
    assert (_ties(town), _areas_of(town, "06")) == ([], [(SINCE, None)])


def test_an_area_succeeds_once_and_while_it_is_valid(town: Store) -> None:
    _succeed(town, "06", ("08", ALL))
    for day, code in ((REFORM, "duplicate"), (date(2026, 7, 2), "not_valid"), (SINCE, "not_valid")):
        with pytest.raises(Conflict) as caught:
            _succeed(town, "06", ("07", ALL), on=day)
        assert caught.value.code == code
    with pytest.raises(NotFound) as unknown:
        _succeed(town, "07", ("09", ALL))
    assert "cycle area add" in unknown.value.fix


def test_only_social_planning_redraws_the_town(town: Store) -> None:
    with pytest.raises(Forbidden), town.unit("statistician") as unit:
        area_changes.succeed(unit, "06", on=REFORM, parts=[("08", ALL)])


def test_values_and_the_whole_town_are_looked_up_within_the_boundaries_of_their_day(
    town: Store,
) -> None:
    _succeed(town, "16999000", ("16999000", ALL), kind="boundary")
    with town.unit() as unit:
        an_indicator(unit)
        before = an_observation(unit)
        after = an_observation(unit, period_end=date(2026, 9, 30))
        own = an_observation(unit, basis="recalculated")
        assert unit.get(Area, before.area_id).valid_to == date(2026, 6, 30)
        assert own.area_id == after.area_id != before.area_id
        a_target(unit, a_goal(unit).ref)  # its baseline is the recalculated one
