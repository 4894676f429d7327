"""Values of indicators as everyone may see them: released ones, and none that names a person.

A value is released when it is final and of no part of the people. What was withheld once, under
any vintage, stays withheld for its period. Only one division of the town is told of, the newest
one for planning: two could be laid over each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cycle.machine.confidentiality import (
    FEWEST,
    FEWEST_SENSITIVE,
    Cell,
    hidden,
    is_weak,
    persons,
)
from cycle.reading import keys
from cycle.reading.door import Reader, many
from cycle.reading.public_view import insist_open

WITHHELD: Final = "confidential_or_unknown"  # the same sign, whatever the cause
RELEASED: Final = frozenset({"final", "revised", "zero_rounded", "nil"})
PENDING: Final = "pending"  # there is a value, which is not released yet
EMPTY: Final = frozenset({"unreliable", "not_applicable"})  # told as they are


@dataclass(frozen=True, slots=True)
class PublicIndicator:
    """One line of the list of indicators of which something is released."""

    code: str
    name: str
    field: str | None
    unit: str
    polarity: str
    measure_type: str
    frequency: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class PublicValue:
    """One value as everyone may see it; a withheld one has no value."""

    indicator: str
    area: str
    name: str
    level: int
    period_start: date
    period_end: date
    value: Decimal | None
    unit: str
    status: str
    definition: int  # number of the definition it was counted by


@dataclass(frozen=True, slots=True)
class _Kept:
    """One vintage of one value."""

    indicator: str
    unit: str
    measure_type: str
    sensitive: bool
    definition: int
    area_id: str
    area: str
    name: str
    level: int
    parent_id: str | None
    period_start: date
    period_end: date
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    status: str
    vintage: int
    recorded_on: date
    protected: bool


_SCHEME: Final = """
SELECT s.id FROM area_scheme s WHERE s.municipality_id = :m AND s.purpose = 'planning'
  AND EXISTS (SELECT 1 FROM area a WHERE a.municipality_id = :m AND a.scheme_id = s.id
    AND a.level > 0)
ORDER BY s.valid_from DESC, s.code DESC LIMIT 1"""
_VALUES: Final = f"""
WITH told AS ({_SCHEME})
SELECT i.code AS indicator, i.unit, i.measure_type, i.sensitive, v.no AS definition,
  a.id AS area_id, a.code AS area, a.name, a.level, a.parent_id, o.period_start, o.period_end,
  o.value, o.numerator, o.denominator, o.status, o.vintage, o.recorded_on,
  o.protected_at_source AS protected
FROM observation o
JOIN indicator_version v ON v.municipality_id = :m AND v.id = o.indicator_version_id
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id
JOIN area a ON a.municipality_id = :m AND a.id = o.area_id
JOIN municipality mu ON mu.id = :m
WHERE o.municipality_id = :m AND o.breakdown = '' AND {{where}}
  AND (a.scheme_id = (SELECT id FROM told) OR (a.level = 0 AND a.code = mu.ags))
ORDER BY i.code, o.period_end, o.period_start, a.level, a.code, a.valid_from, v.no, o.vintage
"""
_INDICATORS: Final = """
SELECT i.code, i.name, f.code AS field, i.unit, i.polarity, i.measure_type, i.frequency,
  v.definition, v.source
FROM indicator i
JOIN indicator_version v ON v.municipality_id = :m AND v.indicator_id = i.id
  AND v.valid_to IS NULL
LEFT JOIN field_of_action f ON f.municipality_id = :m AND f.id = i.field_id
WHERE i.municipality_id = :m AND EXISTS (SELECT 1 FROM indicator_version w
  JOIN observation o ON o.municipality_id = :m AND o.indicator_version_id = w.id
    AND o.breakdown = '' AND o.status IN ('final', 'revised', 'zero_rounded', 'nil')
  WHERE w.municipality_id = :m AND w.indicator_id = i.id)
ORDER BY i.code
"""


def indicators(reader: Reader) -> list[PublicIndicator]:
    """Give every indicator of which a value is released; NotFound where nothing is public."""
    insist_open(reader)
    return reader.rows(_INDICATORS, PublicIndicator)


def values(
    reader: Reader, indicator: str, *, area: str | None = None, until: date | None = None
) -> list[PublicValue]:
    """Give the released values of an indicator by period and area; of an area, or until a day.

    What is withheld does not depend on what is asked for. Raises NotFound for an indicator
    nobody knows, and where nothing is public.
    """
    insist_open(reader)
    code = keys.exact(reader, "indicator", indicator)
    return [
        each
        for each in told(reader, (code,))
        if area in (None, each.area)
        and (until is None or each.period_end <= until)
        and each.status != PENDING
    ]


def latest(reader: Reader, indicator: str, *, on: date) -> list[PublicValue]:
    """Give the newest value of every area until a day, for a map; a withheld one stands too."""
    return list({each.area: each for each in values(reader, indicator, until=on)}.values())


def told(reader: Reader, codes: Sequence[str]) -> Iterator[PublicValue]:
    """Give all that may be told of these indicators, in one statement; by period and area."""
    listed, given = many("told", codes)
    named: dict[str, Any] = {**given}
    found = reader.rows(_VALUES.format(where=f"i.code IN ({listed})"), _Kept, **named)
    periods: dict[Any, dict[date, list[_Kept]]] = defaultdict(lambda: defaultdict(list))
    for row in found:
        periods[row.indicator, row.period_end][row.period_start].append(row)
    for starts in periods.values():
        whole = [row for rows in starts.values() for row in rows if row.level == 0]
        for rows in starts.values():
            yield from _period(rows, whole)


def _period(rows: Sequence[_Kept], whole: Sequence[_Kept]) -> Iterator[PublicValue]:
    """Give the values of one indicator in one period.

    Where the town's own number is told with another beginning, it is reckoned with all the same.
    """
    known = rows if any(row.level == 0 for row in rows) else [*whole, *rows]
    kept_back: set[str] = set()
    for then in sorted({_when(row) for row in known}):
        kept_back |= _withheld(_current(row for row in known if _when(row) <= then))
    for row in _current(rows):
        if row.area_id in kept_back:
            yield _shown(row, None, WITHHELD)
        elif row.status in EMPTY:
            yield _shown(row, None, row.status)
        elif row.status in RELEASED:
            yield _shown(row, row.value if row.status != "nil" else Decimal(0), row.status)
        else:
            yield _shown(row, None, PENDING)


def _when(row: _Kept) -> tuple[date, int]:
    """Tell since when a value is known; several may be of one day."""
    return row.recorded_on, row.vintage


def _current(rows: Iterable[_Kept]) -> list[_Kept]:
    """Pick of each area the newest definition and its last vintage; they come in this order."""
    return list({row.area_id: row for row in rows}.values())


def _withheld(rows: Sequence[_Kept]) -> frozenset[str]:
    """Tell which areas are withheld of what was known on one day."""
    told = [row for row in rows if row.status in RELEASED or row.status == WITHHELD]
    if not told:
        return frozenset()
    kind, fewest = told[0].measure_type, FEWEST_SENSITIVE if told[0].sensitive else FEWEST
    cells = {row.area_id: _cell(row) for row in told}
    weak = {at for at, each in cells.items() if is_weak(kind, each, fewest)}
    counts = {at: each.count for at, each in cells.items()}
    root = next((row.area_id for row in told if row.level == 0), "")
    return hidden(_tree(told, root), root, counts, weak, fewest)


def _cell(row: _Kept) -> Cell:
    value = None if row.value is None else int(row.value)
    if row.status == "nil":
        value = 0
    count, base = persons(row.measure_type, value, row.numerator, row.denominator)
    return Cell(count, base, row.status == WITHHELD, row.protected, row.level == 0)


def _tree(rows: Sequence[_Kept], root: str) -> dict[str, list[str]]:
    """Put every area under the one it lies in; under the town where that one is not told of."""
    there = {row.area_id for row in rows}
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.area_id != root:
            above = row.parent_id if row.parent_id in there else root
            found[above or root].append(row.area_id)
    return dict(found)


def _shown(row: _Kept, value: Decimal | None, status: str) -> PublicValue:
    return PublicValue(
        row.indicator, row.area, row.name, row.level, row.period_start, row.period_end, value,
        row.unit, status, row.definition,
    )  # fmt: skip
