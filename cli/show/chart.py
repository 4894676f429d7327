"""The room of a chart over time: axes, lines of dots, signs and their numbers."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from cli.show.canvas import Canvas
from cli.show.scales import Scale, figure, scale, short

if TYPE_CHECKING:
    from cli.desk import Desk

ROWS: Final = 13
EDGE, MARGIN = 12, 12  # columns left of it for numbers, right of it for one more
STEPS: Final = 5  # of the scale


class Chart:
    """The room of a chart: where a day and a value lie on it."""

    def __init__(self, desk: "Desk", days: Sequence[date], values: Sequence[float]) -> None:
        """Take the days and values that must have a place."""
        self.desk = desk
        self.room = desk.look.width - EDGE - MARGIN
        self.first, self.last = min(days), max(days)
        if self.first == self.last:
            self.first, self.last = _around(self.first)
        self.axis: Scale = scale(values, STEPS)
        self.canvas = Canvas(desk.look.width, ROWS + 2, ascii_=desk.look.ascii)

    def x(self, day: date) -> float:
        """Give the column of a day."""
        return EDGE + (day - self.first).days / (self.last - self.first).days * (self.room - 1)

    def y(self, value: float) -> float:
        """Give the row of a value."""
        return ROWS - 1 - self.axis.at(value, ROWS - 1)

    def mark(self, day: date, value: float, sign: str) -> None:
        """Put a sign where a value lies."""
        self.canvas.put(round(self.x(day)), round(self.y(value)), sign)

    def line(self, start: tuple[date, float], end: tuple[date, float], every: int = 1) -> None:
        """Draw a line of dots between two values, through the middle of their cells."""
        places = ((self.x(day) + 0.25, self.y(value) + 0.375) for day, value in (start, end))
        begin, stop = ((round(x * 2) / 2, y) for x, y in places)
        self.canvas.line(begin, stop, every)

    def edges(self) -> None:
        """Draw the axes: numbers at the left, years or days below."""
        level, upright, corner = ("-", "|", "+") if self.desk.look.ascii else ("─", "│", "└")
        canvas, below = self.canvas, ROWS + 1
        canvas.down(EDGE - 2, 0, ROWS - 1, upright)
        canvas.put(EDGE - 2, ROWS, corner + level * (self.room + 1))
        for tick in self.axis.ticks:
            told = self.desk.look.spell(short(self.desk, tick, self.axis.places))
            canvas.put(0, round(self.y(tick)), f"{told:>{EDGE - 3}}")
        years = [date(year, 1, 1) for year in range(self.first.year + 1, self.last.year + 1)]
        if len(years) > 1:
            for day in years:
                x = round(self.x(day))
                if canvas.free(x, below, len(f"{day:%Y}")):
                    canvas.put(x, below, f"{day:%Y}")
            return
        last = self.desk.tongue.date(self.last)
        canvas.put(EDGE, below, self.desk.tongue.date(self.first))
        canvas.put(EDGE + self.room - len(last), below, last)

    def label(self, at: tuple[date, float], unit: str) -> None:
        """Write a number above its sign, beneath or beside it, where it hides least of a line."""
        told = self.desk.look.spell(figure(self.desk, at[1], unit))
        x, y = round(self.x(at[0])), round(self.y(at[1]))
        middle = max(x - len(told) // 2, EDGE - 1)
        places = ((middle, y - 1), (middle, y + 1), (x + 2, y), (x + 1, y - 1), (x + 1, y + 1))
        free = [p for p in places if p[1] < ROWS and self.canvas.free(p[0], p[1], len(told))]
        if free:
            left, row = min(free, key=lambda p: self.canvas.crowd(p[0], p[1], len(told)))
            self.canvas.put(left, row, told)


def _around(day: date) -> tuple[date, date]:
    """Give the days around a single one, as far as the calendar goes."""
    half = timedelta(days=183)
    first = day - half if day.year > date.min.year else day
    return first, day + half if day.year < date.max.year else day
