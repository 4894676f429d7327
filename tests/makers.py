"""Plain functions that make what a test begins with, by the use cases everyone calls."""

from datetime import date

from cycle.store.store import Store
from cycle.usecases import towns
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
