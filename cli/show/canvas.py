"""A field of signs to draw on: texts, boxes, and lines of fine dots; in ASCII of points."""

from collections.abc import Iterator, Mapping
from typing import Final

from cli.show.look import Look

ACROSS, DOWN = 2, 4  # dots in a cell
_BRAILLE: Final = 0x2800
_BITS: Final = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_BOX: Final = {False: tuple("┌─┐│└┘"), True: tuple("+-+|++")}
_POINT: Final = "."

Place = tuple[float, float]  # in cells, from the top left


class Canvas:
    """Cells in rows; what is put outside is lost, what is put later hides what lies below."""

    def __init__(self, width: int, height: int, *, ascii_: bool = False) -> None:
        """Begin with an empty field."""
        self.width, self.height, self.ascii = width, height, ascii_
        self._signs = [[" "] * width for _ in range(height)]
        self._dots: dict[tuple[int, int], int] = {}

    def put(self, x: int, y: int, text: str) -> None:
        """Write a text from a cell to the right."""
        for at, sign in enumerate(text, start=x):
            if 0 <= at < self.width and 0 <= y < self.height:
                self._signs[y][at] = sign

    def down(self, x: int, top: int, bottom: int, sign: str) -> None:
        """Draw a sign in every cell of a column between two rows, both included."""
        for y in range(top, bottom + 1):
            self.put(x, y, sign)

    def free(self, x: int, y: int, length: int) -> bool:
        """Tell whether nothing is written there yet, nor right beside it."""
        if x < 0 or x + length > self.width or not 0 <= y < self.height:
            return False
        beside = range(max(x - 1, 0), min(x + length + 1, self.width))
        return all(self._signs[y][at] == " " for at in beside)

    def crowd(self, x: int, y: int, length: int) -> int:
        """Tell how many cells there have a line in them."""
        return sum((at, y) in self._dots for at in range(x, x + length))

    def box(self, x: int, y: int, width: int, lines: list[str]) -> None:
        """Draw a box around lines of text."""
        left_top, level, right_top, upright, left_low, right_low = _BOX[self.ascii]
        room = width - 4
        self.put(x, y, f"{left_top}{level * (width - 2)}{right_top}")
        for row, line in enumerate(lines, start=y + 1):
            self.put(x, row, f"{upright} {line[:room]:{room}} {upright}")
        self.put(x, y + len(lines) + 1, f"{left_low}{level * (width - 2)}{right_low}")

    def line(self, start: Place, end: Place, every: int = 1) -> None:
        """Draw a straight line of dots from one place to another, or only some of its dots."""
        for number, (x, y) in enumerate(_between(start, end)):
            if number % every == 0:
                self._dot(x, y)

    def _dot(self, x: int, y: int) -> None:
        cell = x // ACROSS, y // DOWN
        self._dots[cell] = self._dots.get(cell, 0) | _BITS[x % ACROSS][y % DOWN]

    def text(self) -> str:
        """Give what was drawn; signs hide the dots below them."""
        for (x, y), bits in self._dots.items():
            inside = 0 <= x < self.width and 0 <= y < self.height
            if inside and self._signs[y][x] == " ":
                self._signs[y][x] = _POINT if self.ascii else chr(_BRAILLE + bits)
        return "\n".join("".join(row).rstrip() for row in self._signs)


def _between(start: Place, end: Place) -> Iterator[tuple[int, int]]:
    """Give the dots of a straight line, without gaps."""
    x0, y0 = round(start[0] * ACROSS), round(start[1] * DOWN)
    x1, y1 = round(end[0] * ACROSS), round(end[1] * DOWN)
    steps = max(abs(x1 - x0), abs(y1 - y0), 1)
    for step in range(steps + 1):
        yield x0 + round(step * (x1 - x0) / steps), y0 + round(step * (y1 - y0) / steps)


def coloured(picture: str, tints: Mapping[str, str], look: Look) -> str:
    """Give a picture as the screen takes it: on a terminal its signs stand in colours too."""
    if not look.colour:
        return picture
    from cli.show.tints import tinted

    return tinted(picture, tints, look)
