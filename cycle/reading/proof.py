"""Whether the store agrees with itself: what was counted, what was told, what the journal keeps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.i18n import N_
from cycle.machine.chain import BLACKED
from cycle.machine.standing import ALWAYS
from cycle.machine.tallied import tallied
from cycle.reading.asof import COPIED, replayed
from cycle.reading.columns import Table, columns_of
from cycle.reading.door import Reader
from cycle.reading.standings import entries
from cycle.reading.tallies import folded_until, kept
from cycle.reading.town import town
from cycle.reading.values import given

SAYS: Final = {  # what disagrees, as a template
    "standing_missing": N_("{noun} {what}: {topic} {name} follows from the records, but is lost."),
    "standing_wrong": N_("{noun} {what}: {topic} {name} does not follow from the records."),
    "tally_wrong": N_("{topic} {name}: {counted} are counted, there are {there}."),
    "row_changed": N_("{table} {what}: {columns} was changed past the journal."),
    "row_missing": N_("{table} {what}: the journal keeps it, the store has lost it."),
    "row_foreign": N_("{table} {what}: the journal knows nothing of it."),
}
_TALLIES: Final = "SELECT topic, name, unit, cycle, day, n FROM tally WHERE municipality_id = :m"
_DERIVED: Final = frozenset(
    {
        "counter", "event", "event_payload", "outbox", "standing", "tally", "alembic_version",
        "token_use", "kept_answer", "webhook_secret", "delivery",
        "account_password", "web_session", "sign_in_try", "kept_upload",
    }
) | set(COPIED)  # fmt: skip


Place = tuple[str, str, str, str, str]  # topic, name, department, round, day


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One place where the store does not agree with itself."""

    code: str  # of SAYS
    values: dict[str, Any]


def discrepancies(reader: Reader) -> list[Discrepancy]:
    """Reckon everything anew and compare; none where the store is whole."""
    return [*_standings(reader), *_tallies(reader), *_rows(reader)]


def _standings(reader: Reader) -> Iterator[Discrepancy]:
    known = set(kept(reader))
    told = set(entries(reader, town(reader).policy))
    for code, some in (("standing_missing", told - known), ("standing_wrong", known - told)):
        for each in sorted(some, key=lambda e: (e.noun, e.subject, e.topic, e.name, e.about)):
            values = {"noun": each.noun, "what": each.subject, "topic": each.topic}
            yield Discrepancy(code, values | {"name": each.name})


def _tallies(reader: Reader) -> Iterator[Discrepancy]:
    folded = folded_until(reader)
    there, counted = Counter[Place](), Counter[Place]()
    for each in tallied(kept(reader)):
        day = str(ALWAYS if each.day <= folded else each.day)
        there[each.topic, each.name, each.unit or "", each.cycle or "", day] += each.n
    for topic, name, unit, cycle, day, n in reader.pairs(_TALLIES):
        counted[topic, name, unit, cycle, str(day)] = int(n)
    for place in sorted({*there, *counted}):
        if there[place] != counted[place]:
            topic, name, *_ = place
            values = {"topic": topic, "name": name, "counted": counted[place]}
            yield Discrepancy("tally_wrong", values | {"there": there[place]})


def _rows(reader: Reader) -> Iterator[Discrepancy]:
    kept = replayed(reader, date.max)
    for name, table in columns_of(reader).items():
        if name not in _DERIVED:
            yield from _compared(reader, table, kept.get(name, {}))


def _compared(
    reader: Reader, table: Table, kept: dict[tuple[str, ...], dict[str, Any]]
) -> Iterator[Discrepancy]:
    own = "id" if table.name == "municipality" else "municipality_id"
    sql = f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {own} = :m"
    there = {}
    for values in reader.pairs(sql):
        row = dict(zip(table.columns, map(given, values), strict=True))
        there[tuple(str(row[c]) for c in table.key if c != "municipality_id")] = row
    for key in sorted(there.keys() | kept.keys()):
        told = {"table": table.name, "what": " ".join(key)}
        if key not in there:
            yield Discrepancy("row_missing", told)
        elif key not in kept:
            yield Discrepancy("row_foreign", told)
        elif changed := _changed(table, there[key], kept[key]):
            yield Discrepancy("row_changed", told | {"columns": tuple(changed)})


def _changed(table: Table, there: dict[str, Any], kept: dict[str, Any]) -> list[str]:
    """Name the columns that differ; what was blacked out in the journal cannot be compared."""
    told = {name: kept.get(name) for name in table.columns}
    return [name for name, value in told.items() if value not in {BLACKED, there[name]}]
