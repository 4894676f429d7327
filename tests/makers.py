"""Plain functions that make what a test begins with, by the use cases everyone calls."""

from datetime import date
from typing import Any

from cycle.model.decisions import Decision
from cycle.model.measures import Measure
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import decisions, measures, towns
from tests import people

DAY = date(2026, 11, 22)  # the day of the town wherever a test names none


def a_town(
    store: Store, *, preset: str = "standard", open_round: bool = True, youth_office: bool = True
) -> None:
    """Found Saalestadt with its departments, bodies and cast; its round is Z-2026."""
    with store.unit(None, day=DAY) as unit:
        towns.found(
            unit,
            name="Saalestadt",
            ags="16999000",
            ars="169990000000",
            preset=preset,
            day=DAY,
            fictional=True,
            youth_office=youth_office,
            open_round=open_round,
        )
        people.move_in(unit)


def arranged(unit: Unit) -> None:
    """Tell that rows were put in past the use cases, as only tests do."""
    unit.note("municipality", unit.town.id, "", "arranged", {})


def a_measure(unit: Unit, **changes: Any) -> Measure:  # noqa: ANN401 - the words of `measures.log`
    """Log a measure of department 51 as a draft."""
    words = {"title": "Sprachförderkräfte in vier Kitas", "lead": "51"} | changes
    return measures.log(unit, **words)


def a_resolution(unit: Unit, **changes: Any) -> Decision:  # noqa: ANN401 - as `decisions.add`
    """Let the council adopt paper 0123/2026 on the spring day of the example."""
    words: dict[str, Any] = {"on": date(2026, 4, 24), "result": "adopted"}
    return decisions.add(unit, **words | {"body": "SR", "paper": "0123/2026"} | changes)
