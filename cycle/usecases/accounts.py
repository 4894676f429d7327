"""Accounts: who may act, in which roles and for which departments; never a person's name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cycle.errors import Fault, Forbidden
from cycle.i18n import N_
from cycle.model.town import Account, AccountRole, AccountUnit, OrgUnit
from cycle.model.words import ROLES
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.rights import need

ADMIN = "admin"


def add(
    unit: Unit,
    name: str,
    *,
    roles: Sequence[str],
    departments: Sequence[str] = (),
    kind: str = "person",
) -> Account:
    """Let someone act: a login name, at least one role, the codes of the departments.

    Raises Forbidden, Invalid, NotFound for a department, Conflict for a name that is taken.
    """
    need(unit, ADMIN)
    given.insist(given.missing("name", name), _no_role(roles), *unknown_roles(roles))
    name = given.text("name", name)
    given.free(unit, Account, "account", name=name)
    units = [lookup.department(unit, code) for code in dict.fromkeys(departments)]
    record = unit.add(Account(name=name, kind=kind))
    held = sorted(set(roles))
    unit.tell(record, "added", key=name, role=ADMIN, roles=held, units=[u.code for u in units])
    unit.session.flush()
    for role in held:
        unit.add(AccountRole(account_id=record.id, role=role))
    for org_unit in units:
        unit.add(AccountUnit(account_id=record.id, org_unit_id=org_unit.id))
    unit.session.flush()
    return record


def edit(
    unit: Unit,
    name: str,
    *,
    roles: Sequence[str] | None = None,
    departments: Sequence[str] | None = None,
) -> Account:
    """Give an account other roles, other departments, or both; what is not named stays.

    Its tokens lose with it what it loses, and gain nothing. Raises Forbidden, also where nobody
    could let anyone in any more, Invalid, NotFound.
    """
    need(unit, ADMIN)
    given.insist(_nothing(roles, departments))
    if roles is not None:
        given.insist(_no_role(roles), *unknown_roles(roles))
    record = lookup.account(unit, name)
    told: dict[str, Any] = {}
    if roles is not None and (held := roles_of(unit, record)) != set(roles):
        if ADMIN not in roles:
            _keep_an_admin(unit, record)
        told["roles"] = {"was": sorted(held), "is": sorted(set(roles))}
        _hold(unit, record, set(roles))
    if departments is not None:
        units = {code: lookup.department(unit, code) for code in departments}
        if (spoken := departments_of(unit, record)) != set(units):
            told["units"] = {"was": sorted(spoken), "is": sorted(units)}
            _speak_for(unit, record, list(units.values()))
    if told:
        record.updated_at = unit.now  # so that its version tells of the change
        unit.tell(record, "edited", key=record.name, role=ADMIN, **told)
        unit.session.flush()
    return record


def disable(unit: Unit, name: str) -> Account:
    """End what an account may do; its deeds stay in the journal. Twice is the same as once.

    Raises Forbidden, also for the last account that could let anyone else in.
    """
    need(unit, ADMIN)
    record = lookup.account(unit, name)
    if record.disabled_at:
        return record
    _keep_an_admin(unit, record)
    record.disabled_at = unit.now
    unit.tell(record, "disabled", key=record.name, role=ADMIN)
    unit.session.flush()
    return record


def roles_of(unit: Unit, account: Account) -> set[str]:
    """Give the roles an account holds."""
    return {each.role for each in lookup.every(unit, AccountRole, account_id=account.id)}


def departments_of(unit: Unit, account: Account) -> set[str]:
    """Give the codes of the departments an account speaks for."""
    links = lookup.every(unit, AccountUnit, account_id=account.id)
    return {unit.get(OrgUnit, each.org_unit_id).code for each in links}


def unknown_roles(roles: Sequence[str]) -> list[Fault]:
    """Find words that are no roles."""
    says = N_("{role} is no role; there are: {words}.")
    return [
        Fault("role", "unknown_word", says, {"role": role, "words": ", ".join(ROLES)})
        for role in roles
        if role not in ROLES
    ]


def _no_role(roles: Sequence[str]) -> Fault | None:
    says = N_("An account needs a role, one of: {words}.")
    return None if roles else Fault("role", "missing", says, {"words": ", ".join(ROLES)})


def _nothing(roles: Sequence[str] | None, departments: Sequence[str] | None) -> Fault | None:
    if roles is not None or departments is not None:
        return None
    return Fault("role", "missing", N_("Name what is to change: its roles, its departments."))


def _hold(unit: Unit, account: Account, roles: set[str]) -> None:
    links = lookup.every(unit, AccountRole, account_id=account.id)
    for link in links:
        if link.role not in roles:
            unit.session.delete(link)
    for role in sorted(roles - {link.role for link in links}):
        unit.add(AccountRole(account_id=account.id, role=role))


def _speak_for(unit: Unit, account: Account, units: list[OrgUnit]) -> None:
    links = {each.org_unit_id: each for each in lookup.every(
        unit, AccountUnit, account_id=account.id)}  # fmt: skip
    wanted = [each.id for each in units]
    for id_, link in links.items():
        if id_ not in wanted:
            unit.session.delete(link)
    for id_ in wanted:
        if id_ not in links:
            unit.add(AccountUnit(account_id=account.id, org_unit_id=id_))


def _keep_an_admin(unit: Unit, account: Account) -> None:
    """Refuse to take away the last account that could let anyone else in."""
    if _admins(unit) == {account.id}:
        raise Forbidden(
            N_("{name} is the last account that can administer this store."),
            code="last_admin",
            fix=N_("Let another one in first: `cycle account add NAME --role admin`."),
            name=account.name,
        )


def _admins(unit: Unit) -> set[str]:
    active = {account.id for account in lookup.every(unit, Account, disabled_at=None)}
    admins = {held.account_id for held in lookup.every(unit, AccountRole, role=ADMIN)}
    return active & admins


def arrive(unit: Unit, name: str) -> Account:
    """Let in an account the town's sign-in vouches for; roles and departments stay with that.

    It has no rights of its own here and can be disabled like any other.
    """
    given.free(unit, Account, "account", name=name)
    record = unit.add(Account(name=name))
    unit.actor = replace(unit.actor, account_id=record.id, name=name)
    unit.tell(record, "arrived", key=name)
    unit.session.flush()
    return record
