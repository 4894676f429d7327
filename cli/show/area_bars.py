"""An indicator in all areas as bars, the highest first, with the whole town as a line."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cli.show import tables
from cli.show.canvas import Canvas, coloured
from cli.show.scales import figure
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
NARROWEST: Final = 60  # a narrower screen gets the table
NAMES, _NOTES = 26, 26  # columns for the names of areas, and for what is said behind a bar
BAR, TOWN, HIDDEN = "█", "┊", "×"
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_PLAIN: Final = {BAR: "#", TOWN: "!", HIDDEN: "x"}
_TINTS: Final = {BAR: "here", TOWN: "odd", HIDDEN: "broken"}
COLUMNS: Final = "area name period_end value unit status"


def rows_of(found: Found) -> list[dict[str, Any]]:
    """Give the town and every area as rows."""
    unit = found["indicator"]["unit"]
    rows = [*([found["town"]] if found["town"] else []), *found["areas"]]
    return [{**row, "unit": unit} for row in rows]


def bars_text(desk: "Desk", found: Found) -> str:
    """Draw a bar for every area; a withheld value has none."""
    parts = ["\n".join(_heading(desk, found))]
    if not found["areas"]:
        parts.append(desk.look.spell(desk.say("No area has a value of its own.")))
        return "\n\n".join(parts)
    return "\n\n".join([*parts, _chart(desk, found)])


def _heading(desk: "Desk", found: Found) -> Iterator[str]:
    here, town, width = found["indicator"], found["town"], desk.look.width
    title = " ".join(here["name"].split())
    says = desk.say("{code} {title}, in {unit}, by area", code=here["code"], title=title,
                    unit=here["unit"])  # fmt: skip
    yield from tables.wrap(desk.look.spell(says), width)
    if here["polarity"] != "context":
        better = words.name("polarity", here["polarity"], desk.tongue.lang)
        yield desk.look.spell(f"{desk.say('Better when')}: {better}")
    if day := _usual(found):
        yield desk.look.spell(desk.say("Values of {day}", day=date.fromisoformat(day)))
    if town:
        sign = f"{_sign(desk, TOWN)} " if _compared(found) else ""
        says = f"{sign}{town['name']}: {_told(desk, found, town)}"
        yield from tables.wrap(desk.look.spell(says), width)


def _usual(found: Found) -> str | None:
    """Give the day of most values; only others are told beside them."""
    days = Counter(row["period_end"] for row in found["areas"])
    return days.most_common(1)[0][0] if days else None


def _compared(found: Found) -> bool:
    """Tell whether the town can be compared with its parts: a sum of them cannot."""
    town = found["town"]
    return bool(town) and town["value"] is not None and found["indicator"][
        "measure_type"] != "count"  # fmt: skip


def _told(desk: "Desk", found: Found, row: Found) -> str:
    """Write a value with all that is to be said of it."""
    told = _figure(desk, found, row)
    note = _note(desk, found, row)
    return f"{told} ({note})" if note else told


def _figure(desk: "Desk", found: Found, row: Found) -> str:
    if row["value"] is None:
        return _sign(desk, HIDDEN)
    return figure(desk, row["value"], found["indicator"]["unit"])


def _note(desk: "Desk", found: Found, row: Found) -> str:
    """Say why there is no value, how sure one is, or that it is of another day."""
    usual = row["value"] is not None and row["status"] in {"final", "revised", "nil"}
    parts = [] if usual else [words.name("value_status", row["status"], desk.tongue.lang)]
    if row["period_end"] != _usual(found):
        parts.append(desk.tongue.date(date.fromisoformat(row["period_end"])))
    return desk.look.spell(", ".join(parts))


def _sign(desk: "Desk", sign: str) -> str:
    return _PLAIN[sign] if desk.look.ascii else sign


def _name(desk: "Desk", row: Found) -> str:
    name = desk.look.spell(" ".join(row["name"].split()))
    room = NAMES - len(row["area"]) - 3
    dots = desk.look.spell("…")
    cut = name if len(name) <= room else f"{name[: room - len(dots)]}{dots}"
    return f"{cut} ({row['area']})"


def _chart(desk: "Desk", found: Found) -> str:
    rows: Sequence[Found] = found["areas"]
    names = [_name(desk, row) for row in rows]
    figures = [desk.look.spell(_figure(desk, found, row)) for row in rows]
    notes = [_note(desk, found, row) for row in rows]
    start = max(map(len, names)) + max(map(len, figures)) + 4
    behind = max(len(note) for note in notes)
    canvas = Canvas(desk.look.width, len(rows), ascii_=desk.look.ascii)
    compared = [float(found["town"]["value"])] if _compared(found) else []
    values = [float(row["value"]) for row in rows if row["value"] is not None]
    low, high = min([0.0, *values, *compared]), max([0.0, *values, *compared])
    per = (desk.look.width - start - min(behind + 2, _NOTES)) / ((high - low) or 1)
    zero = start - low * per
    for value in compared:
        canvas.down(round(zero + value * per), 0, len(rows) - 1, _sign(desk, TOWN))
    for y, row in enumerate(rows):
        canvas.put(0, y, names[y])
        canvas.put(start - 2 - len(figures[y]), y, figures[y])
        end = _bar(canvas, y, zero, zero + float(row["value"] or 0) * per)
        for value in compared:
            canvas.put(round(zero + value * per), y, _sign(desk, TOWN))
        canvas.put(end + 1 if notes[y] and row["value"] is not None else start, y, notes[y])
    return coloured(canvas.text(), _TINTS, desk.look)


def _bar(canvas: Canvas, y: int, zero: float, end: float) -> int:
    """Draw from zero to a value, to the eighth of a cell; give the cell behind it."""
    if canvas.ascii or end < zero:
        low, high = sorted((round(zero), round(end)))
        canvas.put(low, y, (_PLAIN[BAR] if canvas.ascii else BAR) * (high - low))
        return high
    whole, eighth = divmod(round((end - zero) * 8), 8)
    canvas.put(round(zero), y, BAR * whole + _EIGHTHS[eighth].strip())
    return round(zero) + whole + 1
