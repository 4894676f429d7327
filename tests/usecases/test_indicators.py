from datetime import date
from decimal import Decimal

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.goals import GoalTarget
from cycle.model.indicators import Indicator, IndicatorVersion
from cycle.store.store import Store
from cycle.usecases import indicators, lookup
from tests.makers_rounds import a_goal, a_target, an_indicator, an_observation


def test_an_indicator_comes_with_its_first_definition(town: Store) -> None:
    with town.unit("statistician") as unit:
        found = an_indicator(unit, field="JUG", definition="Kinder mit Platz", numerator="Kinder")
        version = indicators.current(unit, found)
        assert (found.unit, found.measure_type, found.polarity) == ("%", "share", "higher_better")
        assert (version.no, version.definition, version.numerator) == (
            1,
            "Kinder mit Platz",
            "Kinder",
        )


def test_without_words_of_its_own_the_definition_is_the_name(town: Store) -> None:
    with town.unit("planner") as unit:
        found = an_indicator(unit, unit_of="Plätze")
        assert indicators.current(unit, found).definition == "Betreuungsquote"
        assert found.measure_type == "count"


def test_a_code_is_given_once(town: Store) -> None:
    with town.unit("statistician") as unit:
        an_indicator(unit)
    with pytest.raises(Conflict, match="taken"), town.unit("statistician") as unit:
        an_indicator(unit)


def test_it_names_everything_that_is_missing(town: Store) -> None:
    with pytest.raises(Invalid) as wrong, town.unit("statistician") as unit:
        indicators.add(unit, " ", "", unit_of="", result_level=8)
    pointers = {fault.pointer for fault in wrong.value.faults}
    assert pointers == {"code", "name", "source", "unit", "result_level"}


def test_what_is_said_about_it_may_change(town: Store) -> None:
    with town.unit("statistician") as unit:
        an_indicator(unit)
        indicators.edit(unit, "KITA", field="BIL", result_level=4, sensitive=True)
        found = indicators.edit(unit, "KITA", name="Quote")
        assert (found.name, found.result_level, found.sensitive) == ("Quote", 4, True)
    with pytest.raises(Invalid), town.unit("statistician") as unit:
        indicators.edit(unit, "KITA", name=" ", result_level=-1)
    with pytest.raises(Forbidden), town.unit("youth") as unit:
        indicators.edit(unit, "KITA", name="Unsere Quote")


def test_a_new_definition_leaves_the_targets_with_the_old_one(town: Store) -> None:
    with town.unit() as unit:
        an_indicator(unit)
        an_observation(unit)
        a_target(unit, a_goal(unit).ref)
        new = indicators.redefine(
            unit, "KITA", definition="Kinder unter drei", reason="Neues Gesetz",
            comparable="with_factor", factor=Decimal("0.9"), valid_from=date(2026, 8, 1),
        )  # fmt: skip
        old = lookup.by(unit, IndicatorVersion, no=1)
        target = lookup.by(unit, GoalTarget)
        assert old is not None
        assert target is not None
        assert (new.no, new.source, old.valid_to) == (2, "Jugendamt", date(2026, 8, 1))
        assert target.indicator_version_id == old.id


def test_a_new_definition_needs_words_and_comes_after_the_old_one(town: Store) -> None:
    with town.unit("statistician") as unit:
        an_indicator(unit, valid_from=date(2020, 1, 1))
    with pytest.raises(Invalid) as wrong, town.unit("statistician") as unit:
        indicators.redefine(unit, "KITA", definition="", reason="", valid_from=date(2019, 1, 1))
    assert {f.pointer for f in wrong.value.faults} == {"definition", "reason", "valid_from"}


def test_an_indicator_that_lost_its_definition_is_not_found(town: Store) -> None:
    with town.unit() as unit, pytest.raises(NotFound):
        indicators.current(unit, Indicator(code="LEER", name="Leer", unit="%"))
