"""How a page is written down, and the one way in which every page is answered.

A page names its address, who may see it, what it shows and what sending its form does. A call is
answered in this order: who is it (sign in first), does the form come from our own page, may such
an account see this, can what was typed be read, is it the version that was seen; then the use case
in one transaction, and the browser is sent on to what came of it. Whatever is wrong, the page comes
back with everything that was typed and a sentence beside the field.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from api.desk import Call, House
from api.web.forms import Form, Typed
from cycle.errors import Conflict, Forbidden, Invalid, KreislaufError, NotFound
from cycle.i18n import N_
from cycle.machine.roles import ROLES
from cycle.reading.door import Reader
from cycle.reading.sessions import Session
from cycle.reading.shapes import Json
from cycle.store.answers import Answer, claim, keep
from cycle.store.unit import Unit
from cycle.usecases import lookup

EVERYONE: Final = ROLES  # whoever has an account here
ANYONE: Final = frozenset({"anyone"})  # no account is asked for
INSIDE: Final = ROLES - {"reader", "evaluator"}  # who works with the store
OWN: Final = frozenset({"_csrf", "_once", "_version", "_kept", "_to"})  # fields of the frame
SECRETS: Final = frozenset({"old", "password", "again"})  # fields of passwords
_FINDER: Final = {"round": "cycle"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: a template and what fills it."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gone:
    """Where the browser goes after a deed, and what is said there, once."""

    to: str
    says: str = ""  # template
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Visit(Call):
    """One call of a page: a call with what was typed and who is signed in."""

    session: Session | None = None
    page: Any = None
    typed: Typed | None = None  # what was sent; None while nothing was
    files: Mapping[str, "Upload"] = field(default_factory=dict)
    form: Form | None = None
    error: KreislaufError | None = None  # why it was not done
    stale: bool = False  # somebody else saved meanwhile
    notice: str = ""  # said above the page
    cookies: list[tuple[str, str, int]] = field(default_factory=list)  # name, value, seconds

    @property
    def asked(self) -> dict[str, str]:
        """Give what stands behind the question mark, the last of each word."""
        return {name: value for name, value in self.request.query_params.items() if value}

    @property
    def here(self) -> str:
        """Give the address of this page, as its form is sent to it."""
        query = self.request.url.query
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    @property
    def for_unit(self) -> str | None:
        """Tell for which department the form is sent (im Auftrag)."""
        return self.one("_for") or None

    @property
    def shown_again(self) -> dict[str, Sequence[str]]:
        """Give what was typed and may stand in a page again: no password ever does."""
        return {n: v for n, v in (self.typed or {}).items() if n not in SECRETS}

    @property
    def blank(self) -> bool:
        """Tell whether a form was sent with no answer where none is stored either."""
        return bool(self.form and self.form.blank(self.typed or {}, self.tongue))

    def may(self, *roles: str) -> bool:
        """Tell whether the account holds one of these roles."""
        return bool(self.who.roles & frozenset(roles))

    def one(self, name: str) -> str:
        """Give the last text typed under a name, or nothing."""
        found = (self.typed or {}).get(name, ())
        return found[-1].replace("\0", "\ufffd") if found else ""  # a sign no store takes

    def say(self, template: str, /, **values: object) -> str:
        """Say a sentence in the reader's language."""
        return self.tongue.say(template, **values)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address: what it shows, and what sending its form does."""

    path: str
    name: str
    rights: frozenset[str] = EVERYONE
    show: Callable[[Visit], Shown | Response] | None = None  # else the form alone
    form: Callable[[Visit], Form] | None = None
    act: Callable[[Visit, dict[str, Any]], Gone] | None = None  # (visit, words) in a transaction
    whole: Callable[[Visit], Gone | Shown | Response] | None = None  # sends without a unit
    noun: str = ""  # of the record behind {key}: it must be in sight
    files: bool = False
    title: str = ""  # template, for lists of pages
    narrowed: Callable[[Mapping[str, str]], Collection[str]] | None = None  # rights, by its path

    def roles(self, path: Mapping[str, str]) -> Collection[str]:
        """Give the roles to whom it is open where these words stand in its address."""
        return self.narrowed(path) if self.narrowed else self.rights


def link(*parts: str, **asked: object) -> str:
    """Write an address of ours: parts of a path, `/` in a key as `~`, and what is asked."""
    path = "/" + "/".join(quote(part.replace("/", "~"), safe="~") for part in parts)
    told = {name: value for name, value in asked.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(told)}" if told else path


def prepared(page: Page, visit: Visit, reader: Reader) -> None:
    """Make ready what the page works with: the record in sight, and the form as it is now."""
    visit.reader = reader
    if page.noun:
        visit.find(page.noun)
    if page.form:
        visit.form = page.form(visit)


def shown(page: Page, visit: Visit) -> Shown | Response:
    """Give what the page shows now."""
    return page.show(visit) if page.show else Shown("form.html")


def done(page: Page, visit: Visit) -> Gone | Shown | Response:
    """Do what the form asks for, in one transaction; sent twice, it is done once."""
    if page.whole:
        return page.whole(visit)
    words = visit.form.words(visit.typed or {}, visit.tongue) if visit.form else {}
    key = f"page-{once}" if (once := visit.one("_once")) else None
    told = _fingerprint(visit)
    visit.reader = None

    def deed(unit: Unit) -> Gone:
        visit.unit = unit
        known = claim(unit, key, told) if key else None
        if known:
            return _again(known)
        _insist_on_version(page, visit, unit)
        gone = page.act(visit, words) if page.act else Gone(visit.here)
        if key:
            keep(unit, key, _kept(gone))
        return gone

    with visit.house.alone(visit.who.account, key):
        return visit.perform(deed, again=not visit.one("_version"))


def _insist_on_version(page: Page, visit: Visit, unit: Unit) -> None:
    seen = visit.one("_version")
    if not page.noun or not seen:
        return
    record = getattr(lookup, _FINDER.get(page.noun, page.noun))(unit, visit.find(page.noun))
    if str(record.version) != seen:
        raise Conflict(
            N_("Somebody else has saved this meanwhile."),
            fix=N_("Look at both versions below, and save again what is to stand."),
        )


def _fingerprint(visit: Visit) -> str:
    came = {name: list(values) for name, values in (visit.typed or {}).items() if name not in OWN}
    text = json.dumps([visit.request.url.path, came], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _kept(gone: Gone) -> Answer:
    values = {name: str(value) for name, value in gone.values.items()}
    return Answer(303, {"Location": gone.to, "Says": gone.says}, json.dumps(values))


def _again(known: Answer) -> Gone:
    found = known.headers
    return Gone(found.get("Location", "/"), found.get("Says", ""), json.loads(known.body or "{}"))


def refused_as_form(error: KreislaufError) -> int:
    """Give the status of a page that comes back because of this."""
    kinds: tuple[tuple[type[KreislaufError], int], ...] = (
        (Invalid, 422), (NotFound, 404), (Forbidden, 403), (Conflict, 409),
    )  # fmt: skip
    return next((status for kind, status in kinds if isinstance(error, kind)), 409)


__all__ = [
    "ANYONE", "EVERYONE", "INSIDE", "Form", "Gone", "House", "Json", "Page", "Request", "Shown",
    "Upload", "Visit", "done", "link", "prepared", "refused_as_form", "shown",
]  # fmt: skip
