"""What is written of a measure that its page asks again, so that nobody types it twice."""

from dataclasses import dataclass
from typing import Final

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.reading.door import Reader


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """Words of a measure that no list shows."""

    origin: str | None
    origin_note: str | None
    target_group: str | None
    prevention_level: str | None
    legal_basis: str | None
    findings: tuple[str, ...]


_SQL: Final = """
SELECT me.origin, me.origin_note, me.target_group, me.prevention_level, me.legal_basis,
  (SELECT string_agg(f.ref, '|') FROM measure_finding l
    JOIN finding f ON f.municipality_id = :m AND f.id = l.finding_id
    WHERE l.municipality_id = :m AND l.measure_id = me.id) AS findings
FROM measure me WHERE me.municipality_id = :m AND me.ref = :key
"""


def written(reader: Reader, key: str) -> WrittenRow:
    """Give these words of a measure; NotFound where nobody knows it."""
    found = reader.one(_SQL, WrittenRow, key=key)
    if found is None:
        raise NotFound(N_("Nothing is known by the key {key}."), key=key)
    return found
