"""Whose standing may change with what a deed wrote: from tables and ids to nouns and ids."""

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
Rows = Mapping[tuple[str, tuple[str, ...]], Mapping[str, Any] | None]

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
    ("goal_target", "goal", _of("goal_target", "goal_id", "id")),
)
_WHERE_WRITTEN: Final = (  # further steps, where a table was written
    ("area", ("area", "goal", _MEASURED_THERE)),
    ("participation", ("measure", "cycle", _of("measure", "cycle_id", "id"))),
    ("participation", ("goal", "cycle", _of("goal", "cycle_id", "id"))),
)
_MEMBERS: Final = (  # of a round
    ("measure", _of("measure", "id", "cycle_id")),
    ("goal", _of("goal", "id", "cycle_id")),
    ("report", _of("report", "id", "cycle_id")),
    ("recommendation", _of("recommendation", "id", "cycle_id")),
)
_LAST: Final = (
    ("report", "finding", _of("finding", "id", "report_id")),
    ("finding", "recommendation", _of("recommendation", "id", "finding_id")),
    ("goal", "measure", _of("measure_goal", "measure_id", "goal_id")),
)
_ALL: Final = "SELECT id FROM {table} WHERE municipality_id = :m"
_ROUND_TABLES: Final = frozenset(
    {"cycle", "cycle_field", "cycle_strand", "participation", "owed", "deadline", "report",
     "stage_entry", "decision_subject", "condition"}
)  # fmt: skip
_LINEAGE_TABLES: Final = frozenset({"cycle", "cycle_field", "cycle_strand", "report"})


def affected(reader: Reader, touched: Mapping[str, Collection[str]], rows: Rows) -> Ids | None:
    """Give the ids of each noun whose standing is to be told anew; None means everyone's."""
    written = {table for table, _ in rows}
    if "municipality" in written:
        return None
    ids: Ids = {table: set(found) for table, found in touched.items()}
    if not _any(rows, {"measure", "goal"}, {"cycle_id", "strand"}) and not written & _ROUND_TABLES:
        ids.pop("cycle", None)
    for source, target, sql in _steps(written):
        _add(reader, ids, source, target, sql)
    if _any(rows, {"measure"}, {"state"}):
        _add(reader, ids, "measure", "goal", _of("measure_goal", "goal_id", "measure_id"))
    own = {key[0] for table, key in rows if table == "cycle"}
    for target, sql in _MEMBERS:
        _spread(reader, own, ids.setdefault(target, set()), sql)
    if own or _any(rows, {"measure"}, {"cycle_id"}):
        _add(reader, ids, "measure", "recommendation", _ADVICE)
    for source, target, sql in _LAST:
        _add(reader, ids, source, target, sql)
    if written & _LINEAGE_TABLES:
        ids["cycle"] = {row[0] for row in reader.pairs(_ALL.format(table="cycle"))}
    return {noun: ids[table] for noun, table in NOUNS.items() if ids.get(table)}


def _steps(written: Collection[str]) -> list[tuple[str, str, str]]:
    """Give the steps to go, where these tables were written."""
    return [*(step for table, step in _WHERE_WRITTEN if table in written), *_STEPS]


def _any(rows: Rows, tables: set[str], columns: set[str]) -> bool:
    """Tell whether one of these columns was written in one of these tables."""
    return any(table in tables and columns & set(row or ()) for (table, _), row in rows.items())


def _add(reader: Reader, ids: Ids, source: str, target: str, sql: str) -> None:
    _spread(reader, ids.get(source, ()), ids.setdefault(target, set()), sql)


def _spread(reader: Reader, sources: Iterable[str], into: set[str], sql: str) -> None:
    ordered = sorted(sources)
    for start in range(0, len(ordered), 1000):
        listed, values = many("id", ordered[start : start + 1000])
        into |= {row[0] for row in reader.pairs(sql.replace("{ids}", listed), **values)}
