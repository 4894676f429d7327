"""Deeds as the journal keeps them: which events are one deed, what it wrote, who came after it."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from cycle.reading.door import Reader

UNDONE: Final = "undone"  # the action of a deed that takes another one back
MOST: Final = 2000  # events of a deed that are looked at; a deed of more is an import
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Place = tuple[str, tuple[str, ...]]  # table, and the row's key without the municipality's
Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a deed."""

    n: int
    at: datetime
    day: date
    role: str
    entity: str
    entity_id: str
    key: str
    action: str
    from_state: str | None
    to_state: str | None
    content: str | None
    rows: str | None  # of the whole deed, kept with its last event
    blacked_out_on: date | None


@dataclass(frozen=True, slots=True)
class Deed:
    """Events that were written together, in their order."""

    told: tuple[Told, ...]

    @property
    def first(self) -> int:
        """Give the number of its first event."""
        return self.told[0].n

    @property
    def last(self) -> int:
        """Give the number of its last event, by which it is known."""
        return self.told[-1].n

    @property
    def day(self) -> date:
        """Give the town's day on which it was done."""
        return self.told[-1].day

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the keys people see of all it speaks of."""
        return tuple(dict.fromkeys(each.key for each in self.told))

    @property
    def takes_back(self) -> int | None:
        """Give the number of the deed that it takes back, where it is one that does."""
        last = self.told[-1]
        if last.action != UNDONE or last.content is None:
            return None
        return int(json.loads(last.content)["deed"])

    @property
    def rows(self) -> dict[Place, Columns | None]:
        """Give every row it wrote; None stands for one it took away."""
        return dict(_rows(self.told[-1].rows))


_RELIED_ON: Final = frozenset({"goal", "recommendation"})  # what steps of a measure wait for
_OWN: Final = """
SELECT n FROM event
WHERE municipality_id = :m AND account_id = :account AND n < :before{key}
ORDER BY n DESC LIMIT 1
"""
_TOLD: Final = """
SELECT e.n, e.at, e.day, e.role, e.entity, e.entity_id, e.key, e.action, e.from_state, e.to_state,
  p.content, p.rows, p.blacked_out_on
FROM event e LEFT JOIN event_payload p ON p.municipality_id = :m AND p.n = e.n
WHERE e.municipality_id = :m AND e.n BETWEEN :first AND :last
  AND e.account_id = (SELECT account_id FROM event WHERE municipality_id = :m AND n = :n)
  AND e.at = (SELECT at FROM event WHERE municipality_id = :m AND n = :n)
ORDER BY e.n
"""
_LATER: Final = """
SELECT e.n, e.entity, e.entity_id, e.key, e.action, e.from_state, p.content, p.rows
FROM event e LEFT JOIN event_payload p ON p.municipality_id = :m AND p.n = e.n
WHERE e.municipality_id = :m AND e.n > :n ORDER BY e.n
"""
_EARLIER: Final = """
SELECT rows FROM event_payload
WHERE municipality_id = :m AND n < :n AND rows IS NOT NULL ORDER BY n DESC LIMIT 1000
"""
_RELYING: Final = """
SELECT measure_id FROM measure_goal WHERE municipality_id = :m AND goal_id = :id
UNION
SELECT l.measure_id FROM recommendation r
JOIN evaluation_measure l ON l.municipality_id = :m AND l.evaluation_id = r.evaluation_id
WHERE r.municipality_id = :m AND r.id = :id
"""
_BEFORE: Final = """
SELECT MIN(n) FROM (SELECT n FROM event_payload
  WHERE municipality_id = :m AND n < :n AND rows IS NOT NULL ORDER BY n DESC LIMIT 1000) AS part
"""


def last_own(reader: Reader, account: str, key: str | None = None) -> Deed | None:
    """Give the last deed of an account, on a record where its key is named, that still stands.

    What was taken back does not stand, nor does what took it back.
    """
    gone: set[int] = set()
    before = 2**62
    narrowed = "" if key is None else " AND key = :key"
    while True:
        n = reader.value(_OWN.format(key=narrowed), account=account, before=before, key=key)
        if n is None:
            return None
        found = deed(reader, int(n))
        if found.takes_back is not None:
            gone.add(found.takes_back)
        elif found.last not in gone:
            return found
        before = found.first


def last_of(reader: Reader, name: str) -> Deed | None:
    """Give the last deed that still stands of the account of this name."""
    id_ = reader.value("SELECT id FROM account WHERE municipality_id = :m AND name = :name",
                       name=name)  # fmt: skip
    return last_own(reader, id_) if id_ else None


def deed(reader: Reader, n: int) -> Deed:
    """Give the deed one of whose events has this number; of a large one what lies near."""
    told = reader.rows(_TOLD, Told, n=n, first=n - MOST, last=n + MOST)
    ends = [each.n for each in told if each.rows is not None]  # two deeds of one moment
    last = min((end for end in ends if end >= n), default=told[-1].n)
    begin = max((end for end in ends if end < n), default=0)
    return Deed(tuple(each for each in told if begin < each.n <= last))


@dataclass(frozen=True, slots=True)
class _Later:
    """One event that came after."""

    n: int
    entity: str
    entity_id: str
    key: str
    action: str
    from_state: str | None
    content: str | None
    rows: str | None


def built_on(reader: Reader, found: Deed) -> list[str]:
    """Give the keys of the deeds that came after one and go on from it.

    They are those on the same records, those that wrote the same rows or point to what it made,
    the steps of measures that serve a goal of it or wait for its answer to an advice, and every
    step of a round; what was taken back since does not count.
    """
    rows = found.rows
    made = {key[0] for (_, key), row in rows.items() if row and "id" in row}
    ids = made | {each.entity_id for each in found.told}
    about = {each.entity_id for each in found.told if each.entity in _RELIED_ON}
    waiting = {str(id_) for on in about for (id_,) in reader.pairs(_RELYING, id=on)}
    after = reader.rows(_LATER, _Later, n=found.last)
    gone = _taken_back(reader, after)
    return list(
        dict.fromkeys(
            each.key
            for each in after
            if each.n not in gone
            and (
                each.key in found.keys
                or each.entity_id in ids
                or (
                    each.from_state is not None
                    and (each.entity == "cycle" or each.entity_id in waiting)
                )
                or _meets(each.rows, rows.keys(), ids)
            )
        )
    )


def _taken_back(reader: Reader, after: Iterable[_Later]) -> set[int]:
    """Give the numbers of the events that were taken back, and of those that did it."""
    by = [each for each in after if each.action == UNDONE and each.content]
    deeds = {int(json.loads(each.content or "")["deed"]) for each in by}
    taken = {each.n for last in deeds for each in deed(reader, last).told}
    return taken | {each.n for each in by}


def _meets(text: str | None, places: Collection[Place], ids: Collection[str]) -> bool:
    """Tell whether rows are among these places or speak of one of these ids."""
    if text is None:
        return False
    named = set(_ID.findall(text))
    if not named.isdisjoint(ids):
        return True
    known = {part for _, key in places for part in key}
    return not named.isdisjoint(known) and any(place in places for place, _ in _rows(text))


def images(reader: Reader, found: Deed) -> dict[Place, Columns | None]:
    """Give the rows that a deed wrote as they were before it; None for one that was not there.

    A row holds the columns that the deed wrote; what was empty is None.
    """
    rows = found.rows
    wanted = {
        place: None if row is None else {name for name in row if name != "version"}
        for place, row in rows.items()
        if row is None or not _whole(place, row)
    }
    images: dict[Place, dict[str, Any]] = {place: {} for place in wanted}
    for place, row in _going_back(reader, found.first, wanted):
        if row is not None:
            images[place] = {**row, **images[place]}
            if _whole(place, row) or (wanted[place] or {""}) <= images[place].keys():
                del wanted[place]
    new = {place: None for place in rows if place not in images}
    return new | {place: _cut(rows[place], image) for place, image in images.items() if image}


def _cut(row: Columns | None, image: Columns) -> Columns:
    return image if row is None else {name: image.get(name) for name in row if name != "version"}


def _whole(place: Place, row: Columns) -> bool:
    """Tell whether a row was new when it was written so: then its key is among its columns."""
    return "id" in row or set(place[1]) <= {v for v in row.values() if isinstance(v, str)}


def _going_back(
    reader: Reader, n: int, wanted: Collection[Place]
) -> Iterator[tuple[Place, Columns | None]]:
    """Give the rows written before an event, the latest first, as long as some are wanted."""
    parts = {part for _, key in wanted for part in key}
    while wanted and (first := reader.value(_BEFORE, n=n)) is not None:
        for (text,) in reader.pairs(_EARLIER, n=n):
            if not parts.isdisjoint(_ID.findall(text)):
                yield from ((place, row) for place, row in _rows(text) if place in wanted)
        n = int(first)


def _rows(text: str | None) -> Iterator[tuple[Place, Columns | None]]:
    for table, key, columns in json.loads(text or "[]"):
        yield (table, tuple(key)), columns
