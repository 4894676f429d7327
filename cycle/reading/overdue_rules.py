"""What is or will be overdue, told for every day: an entry holds as long as its record stays."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from cycle.machine.gaps import first_day_without
from cycle.machine.overdue import due, first_day, rule_of
from cycle.machine.policy import Policy
from cycle.machine.standing import OVERDUE, Entry
from cycle.reading.budgets import LineRow, uncovered_from
from cycle.reading.door import Reader, many
from cycle.reading.overdue_arms import GRANT, MONEY, OF_MEASURES, OF_OTHERS, VALUES
from cycle.reading.town import town

NOUNS: Final = ("measure", *OF_OTHERS, "indicator")


@dataclass(frozen=True, slots=True)
class _Owed:
    """Something a rule found, with the day from which the policy counts."""

    rule: str
    id: str
    about: str
    basis: date
    asked: date | None  # it is owed by this day, whatever the policy counts
    unit_id: str | None
    cycle_id: str | None
    binding: str | None
    taken_over: bool
    raised_to: str | None


@dataclass(frozen=True, slots=True)
class _Money:
    """A line of the budget of a measure that goes on, and how long the measure does."""

    id: str
    unit_id: str | None
    cycle_id: str
    taken_over: bool
    raised_to: str | None
    is_ongoing: bool
    ends: date | None
    year: int
    funding: str
    planned_cents: int
    approved_cents: int
    grant_end: date | None


@dataclass(frozen=True, slots=True)
class _Value:
    """An indicator with its newest value."""

    id: str
    frequency: str
    lag_days: int
    newest: date


def entries(reader: Reader, policy: Policy, noun: str, ids: Collection[str] | None) -> list[Entry]:
    """Tell what is overdue from which day on, of one noun; `ids` None is every record.

    What was taken over is not overdue before the take-over window has ended.
    """
    if noun == "indicator":
        where, values = _in("i.id", ids)
        found = reader.rows(VALUES.format(where=where), _Value, **values)
        return [entry for value in found if (entry := _without_value(value))]
    if noun == "measure":
        return _of_measures(reader, policy, ids)
    where, values = _in("x.id", ids)
    rows = reader.rows(f"{OF_OTHERS[noun]} WHERE {where}", _Owed, **values)
    return [_entry(noun, row, policy) for row in rows]


def _of_measures(reader: Reader, policy: Policy, ids: Collection[str] | None) -> list[Entry]:
    """Tell what measures owe, each under its own policy where it was raised above the town's."""
    where, values = _in("me.id", ids)
    found = reader.rows(OF_MEASURES.format(where=where), _Owed, **values)
    rows = [row for row in found if row.rule != GRANT]
    if len(rows) < len(found):
        rows += _bare(reader.rows(MONEY.format(where=where), _Money, **values))
    here = town(reader)
    raised = {to: here.policy_of(to) for to in {row.raised_to for row in rows} - {None}}
    opens = here.take_over_until + timedelta(days=1)
    return [
        _entry(
            "measure",
            row,
            raised.get(row.raised_to or "", policy),
            opens if row.taken_over else None,
        )
        for row in rows
    ]


def _entry(noun: str, row: _Owed, policy: Policy, opens: date | None = None) -> Entry:
    rule, binding = rule_of(row.rule, row.about), row.binding or ""
    owed = row.asked or due(rule, row.basis, policy, binding=binding)
    day = first_day(rule, owed, policy)
    return Entry(
        noun, row.id, OVERDUE, row.rule,
        day=max(day, opens) if opens else day,
        about=row.about,
        since=owed,
        unit=row.unit_id,
        cycle=row.cycle_id,
    )  # fmt: skip


def _without_value(row: _Value) -> Entry | None:
    """Tell from which day on a newer value could be there."""
    day = first_day_without(row.frequency, row.lag_days, row.newest)
    if day is None:
        return None
    owed = day - timedelta(days=1)
    return Entry("indicator", row.id, OVERDUE, "O14", day=day, since=owed)


def _bare(lines: list[_Money]) -> Iterator[_Owed]:
    """Find the grant after which a measure goes on without money."""
    for _, group in groupby(lines, key=lambda line: line.id):
        own = list(group)
        first = own[0]
        bare = uncovered_from([_line(each) for each in own], first.ends, ongoing=first.is_ongoing)
        ended = [e.grant_end for e in own if e.grant_end and bare and e.grant_end < bare]
        if ended:
            yield _Owed(
                GRANT, first.id, str(max(ended).year), max(ended), None, first.unit_id,
                first.cycle_id, None, first.taken_over, first.raised_to,
            )  # fmt: skip


def _line(row: _Money) -> LineRow:
    return LineRow(
        "", row.year, row.funding, row.planned_cents, row.approved_cents, 0, 0, None, row.grant_end
    )


def _in(column: str, ids: Collection[str] | None) -> tuple[str, dict[str, Any]]:
    if ids is None:
        return "1 = 1", {}
    listed, values = many("id", sorted(ids))
    return f"{column} IN ({listed})", values
