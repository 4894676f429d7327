"""Papers of the council: the bodies they passed, and what is tied to them."""

from typing import Final

from api.web.frame import Page, Shown, Visit
from api.web.picking import Filter
from cycle.i18n import N_
from cycle.reading import bodies, trace
from cycle.reading import papers as reading
from cycle.reading.pages import Page as Part

EACH: Final = 100  # papers on one page


def _list(visit: Visit) -> Shown:
    asked = visit.asked
    found = bodies.listed(visit.reader, sees_internal=visit.sight.internal)
    rows = reading.listed(
        visit.reader, body=asked.get("body"), sees_internal=visit.sight.internal,
        page=Part(asked.get("after"), EACH + 1),
    )  # fmt: skip
    names = [(b.short_name, b.name) for b in found]
    return Shown("papers/list.html", {
        "rows": rows[:EACH], "more": rows[EACH - 1].ref if len(rows) > EACH else "",
        "filters": [Filter("body", visit.say(N_("Body")), names, asked.get("body", ""))],
    })  # fmt: skip


def _one(visit: Visit) -> Shown:
    found = trace.trace(
        visit.reader, visit.key, sees_internal=visit.sight.internal, sight=visit.sight
    )
    return Shown("papers/one.html", {"paper": found["paper"], "rows": found.get("findings", ())})


PAGES = (
    Page(path="/papers", name="papers", show=_list, title=N_("Papers")),
    Page(path="/papers/{key}", name="paper", noun="paper", show=_one),
)
