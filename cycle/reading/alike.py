"""Measures that are called almost like one: what may have been logged twice."""

from difflib import SequenceMatcher
from typing import Final

from cycle.reading.door import Reader
from cycle.reading.measures import within
from cycle.reading.sight import Sight

START: Final = 6  # characters two titles begin with alike, before they are compared whole
NEAR: Final = 0.85  # how much of two titles is the same
MOST: Final = 3  # told of
_LOOKED_AT: Final = 500  # titles that begin alike; beyond that a comparison tells nothing
_BEGINNING = """
SELECT ref, title FROM measure
WHERE municipality_id = :m AND ref <> :key AND state NOT IN ('cancelled', 'superseded')
  AND lower(title) LIKE lower(:start) ESCAPE '!' AND {seen}
ORDER BY ref DESC LIMIT :most
"""


def alike(reader: Reader, key: str, title: str, sight: Sight) -> list[str]:
    """Give the measures in sight that are called almost like this one, the likest first."""
    seen, values = within(sight)
    found = reader.pairs(
        _BEGINNING.format(seen=seen), key=key, start=_beginning(title), most=_LOOKED_AT, **values
    )
    rated = sorted(((-_likeness(title, other), ref) for ref, other in found), key=lambda r: r[0])
    return [ref for rate, ref in rated if -rate >= NEAR][:MOST]


def _beginning(title: str) -> str:
    start = title[:START]
    for sign in "!%_":
        start = start.replace(sign, f"!{sign}")
    return f"{start}%"


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
