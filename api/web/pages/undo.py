"""To take back one's own last deed of today."""

from typing import Any

from api.web.forms import Form
from api.web.frame import Gone, Page, Shown, Visit
from cycle.i18n import N_
from cycle.reading.deeds import last_of
from cycle.usecases import undo


def _form(visit: Visit) -> Form:
    return Form(
        title=visit.say(N_("Take back my last step")),
        button=visit.say(N_("Take it back")),
    )


def _show(visit: Visit) -> Shown:
    return Shown("undo.html", {"deed": last_of(visit.at(), visit.who.account)})


def _act(visit: Visit, _said: dict[str, Any]) -> Gone:
    found = undo.take_back(visit.unit)
    return Gone("/", N_("Taken back: what you did last to {key}."), {"key": found.told[-1].key})


PAGES = (Page(path="/undo", name="undo", form=_form, show=_show, act=_act),)
