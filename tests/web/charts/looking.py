"""Looks at a chart as it was drawn: its words with the room they take, all of its text."""

from itertools import combinations
from xml.etree.ElementTree import Element, fromstring

from api.web.charts.drawing import Drawn
from api.web.charts.labels import SIZE, Box, box_of

SVG = "{http://www.w3.org/2000/svg}"


def pictures(drawn: Drawn) -> list[Element]:
    """Give the layouts of a chart, read as strict XML."""
    root = fromstring(f"<all>{drawn.svg}</all>")  # noqa: S314 - drawn by ourselves
    return [each for each in root if each.get("role") == "img"]


def words(picture: Element) -> list[tuple[str, Box]]:
    """Give every text of a picture and the room it takes at most."""
    return [("".join(each.itertext()), _box(each)) for each in picture.iter(f"{SVG}text")]


def everything(drawn: Drawn) -> str:
    """Give all that anybody could read of a chart."""
    parts = [drawn.svg, drawn.summary, drawn.table.caption, *drawn.notes]
    parts += [cell for row in drawn.table.rows for cell in row]
    parts += [f"{sign} {word}" for sign, word in drawn.legend]
    return "\n".join(parts)


def faults(drawn: Drawn) -> list[str]:
    """Give what is wrong with how the words of a chart stand."""
    found = []
    for picture in pictures(drawn):
        _, _, width, height = (float(each) for each in picture.get("viewBox", "").split())
        room = Box(0, 0, width, height)
        there = words(picture)
        found += [f"{text!r} sticks out" for text, box in there if not _roughly(room, box)]
        found += [
            f"{one!r} meets {two!r}"
            for (one, a), (two, b) in combinations(there, 2)
            if _less(a).meets(_less(b))
        ]
    return found


def _box(text: Element) -> Box:
    spot = (float(text.get("x", 0)), float(text.get("y", 0)), text.get("text-anchor", "start"))
    size = float(text.get("font-size", SIZE))
    return box_of(("".join(text.itertext()),), spot, size)


def _roughly(room: Box, box: Box) -> bool:
    return Box(room.x - 0.2, room.y - 0.2, room.width + 0.4, room.height + 0.4).holds(box)


def _less(box: Box) -> Box:
    """Take off what rounding may add; lines of one label stand a quarter closer than boxes."""
    return Box(box.x + 0.2, box.y + 1.5, box.width - 0.4, box.height - 3)
