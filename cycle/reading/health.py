"""Whether a store is sound as a file and as a database: pages, references, indexes, clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cycle.reading.door import Reader

_NOT_VALID: Final = """
SELECT c.conname FROM pg_constraint c JOIN pg_namespace s ON s.oid = c.connamespace
WHERE s.nspname = current_schema() AND NOT c.convalidated
UNION ALL SELECT i.indexrelid::regclass::text FROM pg_index i WHERE NOT i.indisvalid
UNION ALL SELECT 'checksum ' || d.checksum_failures FROM pg_stat_database d
WHERE d.datname = current_database() AND d.checksum_failures > 0
"""
_MOST: Final = 20  # places that are named; whoever has more needs no list


@dataclass(frozen=True, slots=True)
class Clock:
    """What the journal tells about the clock of those who wrote it."""

    last: datetime | None  # the moment of the latest deed
    backwards: int | None  # number of the first deed told to be earlier than the one before it


def damages(reader: Reader) -> list[str]:
    """Give what is damaged: pages and indexes of a file, what a server holds to be invalid."""
    if reader.dialect == "postgresql":
        return [str(found) for (found,) in reader.pairs(_NOT_VALID)][:_MOST]
    found = [str(line) for (line,) in reader.pairs(f"PRAGMA integrity_check({_MOST})")]
    return [] if found == ["ok"] else found


def dangling(reader: Reader) -> list[str]:
    """Give the rows that refer to what is not there; a server does not let them come to be."""
    if reader.dialect == "postgresql":
        return []
    found = reader.pairs("PRAGMA foreign_key_check")
    return sorted({f"{table} → {parent}" for table, _row, parent, _no in found})[:_MOST]


def clock_of(reader: Reader) -> Clock:
    """Give what the journal tells about the clock; numbers make the order, moments only look."""
    return reader.rows(_CLOCK, Clock)[0]


_CLOCK: Final = """
SELECT MAX(at) AS last, MIN(CASE WHEN at < before THEN n END) AS backwards FROM (
  SELECT n, at, LAG(at) OVER (ORDER BY n) AS before FROM event WHERE municipality_id = :m
) AS deeds
"""
