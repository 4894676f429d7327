"""What has changed since a page was shown: a small piece of it, asked for every few seconds."""

from typing import Final

from starlette.responses import Response

from api.web.frame import ANYONE, Page, Shown, Visit
from api.web.pages.sign_in import inside
from cycle.errors import Invalid
from cycle.reading.changes import LOOK, changes
from cycle.reading.journal import head

MOST: Final = 18  # digits of a number of the journal


def _show(visit: Visit) -> Shown | Response:
    at, asked = inside(visit.asked.get("at", "/")), visit.asked.get("after", "")
    if not visit.session:
        return Shown("live/over.html", {"at": at, "signed_out": True})
    if not (asked.isascii() and asked.isdigit() and len(asked) <= MOST):
        return Shown("live/over.html", {"at": at, "signed_out": False})
    after = int(asked)
    if head(visit.reader) == after:
        return Response(status_code=204)
    try:
        found = changes(visit.reader, visit.sight, after=after, limit=LOOK)
    except Invalid:  # another store stands here now, or one that was set back
        return Shown("live/over.html", {"at": at, "signed_out": False})
    return Shown("live/news.html", {
        "count": len(found.rows) + _before(visit), "fresh": bool(found.rows),
        "until": found.until, "at": at,
    })  # fmt: skip


def _before(visit: Visit) -> int:
    """Give how many changes were told before, where the address says so."""
    told = visit.asked.get("told", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= MOST else 0


PAGES = (Page(path="/live", name="live", rights=ANYONE, show=_show),)
