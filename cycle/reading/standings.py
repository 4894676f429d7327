"""What follows from the records, told anew from the records: states, open ends, lights."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.machine.gaps import first_day_without
from cycle.machine.policy import Policy
from cycle.machine.standing import GAP, STATE, Entry
from cycle.reading import lights, overdue_rules
from cycle.reading.affected import NOUNS
from cycle.reading.door import Reader, many
from cycle.reading.filters import COUNTED
from cycle.reading.gap_rules import BY_NOUN, ROUNDS
from cycle.reading.light_facts import lamps

CHUNK: Final = 1000  # subjects told by one set of statements
Picked = Mapping[str, Collection[str]] | None  # noun → ids; None is everyone


@dataclass(frozen=True, slots=True)
class _Open:
    """An open end as the rules find it."""

    rule: str
    noun: str
    id: str
    since: date | None
    cycle_id: str | None
    unit_id: str | None
    guard: str | None


@dataclass(frozen=True, slots=True)
class _Value:
    """An indicator with its newest value."""

    id: str
    frequency: str
    lag_days: int
    newest: date | None


_OPEN: Final = f"""
WITH {ROUNDS}, found AS ({{arms}})
SELECT x.rule, x.noun, x.id, x.since, x.cycle_id, x.unit_id, x.guard FROM found x WHERE {{where}}
"""
_VALUES: Final = """
SELECT i.id, i.frequency, i.publication_lag_days AS lag_days, MAX(o.period_end) AS newest
FROM indicator i
LEFT JOIN indicator_version v ON v.municipality_id = :m AND v.indicator_id = i.id
LEFT JOIN observation o ON o.municipality_id = :m AND o.indicator_version_id = v.id
  AND o.status <> 'pending'
WHERE i.municipality_id = :m AND {where}
GROUP BY i.id, i.frequency, i.publication_lag_days
"""


def entries(reader: Reader, policy: Policy, picked: Picked = None) -> Iterator[Entry]:
    """Tell what follows from the records picked, for every day, by few statements a thousand."""
    for noun in NOUNS if picked is None else picked:
        for ids in [None] if picked is None else chunks(picked[noun]):
            yield from _of_noun(reader, policy, noun, ids)


def chunks(ids: Collection[str]) -> Iterator[Collection[str]]:
    """Cut a list of ids into parts that one statement takes."""
    ordered = sorted(ids)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def _of_noun(
    reader: Reader, policy: Policy, noun: str, ids: Collection[str] | None
) -> Iterable[Entry]:
    yield from overdue_rules.entries(reader, policy, noun, ids)
    if noun == "indicator":
        yield from _without_values(reader, ids)
        return
    yield from _gaps(reader, noun, ids)
    if noun == "measure":
        yield from _states_and_lights(reader, policy, ids)


def _states_and_lights(
    reader: Reader, policy: Policy, ids: Collection[str] | None
) -> Iterator[Entry]:
    where, values = _in("me.id", ids)
    found = lamps(reader, f"{COUNTED} AND {where}", values)
    for lamp in found:
        yield Entry("measure", lamp.id, STATE, lamp.state, unit=lamp.lead_id, cycle=lamp.cycle_id)
    yield from lights.entries(reader, policy, found)


def _gaps(reader: Reader, noun: str, ids: Collection[str] | None) -> Iterator[Entry]:
    where, values = _in("x.id", ids)
    sql = _OPEN.format(arms=BY_NOUN[noun], where=where)
    for found in reader.rows(sql, _Open, **values):
        yield Entry(
            noun, found.id, GAP, found.rule, about=found.guard or "", since=found.since,
            unit=found.unit_id, cycle=found.cycle_id,
        )  # fmt: skip


def _without_values(reader: Reader, ids: Collection[str] | None) -> Iterator[Entry]:
    where, values = _in("i.id", ids)
    for found in reader.rows(_VALUES.format(where=where), _Value, **values):
        day = first_day_without(found.frequency, found.lag_days, found.newest)
        if day is not None:
            yield Entry(
                "indicator", found.id, GAP, "observation_missing", day=day, since=found.newest
            )


def _in(column: str, ids: Collection[str] | None) -> tuple[str, dict[str, Any]]:
    if ids is None:
        return "1 = 1", {}
    listed, values = many("id", sorted(ids))
    return f"{column} IN ({listed})", values
