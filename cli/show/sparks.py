"""Figures as small columns on one line; the figures themselves stand beside them."""

from collections.abc import Sequence
from typing import Final

COLUMNS: Final = "▁▂▃▄▅▆▇█"
NONE: Final = "·"


def spark(figures: Sequence[float | None], *, from_zero: bool = False) -> str:
    """Draw a column for each figure, from the smallest or from zero; a dot where there is none."""
    known = [each for each in figures if each is not None]
    low = 0 if from_zero else min(known, default=0)
    reach = max(known, default=0) - low
    return "".join(NONE if each is None else _column(each - low, reach) for each in figures)


def _column(above: float, reach: float) -> str:
    most = len(COLUMNS) - 1
    return COLUMNS[round(above * most / reach) if reach > 0 else 0]
