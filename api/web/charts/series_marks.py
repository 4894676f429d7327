"""The signs of a chart over time: one shape for each kind of value, told apart without colour."""

from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from api.web.charts.drawing import path, tag

Shape = Callable[[float, float], Markup]


def dot(x: float, y: float) -> Markup:
    """A value that is final."""
    return tag("circle", cx=x, cy=y, r=4.5, class_="chart__dot")


def ring(x: float, y: float) -> Markup:
    """A value that may still change."""
    return tag("circle", cx=x, cy=y, r=4.5, class_="chart__ring")


def diamond(x: float, y: float) -> Markup:
    """A value that was estimated."""
    way = path((x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y), closed=True)
    return tag("path", d=way, class_="chart__ring")


def square(x: float, y: float) -> Markup:
    """A value of few cases, which is unsure."""
    return tag("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, class_="chart__ring")


def target(x: float, y: float) -> Markup:
    """What is to be reached."""
    return Markup("").join(
        (
            tag("circle", cx=x, cy=y, r=7, class_="chart__aim"),
            tag("circle", cx=x, cy=y, r=2.5, class_="chart__aim-middle"),
        )
    )


def baseline(x: float, y: float) -> Markup:
    """Where the way to a target begins."""
    return tag("rect", x=x - 7, y=y - 7, width=14, height=14, class_="chart__aim")


def cross(x: float, y: float) -> Markup:
    """A value that is withheld."""
    down, up = path((x - 5, y - 5), (x + 5, y + 5)), path((x - 5, y + 5), (x + 5, y - 5))
    return tag("path", d=down + up, class_="chart__hidden")


def slash(x: float, y: float) -> Markup:
    """A value too unsure to be told."""
    return tag("path", d=path((x - 4, y + 6), (x + 4, y - 6)), class_="chart__hidden")


def dots(x: float, y: float) -> Markup:
    """A value that is still to come."""
    return tag("path", d="".join(path((x + at - 1, y), (x + at + 1, y)) for at in (-5, 0, 5)),
               class_="chart__hidden")  # fmt: skip


def dash(x: float, y: float) -> Markup:
    """A value that cannot be."""
    return tag("path", d=path((x - 5, y), (x + 5, y)), class_="chart__hidden")


def torn(x: float, y: float) -> Markup:
    """Where a series breaks, on the axis."""
    return tag(
        "path",
        d=path((x - 6, y + 7), (x - 1, y - 7)) + path((x + 1, y + 7), (x + 6, y - 7)),
        class_="chart__break-mark",
    )


HIDDEN: Final[dict[str, Shape]] = {
    "confidential_or_unknown": cross, "unreliable": slash, "pending": dots, "not_applicable": dash,
}  # fmt: skip
UNSURE: Final[dict[str, Shape]] = {
    "provisional": ring, "estimated": diamond, "interpolated": diamond, "uncertain": square,
}  # fmt: skip
