"""What awkward cases of council and money begin with, and what there is to see of them."""

from datetime import date
from typing import Any

import pytest

from cycle.errors import Refused
from cycle.machine.facts import Ask
from cycle.model.duties import BudgetLine, Consequence, Deadline, Owed
from cycle.reading.decisions import listed
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    decisions,
    lookup,
    measures,
)
from tests.makers_measures import Town


def taken_over(town: Town, *, start: date = date(2025, 2, 1), **words: Any) -> str:  # noqa: ANN401 - the words of `log`
    """Log a measure of department 51 that is under way."""
    key = town.do(lambda u: measures.log(u, **{"title": "Hausbesuche", "lead": "51"} | words).ref)
    ask = Ask(source="Liste", source_date=date(2026, 1, 15), start=start, state="in_progress")
    town.move(key, "take_over", ask, to="in_progress")
    return key


def line(town: Town, key: str, year: int = 2027, **words: Any) -> BudgetLine:  # noqa: ANN401 - as `set_line`
    """Let the finance office write down money."""
    return town.do(lambda unit: budgets.set_line(unit, key, year, **words), "finance")


def deadlines(town: Town, key: str, code: str) -> list[tuple[date, date | None]]:
    """Give the deadlines of a measure: when they are due, and when they were met."""

    def deed(unit: Unit) -> list[tuple[date, date | None]]:
        measure = lookup.measure(unit, key)
        found = lookup.every(unit, Deadline, measure_id=measure.id, code=code)
        return [(each.due, each.met_on) for each in found]

    return town.do(deed)


def owed(town: Town, key: str) -> set[str]:
    """Give what a measure still owes."""

    def deed(unit: Unit) -> set[str]:
        measure = lookup.measure(unit, key)
        return {o.guard for o in lookup.every(unit, Owed, measure_id=measure.id, settled_on=None)}

    return town.do(deed)


def financial(town: Town, key: str) -> Consequence:
    """Give what a measure demands in money."""

    def deed(unit: Unit) -> Consequence:
        (row,) = lookup.every(
            unit, Consequence, measure_id=lookup.measure(unit, key).id, kind="financial"
        )
        unit.session.expunge(row)
        return row

    return town.do(deed)


def refused(town: Town, key: str, name: str, ask: Ask, actor: str = "planner") -> list[str]:
    """Give the guards that stand against a move."""
    with pytest.raises(Refused) as told:
        town.move(key, name, ask, actor=actor)
    return [reason.guard for reason in told.value.reasons]


def decided(town: Town, key: str, result: str = "adopted") -> str:
    """Give the key of the latest decision on a measure with this result."""
    found = town.do(lambda u: listed(u.reading(), measure=key, sees_internal=True))
    return [each.key for each in found if each.result == result][-1]


def repealed(town: Town, key: str) -> str:
    """Let the council repeal what it decided on a measure."""
    words: dict[str, Any] = {"body": "SR", "paper": "2026/0300", "repeals": decided(town, key)}
    on = date(2026, 11, 20)
    return town.do(
        lambda u: decisions.add(u, on=on, result="adopted", measures=[key], **words).ref, "clerk"
    )


def turned_down(town: Town, goal: str | None = None) -> str:
    """Let the council reject a measure."""
    key = town.a_measure("proposed", goal=goal)
    town.decide(key, "rejected")
    town.move(key, "reject", actor="clerk")
    return key
