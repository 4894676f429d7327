"""The own account: its password, whom it may act for, and who may act for it."""

from starlette.responses import RedirectResponse, Response

from api.web.forms import Field, Form, invalid
from api.web.frame import Page, Shown, Visit
from api.web.pages.sign_in import entered
from api.web.shown import failed
from cycle import clock
from cycle.errors import Fault, KreislaufError
from cycle.i18n import N_
from cycle.reading import accounts, deputies
from cycle.usecases import passwords, signing_in

HINT = N_("At least 12 characters; several words are easy to remember.")


def _show(visit: Visit) -> Shown:
    row = accounts.actor(visit.reader, visit.who.account)
    found = deputies.listed(visit.reader, own=visit.who.account)
    now = [d for d in found if d.ended_on is None and d.from_day <= visit.today <= d.to_day]
    return Shown(
        "account.html",
        {
            "account": row,
            "acts_for": [d for d in now if d.account == visit.who.account],
            "stands_in": [d for d in now if d.for_account == visit.who.account],
            "has_password": not visit.who.vouched,
        },
    )


def _password_form(visit: Visit) -> Form:
    return Form(
        title=visit.say(N_("Change your password")),
        button=visit.say(N_("Change the password")),
        back="/account",
        fields=(
            Field(name="old", label=visit.say(N_("Old password")), kind="secret", required=True,
                  autocomplete="current-password"),
            Field(name="password", label=visit.say(N_("New password")), kind="secret",
                  required=True, autocomplete="new-password",
                  hint=visit.say(HINT)),
            Field(name="again", label=visit.say(N_("New password once more")), kind="secret",
                  required=True, autocomplete="new-password"),
        ),
    )  # fmt: skip


def _change_password(visit: Visit) -> Response:
    form = _password_form(visit)
    said = form.words(visit.typed or {}, visit.tongue)
    if said["password"] != said["again"]:
        raise invalid([Fault("again", "differs", N_("Both new passwords must be the same."))])
    name = visit.who.account
    with signing_in.tried(visit.house.store, name, now=clock.now()):
        visit.perform(
            lambda unit: passwords.set_password(unit, name, said["password"], old=said["old"]),
            again=True,
        )
    token = signing_in.begin_again(visit.house.store, name)
    return entered(visit, token, "/account")


def _change_places(visit: Visit) -> Response:
    if visit.session is None:
        return RedirectResponse("/sign-in", 303)
    other = visit.one("for") or None
    day = visit.house.settings.today
    try:
        token = signing_in.change_places(visit.house.store, visit.session, other, day=day)
    except KreislaufError as error:  # behind this address is no page that could say it
        return failed(visit.request, error)
    return entered(visit, token, "/")


def _back(_visit: Visit) -> Response:
    return RedirectResponse("/account", 303)


PAGES = (
    Page(path="/account", name="account", show=_show),
    Page(path="/account/password", name="password", form=_password_form, whole=_change_password),
    Page(
        path="/account/acting",
        name="acting",
        whole=_change_places,
        show=_back,
    ),
)
