"""Who is calling: a token of the store, or an access token of the town's sign-in (OIDC)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from starlette.requests import Request

from api.problems import Turned
from cycle import clock, token_text
from cycle.errors import Forbidden
from cycle.i18n import N_
from cycle.reading import deputies, tokens
from cycle.reading.accounts import actor
from cycle.reading.door import Reader
from cycle.reading.sight import Sight
from cycle.store.actors import Scope

if TYPE_CHECKING:
    from api.oidc import Verifier

FOR: Final = "X-Acting-For"  # the account a deputy acts for
CHALLENGE: Final = 'Bearer realm="kreislauf"'


@dataclass(frozen=True, slots=True)
class Who:
    """The account behind a call, and what it may do and see."""

    account: str
    roles: frozenset[str]
    units: frozenset[str]
    limited_by: str  # what calls are counted under: the token, or the account of the sign-in
    token_id: str | None = None
    last_used_at: datetime | None = None
    read_only: bool = False
    narrowed: bool = False  # to departments of its own: it stands in for nobody
    vouched: bool = False  # by the town's sign-in, for its roles and departments too
    acts_for: str | None = None

    @property
    def sight(self) -> Sight:
        """Tell how far it sees."""
        return Sight(self.roles, self.units)

    def scope(self, request_id: str) -> Scope:
        """Give what its deeds are narrowed to."""
        return Scope(self.roles, self.units, self.acts_for, request_id, vouched=self.vouched)


NOONE: Final = Who("", frozenset(), frozenset(), limited_by="")  # where no account is asked for


def caller(reader: Reader, request: Request, verifier: "Verifier | None") -> Who:
    """Find out who is calling; Turned where nobody is, whose token is over, or who is let out."""
    kind, _, shown = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not shown:
        raise Turned("unauthenticated", WWW_Authenticate=CHALLENGE)
    shown = shown.strip()
    who = _by_token(reader, shown) if shown.startswith(token_text.PREFIX) else None
    if who is None and verifier:
        who = _by_sign_in(reader, shown, verifier)
    if who is None:
        raise _no_such()
    other = request.headers.get(FOR)
    return _in_place_of(reader, who, other) if other else who


def _by_token(reader: Reader, shown: str) -> Who | None:
    text = token_text.parse(shown)
    known = tokens.caller(reader, text.code) if text else None
    if text is None or known is None or not text.fits(known.secret_hash):
        return None
    if known.over(clock.now()):
        return None
    return Who(
        known.account,
        known.roles,
        known.departments,
        limited_by=known.id,
        token_id=known.id,
        last_used_at=known.last_used_at,
        read_only=known.read_only,
        narrowed=known.narrowed,
    )


def _by_sign_in(reader: Reader, shown: str, verifier: "Verifier") -> Who | None:
    found = verifier.verified(shown)
    if found is None:
        return None
    known = actor(reader, found.account)
    if known and known.disabled_at:
        return None
    return Who(
        found.account, found.roles, found.departments, limited_by=found.account, vouched=True
    )


def _in_place_of(reader: Reader, who: Who, other: str) -> Who:
    """Let a deputy see and do what the other one may; Forbidden out of its time.

    A token gives no more roles than it was made with, and one for some departments none at all.
    """
    held = deputies.stands_in(reader, who.account, other)
    roles = frozenset(held.roles) if who.vouched else frozenset(held.roles) & who.roles
    if who.narrowed or not roles:
        raise Forbidden(
            N_("This token is too narrow to stand in for {other}."),
            code="no_deputy",
            fix=N_("Take a token with the roles of {other}, and for no single department."),
            other=other,
        )
    return Who(
        who.account,
        roles,
        frozenset(held.departments),
        limited_by=who.limited_by,
        token_id=who.token_id,
        last_used_at=who.last_used_at,
        read_only=who.read_only,
        acts_for=other,
    )


def _no_such() -> Turned:
    told = f'{CHALLENGE}, error="invalid_token"'
    return Turned("unauthenticated", WWW_Authenticate=told)
