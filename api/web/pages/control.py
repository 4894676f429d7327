"""Beschlusskontrolle: what was decided, who carries it out until when, and what never came back."""

from typing import Final

from api.web.frame import Page, Shown, Visit
from api.web.picking import Filter, offered
from cycle.i18n import N_
from cycle.reading import bodies, decisions
from cycle.reading import control as reading

_STANDS: Final = {
    reading.SETTLED_ONES: N_("settled"),
    reading.EVERY: N_("open and settled"),
}


def _show(visit: Visit) -> Shown:
    asked = visit.asked
    body = asked.get("body")
    rows = reading.listed(
        visit.reader, visit.sight, body=body, department=asked.get("department"),
        stands=asked.get("stands", reading.OPEN), most=reading.MOST + 1,
    )  # fmt: skip
    waiting = decisions.open_(
        visit.reader, today=visit.day, body=body, sees_internal=visit.sight.internal
    )
    return Shown("control/control.html", {
        "rows": rows[: reading.MOST], "cut": len(rows) > reading.MOST, "most": reading.MOST,
        "waiting": waiting[: reading.MOST], "left": max(len(waiting) - reading.MOST, 0),
        "filters": _filters(visit), "body": body,
    })  # fmt: skip


def _filters(visit: Visit) -> list[Filter]:
    asked = visit.asked
    found = bodies.listed(visit.reader, sees_internal=visit.sight.internal)
    stands = [(code, visit.say(says)) for code, says in _STANDS.items()]
    return [
        Filter("body", visit.say(N_("Body")), [(b.short_name, b.name) for b in found],
               asked.get("body", "")),
        *offered(visit, ("department",)),
        Filter("stands", visit.say(N_("State")), stands, asked.get("stands", "")),
    ]  # fmt: skip


PAGES = (Page(path="/control", name="control", show=_show, title=N_("Decision tracking")),)
