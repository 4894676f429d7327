"""Deputies: an account acts for another one for a time; the journal names both."""

from datetime import date, timedelta
from typing import Final

from cycle.errors import Conflict, Fault, Forbidden, NotFound
from cycle.i18n import N_
from cycle.model.access import Deputy
from cycle.model.town import Account
from cycle.store.unit import Unit
from cycle.usecases import accounts, given, lookup
from cycle.usecases.rights import forbidden

ADMIN: Final = "admin"
MOST_DAYS: Final = 366


def appoint(unit: Unit, account: str, *, for_account: str, from_day: date, to_day: date) -> Deputy:
    """Let an account act for another one, in its roles and for its departments, on these days.

    Admin may do so, or the account that is to be acted for, with all it holds. Nobody stands in
    for a deputy, and no deputy has one. Raises Forbidden, Invalid, NotFound, Conflict for one
    that stands in already.
    """
    _insist_on_own(unit, for_account)
    deputy, other = lookup.account(unit, account), lookup.account(unit, for_account)
    role = _insist_on_master(unit, other)
    given.insist(
        _same(deputy, other), *(_disabled(n, a) for n, a in
                                (("account", deputy), ("for_account", other))),
        given.unordered("to_day", from_day, to_day), _over(unit, from_day),
        _too_long(from_day, to_day),
    )  # fmt: skip
    _insist_on_one_step(unit, deputy, other, from_day, to_day)
    record = unit.add(
        Deputy(account_id=deputy.id, for_account_id=other.id, from_day=from_day, to_day=to_day)
    )
    unit.tell(record, "appointed", key=deputy.name, role=role)
    unit.session.flush()
    return record


def end(unit: Unit, account: str, *, for_account: str) -> list[Deputy]:
    """End from today on that an account acts for another one, what was still to come too.

    Admin may do so, and either of the two. Raises Forbidden, NotFound where it does not stand in.
    """
    _insist_on_own(unit, account, for_account)
    deputy, other = lookup.account(unit, account), lookup.account(unit, for_account)
    pair = lookup.every(unit, Deputy, account_id=deputy.id, for_account_id=other.id, ended_on=None)
    found = [each for each in pair if each.to_day >= unit.day]
    if not found:
        raise NotFound(
            N_("{name} does not stand in for {other}."),
            fix=N_("`cycle account deputies` shows who stands in for whom, and when."),
            name=deputy.name,
            other=other.name,
        )
    for each in found:
        each.ended_on = unit.day
        unit.tell(each, "ended", key=deputy.name, role=unit.role(ADMIN))
    unit.session.flush()
    return found


def _insist_on_own(unit: Unit, *names: str) -> None:
    """Refuse who is none of these first of all: accounts are known to admin only."""
    if ADMIN not in unit.actor.roles and unit.actor.name not in names:
        raise forbidden(unit, ADMIN)


def _insist_on_master(unit: Unit, other: Account) -> str:
    """Give the role of who may appoint: no deputy, and no token that holds less than it gives."""
    actor = unit.actor
    if actor.for_account_id is None and ADMIN in actor.roles:
        return ADMIN
    whole = actor.roles >= accounts.roles_of(unit, other)
    if actor.for_account_id or actor.account_id != other.id or not whole:
        raise forbidden(unit, ADMIN)
    if not actor.units >= accounts.departments_of(unit, other):
        raise forbidden(unit, ADMIN)
    return unit.role()


def _insist_on_one_step(
    unit: Unit, deputy: Account, other: Account, first: date, last: date
) -> None:
    """Refuse a chain: whoever stands in is not represented in that time, and the other way."""
    near = [each for each in lookup.every(unit, Deputy, ended_on=None)
            if each.from_day <= last and each.to_day >= first]  # fmt: skip
    if any((each.account_id, each.for_account_id) == (deputy.id, other.id) for each in near):
        raise Conflict(
            N_("{name} stands in for {other} in that time already."),
            code="duplicate",
            fix=N_("`cycle account end-deputy {name} --for {other}` ends it first."),
            name=deputy.name,
            other=other.name,
        )
    if any(each.account_id == other.id or each.for_account_id == deputy.id for each in near):
        raise Forbidden(
            N_("Nobody stands in for a deputy: {name} or {other} is in such a place already."),
            code="deputy_of_deputy",
            fix=N_("`cycle account deputies` shows who stands in for whom, and when."),
            name=deputy.name,
            other=other.name,
        )


def _same(deputy: Account, other: Account) -> Fault | None:
    says = N_("Nobody stands in for oneself.")
    return Fault("for_account", "same", says) if deputy.id == other.id else None


def _disabled(name: str, account: Account) -> Fault | None:
    says = N_("The account {account} is disabled.")
    disabled = account.disabled_at is not None
    return Fault(name, "disabled", says, {"account": account.name}) if disabled else None


def _over(unit: Unit, first: date) -> Fault | None:
    says = N_("{name}: {given} is over, today is {today}; nobody has stood in before being named.")
    values = {"name": "from_day", "given": first, "today": unit.day}
    return Fault("from_day", "over", says, values) if first < unit.day else None


def _too_long(first: date, last: date) -> Fault | None:
    says = N_("{name}: a deputy is named for {most} days at most.")
    values = {"name": "to_day", "most": MOST_DAYS}
    beyond = last - first >= timedelta(days=MOST_DAYS)
    return Fault("to_day", "too_large", says, values) if beyond else None
