"""The board: the circle as columns, what stands in each, how long, and under which lights."""

from typing import Final

from api.web import picking
from api.web.frame import Page, Shown, Visit, link
from api.web.live import live
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.states import STATES
from cycle.reading.board import BY, board
from cycle.reading.board_rows import LIGHTS
from cycle.reading.shapes import Json

CARDS: Final = 5  # of a column, unless more are asked for
MOST: Final = 50
COLOURS: Final = ("green", "yellow", "red", "grey")
_NAMES: Final = {
    "state": N_("by state"),
    "stage": N_("by stage"),
    "department": N_("by department"),
    "field": N_("by field of action"),
    "prevention": N_("by prevention"),
    "target_group": N_("by target group"),
}


def _show(visit: Visit) -> Shown:
    by = visit.asked.get("by", "state")
    filters = picking.filters(visit)
    found = board(
        visit.reader, today=visit.day, filters=filters, by=by, limit=_limit(visit),
        sees_internal=visit.sight.internal,
    )  # fmt: skip
    return Shown("board/board.html", {
        "board": found, "by": by, "lights": LIGHTS, "colours": COLOURS, "live": live(visit),
        "filters": [_by(visit, by), *picking.offered(visit, _FILTERS)],
        "by_name": visit.say(_NAMES.get(by, by)), "named": lambda cell: _named(visit, cell["name"]),
        "row_name": lambda row: _row_name(visit, by, row),
        "more": lambda **asked: link("measures", **_kept(visit), **asked),
        "cards": _limit(visit), "most": MOST,
    })  # fmt: skip


_FILTERS: Final = ("cycle", "department", "field", "area", "prevention")


def _by(visit: Visit, by: str) -> picking.Filter:
    options = [(name, visit.say(_NAMES[name])) for name in BY]
    return picking.Filter("by", visit.say(N_("Arranged")), options, by, must=True)


def _named(visit: Visit, name: str) -> str:
    """Name a column: a state where it stands for one alone, else a stage."""
    final = {state.name for state in STATES if state.final}
    return words.name("state" if name in final else "stage", name, visit.lang)


def _row_name(visit: Visit, by: str, row: Json) -> str:
    if by in {"department", "field"}:
        return f"{row['name']} {row['label'] or ''}".strip()
    return words.name(by, row["name"], visit.lang) if by == "prevention" else str(row["name"])


def _limit(visit: Visit) -> int:
    asked = visit.asked.get("limit", "")
    known = asked.isascii() and asked.isdigit() and len(asked) <= len(str(MOST))
    return min(int(asked), MOST) if known else CARDS


def _kept(visit: Visit) -> dict[str, str]:
    """Give the filters of the page, for a list of the same measures."""
    return {name: visit.asked[name] for name in _FILTERS if name in visit.asked}


PAGES = (Page(path="/board", name="board", show=_show, title=N_("Board")),)
