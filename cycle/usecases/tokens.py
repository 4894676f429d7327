"""Tokens: keys by which programs act as an account, narrowed, for a time, and revoked at once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from cycle import clock, token_text
from cycle.errors import Conflict, Fault, Invalid
from cycle.i18n import N_
from cycle.model.access import Token, TokenRole, TokenUnit
from cycle.model.town import Account, OrgUnit
from cycle.store.unit import Unit
from cycle.usecases import accounts, given, lookup
from cycle.usecases.rights import need

ADMIN: Final = "admin"
USUAL_DAYS, MOST_DAYS = 90, 366
BY_NAME_ONLY: Final = frozenset({"admin", "steering"})  # no program gets them unasked


def create(
    unit: Unit,
    name: str,
    *,
    roles: Sequence[str] = (),
    departments: Sequence[str] = (),
    account: str | None = None,
    expires: date | int | None = None,
    read_only: bool = False,
) -> tuple[Token, str]:
    """Make a token and give it with its text, which nobody can read again.

    It acts as `account`, or as the service account of its own name, made where there is none;
    roles and departments narrow it to some of those of the account, none named to all of them
    (admin and steering must be named). `expires` is its last day or a number of days, usually 90,
    at most 366. Raises Forbidden, Invalid, NotFound, Conflict for a name that is taken.
    """
    need(unit, ADMIN)
    given.insist(given.missing("name", name), *accounts.unknown_roles(roles))
    name = given.text("name", name)
    given.free(unit, Token, "token", name=name)
    until = _end(unit, USUAL_DAYS if expires is None else expires)
    holder = _holder(unit, name, account, roles, departments)
    held = _held(unit, holder, roles)
    units = _spoken_for(unit, holder, departments)
    made = token_text.mint()
    record = unit.add(
        Token(code=made.code, name=name, account_id=holder.id, secret_hash=made.hashed,
              read_only=read_only, expires_at=until)
    )  # fmt: skip
    codes = [each.code for each in units]
    unit.tell(record, "created", key=name, role=ADMIN, roles=held, units=codes)
    unit.session.flush()
    for role in held:
        unit.add(TokenRole(token_id=record.id, role=role))
    for each in units:
        unit.add(TokenUnit(token_id=record.id, org_unit_id=each.id))
    unit.session.flush()
    return record, made.whole


def revoke(unit: Unit, name: str) -> Token:
    """End a token at once and for ever. Twice is the same as once.

    Raises Forbidden, NotFound.
    """
    need(unit, ADMIN)
    record = lookup.token(unit, name)
    if record.revoked_at is None:
        record.revoked_at = unit.now
        unit.tell(record, "revoked", key=record.name, role=ADMIN)
        unit.session.flush()
    return record


def _end(unit: Unit, expires: date | int) -> datetime:
    """Tell when a token ends: so many days from now, or with the last day, in the town."""
    today = clock.day_of(unit.now)
    days = expires if isinstance(expires, int) else (expires - today).days + 1
    if days < 1:
        says = N_("A token that ends before it begins opens nothing; name a day to come.")
        given.insist(Fault("expires", "too_small", says))
    if days > MOST_DAYS:
        says = N_("A token lasts {most} days at most; make a new one in time.")
        given.insist(Fault("expires", "too_large", says, {"most": MOST_DAYS}))
    if isinstance(expires, int):
        return unit.now + timedelta(days=days)
    midnight = datetime.combine(expires + timedelta(days=1), time())
    return midnight.replace(tzinfo=clock.local(unit.now).tzinfo)


def _holder(
    unit: Unit, name: str, account: str | None, roles: Sequence[str], departments: Sequence[str]
) -> Account:
    """Give the account a token acts as; a service of the token's name is let in where needed."""
    if account is None:
        found = lookup.by(unit, Account, name=name)
        if found is None:
            return accounts.add(unit, name, roles=roles, departments=departments, kind="service")
        if found.kind != "service":
            raise Conflict(
                N_("{name} is the account of a person."),
                code="duplicate",
                fix=N_("Say so with --account {name}, or give the token another name."),
                name=name,
            )
    else:
        found = lookup.account(unit, account)
    if found.disabled_at:
        says = N_("The account {account} is disabled.")
        given.insist(Fault("account", "disabled", says, {"account": found.name}))
    return found


def _held(unit: Unit, holder: Account, roles: Sequence[str]) -> list[str]:
    """Give the roles of a token: some of the account's."""
    held = accounts.roles_of(unit, holder)
    says = N_("{account} does not hold the role {what}.")
    _insist_within(holder, "role", says, roles, held)
    granted = set(roles) or held - BY_NAME_ONLY
    says = N_("Name the role of the token: {words} go to no program unasked.")
    unasked = Fault("role", "missing", says, {"words": ", ".join(sorted(BY_NAME_ONLY))})
    given.insist(None if granted else unasked)
    return sorted(granted)


def _spoken_for(unit: Unit, holder: Account, departments: Sequence[str]) -> list[OrgUnit]:
    """Give the departments a token is narrowed to: some of the account's."""
    found = [lookup.department(unit, code) for code in dict.fromkeys(departments)]
    says = N_("{account} does not speak for the department {what}.")
    codes = [each.code for each in found]
    _insist_within(holder, "department", says, codes, accounts.departments_of(unit, holder))
    return found


def _insist_within(
    holder: Account, name: str, says: str, wanted: Iterable[str], held: Iterable[str]
) -> None:
    beyond = sorted(set(wanted) - set(held))
    if not beyond:
        return
    faults = [Fault(name, "not_held", says, {"account": holder.name, "what": w}) for w in beyond]
    raise Invalid(
        N_("Please check what was given: {fields}."),
        faults=tuple(faults),
        fix=N_("`cycle account show {account}` shows what it may do, `edit` changes it."),
        fields=name,
        account=holder.name,
    )
