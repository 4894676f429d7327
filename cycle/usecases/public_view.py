"""The public view: opened by system administration and steering together, shut by either."""

from typing import Final

from cycle.errors import Conflict, Forbidden, NotFound
from cycle.i18n import N_
from cycle.model.access import PublicView
from cycle.model.words import OPENERS
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.rights import need

_OTHER: Final = dict(zip(OPENERS, reversed(OPENERS), strict=True))
_STATUS: Final = N_("`cycle public status` shows where it stands.")


def propose_open(unit: Unit) -> PublicView:
    """Propose that everyone may see what is published; somebody else has to confirm it.

    Raises Forbidden, and Conflict where it is proposed or open already.
    """
    role = need(unit, *OPENERS)
    if there := _current(unit):
        raise Conflict(
            N_("The public view is open already.")
            if there.opened_on
            else N_("It is proposed already to open the public view; somebody else confirms it."),
            code="duplicate",
            fix=_STATUS,
        )
    made = unit.add(
        PublicView(proposed_on=unit.day, proposed_as=role, proposed_by_id=unit.actor.account_id)
    )
    unit.tell(made, "suggested", role=role)
    unit.session.flush()
    return made


def confirm_open(unit: Unit) -> PublicView:
    """Open the public view that another account has proposed in the other of the two roles.

    Raises NotFound where nothing is proposed, Conflict where it is open already, Forbidden.
    """
    need(unit, *OPENERS)
    there = _current(unit)
    if there is None:
        raise NotFound(
            N_("Nobody has proposed to open the public view."),
            fix=N_("`cycle public propose` proposes it."),
        )
    if there.opened_on:
        raise Conflict(N_("The public view is open already."), code="duplicate", fix=_STATUS)
    role = need(unit, _OTHER[there.proposed_as])
    if there.proposed_by_id == unit.actor.account_id:
        raise Forbidden(
            N_("Whoever proposed to open the public view cannot confirm it too."),
            code="same_account",
            fix=N_("Let another account confirm it, with --actor."),
        )
    there.opened_on, there.opened_by_id = unit.day, unit.actor.account_id
    unit.tell(there, "opened", role=role)
    unit.session.flush()
    return there


def close(unit: Unit, *, reason: str | None = None) -> PublicView:
    """Shut the public view at once, or take a proposal off the table; either role may.

    Raises Forbidden, and NotFound where it is neither open nor proposed.
    """
    role = need(unit, *OPENERS)
    there = _current(unit)
    if there is None:
        raise NotFound(N_("The public view is not open."), fix=_STATUS)
    there.closed_on, there.closed_by_id = unit.day, unit.actor.account_id
    there.reason = given.maybe(reason)
    unit.tell(there, "closed", role=role)
    unit.session.flush()
    return there


def _current(unit: Unit) -> PublicView | None:
    """Give what is proposed or open; every use case leaves at most one."""
    found = lookup.every(unit, PublicView, closed_on=None)
    return found[-1] if found else None
