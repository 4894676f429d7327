"""What tests of a merge or split do and read again and again."""

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from sqlmodel import SQLModel

from cycle.machine.facts import Ask
from cycle.usecases import lookup, moves, waivers
from tests import makers
from tests.makers_measures import Town


def log(town: Town, **words: Any) -> str:  # noqa: ANN401 - the words of `measures.log`
    return town.do(lambda unit: makers.a_measure(unit, **words).ref)


def pass_on(town: Town, sources: tuple[str, ...], heirs: tuple[str, ...], *shares: str) -> None:
    """Merge or split by planners; steering lets a note stand for the decision."""
    parts = tuple(Fraction(share) for share in shares)
    for key in sources:
        town.do(partial(waivers.grant, key=key, guard="change_undecided", reason="abgestimmt"),
                "steering")  # fmt: skip
    town.do(lambda unit: moves.supersede(unit, sources, heirs, parts))


def take_over(town: Town, key: str, state: str, start: date = date(2025, 9, 1)) -> str:
    ask = Ask(source="Liste", source_date=date(2025, 9, 30), start=start, state=state)
    town.move(key, "take_over", ask, to=state)
    return key


def of(town: Town, model: type[SQLModel], key: str) -> list[Any]:
    """Give what of a kind hangs on a measure."""
    return town.do(lambda unit: lookup.every(unit, model, measure_id=lookup.measure(unit, key).id))
