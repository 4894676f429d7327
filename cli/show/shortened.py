"""Walls of keys made short: the first ones, and how many more there are."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cli.desk import Desk

FEW: Final = 3
_KEY: Final = r"[A-Z]-\d{4}(?:-\d+)?"
_WALL: Final = re.compile(rf"{_KEY}(?:, {_KEY}){{{FEW + 1},}}")


def few(desk: "Desk", keys: Sequence[str]) -> str:
    """Write the first of many keys; one more than few is told, as it takes no more room."""
    if len(keys) <= FEW + 1:
        return ", ".join(keys)
    rest = desk.tongue.plural("and {n} more", "and {n} more", len(keys) - FEW)
    return f"{', '.join(keys[:FEW])}, … {rest}"


def walls(desk: "Desk", text: str) -> str:
    """Shorten every long list of keys within a sentence."""
    return _WALL.sub(lambda found: few(desk, found[0].split(", ")), text)
