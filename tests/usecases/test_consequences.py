from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from cycle.model.duties import Consequence
from cycle.store.store import Store
from cycle.usecases import consequences, lookup
from tests.makers import DAY
from tests.makers_duties import a_cancelled_measure, a_measure, a_running_measure

MONEY: dict[str, Any] = {
    "annual_cents": 23_100_000,
    "product_group": "36.50.01",
    "cover": "budgeted",
}


def _row(town: Store, key: str, kind: str) -> Consequence:
    with town.unit("reader") as unit:
        measure = lookup.measure(unit, key)
        found = lookup.by(unit, Consequence, measure_id=measure.id, kind=kind)
        assert found is not None
        unit.session.expunge(found)
        return found


def _assess_money(town: Store, key: str, actor: str = "youth") -> None:
    with town.unit(actor) as unit:
        consequences.assess(unit, key, ["financial"], text="Personalkosten", **MONEY)


def test_it_assesses_what_a_measure_demands(town: Store) -> None:
    key = a_measure(town)
    _assess_money(town, key)
    row = _row(town, key, "financial")
    assert (row.state, row.text, row.annual_cents) == ("assessed", "Personalkosten", 23_100_000)
    assert (row.assessed_by, row.assessed_on) == ("department_head", DAY)


def test_it_says_of_several_at_once_that_there_are_none(town: Store) -> None:
    key = a_measure(town)
    with town.unit("planner") as unit:
        consequences.assess(unit, key, ["built", "staffing"], state="none", text="Räume da")
    assert _row(town, key, "built").text == _row(town, key, "staffing").text == "Räume da"
    assert _row(town, key, "organisational").state == "open"


def test_none_may_stand_without_words(town: Store) -> None:
    key = a_measure(town)
    with town.unit("planner") as unit:
        consequences.assess(unit, key, ["built"], state="none")
    assert (_row(town, key, "built").state, _row(town, key, "built").text) == ("none", None)


def test_what_is_not_given_stays_until_the_state_changes(town: Store) -> None:
    key = a_measure(town)
    _assess_money(town, key)
    with town.unit("planner") as unit:
        consequences.assess(unit, key, ["financial"], revenue_cents=100)
    row = _row(town, key, "financial")
    assert (row.text, row.annual_cents, row.revenue_cents) == ("Personalkosten", 23_100_000, 100)
    with town.unit("planner") as unit:
        consequences.assess(unit, key, ["financial"], state="none")
    row = _row(town, key, "financial")
    assert (row.text, row.annual_cents, row.revenue_cents) == (None, None, None)


def test_an_assessment_needs_words(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        consequences.assess(unit, key, ["financial"], text=" ", annual_cents=1)
    assert [f.pointer for f in caught.value.faults] == ["text"]
    assert _row(town, key, "financial").state == "open"


def test_it_names_every_fault(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        consequences.assess(
            unit, key, ["built", "magical"], state="none", cost_cents=1, grade="S8b"
        )
    assert [(f.pointer, f.code) for f in caught.value.faults] == [
        ("kind", "unknown_word"),
        ("cost_cents", "contradicts"),
        ("grade", "unfitting"),
    ]
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        consequences.assess(unit, key, [], state="open")
    assert [f.pointer for f in caught.value.faults] == ["kind", "state"]


def test_an_unknown_word_or_a_negative_amount_is_told(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        consequences.assess(unit, key, ["financial"], text="x", cover="magic", annual_cents=-1)
    assert {f.pointer for f in caught.value.faults} == {"cover", "annual_cents"}


def test_a_department_assesses_only_its_own(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Forbidden), town.unit("schools") as unit:
        consequences.assess(unit, key, ["built"], state="none")
    with pytest.raises(Forbidden), town.unit("finance") as unit:
        consequences.assess(unit, key, ["built"], state="none")


def test_the_finance_office_may_assess_the_money(town: Store) -> None:
    key = a_measure(town)
    _assess_money(town, key, "finance")
    assert _row(town, key, "financial").assessed_by == "finance"


def test_the_finance_office_countersigns(town: Store) -> None:
    key = a_measure(town)
    _assess_money(town, key)
    with town.unit("finance") as unit:
        consequences.countersign(unit, key)
    row = _row(town, key, "financial")
    assert (row.countersigned_on, row.countersigned_by) == (DAY, "finance")


def test_the_planner_countersigns_by_day_and_file(town: Store) -> None:
    key = a_measure(town)
    _assess_money(town, key)
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        consequences.countersign(unit, key)
    assert [f.pointer for f in caught.value.faults] == ["on", "ref"]
    with town.unit("planner") as unit:
        row = consequences.countersign(unit, key, on=DAY.replace(day=3), ref="20-11/2026")
        assert (row.countersigned_by, row.countersign_ref) == ("planner", "20-11/2026")
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        consequences.countersign(unit, key)


def test_nothing_is_countersigned_ahead_of_its_day(town: Store) -> None:
    key = a_measure(town)
    _assess_money(town, key)
    with pytest.raises(Invalid) as caught, town.unit("finance") as unit:
        consequences.countersign(unit, key, on=DAY.replace(year=2027))
    assert caught.value.faults[0].code == "in_future"


def test_what_is_still_open_cannot_be_countersigned(town: Store) -> None:
    key = a_measure(town)
    with pytest.raises(Refused) as caught, town.unit("finance") as unit:
        consequences.countersign(unit, key)
    assert [r.guard for r in caught.value.reasons] == ["consequence_open"]
    assert caught.value.reasons[0].values["lead"] == "51"


def test_a_change_of_the_money_undoes_the_countersignature(town: Store) -> None:
    key = a_measure(town)
    _assess_money(town, key)
    with town.unit("finance") as unit:
        consequences.countersign(unit, key)
    _assess_money(town, key)
    assert _row(town, key, "financial").countersigned_on == DAY
    with town.unit("youth") as unit:
        consequences.assess(unit, key, ["financial"], annual_cents=23_100_001)
    row = _row(town, key, "financial")
    assert (row.countersigned_on, row.countersigned_by) == (None, None)


def test_what_was_owed_is_settled(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner") as unit:
        consequences.assess(unit, key, ["built", "staffing", "organisational"], state="none",
                            text="keine, weil Bestand")  # fmt: skip
        consequences.assess(unit, key, ["financial"], text="im Budget")
        owed = unit.reading().pairs(
            "SELECT settled_on FROM owed WHERE municipality_id = :m AND guard = 'consequence_open'"
        )
    assert [str(day) for (day,) in owed] == [str(DAY)]


def test_nothing_is_recorded_on_closed_or_unknown_measures(town: Store) -> None:
    key = a_cancelled_measure(town)
    with pytest.raises(Conflict) as caught, town.unit("planner") as unit:
        consequences.assess(unit, key, ["built"], state="none")
    assert caught.value.code == "closed"
    with pytest.raises(NotFound), town.unit("planner") as unit:
        consequences.assess(unit, "M-2026-999", ["built"], state="none")
