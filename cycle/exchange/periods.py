"""When something is planned, as plans of towns write it: bis 2028, 2021 ff., Schuljahr 2022/23."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cycle.exchange import cells
from cycle.exchange.outcome import Wrong

# The school year of the calendars of all Länder (Hamburger Abkommen, § 1): 1 August to 31 July.
SCHOOL_YEAR_BEGINS = (8, 1)
_MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember",
)  # fmt: skip
_LATIN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ONGOING = re.compile(r"(fort)?laufend|(ist )?dauerhaft|daueraufgabe|kontinuierlich|ständig")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PART = r"(?P<no>[1-4]|iv|i{1,3})\.?"
_POINTS = (
    ("year", re.compile(rf"(?:(?:im )?jahr )?{_YEAR}")),
    ("quarter", re.compile(rf"(?:{_PART} ?quartal|q(?P<q>[1-4])) ?/?{_YEAR}")),
    ("half", re.compile(rf"(?P<no>[12]|i{{1,2}})\.? ?halbjahr ?/?{_YEAR}")),
    ("school", re.compile(rf"(?:schuljahr|sj\.?) ?{_YEAR} ?/ ?(?P<next>\d\d(?:\d\d)?)")),
    ("school_start", re.compile(rf"(?:beginn|anfang)(?: des)?(?: schuljahres| schuljahr|) ?{_YEAR}"
                                r" ?/ ?(?P<next>\d\d(?:\d\d)?)")),
    ("month", re.compile(rf"(?P<month>{'|'.join(_MONTHS)}) {_YEAR}")),
    ("month_no", re.compile(rf"(?P<no>0?[1-9]|1[0-2])\s?/\s?{_YEAR}")),
    ("year_end", re.compile(rf"ende {_YEAR}")),
)  # fmt: skip
_FROM_TO = re.compile(r"(?:von )?(.+?) ?(?:–|—| - |-| bis )(?: ?(?:bis|ende) )? ?(.+)")


@dataclass(frozen=True, slots=True)
class Period:
    """What could be read of a period; the words themselves are always kept beside it."""

    start: date | None = None
    end: date | None = None
    ongoing: bool = False


def period(words: str) -> Period | None:
    """Read a period; None where it says more than days can hold."""
    plain = " ".join(words.casefold().replace("\u00a0", " ").split()).rstrip(".")
    if _ONGOING.fullmatch(plain):
        return Period(ongoing=True)
    if plain.endswith(" ff") or re.fullmatch(r".*\dff", plain):
        begun = _span(plain.removesuffix("ff").strip().removeprefix("ab ").removeprefix("seit "))
        return Period(begun[0], None, ongoing=True) if begun else None
    if found := _open_period(plain):
        return found
    if span := _span(plain):
        return Period(*span)
    return _between(plain)


def planned(words: str) -> dict[str, Any]:
    """Give what a measure's period says, by the names of its fields: the words, and days in them.

    What says more than days can hold stays in words only.
    """
    found = period(words) or Period()
    told = {
        "period_text": words,
        "planned_start": found.start,
        "planned_end": found.end,
        "is_ongoing": found.ongoing or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def begins(words: str) -> date:
    """Read the day something begins: a day, or the first one of a year, a quarter, a month."""
    return _point(words)[0]


def ends(words: str) -> date:
    """Read the day something ends: a day, or the last one of a year, a quarter, a month."""
    return _point(words)[1]


def _point(words: str) -> tuple[date, date]:
    found = _span(" ".join(words.casefold().split()))
    return found or (cells.day(words), cells.day(words))  # which says why it is none


def _open_period(plain: str) -> Period | None:
    word, _, rest = plain.partition(" ")
    if word in {"bis", "ab", "seit"} and (span := _span(rest.removeprefix("zum "))):
        return Period(None, span[1]) if word == "bis" else Period(span[0], None)
    return None


def _between(plain: str) -> Period | None:
    found = _FROM_TO.fullmatch(plain)
    first, last = (_span(found[1]), _span(found[2])) if found else (None, None)
    fits = first and last and first[0] <= last[1]
    return Period(first[0], last[1]) if fits and first and last else None


def _span(plain: str) -> tuple[date, date] | None:
    """Read one point: the first and the last day it means."""
    try:
        return cells.day(plain), cells.day(plain)
    except Wrong:
        pass
    for kind, pattern in _POINTS:
        if found := pattern.fullmatch(plain):
            return _days(kind, found)
    return None


def _days(kind: str, found: re.Match[str]) -> tuple[date, date] | None:
    year = int(found["year"])
    if kind in {"school", "school_start"}:
        if int(found["next"]) % 100 != (year + 1) % 100:
            return None
        begins = date(year, *SCHOOL_YEAR_BEGINS)
        ends = date(year + 1, *SCHOOL_YEAR_BEGINS) - timedelta(days=1)
        return (begins, begins) if kind == "school_start" else (begins, ends)
    if kind == "year_end":
        return date(year, 12, 31), date(year, 12, 31)
    first, length = _months(kind, found)
    last = first + length - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _months(kind: str, found: re.Match[str]) -> tuple[int, int]:
    """Give the first month and how many."""
    if kind == "year":
        return 1, 12
    if kind == "month":
        return _MONTHS.index(found["month"]) + 1, 1
    if kind == "month_no":
        return int(found["no"]), 1
    no = found["no"] or found["q"] if kind == "quarter" else found["no"]
    nth = _LATIN.get(no) or int(no)
    length = 3 if kind == "quarter" else 6
    return (nth - 1) * length + 1, length
