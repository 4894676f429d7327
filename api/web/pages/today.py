"""*To do today*: what waits for the one who signs in, most pressing first."""

from api.web.frame import Page, Shown, Visit


def _show(visit: Visit) -> Shown:
    return Shown("today.html", {"first": visit.say("To do today")})


PAGES = (Page(path="/", name="today", show=_show),)
