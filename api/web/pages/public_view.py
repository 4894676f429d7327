"""Opening the public view: one account proposes, one of the other role confirms, either shuts."""

from collections.abc import Callable
from typing import Any, Final

from api.web.forms import Field, Form
from api.web.frame import Gone, Page, Shown, Visit
from cycle.i18n import N_
from cycle.model.words import OPENERS
from cycle.reading import public_view as reading
from cycle.store.unit import Unit
from cycle.usecases import public_view

HERE: Final = "/public-view"
_DEEDS: Final[dict[str, tuple[Callable[[Unit], object], str]]] = {
    "propose": (public_view.propose_open,
                N_("It is proposed. Now somebody of the other role has to confirm it.")),
    "confirm": (public_view.confirm_open, N_("The public view is open.")),
}  # fmt: skip
CLOSED: Final = N_("The public view is shut.")


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
    deed, says = _DEEDS.get(visit.one("deed"), (None, CLOSED))
    if deed:
        deed(visit.unit)
    else:
        public_view.close(visit.unit, reason=said["reason"])
    return Gone(HERE, says)


PAGES = (
    Page(path=HERE, name="public_view", rights=frozenset(OPENERS), show=_show, form=_form,
         act=_act, title=N_("Public view")),
)  # fmt: skip
