"""Accounts: who may act, in which roles and for which departments; never a person's name."""

from collections.abc import Sequence

from cycle.errors import Fault, Forbidden
from cycle.i18n import N_
from cycle.model.town import Account, AccountRole, AccountUnit
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
    given.insist(given.missing("name", name), *_wrong_roles(roles))
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


def disable(unit: Unit, name: str) -> Account:
    """End what an account may do; its deeds stay in the journal. Twice is the same as once.

    Raises Forbidden, also for the last account that could let anyone else in.
    """
    need(unit, ADMIN)
    record = lookup.account(unit, name)
    if record.disabled_at:
        return record
    if _admins(unit) == {record.id}:
        raise Forbidden(
            N_("{name} is the last account that can administer this store."),
            code="last_admin",
            fix=N_("Let another one in first: `cycle account add NAME --role admin`."),
            name=record.name,
        )
    record.disabled_at = unit.now
    unit.tell(record, "disabled", key=record.name, role=ADMIN)
    unit.session.flush()
    return record


def _wrong_roles(roles: Sequence[str]) -> list[Fault]:
    if not roles:
        says = N_("An account needs a role, one of: {words}.")
        return [Fault("role", "missing", says, {"words": ", ".join(ROLES)})]
    says = N_("{role} is no role; there are: {words}.")
    return [
        Fault("role", "unknown_word", says, {"role": role, "words": ", ".join(ROLES)})
        for role in roles
        if role not in ROLES
    ]


def _admins(unit: Unit) -> set[str]:
    active = {account.id for account in lookup.every(unit, Account, disabled_at=None)}
    admins = {held.account_id for held in lookup.every(unit, AccountRole, role=ADMIN)}
    return active & admins
