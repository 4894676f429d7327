from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from cycle.errors import Forbidden, KreislaufError
from cycle.reading.proof import discrepancies
from cycle.store.store import Store
from cycle.usecases import areas, indicators, lookup, observation_batch, observations
from cycle.usecases.observation_batch import record_all
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers import DAY
from tests.makers_evaluations import a_goal
from tests.usecases.test_evaluation_batch import said
from tests.usecases.twins import alike, counted, ids

ON = date(2025, 12, 31)


def a_scene(url: str) -> None:
    """Prepare a town that aims at what it measures, in areas with and without borders in time."""
    settle_saalestadt(url)
    store = Store.open(url)
    with store.unit("planner") as unit:
        a_goal(unit)
        areas.add(unit, "07", "Altstadt", valid_from=date(2026, 1, 1))
        indicators.add(unit, "S-ZAHL", "Kinder", source="Melderegister", unit_of="Kinder")
    store.close()


@pytest.fixture(params=STORES)
def twins(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[tuple[Store, Store]]:
    """Give two stores with the same town in them."""
    one, other = (Store.open(fresh_url(request.param, a_scene)) for _ in range(2))
    yield one, other
    one.close()
    other.close()


def a_value(**words: Any) -> Any:  # noqa: ANN401 - a line
    return {"indicator": "S-SPR", "area": "06", "period_end": ON, "value": Decimal("30.1"), **words}


def one_by_one(store: Store, lines: Sequence[Any]) -> list[Any]:
    """Record every value alone, and say what became of it as a batch says it."""
    found: list[Any] = []
    with store.unit("statistician", day=DAY) as unit:
        for words in lines:
            before = len(unit.told)
            try:
                with unit.apart():
                    observations.record(unit, **words)
            except KreislaufError as error:
                found.append(("refused", (type(error), error.code, str(error))))
            else:
                found.append(("new" if len(unit.told) > before else "known", None))
    return found


def batch(store: Store, lines: Sequence[Any], **how: Any) -> list[Any]:  # noqa: ANN401 - as record_all
    with store.unit("statistician", day=DAY) as unit:
        return [
            (status, error[:3] if error else None)
            for _, status, error, _ in said(record_all(unit, lines, **how))
        ]


WRONG: list[dict[str, Any]] = [
    {"indicator": "S-SPRA"}, {"area": "99"}, {"value": None}, {"value": Decimal("NaN")},
    {"status": "nil"}, {"status": "magic"}, {"period_end": date(2027, 1, 1)},
    {"period_start": date(2026, 1, 1)}, {"numerator": 1, "denominator": 0}, {"basis": "magic"},
    {"numerator": 1, "denominator": 3}, {"breakdown": "x" * 301}, {"breakdown": "sex=w\x07"},
    {"numerator": -1}, {"value": Decimal(1).scaleb(80)},
]  # fmt: skip


def words_of(chance: Random) -> Any:  # noqa: ANN401 - a line
    """Make up a value: mostly right, often of a cell that has one."""
    words = a_value(value=Decimal(chance.choice(["30.1", "30.10", "29.35"])))
    words |= chance.choice([{}, {"area": "07"}, {"area": "07", "basis": "recalculated"}])
    words |= chance.choice([{}, {"period_end": date(2023, 12, 31)}, {"period_start": None}])
    words |= chance.choice([{}, {"breakdown": "sex=w, age=0-6"}, {"breakdown": "age=0-6,sex=w"}])
    words |= chance.choice([{}, {"indicator": "S-ZAHL"}, {"protected_at_source": True}])
    words |= chance.choice([{}, {"status": "nil", "value": None}, {"status": "provisional"}])
    words |= chance.choice([{}, {}, {"value": None, "numerator": 1, "denominator": 3}])
    return words | (chance.choice(WRONG) if chance.random() < 0.2 else {})


@pytest.mark.parametrize("seed", range(3))
def test_a_batch_leaves_what_one_by_one_leaves(twins: tuple[Store, Store], seed: int) -> None:
    one, other = twins
    begun = ids(one)
    chance = Random(seed)  # noqa: S311 - no secret, and the same every time
    for _ in range(2):
        lines = [words_of(chance) for _ in range(60)]
        assert batch(other, lines) == one_by_one(one, lines)
    alike(one, other, begun)
    with other.unit("admin", day=DAY) as unit:
        assert discrepancies(unit.reading()) == []


def test_what_is_wrong_alone_is_wrong_in_a_batch(twins: tuple[Store, Store]) -> None:
    one, other = twins
    begun = ids(one)
    lines = [a_value(**words) for words in WRONG] + [a_value()]
    found = batch(other, lines)
    assert found == one_by_one(one, lines)
    assert [status for status, _ in found] == ["refused"] * len(WRONG) + ["new"]
    alike(one, other, begun)


def test_an_indicator_without_a_definition_in_force_takes_no_value(
    twins: tuple[Store, Store],
) -> None:
    begun = ids(twins[0])
    for store in twins:
        with store.unit("statistician", day=DAY) as unit:
            measured = lookup.indicator(unit, "S-SPR")
            indicators.current(unit, measured).valid_to = ON
            unit.tell(measured, "arranged")
    found = batch(twins[1], [a_value()])
    assert found == one_by_one(twins[0], [a_value()])
    assert [status for status, _ in found] == ["refused"]
    alike(*twins, begun)


def test_the_number_of_statements_does_not_grow_with_the_lines(
    twins: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, sent = twins[0], []
    for vintage, count in enumerate((10, 10, 200)):
        lines = [a_value(value=Decimal(vintage), breakdown=f"n={n}") for n in range(count)]
        with counted(store.engine) as statements:
            assert batch(store, lines) == [("new", None)] * count
        sent.append(len(statements))
    assert sent[2] == sent[1] <= 25
    monkeypatch.setattr(observation_batch, "EACH", 60)
    lines = [a_value(value=Decimal(7), breakdown=f"n={n}") for n in range(100)]
    assert batch(store, lines) == [("new", None)] * 100


def test_a_dry_run_writes_nothing_and_all_or_nothing_neither(twins: tuple[Store, Store]) -> None:
    store = twins[0]
    begun = ids(store)
    assert batch(store, [a_value()], dry_run=True) == [("new", None)]
    found = batch(store, [a_value(), a_value(area="99")], all_or_nothing=True)
    assert [error[1] for _, error in found] == ["batch_refused", "not_found"]
    assert ids(store) == begun


def test_the_key_of_a_line_is_the_value_s_id(twins: tuple[Store, Store]) -> None:
    store = twins[0]
    with store.unit("statistician", day=DAY) as unit:
        first, again = record_all(unit, [a_value(), a_value()])
        made = observations.record(unit, "S-SPR", area="06", period_end=ON, value=Decimal("30.1"))
        assert first.key == again.key == made.id


def test_one_who_records_no_values_records_no_batch(twins: tuple[Store, Store]) -> None:
    with pytest.raises(Forbidden), twins[0].unit("reader") as unit:
        record_all(unit, [])
