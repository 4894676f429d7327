"""Whose standing may change with what a deed wrote: from tables and ids to nouns and ids.

A record that is new in the deed leads nowhere further: whatever points to it was written in the
same deed and is told anew for that.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from cycle.reading.door import Reader, many

NOUNS: Final = {  # noun → its table
    "measure": "measure",
    "goal": "goal",
    "finding": "finding",
    "report": "report",
    "recommendation": "recommendation",
    "round": "cycle",
    "indicator": "indicator",
}
Ids = dict[str, set[str]]  # table → ids
Row = Mapping[str, Any]  # column → what was written
Rows = Mapping[tuple[str, tuple[str, ...]], Row | None]

_SUBJECTS: Final = """
SELECT {column} FROM decision_subject
WHERE municipality_id = :m AND {column} IS NOT NULL AND decision_id IN ({ids})"""
_OF: Final = "SELECT {column} FROM {table} WHERE municipality_id = :m AND {by} IN ({ids})"
# What is compared with the whole town follows it, too, and that is an area like any other.
_MEASURED_THERE: Final = """
SELECT goal_id FROM goal_target WHERE municipality_id = :m
  AND (area_id IN ({ids}) OR area_id IS NULL OR kind = 'reduce_gap')"""
_ADVICE: Final = """
SELECT r.id FROM evaluation_measure l
JOIN recommendation r ON r.municipality_id = :m AND r.evaluation_id = l.evaluation_id
WHERE l.municipality_id = :m AND l.measure_id IN ({ids})"""


def _of(table: str, column: str, by: str) -> str:
    return _OF.replace("{column}", column).replace("{table}", table).replace("{by}", by)


# From what was touched to what depends on it, in an order in which one pass is enough.
_STEPS: Final = (
    ("condition", "decision", _of("condition", "decision_id", "id")),
    ("decision", "measure", _SUBJECTS.replace("{column}", "measure_id")),
    ("decision", "goal", _SUBJECTS.replace("{column}", "goal_id")),
    ("decision", "report", _SUBJECTS.replace("{column}", "report_id")),
    ("decision", "cycle", _SUBJECTS.replace("{column}", "cycle_id")),
    ("evaluation", "measure", _of("evaluation_measure", "measure_id", "evaluation_id")),
    ("evaluation", "recommendation", _of("recommendation", "id", "evaluation_id")),
    ("finding", "recommendation", _of("recommendation", "id", "finding_id")),
    ("indicator_version", "indicator", _of("indicator_version", "indicator_id", "id")),
    ("indicator", "indicator_version", _of("indicator_version", "id", "indicator_id")),
    ("indicator_version", "goal", _of("goal_target", "goal_id", "indicator_version_id")),
)
_WHERE_WRITTEN: Final = (  # steps before, where a table was written, be the record new or not
    ("area", ("area", "goal", _MEASURED_THERE)),
    ("participation", ("measure", "cycle", _of("measure", "cycle_id", "id"))),
    ("participation", ("goal", "cycle", _of("goal", "cycle_id", "id"))),
    ("target_step", ("goal_target", "goal", _of("goal_target", "goal_id", "id"))),
)
_MEMBERS: Final = (  # of a round
    ("measure", _of("measure", "id", "cycle_id")),
    ("goal", _of("goal", "id", "cycle_id")),
    ("report", _of("report", "id", "cycle_id")),
    ("recommendation", _of("recommendation", "id", "cycle_id")),
)
_ANSWERED: Final = (
    ("report", "finding", _of("finding", "id", "report_id")),
    ("finding", "recommendation", _of("recommendation", "id", "finding_id")),
)
_SERVING: Final = _of("measure_goal", "measure_id", "goal_id")
_SERVED: Final = _of("measure_goal", "goal_id", "measure_id")
_ALL: Final = "SELECT id FROM {table} WHERE municipality_id = :m"
# What is pointed to follows what points to it only where one of these tables was written.
_ROUND_TABLES: Final = frozenset(
    {"cycle", "cycle_field", "cycle_strand", "participation", "owed", "deadline", "report",
     "stage_entry", "decision_subject", "condition"}
)  # fmt: skip
_REPORT_TABLES: Final = frozenset({"report", "decision_subject"})
_FINDING_TABLES: Final = frozenset({"finding", "finding_area"})
_LINEAGE_TABLES: Final = frozenset({"cycle", "cycle_field", "cycle_strand", "report"})
_TARGET_TABLES: Final = frozenset(  # by which the measures of a goal follow it
    {"goal_target", "target_step", "goal_finding", "indicator", "area", "area_succession"}
)
_OFF: Final = frozenset({"rejected", "cancelled", "superseded"})  # and never on the circle again


def affected(reader: Reader, touched: Mapping[str, Collection[str]], rows: Rows) -> Ids | None:
    """Give the ids of each noun whose standing is to be told anew; None means everyone's."""
    written = {table for table, _ in rows}
    if "municipality" in written:
        return None
    spread = _Spread(reader, rows, _pointed_to(touched, rows, written))
    for table, (source, target, sql) in _WHERE_WRITTEN:
        if table in written:
            spread.to(target, spread.ids.get(source, ()), sql)
    for step in _STEPS:
        spread.add(*step)
    _go_on(spread, rows, written)
    if _targets_changed(touched, rows, written):
        spread.add("goal", "measure", _SERVING)
    ids = spread.ids
    if written & _LINEAGE_TABLES:
        ids["cycle"] = {row[0] for row in reader.pairs(_ALL.format(table="cycle"))}
    return {noun: ids[table] for noun, table in NOUNS.items() if ids.get(table)}


class _Spread:
    """Goes from ids to what depends on them, as long as they were there before the deed."""

    def __init__(self, reader: Reader, rows: Rows, ids: Ids) -> None:
        """Begin with the ids that were touched."""
        self.reader = reader
        self.new = {(table, key[0]) for (table, key), row in rows.items() if row and "id" in row}
        self.ids = ids

    def add(self, source: str, target: str, sql: str) -> None:
        """Add to one table what depends on another."""
        there = {id_ for id_ in self.ids.get(source, ()) if (source, id_) not in self.new}
        self.to(target, there, sql)

    def to(self, target: str, sources: Iterable[str], sql: str) -> None:
        """Add to a table what depends on these ids."""
        ordered, into = sorted(sources), self.ids.setdefault(target, set())
        for start in range(0, len(ordered), 1000):
            listed, values = many("id", ordered[start : start + 1000])
            found = self.reader.pairs(sql.replace("{ids}", listed), **values)
            into |= {row[0] for row in found}


def _go_on(spread: _Spread, rows: Rows, written: set[str]) -> None:
    """Go from measures, rounds and reports to what is theirs."""
    if any(row.get("state") in _OFF for row in _of_table(rows, "measure")):
        spread.add("measure", "goal", _SERVED)
    own = {key[0] for table, key in rows if table == "cycle"}
    for target, sql in _MEMBERS:
        spread.to(target, own, sql)
    if own or any(_moved(row) for row in _of_table(rows, "measure")):
        spread.add("measure", "recommendation", _ADVICE)
    if own or "report" in written:
        for step in _ANSWERED:
            spread.add(*step)


def _pointed_to(touched: Mapping[str, Collection[str]], rows: Rows, written: set[str]) -> Ids:
    """Leave out what is merely pointed to and says nothing else than before."""
    ids: Ids = {table: set(found) for table, found in touched.items()}
    if not written & _REPORT_TABLES:
        ids.pop("report", None)
    if not written & _FINDING_TABLES:
        ids.pop("finding", None)
    if not any(_of_a_round(table, row or {}) for (table, _), row in rows.items()):
        ids.pop("cycle", None)
    return ids


def _of_a_round(table: str, row: Row) -> bool:
    """Tell whether a row may change what its round lacks or owes."""
    if table in {"measure", "goal"}:
        return "strand" in row or _moved(row)
    if table in {"owed", "deadline"} and "id" in row:  # a new one names the round it is of
        return "cycle_id" in row
    return table in _ROUND_TABLES


def _moved(row: Row) -> bool:
    """Tell whether a record came from one round into another."""
    return "cycle_id" in row and "id" not in row


def _targets_changed(touched: Mapping[str, Collection[str]], rows: Rows, written: set[str]) -> bool:
    """Tell whether something was written by which the measures of a goal follow it."""
    if written & _TARGET_TABLES or touched.get("indicator_version"):
        return True
    return any("qualitative_criterion" in row for row in _of_table(rows, "goal"))


def _of_table(rows: Rows, table: str) -> Iterable[Row]:
    """Give what was written in one table."""
    return (row or {} for (name, _), row in rows.items() if name == table)
