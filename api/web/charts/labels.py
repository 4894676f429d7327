"""Words in a picture: how wide they are, and where they stand without touching one another."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SIZE: Final = 15.0  # units of a letter's height; near pixels in both layouts
LEADING: Final = 1.25
_ASCENT, _DESCENT = 0.86, 0.26  # of the size: what stands above and below the line
_MARGIN: Final = 1.06  # fonts differ, and some readers have none of ours
# hundredths of the size, of Fira Sans; each letter goes by the widest of its row
_WIDTHS: Final = {
    30: " ,.:;'!ijlI·¡",
    34: "()[]{}Jf\u2039\u203a",
    42: 'tr"-|`²³¹“”„\u2010\u2011',
    49: "zscx*17?",
    54: "avyegkL+23<=>F−#/\\_–×÷TZ469^",
    58: "058bdhnopquSXYEACPVABäöüéèêáàóòôúùûçñß€",
    62: "RÄPBKÀÁÂ",
    67: "DGHUNÜ~ÙÚÛ",
    72: "OQwÖ",
    88: "mM%W&—…",
    98: "@ÆæŒœ¼½¾",
}
_NARROWEST_UNKNOWN: Final = 0.75
_WHOLE: Final = 1.25  # signs of East Asia, pictures
_KNOWN: Final = {letter: each / 100 for each, row in _WIDTHS.items() for letter in row}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def meets(self, other: "Box") -> bool:
        """Tell whether the two share some room."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Tell whether the other one lies within."""
        return (
            self.x <= other.x
            and other.right <= self.right
            and self.y <= other.y
            and other.bottom <= self.bottom
        )


Spot = tuple[float, float, str]  # x, y of the line, anchor: start, middle, end


@dataclass(frozen=True, slots=True)
class Wish:
    """Words that want a place: shorter ones where there is no room, places by preference."""

    says: tuple[str | tuple[str, ...], ...]
    spots: tuple[Spot, ...]
    kind: str = "chart__word"
    size: float = SIZE
    within: tuple[Box, ...] = ()  # if given, it must lie in one of these


@dataclass(frozen=True, slots=True)
class Placed:
    """Words that have a place."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    kind: str
    size: float
    box: Box

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * LEADING


def width_of(text: str, size: float = SIZE) -> float:
    """Give at most how wide a text is in this size."""
    return sum(_letter(letter) for letter in text) * size * _MARGIN


def _letter(letter: str) -> float:
    known = _KNOWN.get(letter)
    if known is not None:
        return known
    wide = unicodedata.east_asian_width(letter) in "WF" or unicodedata.category(letter) == "So"
    return _WHOLE if wide or ord(letter) > 0x3000 else _NARROWEST_UNKNOWN  # noqa: PLR2004 - from there on signs are square


def box_of(lines: Sequence[str], spot: Spot, size: float = SIZE) -> Box:
    """Give the room lines of text take, the first of them on the line of the spot."""
    x, y, anchor = spot
    width = max((width_of(line, size) for line in lines), default=0)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    height = (_ASCENT + _DESCENT) * size + (len(lines) - 1) * size * LEADING
    return Box(left, y - _ASCENT * size, width, height)


def settle(wish: Wish, room: Box, taken: Sequence[Box], crowd: Sequence[Box] = ()) -> Placed | None:
    """Find the first wording that has a free place, there the one that hides least."""
    for says in wish.says:
        lines = (says,) if isinstance(says, str) else says
        found = []
        for rank, spot in enumerate(wish.spots):
            box = box_of(lines, spot, wish.size)
            if _free(box, room, taken) and _inside(box, wish.within):
                hidden = sum(box.meets(each) for each in crowd)
                found.append((hidden, rank, spot, box))
                if not hidden:
                    break
        if found:
            _, _, (x, y, anchor), box = min(found, key=lambda each: each[:2])
            return Placed(lines, x, y, anchor, wish.kind, wish.size, box)
    return None


def _free(box: Box, room: Box, taken: Sequence[Box]) -> bool:
    return room.holds(box) and not any(box.meets(each) for each in taken)


def _inside(box: Box, within: Sequence[Box]) -> bool:
    return not within or any(each.holds(box) for each in within)


def fitted(text: str, width: float, size: float = SIZE) -> str:
    """Shorten a text to a width, at a word where that keeps most of it; nothing if none fits."""
    if width_of(text, size) <= width:
        return text
    room = width - width_of("…", size)
    count = 0
    for letter in text:
        room -= width_of(letter, size)
        if room < 0:
            break
        count += 1
    kept = text[:count].rstrip()
    at = kept.rfind(" ")
    if at > len(kept) * 2 // 3 and text[count : count + 1].strip():
        kept = kept[:at].rstrip()
    return f"{kept}…" if kept else ""


def folded(text: str, width: float, most: int, size: float = SIZE) -> tuple[str, ...]:
    """Break a text into lines of a width, the last of them shortened where it is too much."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(fitted(" ".join(words), width, size))
            break
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(fitted(line, width, size))
    return tuple(lines)


def near(x: float, y: float, gap: float = 9, size: float = SIZE) -> tuple[Spot, ...]:
    """Give the places around a mark: above, below, beside it."""
    above, below, level = y - gap, y + gap + size * 0.72, y + size * 0.36
    return (
        (x, above, "middle"),
        (x, below, "middle"),
        (x + gap, level, "start"),
        (x - gap, level, "end"),
        (x + gap / 2, above, "start"),
        (x - gap / 2, above, "end"),
        (x + gap / 2, below, "start"),
        (x - gap / 2, below, "end"),
    )
