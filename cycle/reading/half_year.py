"""The half-yearly table for the committees: what is new, changed, unchanged and settled.

One line a measure: decision, date, where it stands and why, as of the last day of the period.
What was entered in error is left out, and what was off the circle before has had its last line.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.machine.half_year import CHANGES, Move, Statement, change, state_on, unchanged_since
from cycle.reading.door import Reader
from cycle.reading.filters import NOTHING, Condition, Filters, condition
from cycle.reading.sight import DRAFTS


@dataclass(frozen=True, slots=True)
class HalfYearRow:
    """One measure in the table."""

    change: str
    key: str
    title: str
    department: str | None
    paper: str | None
    decision: str | None
    body: str | None
    decided_on: date | None
    planned_end: date | None
    forecast_end: date | None
    period_text: str | None
    ongoing: bool
    state: str
    course: str | None
    percent: int | None
    as_of: date | None  # of the last report
    unchanged_since: date | None  # where the last report says what others said before
    text: str | None
    reason_code: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    """A measure as it is now."""

    key: str
    title: str
    department: str | None
    paper: str | None
    decision: str | None
    body: str | None
    decided_on: date | None
    planned_end: date | None
    forecast_end: date | None
    period_text: str | None
    ongoing: bool
    now: str
    reason_code: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """A report on a measure."""

    measure: str
    as_of: date
    course: str
    percent: int | None
    text: str | None
    delay_reason: str | None
    forecast_end: date | None

    @property
    def statement(self) -> Statement:
        """Give what it says, without its day."""
        says = (self.course, self.percent, self.text, self.delay_reason, self.forecast_end)
        return Statement(self.as_of, says)


@dataclass(frozen=True, slots=True)
class _Moved:
    key: str
    day: date
    before: str | None
    after: str


_INTERNAL: Final = ("draft", "targeted")
_REASONED: Final = ("suspended", "cancelled")  # the reason of a sending back is internal
_LINES: Final = """
WITH decided AS (
  SELECT s.measure_id, p.ref AS paper, d.ref AS decision, b.short_name AS body, d.decided_on,
    ROW_NUMBER() OVER (PARTITION BY s.measure_id ORDER BY d.decided_on DESC, d.ref DESC) AS place
  FROM decision_subject s
  JOIN decision d ON d.municipality_id = :m AND d.id = s.decision_id
    AND d.result IN ('adopted', 'adopted_amended', 'rejected') AND d.decided_on <= :until
  LEFT JOIN consultation k ON k.municipality_id = :m AND k.id = d.consultation_id
  LEFT JOIN paper p ON p.municipality_id = :m AND p.id = k.paper_id
  LEFT JOIN body b ON b.municipality_id = :m AND b.id = k.body_id
  WHERE s.municipality_id = :m AND s.measure_id IS NOT NULL{public}
    AND NOT EXISTS (SELECT 1 FROM decision c
      WHERE c.municipality_id = :m AND c.corrects_id = d.id)
)
SELECT me.ref AS key, me.title, o.code AS department, d.paper, d.decision, d.body, d.decided_on,
  me.planned_end, me.forecast_end, me.period_text, me.is_ongoing AS ongoing, me.state AS now,
  me.reason_code, me.reason
FROM measure me
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
LEFT JOIN decided d ON d.measure_id = me.id AND d.place = 1
WHERE me.municipality_id = :m AND {where}
  AND (me.state <> 'cancelled' OR me.reason_code <> 'entered_in_error')
ORDER BY me.ref
"""
_MOVES: Final = """
SELECT e.key, e.day, e.from_state AS before, e.to_state AS after FROM event e
WHERE e.municipality_id = :m AND e.entity = 'measure' AND e.to_state IS NOT NULL
  AND e.key IN (SELECT me.ref FROM measure me WHERE me.municipality_id = :m AND {where})
ORDER BY e.n
"""
_REPORTS: Final = """
SELECT me.ref AS measure, p.as_of, p.course, p.percent, p.text, p.delay_reason, p.forecast_end
FROM progress p
JOIN measure me ON me.municipality_id = :m AND me.id = p.measure_id
WHERE p.municipality_id = :m AND p.as_of <= :until AND {where}
ORDER BY p.as_of, p.id
"""


def table(
    reader: Reader,
    since: date,
    until: date,
    filters: Filters = NOTHING,
    *,
    sees_internal: bool = False,
) -> list[HalfYearRow]:
    """Give the measures the filters pick, what became of each between two days, both included.

    In the order *neu, geändert, unverändert, erledigt*. Raises NotFound and Invalid.
    """
    _insist(since, until)
    picked = _picked(reader, filters, sees_internal=sees_internal)
    moves, told = _moves(reader, picked), _reports(reader, picked, until)
    rows = []
    for line in _lines(reader, picked, until, sees_internal=sees_internal):
        made = moves.get(line.key) or [Move(date.min, None, line.now)]
        what = change(made, [each.statement for each in told[line.key]], since, until)
        state = state_on(until, made)
        if what and state and (sees_internal or state not in _INTERNAL):
            rows.append(_row(line, what, state, told[line.key]))
    return sorted(rows, key=lambda row: CHANGES.index(row.change))


def _insist(since: date, until: date) -> None:
    if until < since:
        says = N_("{name}: {last} lies before {first}.")
        fault = Fault("until", "ends_before_it_begins", says,
                      {"name": "until", "first": since, "last": until})  # fmt: skip
        raise Invalid(N_("Please check what was given: {fields}."), faults=(fault,), fields="until")


def _picked(reader: Reader, filters: Filters, *, sees_internal: bool) -> Condition:
    where, values = condition(reader, filters)
    return (where if sees_internal else f"{where} AND me.state NOT IN {DRAFTS}"), values


def _lines(
    reader: Reader, picked: Condition, until: date, *, sees_internal: bool
) -> Sequence[_Line]:
    where, values = picked
    sql = _LINES.format(where=where, public="" if sees_internal else " AND k.public AND p.public")
    return reader.rows(sql, _Line, until=until, **values)


def _moves(reader: Reader, picked: Condition) -> Mapping[str, Sequence[Move]]:
    where, values = picked
    found: dict[str, list[Move]] = defaultdict(list)
    for row in reader.rows(_MOVES.format(where=where), _Moved, **values):
        found[row.key].append(Move(row.day, row.before, row.after))
    return found


def _reports(reader: Reader, picked: Condition, until: date) -> Mapping[str, Sequence[_Told]]:
    where, values = picked
    found: dict[str, list[_Told]] = defaultdict(list)
    for row in reader.rows(_REPORTS.format(where=where), _Told, until=until, **values):
        found[row.measure].append(row)
    return found


def _row(line: _Line, what: str, state: str, told: Sequence[_Told]) -> HalfYearRow:
    last = told[-1] if told else None
    reasoned = state == line.now and state in _REASONED
    return HalfYearRow(
        change=what,
        state=state,
        **{name: getattr(line, name) for name in _KEPT},
        course=last.course if last else None,
        percent=last.percent if last else None,
        as_of=last.as_of if last else None,
        unchanged_since=_same_since(told),
        text=last.text if last else None,
        reason_code=line.reason_code if reasoned else None,
        reason=line.reason if reasoned else last.delay_reason if last else None,
    )


_KEPT: Final = (
    "key", "title", "department", "paper", "decision", "body", "decided_on", "planned_end",
    "forecast_end", "period_text", "ongoing",
)  # fmt: skip


def _same_since(told: Sequence[_Told]) -> date | None:
    since = unchanged_since([each.statement for each in told])
    return since if since and since < told[-1].as_of else None


def half(day: date) -> tuple[date, date]:
    """Give the first and the last day of the half-year a day lies in."""
    return of(day.year, 1 if day.month <= 6 else 2)  # noqa: PLR2004 - June ends the first half


def of(year: int, half: int) -> tuple[date, date]:
    """Give the first and the last day of the first or the second half of a year."""
    if half == 1:
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7, 1), date(year, 12, 31)
