"""The room of a chart over time: where a day and a value lie, and the axes around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from api.web.charts.drawing import Box, Sheet, Wish, tag, width_of
from api.web.charts.scales import Scale
from cycle.i18n import Tongue

TOP: Final = 34  # room above the plot: for the unit
BELOW: Final = 34  # for days
_GAP: Final = 8  # between a number and the axis
_YEAR: Final = 365.25
_TWO_YEARS: Final = 730
_EVERY: Final = (1, 2, 5, 10, 20, 50, 100)
_MOST_YEARS: Final = 400


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a chart from the first to the last."""

    first: date
    last: date
    yearly: tuple[int, int] | None  # month and day, where all values are of the same day of a year

    def share(self, day: date) -> float:
        """Give how far a day lies between the first and the last."""
        return (day - self.first).days / (self.last - self.first).days


def span(days: Sequence[date], values: Sequence[date]) -> Span:
    """Give the span of all days; the values tell whether they are counted once a year."""
    first, last = min(days), max(days)
    if first == last:
        first = first - timedelta(days=183) if first.year > 1 else first
        last = last + timedelta(days=183) if last.year < date.max.year else last
    same = {(day.month, day.day) for day in values}
    return Span(first, last, same.pop() if len(same) == 1 and len(values) > 1 else None)


class Plot:
    """A sheet with axes; days lie from left to right, values from below to above."""

    def __init__(self, sheet: Sheet, days: Span, axis: Scale, tongue: Tongue, right: float) -> None:
        """Take the room; `right` of the plot stays free for words."""
        self.sheet, self.days, self.axis, self.tongue = sheet, days, axis, tongue
        self.numbers = [axis.told(tongue, tick) for tick in axis.ticks]
        left = max(width_of(told) for told in self.numbers) + _GAP + 2
        height = sheet.room.height - TOP - BELOW
        self.room = Box(left, TOP, sheet.room.width - left - right, height)

    def x(self, day: date) -> float:
        """Give where a day lies; the first and the last keep off the edges."""
        air = min(24.0, self.room.width / 12)
        return self.room.x + air + self.days.share(day) * (self.room.width - 2 * air)

    def y(self, value: float | Decimal) -> float:
        """Give the height of a value."""
        return self.room.bottom - self.axis.at(value) * self.room.height

    def axes(self, unit: str) -> None:
        """Draw lines at round values, their numbers, the unit above and the days below."""
        sheet, room = self.sheet, self.room
        for tick, told in zip(self.axis.ticks, self.numbers, strict=True):
            y = self.y(tick)
            kind = "chart__axis" if tick == self.axis.ticks[0] else "chart__grid"
            sheet.put(tag("line", x1=room.x, x2=room.right, y1=y, y2=y, class_=kind))
            sheet.write(Wish((told,), ((room.x - _GAP, y + 5, "end"),), "chart__scale"))
        sheet.write(Wish((unit,), ((2.0, 15.0, "start"),), "chart__scale"))
        for at, told, marked in self._ticks():
            if marked:
                y = room.bottom
                sheet.put(tag("line", x1=at, x2=at, y1=y, y2=y + 6, class_="chart__axis"))
            sheet.write(Wish((told,), ((at, room.bottom + 22, "middle"),), "chart__scale"))

    def _ticks(self) -> Iterator[tuple[float, str, bool]]:
        first, last = self.days.first, self.days.last
        if self.days.yearly:
            yield from self._yearly(*self.days.yearly)
        elif (last - first).days >= _TWO_YEARS:
            yield from self._years()
        else:
            for day in (first, last):
                x, told = self.x(day), self.tongue.date(day)
                yield max(x, width_of(told) / 2 + 2), told, True

    def _yearly(self, month: int, day: int) -> Iterator[tuple[float, str, bool]]:
        """Name years where their values stand."""
        years = range(self.days.first.year, self.days.last.year + 1)
        every = self._every(len(years))
        for year in years:
            leap = (month, day) == (2, 29)
            at = date(year, month, 28 if leap else day)
            if at < self.days.first or at > self.days.last:
                continue
            shown = (years[-1] - year) % every == 0
            yield self.x(at), str(year) if shown else "", shown

    def _years(self) -> Iterator[tuple[float, str, bool]]:
        """Name years in the middle of their months, with a line where one begins."""
        first, last = self.days.first, self.days.last
        every = self._every((last - first).days / _YEAR)
        for year in range(first.year, last.year + 1):
            begin, end = max(date(year, 1, 1), first), min(date(year, 12, 31), last)
            shown = year % every == 0
            if begin > first and shown:
                yield self.x(begin), "", True
            room = self.x(end) - self.x(begin)
            if shown and (every > 1 or room >= width_of(str(year))):
                yield (self.x(begin) + self.x(end)) / 2, str(year), False

    def _every(self, years: float) -> int:
        room = self.room.width / (width_of("2026") * 1.4)
        return next((n for n in _EVERY if years / n <= room), _EVERY[-1] * 10)
