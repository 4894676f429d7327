"""The months ahead as a calendar with marked days, and what they hold beneath."""

from calendar import monthcalendar
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from cli.show.canvas import Canvas, coloured
from cycle.i18n import N_

if TYPE_CHECKING:
    from cli.desk import Desk

Row = Any  # of cycle.reading.deadlines
NARROWEST: Final = 60  # a narrower screen gets the table
BLOCK, GAP = 21, 4  # columns of a month, and between two
WEEKS: Final = 6
DUE, SITTING, TODAY = "●", "◆", "◄"
_PLAIN: Final = {DUE: "*", SITTING: "#", TODAY: "<"}
_TINTS: Final = {DUE: "here", SITTING: "odd"}
MOST: Final = 40  # lines of the list
KEY: Final = 12
COLUMNS: Final = "on what key department title"
DAYS: Final = N_("Mo Tu We Th Fr Sa Su")
MONTHS: Final = N_(
    "January February March April May June July August September October November December"
)
_WHAT: Final = {
    "O1": N_("answer to the finding"), "O2": N_("report to be presented"),
    "O3": N_("goal to be complete"), "O4": N_("decision expected"), "O5": N_("review"),
    "O6": N_("planned start"), "O7": N_("evaluation due"), "O8": N_("progress report due"),
    "O9": N_("milestone {about}"), "O10": N_("planned end"), "O11": N_("{about}"),
    "O12": N_("follow-up to be decided"), "O13": N_("answer to the recommendation"),
    "O14": N_("new value due"), "O15": N_("grant ends"), "O16": N_("review"),
    "O17": N_("end of the stage"), "O18": N_("confirm the commitment of {about}"),
    "O19": N_("next round or report"),
}  # fmt: skip


def calendar_text(desk: "Desk", found: Sequence[Row], today: date, last: date) -> str:
    """Draw the months, side by side as far as there is room, and list what they hold."""
    spell = desk.look.spell
    heading = spell(desk.say("{weekday} {day}: what falls due until {last}",
                             weekday=_weekday(desk, today), day=today, last=last))  # fmt: skip
    marks = {row.on: DUE for row in found}
    marks |= {row.on: SITTING for row in found if row.kind == "sitting"}
    months = _grids(desk, {today: TODAY} | marks, today, last)
    signs = [(DUE, desk.say("something is due")), (SITTING, desk.say("a body sits")),
             (TODAY, desk.say("today"))]  # fmt: skip
    legend = spell(" · ".join(f"{_sign(desk, sign)} {word}" for sign, word in signs))
    listed = _listed(desk, found) or [spell(desk.say("Nothing falls due."))]
    body = coloured("\n".join([months, "", legend, *listed]), _TINTS, desk.look)
    return f"{heading}\n\n{body}"


def named(desk: "Desk", row: Row) -> dict[str, Any]:
    """Give a row as people read it."""
    told = {"on": row.on.isoformat(), "key": row.key, "department": row.department}
    return {**told, "what": _what(desk, row), "title": row.title}


def _sign(desk: "Desk", sign: str) -> str:
    return _PLAIN[sign] if desk.look.ascii else sign


def _weekday(desk: "Desk", day: date) -> str:
    return desk.say(DAYS).split()[day.weekday()]


def _grids(desk: "Desk", marks: dict[date, str], today: date, last: date) -> str:
    count = (last.year - today.year) * 12 + last.month - today.month + 1
    across = min(count, max(1, (desk.look.width + GAP) // (BLOCK + GAP)))
    bands = []
    for start in range(0, count, across):
        canvas = Canvas(desk.look.width, WEEKS + 2, ascii_=desk.look.ascii)
        for i in range(start, min(start + across, count)):
            year, month = divmod(today.year * 12 + today.month - 1 + i, 12)
            x = (i - start) * (BLOCK + GAP)
            _grid(desk, canvas, x, date(year, month + 1, 1), marks)
        bands.append(canvas.text().rstrip("\n"))
    return "\n\n".join(bands)


def _grid(desk: "Desk", canvas: Canvas, x: int, first: date, marks: dict[date, str]) -> None:
    """Draw a month, a week in a row; a marked day carries its sign behind it."""
    name = desk.look.spell(f"{desk.say(MONTHS).split()[first.month - 1]} {first.year}")
    canvas.put(x, 0, f"{name:^{BLOCK - 1}}".rstrip())
    canvas.put(x, 1, " ".join(desk.say(DAYS).split()))
    for row, week in enumerate(monthcalendar(first.year, first.month), start=2):
        for column, day in enumerate(week):
            if day:
                mark = marks.get(first.replace(day=day), "")
                canvas.put(x + 3 * column, row, f"{day:>2}{_sign(desk, mark) if mark else ''}")


def _listed(desk: "Desk", found: Sequence[Row]) -> list[str]:
    lines: list[str] = []
    for on, rows in groupby(found, key=lambda row: row.on):
        day = desk.look.spell(f"{_weekday(desk, on)} {desk.tongue.date(on)}")
        lines += ["", day, *_of_day(desk, list(rows))]
    if len(lines) <= MOST:
        return lines
    shown = lines[:MOST]
    while not shown[-1].startswith("  "):  # no day stands without what it holds
        shown.pop()
    rest = sum(1 for line in lines[len(shown) :] if line.startswith("  "))
    more = desk.say("and {n} more: `cycle calendar --format table`", n=rest)
    return [*shown, desk.look.spell(more)]


def _of_day(desk: "Desk", rows: Sequence[Row]) -> Iterator[str]:
    """Write a line for every thing; what one record has several of is counted."""
    for _, own in groupby(sorted(rows, key=_alike), key=_alike):
        some = list(own)
        sign = _sign(desk, SITTING if some[0].kind == "sitting" else DUE)
        what = _what(desk, some[0])
        if len(some) > 1:
            what = f"{len(some)} × {what.split(' (')[0]}"
        yield from _line(desk, sign, some[0], what)


def _alike(row: Row) -> tuple[str, str, str, str]:
    return row.kind, row.key, row.rule or "", row.about.split(" (")[0]


def _what(desk: "Desk", row: Row) -> str:
    if row.kind == "sitting":
        return desk.tongue.plural(
            "sitting, {n} paper on the agenda", "sitting, {n} papers on the agenda", row.count
        )
    if row.kind == "progress_request":
        return desk.tongue.plural(
            "progress asked, {n} measure open", "progress asked, {n} measures open", row.count
        )
    return desk.say(_WHAT[row.rule], about=row.about)


def _line(desk: "Desk", sign: str, row: Row, what: str) -> Iterator[str]:
    """Write one thing in one line; its title is cut where there is no room."""
    title = " ".join(row.title.split())
    unit = f" ({row.department})" if row.department and row.kind == "deadline" else ""
    told = desk.look.spell(f"{' '.join(what.split())}{unit}: {title}")
    key = desk.look.spell(row.key)
    room = desk.look.width - 4 - max(KEY, len(key) + 1)
    dots = desk.look.spell("…")
    cut = told if len(told) <= room else f"{told[: room - len(dots)].rstrip()}{dots}"
    yield f"  {sign} {key:<{KEY}}{'' if len(key) < KEY else ' '}{cut}"
