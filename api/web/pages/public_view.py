"""Opening the public view: one account proposes, one of the other role confirms, either shuts."""

from typing import Any, Final

from api.web.forms import Field, Form
from api.web.frame import Gone, Page, Shown, Visit
from cycle.i18n import N_
from cycle.model.words import OPENERS
from cycle.reading import public_view as reading
from cycle.usecases import public_view

HERE: Final = "/public-view"
_SAYS: Final = {
    "propose": N_("It is proposed. Now somebody of the other role has to confirm it."),
    "confirm": N_("The public view is open."),
    "close": N_("The public view is shut."),
}


def _show(visit: Visit) -> Shown:
    found = reading.state(visit.reader)
    return Shown("public/view.html", {
        "found": found, "confirms": bool(found.waits_for and visit.may(found.waits_for)),
    })  # fmt: skip


def _form(visit: Visit) -> Form:
    return Form(
        title=visit.say(N_("Public view")),
        button=visit.say(N_("Shut it now")),
        fields=(
            Field(name="reason", label=visit.say(N_("Why is it shut?")),
                  hint=visit.say(N_("It stands in the journal, not on a public page."))),
        ),
    )  # fmt: skip


def _act(visit: Visit, said: dict[str, Any]) -> Gone:
    deed = visit.one("deed")
    if deed == "propose":
        public_view.propose_open(visit.unit)
    elif deed == "confirm":
        public_view.confirm_open(visit.unit)
    elif deed == "close":
        public_view.close(visit.unit, reason=said["reason"])
    return Gone(HERE, _SAYS.get(deed, ""))


PAGES = (
    Page(path=HERE, name="public_view", rights=frozenset(OPENERS), show=_show, form=_form,
         act=_act, title=N_("Public view")),
)  # fmt: skip
