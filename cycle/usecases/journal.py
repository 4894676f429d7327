"""To black out what must not be kept, without breaking the chain."""

from cycle.errors import Forbidden, NotFound
from cycle.i18n import N_
from cycle.machine.chain import BLACKED_OUT, rows_hash
from cycle.model.journal import Event, EventPayload
from cycle.model.town import AccountRole
from cycle.store.rows import blacked_out
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.rights import need

SECOND = frozenset({"planner", "steering", "statistician"})


def black_out(unit: Unit, n: int, *, reason: str, second: str) -> EventPayload:
    """Remove content and salt of one event; number, actor and hashes stay, the reason shows.

    It takes an admin and, as `second`, another account with a role of the trade. Raises
    NotFound, Forbidden and Invalid.
    """
    role = need(unit, "admin")
    given.insist(given.missing("reason", reason))
    _second_pair_of_eyes(unit, second)
    payload = lookup.by(unit, EventPayload, n=n)
    event = lookup.by(unit, Event, n=n)
    if payload is None or event is None:
        raise NotFound(
            N_("The journal has no event number {n}."),
            fix=N_("`cycle journal` shows the numbers."),
            n=n,
        )
    _not_a_black_out(event)
    payload.salt = payload.content = None
    payload.rows = blacked_out(payload.rows)
    payload.blacked_out_on, payload.blacked_out_reason = unit.day, given.text("reason", reason)
    what = {"n": n, "second": second, "rows": rows_hash(payload.rows)}
    unit.note("event", event.entity_id, event.key, BLACKED_OUT, what, role=role)
    return payload


def _not_a_black_out(event: Event) -> None:
    if event.action == BLACKED_OUT:
        raise Forbidden(
            N_("Event {n} tells of a black-out; it must stay to be read."),
            fix=N_("`cycle journal` shows the numbers."),
            n=event.n,
        )


def _second_pair_of_eyes(unit: Unit, name: str) -> None:
    account = lookup.account(unit, name)
    roles = {r.role for r in lookup.every(unit, AccountRole, account_id=account.id)}
    if account.id == unit.actor.account_id or account.disabled_at or not roles & SECOND:
        raise Forbidden(
            N_("Blacking out takes a second account; {name} cannot be it."),
            fix=N_("Name another active account with the role planner, statistician or steering."),
            name=name,
        )
