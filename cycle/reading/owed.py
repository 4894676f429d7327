"""What a measure let pass and still owes (nachzutragen)."""

from cycle.machine.words import guard_task
from cycle.reading.door import Reader

_OPEN = """
SELECT DISTINCT o.guard FROM owed o
JOIN measure me ON me.municipality_id = :m AND me.id = o.measure_id
WHERE o.municipality_id = :m AND me.ref = :key AND o.settled_on IS NULL ORDER BY o.guard
"""


def owed(reader: Reader, key: str, lang: str) -> tuple[str, ...]:
    """Give what is still to be supplied, each as the entry of a task list."""
    return tuple(guard_task(guard, lang, {"key": key}) for (guard,) in reader.pairs(_OPEN, key=key))
