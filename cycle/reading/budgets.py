"""The money of measures, and the years for which there is none once a grant has ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from cycle.machine.states import STATES
from cycle.reading.door import Reader
from cycle.reading.filters import COUNTED, NOTHING, Filters, condition
from cycle.reading.keys import find
from cycle.reading.measures import visible
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import DRAFTS
from cycle.reading.town import town

CENTS: Final = ("planned_cents", "approved_cents", "committed_cents", "spent_cents")


@dataclass(frozen=True, slots=True)
class LineRow:
    """The money of one year and one source."""

    measure: str
    year: int
    funding: str
    planned_cents: int
    approved_cents: int
    committed_cents: int
    spent_cents: int
    grant_ref: str | None
    grant_end: date | None


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """The money of one measure, summed up."""

    key: str
    title: str
    state: str
    lead: str | None
    planned_cents: int
    approved_cents: int
    committed_cents: int
    spent_cents: int
    grant_end: date | None  # of the grant that ends first
    uncovered_from: date | None  # from then on it goes on without money
    cover_days_left: int | None  # until then, told from the policy's notice on


@dataclass(frozen=True, slots=True)
class _Head:
    """A measure and how long it goes on."""

    key: str
    title: str
    state: str
    lead: str | None
    ends: date | None  # as far as is known
    is_ongoing: bool


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A cut of the budget that waits for the steering group."""

    year: str
    due: date


_GOING_ON: Final = frozenset(
    s.name for s in STATES if s.stage in {"goal", "measure"} or s.name == "draft"
)
_HEAD: Final = """
SELECT me.ref AS key, me.title, me.state, o.code AS lead, me.is_ongoing,
  COALESCE(me.forecast_end, me.planned_end) AS ends
FROM measure me LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND {where}
  AND EXISTS (SELECT 1 FROM budget_line l WHERE l.municipality_id = :m AND l.measure_id = me.id)
ORDER BY me.ref
"""
_LINES: Final = """
SELECT me.ref AS measure, l.year, l.funding, l.planned_cents, l.approved_cents, l.committed_cents,
  l.spent_cents, l.grant_ref, l.grant_end
FROM budget_line l JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id
WHERE l.municipality_id = :m AND {where} ORDER BY me.ref, l.year, l.funding
"""
_CHOICES: Final = """
SELECT d.text AS year, d.due FROM deadline d
JOIN measure me ON me.municipality_id = :m AND me.id = d.measure_id AND me.ref = :key
WHERE d.municipality_id = :m AND d.code = 'budget_choice' AND d.met_on IS NULL ORDER BY d.due
"""


def listed(
    reader: Reader, filters: Filters = NOTHING, *, today: date, sees_internal: bool = True
) -> list[BudgetRow]:
    """Give the money of the measures the filters pick, those entered in error left out."""
    where, values = condition(reader, filters)
    where += f" AND {COUNTED}"
    if not sees_internal:
        where += f" AND me.state NOT IN {DRAFTS}"
    lines: dict[str, list[LineRow]] = {}
    for line in reader.rows(_LINES.format(where=where), LineRow, **values):
        lines.setdefault(line.measure, []).append(line)
    heads = reader.rows(_HEAD.format(where=where), _Head, **values)
    notice = town(reader).policy.grant_notice_days
    return [_summed(head, lines[head.key], today, notice) for head in heads]


def show(reader: Reader, key: str, *, today: date, sees_internal: bool = True) -> Json:
    """Give the money of one measure line by line, and year by year what is covered.

    Raises NotFound for a key nobody knows, or a draft the caller may not see.
    """
    key = find(reader, "measure", key, where=visible(sees_internal=sees_internal))
    lines = reader.rows(_LINES.format(where="me.ref = :key"), LineRow, key=key)
    head = reader.one(_HEAD.format(where="me.ref = :key"), _Head, key=key)
    bare = _bare(head, lines)
    choices = reader.rows(_CHOICES, ChoiceRow, key=key) if sees_internal else []
    return {
        "key": key,
        **_sums(lines),
        "uncovered_from": plain(bare),
        "cover_days_left": _left(bare, today, town(reader).policy.grant_notice_days),
        "years": [_year(year, lines, bare) for year in _years(lines, head, bare)],
        "lines": [{k: v for k, v in plain(line).items() if k != "measure"} for line in lines],
        "choices": plain(choices),
    }


def uncovered_from(
    lines: Sequence[LineRow], ends: date | None, *, ongoing: bool = False
) -> date | None:
    """Tell from which day on a measure runs without money, its grants having ended.

    A day after the end of a grant is covered where its year has money from a source that still
    runs then. A measure whose end nobody knows is taken to go on, as an ongoing one is.
    """
    days = sorted({line.grant_end + timedelta(days=1) for line in lines if line.grant_end})
    last = None if ongoing else ends
    for day in days:
        begins = [day, *(date(year, 1, 1) for year in _after(lines, day, last))]
        for start in begins:
            if (last is None or start <= last) and not _covered(lines, start):
                return start
    return None


def _after(lines: Sequence[LineRow], day: date, last: date | None) -> Iterable[int]:
    """Give the years after a grant that are to be looked at, the first without a line included."""
    known = max(line.year for line in lines)
    until = max(day.year, known) + 1
    return range(day.year + 1, min(until, last.year) + 1 if last else until + 1)


def _covered(lines: Iterable[LineRow], day: date) -> bool:
    return any(
        line.year == day.year
        and (line.approved_cents or line.planned_cents)
        and (line.grant_end is None or line.grant_end >= day)
        for line in lines
    )


def _sums(lines: Iterable[LineRow]) -> dict[str, int]:
    found = list(lines)
    return {name: sum(getattr(line, name) for line in found) for name in CENTS}


def _summed(head: _Head, lines: Sequence[LineRow], today: date, notice: int) -> BudgetRow:
    bare = _bare(head, lines)
    ends = [line.grant_end for line in lines if line.grant_end]
    return BudgetRow(
        key=head.key,
        title=head.title,
        state=head.state,
        lead=head.lead,
        **_sums(lines),
        grant_end=min(ends, default=None),
        uncovered_from=bare,
        cover_days_left=_left(bare, today, notice),
    )


def _left(bare: date | None, today: date, notice: int) -> int | None:
    """Count the days until the last one that is covered; below zero once it is past."""
    left = (bare - today).days - 1 if bare else notice + 1
    return left if left <= notice else None


def _bare(head: _Head | None, lines: Sequence[LineRow]) -> date | None:
    """Look ahead for a measure that is to go on; one that is off the circle or done needs none."""
    if head is None or head.state not in _GOING_ON:
        return None
    return uncovered_from(lines, head.ends, ongoing=head.is_ongoing)


def _years(lines: Sequence[LineRow], head: _Head | None, bare: date | None) -> Sequence[int]:
    """Give every year with money, and those in which the measure goes on without."""
    known = {line.year for line in lines}
    if head and bare:
        until = head.ends.year if head.ends and not head.is_ongoing else bare.year
        known |= set(range(bare.year, until + 1))
    return sorted(known)


def _year(year: int, lines: Iterable[LineRow], bare: date | None) -> dict[str, Any]:
    own = [line for line in lines if line.year == year]
    left = date(year, 12, 31)
    without = bare is not None and bare <= left and not _covered(own, max(bare, date(year, 1, 1)))
    return {"year": year, **_sums(own), "covered": not without}
