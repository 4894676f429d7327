from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cycle.errors import Forbidden, NotFound
from cycle.model.indicators import Observation
from cycle.model.space import Area
from cycle.store.store import Store
from cycle.usecases import area_changes, areas, indicators, lookup, recalculations
from cycle.usecases.recalculations import Recalculated
from tests.makers_rounds import COUNTED, an_indicator, an_observation

SINCE, REFORM = date(2020, 1, 1), date(2026, 7, 1)
HALF = Fraction(1, 2)


@pytest.fixture(autouse=True)
def _areas(town: Store) -> None:
    with town.unit("planner") as unit:
        for code in ("A", "B"):
            areas.add(unit, code, code, valid_from=SINCE)
        for code in ("C", "D"):
            areas.add(unit, code, code, valid_from=REFORM)
        an_indicator(unit)
        an_indicator(unit, "ZAHL", unit_of="Kinder")
        an_indicator(unit, "WARTE", unit_of="Wochen", measure_type="mean")


def _succeed(town: Store, code: str, *parts: tuple[str, Fraction], on: date = REFORM) -> None:
    with town.unit("planner") as unit:
        area_changes.succeed(unit, code, on=on, parts=parts)


def _observe(town: Store, area: str, indicator: str = "KITA", **words: Any) -> None:  # noqa: ANN401
    with town.unit("statistician") as unit:
        an_observation(unit, indicator=indicator, area=area, **words)


def _reckon(town: Store, indicator: str = "KITA", **words: Any) -> list[Recalculated]:  # noqa: ANN401
    with town.unit("statistician") as unit:
        return recalculations.recalculate(unit, indicator, **words)


def _told(found: list[Recalculated]) -> list[tuple[str, Any, str | None]]:
    return [(each.area, each.value, each.left) for each in found]


def _stored(town: Store) -> list[tuple[str, Any, int, str, str]]:
    with town.unit("reader") as unit:
        return sorted(
            (unit.get(Area, o.area_id).code, o.value, o.vintage, o.basis, o.status)
            for o in lookup.every(unit, Observation)
        )


SHARE: dict[str, Any] = {"value": None, "numerator": 30, "denominator": 90}


def test_a_merged_area_has_the_sum_of_those_it_was_made_of(town: Store) -> None:
    _observe(town, "A", **SHARE)
    _observe(town, "B", **SHARE | {"numerator": 10, "denominator": 10}, status="provisional")
    for code in ("A", "B"):
        _succeed(town, code, ("C", Fraction(1)))
    (found,) = _reckon(town)
    assert (found.value, found.numerator, found.denominator) == (Decimal("40.0000"), 40, 100)
    assert _stored(town)[-1] == ("C", Decimal("40.0000"), 1, "recalculated", "provisional")


def test_a_renamed_area_takes_its_whole_series_over_as_it_is(town: Store) -> None:
    _observe(town, "A", "WARTE", value=Decimal("6.5"), protected_at_source=True)
    _succeed(town, "A", ("C", Fraction(1)))
    assert _told(_reckon(town, "WARTE")) == [("C", Decimal("6.5"), None)]
    assert _stored(town)[-1] == ("C", Decimal("6.5"), 1, "recalculated", "final")


def test_counts_are_divided_to_the_last_person(town: Store) -> None:
    _observe(town, "A", "ZAHL", value=Decimal(7))
    _observe(town, "A", "ZAHL", value=Decimal("7.5"), period_end=date(2024, 12, 31))
    _succeed(town, "A", ("C", HALF), ("D", HALF))
    found = _reckon(town, "ZAHL")
    assert sum(f.value or 0 for f in found if f.period_end == COUNTED) == 7
    assert sum(f.value or 0 for f in found if f.period_end != COUNTED) == Decimal("7.5")
    assert all(f.value == int(f.value or 0) for f in found if f.period_end == COUNTED)
    assert {row[-1] for row in _stored(town) if row[0] in "CD"} == {"estimated"}


def test_what_cannot_be_divided_is_told_and_left_out(town: Store) -> None:
    _observe(town, "A", value=Decimal(52))  # a rate without numerator and denominator
    _observe(town, "A", "WARTE", value=Decimal(6))
    day = date(2024, 12, 31)
    _observe(town, "A", period_end=day, value=None, status="confidential_or_unknown")
    empty: dict[str, Any] = {"value": None, "numerator": 0, "denominator": 1}
    _observe(town, "A", period_end=date(2023, 12, 31), **empty)
    _succeed(town, "A", ("C", HALF), ("D", HALF))
    assert [(f.area, f.period_end.year, f.left) for f in _reckon(town)] == [
        ("C", 2023, "no_base"), ("C", 2024, "withheld"), ("C", 2025, "no_base"),
        ("D", 2023, None), ("D", 2024, "withheld"), ("D", 2025, "no_base"),
    ]  # fmt: skip
    assert {f.left for f in _reckon(town, "WARTE")} == {"no_base"}


def test_a_sum_needs_all_its_parts_and_of_one_kind(town: Store) -> None:
    _observe(town, "A", "ZAHL", value=Decimal(7))
    for code in ("A", "B"):
        _succeed(town, code, ("C", Fraction(1)))
    assert _told(_reckon(town, "ZAHL")) == [("C", None, "incomplete")]
    _observe(town, "B", "ZAHL", value=None, numerator=3, denominator=10)
    assert _told(_reckon(town, "ZAHL")) == [("C", None, "no_base")]


def test_what_was_measured_in_the_new_boundaries_is_left_alone(town: Store) -> None:
    _observe(town, "A", **SHARE)
    _succeed(town, "A", ("C", Fraction(1)))
    with town.unit("statistician") as unit:
        _observe_in(unit, "C")
    assert _told(_reckon(town)) == [("C", None, "measured")]
    assert [row[3] for row in _stored(town)] == ["measured", "measured"]


def _observe_in(unit: Any, code: str) -> None:  # noqa: ANN401
    made = an_observation(unit, area=code, value=Decimal(33))
    assert unit.get(Area, made.area_id).code == code


def test_reckoned_again_only_what_changed_is_a_new_vintage(town: Store) -> None:
    _observe(town, "A", **SHARE)
    _observe(town, "A", **SHARE, breakdown="sex=w")
    _succeed(town, "A", ("C", HALF), ("D", HALF))
    assert len(_reckon(town, dry_run=True)) == 4
    assert len(_stored(town)) == 2
    _reckon(town)
    _reckon(town)
    _observe(town, "A", **SHARE | {"numerator": 33})
    _reckon(town, into="D")
    assert [row[2] for row in _stored(town) if row[0] == "C"] == [1, 1]
    assert sorted(row[2] for row in _stored(town) if row[0] == "D") == [1, 1, 2]


def test_a_series_goes_on_over_two_reforms_and_two_definitions(town: Store) -> None:
    _observe(town, "A", **SHARE)
    with town.unit("statistician") as unit:
        indicators.redefine(unit, "KITA", definition="Neu", reason="Gesetz")
    _observe(town, "A", **SHARE | {"numerator": 45})
    _succeed(town, "A", ("C", Fraction(1)))
    _succeed(town, "C", ("C", Fraction(1)), on=date(2026, 10, 1))
    values = [each.value for each in _reckon(town)]
    assert values == [Decimal("33.3333"), Decimal("50.0000")] * 2


def test_who_may_reckon_and_what(town: Store) -> None:
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        recalculations.recalculate(unit, "KITA")
    with pytest.raises(NotFound), town.unit("planner") as unit:
        recalculations.recalculate(unit, "KITA", into="nowhere")
    assert _reckon(town) == []


class _Undone(Exception):
    """Leaves a unit without a trace."""


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    counts=st.tuples(*[st.tuples(st.integers(0, 400), st.integers(1, 400)) for _ in "AB"]),
    weight=st.integers(1, 99),
)
def test_whatever_moves_where_the_parts_sum_to_the_whole_and_nothing_is_invented(
    town: Store, counts: tuple[tuple[int, int], ...], weight: int
) -> None:
    share = Fraction(weight, 100)
    with suppress(_Undone), town.unit() as unit:
        for code, (some, others) in zip("AB", counts, strict=True):
            an_observation(unit, area=code, value=None, numerator=some, denominator=some + others)
            heirs = (("C", share), ("D", 1 - share)) if code == "A" else (("C", Fraction(1)),)
            area_changes.succeed(unit, code, on=REFORM, parts=heirs)
        found = recalculations.recalculate(unit, "KITA", dry_run=True)
        raise _Undone
    reckoned = [each for each in found if each.left is None]
    assert {each.area for each in found} == {"C", "D"}
    if len(reckoned) == 2:
        assert sum(each.numerator or 0 for each in reckoned) == sum(n for n, _ in counts)
        assert sum(each.denominator or 0 for each in reckoned) == sum(n + o for n, o in counts)
    assert all(0 <= (each.value or 0) <= 100 for each in reckoned)
