"""An indicator in all areas at once: the latest value of each, beside that of the whole town.

Values are those the list of observations shows; a withheld one has no place in the order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cycle.reading import indicators
from cycle.reading.areas import AreaRow
from cycle.reading.areas import listed as areas
from cycle.reading.door import Reader
from cycle.reading.observations import ObservationRow, listed
from cycle.reading.shapes import Json, plain
from cycle.reading.town import town

_NAMES: Final = ("code", "name", "unit", "polarity", "measure_type")
_NOTHING: Final = "nil"  # exactly nothing, which is a number too


@dataclass(frozen=True, slots=True)
class BarRow:
    """The latest value of one area."""

    area: str
    name: str
    level: int
    period_end: date
    value: Decimal | None
    status: str
    definition: int


def bars(reader: Reader, code: str, *, today: date, on: date | None = None) -> Json:
    """Give the latest value of every area until a day, the highest first, withheld ones last.

    A value that is still to come is passed over, a withheld one is not: an older one would tell
    what is not to be told. Raises NotFound for a code nobody knows.
    """
    known = indicators.show(reader, code)
    day = on or today
    found = _latest(listed(reader, indicator=known["code"]), day)
    named = {(row.code, row.valid_from): row for row in areas(reader)}
    rows = [_row(each, named[each.area, each.area_since]) for each in found]
    ags = town(reader).ags
    whole = [row for row in rows if row.level == 0]
    whole.sort(key=lambda row: row.area != ags)
    return {
        "indicator": {name: known[name] for name in _NAMES},
        "on": day.isoformat(),
        "town": plain(whole[0]) if whole else None,
        "areas": plain(sorted((row for row in rows if row.level), key=_place)),
    }


def _latest(found: Iterable[ObservationRow], day: date) -> list[ObservationRow]:
    """Pick the newest of each area; of one period the newest definition."""
    shown = (r for r in found if not r.breakdown and r.period_end <= day and r.status != "pending")
    return list({row.area: row for row in shown}.values())  # they come in the order of their days


def _row(each: ObservationRow, area: AreaRow) -> BarRow:
    value = Decimal(0) if each.status == _NOTHING else each.value
    return BarRow(
        area.code, area.name, area.level, each.period_end, value, each.status, each.definition
    )


def _place(row: BarRow) -> tuple[int, bool, Decimal, str]:
    return row.level, row.value is None, -(row.value or Decimal(0)), row.area
