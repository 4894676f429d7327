"""What charts are drawn with: escaped tags, a sheet that knows where words stand, the result.

Every chart is laid out twice, for a wide column and for a narrow one; the style sheet shows the
one that fits. Letters keep a size that can be read, and nothing has to be scrolled.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

from api.web.charts.labels import SIZE, Box, Placed, Wish, fitted, settle, width_of
from cycle.i18n import legible

WIDE: Final = 720
NARROW: Final = 340
_SPACE: Final = re.compile("[^\\S\u00a0\u202f]+")  # what keeps a number and its unit together stays
_NEVER: Final = re.compile("[\ufffe\uffff]")  # no XML may hold them


@dataclass(frozen=True, slots=True)
class Table:
    """The same figures as rows of text."""

    caption: str
    head: tuple[tuple[str, str], ...]  # text, class: `num` for figures
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a page shows it."""

    svg: Markup
    table: Table
    summary: str  # what it says, in one sentence
    legend: tuple[tuple[Markup, str], ...] = ()  # sign, meaning
    notes: tuple[str, ...] = ()  # what stands small beneath it


def clean(text: object) -> str:
    """Write what somebody typed on one line, without signs that steer or break anything."""
    return _NEVER.sub("\ufffd", legible(_SPACE.sub(" ", str(text)).strip()))


def tag(name: str, /, *inside: str, **words: object) -> Markup:
    """Write an element; `class_` is class, `stroke_width` is stroke-width, None is left out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in words.items()
        if value is not None
    )
    body = "".join(escape(each) for each in inside)
    return Markup(f"<{name}{told}>{body}</{name}>" if body else f"<{name}{told}/>")  # noqa: S704 - every part is escaped


def path(*points: tuple[float, float], closed: bool = False) -> str:
    """Write the way along points, as the attribute `d` takes it."""
    steps = (f"{'L' if i else 'M'}{_short(x)} {_short(y)}" for i, (x, y) in enumerate(points))
    return "".join(steps) + ("Z" if closed else "")


def _value(value: object) -> str:
    return _short(value) if isinstance(value, float) else clean(value)


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


class Sheet:
    """The paper of one layout: marks at the back, words before them, no two upon another."""

    def __init__(self, width: float, height: float) -> None:
        """Take the room in units; a letter is `SIZE` of them high."""
        self.room = Box(0, 0, width, height)
        self.taken: list[Box] = []
        self.crowd: list[Box] = []  # where words had better not stand
        self._marks: list[Markup] = []
        self._words: list[Markup] = []

    def put(self, *marks: Markup) -> None:
        """Draw marks, each upon those before it."""
        self._marks += marks

    def line(self, *points: tuple[float, float], kind: str) -> None:
        """Draw a line, which words keep away from where they can."""
        self.put(tag("path", d=path(*points), class_=kind))
        for start, end in pairwise(points):
            self.crowd += _along(start, end)

    def mark(self, x: float, y: float, shape: Markup, radius: float = 5) -> None:
        """Draw a mark that no word may hide."""
        self.put(shape)
        self.taken.append(Box(x - radius, y - radius, 2 * radius, 2 * radius))

    def write(self, wish: Wish) -> Placed | None:
        """Write words at the best place that is free; without one they are left out."""
        placed = settle(wish, self.room, self.taken, self.crowd)
        if placed:
            self.taken.append(placed.box)
            self._words += [_text(placed, i) for i in range(len(placed.lines))]
        return placed

    def drawn(self, summary: str, kind: str) -> Markup:
        """Give the picture, with its one sentence for ears."""
        width, height = self.room.width, self.room.height
        return tag(
            "svg",
            *self._marks,
            *self._words,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_short(width)} {_short(height)}",
            width=width,
            height=height,
            class_=f"chart__{kind}",
            role="img",
            aria_label=summary,
            font_size=SIZE,
        )


def _text(placed: Placed, i: int) -> Markup:
    return tag(
        "text",
        clean(placed.lines[i]),
        x=placed.x,
        y=placed.y + i * placed.leading,
        text_anchor=placed.anchor,
        class_=placed.kind,
        font_size=None if placed.size == SIZE else placed.size,
    )


def _along(start: tuple[float, float], end: tuple[float, float]) -> Iterable[Box]:
    (x1, y1), (x2, y2) = start, end
    count = min(int(max(abs(x2 - x1), abs(y2 - y1)) / 6) + 1, 200)
    for i in range(count + 1):
        share = i / count
        yield Box(x1 + (x2 - x1) * share - 1, y1 + (y2 - y1) * share - 1, 2, 2)


def swatch(*marks: Markup, width: int = 28, height: int = 16) -> Markup:
    """Give a small picture for the legend, which is for eyes only."""
    return tag(
        "svg",
        *marks,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        class_="chart__sign",
        aria_hidden="true",
    )


def both(wide: Markup, narrow: Markup, shared: Markup | str = "") -> Markup:
    """Join the layouts of one chart; what they share stands before them."""
    return Markup("").join((escape(shared), wide, narrow))


def texts(rows: Iterable[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    """Give the rows of a table as clean text."""
    return tuple(tuple(clean(cell) for cell in row) for row in rows)


__all__ = [
    "NARROW", "SIZE", "WIDE", "Box", "Drawn", "Sheet", "Table", "Wish", "both", "clean", "fitted",
    "path", "swatch", "tag", "texts", "width_of",
]  # fmt: skip
