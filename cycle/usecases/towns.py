"""The town itself: how it comes into its store, its departments and its fields of action."""

from dataclasses import replace
from datetime import date

from cycle.errors import Conflict, Fault
from cycle.i18n import N_
from cycle.model.town import Account, AccountRole, FieldOfAction, Municipality, OrgUnit
from cycle.model.words import ROLES
from cycle.store.unit import Unit
from cycle.usecases import areas, cycles, given, lookup, policy
from cycle.usecases.rights import need

LOCAL = "local"  # the account of whoever can open the store
SCHEME = "STADT"
EVER = date(1900, 1, 1)  # the town as a whole is older than any figure about it
USUAL_FIELDS = {
    "JUG": "Jugendhilfe",
    "ALT": "Altenhilfe",
    "BEH": "Behindertenhilfe",
    "PSY": "Gemeindepsychiatrie",
    "BIL": "Bildung",
}
YOUTH_WELFARE = "JUG"
_AGS, _ARS = 8, 12


def found(
    unit: Unit,
    *,
    name: str,
    ags: str,
    ars: str | None = None,
    preset: str = "light",
    day: date | None = None,
    fictional: bool = False,
    youth_office: bool = True,
    started_on: date | None = None,
    cycle_title: str | None = None,
    period_start: date | None = None,
    open_round: bool = True,
    fields: bool = True,
) -> Municipality:
    """Found the town in an empty store, in a unit without an actor; `local` acts from then on.

    It has its whole area, the usual fields of action and an open round unless told otherwise.
    Raises Invalid with every fault, Conflict where the store holds a town already.
    """
    _empty(unit)
    given.insist(
        given.missing("name", name),
        _wrong_ags(ags),
        _wrong_ars(ars, ags),
        policy.unknown_preset(preset),
    )
    town = unit.town
    town.name, town.ags, town.ars = given.text("name", name), ags, ars
    town.preset, town.youth_office = preset, youth_office
    town.day, town.fictional, town.started_on = day, fictional, started_on or unit.day
    unit.tell(unit.add(town), "founded", key=ags, role="admin")
    _let_in(unit)
    _whole_area(unit)
    for code, title in USUAL_FIELDS.items() if fields else ():
        add_field(unit, code, title, youth_welfare=code == YOUTH_WELFARE)
    if open_round:
        _open_round(unit, cycle_title, period_start)
    return town


def add_department(
    unit: Unit,
    code: str,
    name: str,
    *,
    kind: str = "department",
    parent: str | None = None,
    active_from: date | None = None,
    external_id: str | None = None,
) -> OrgUnit:
    """Add who can answer for measures: a department, a provider, an authority; never a person."""
    role = need(unit, "planner", "admin")
    given.insist(given.missing("code", code), given.missing("name", name))
    above = lookup.department(unit, parent) if parent else None
    code = given.text("code", code)
    given.free(unit, OrgUnit, "department", code=code)
    record = OrgUnit(
        code=code,
        name=given.text("name", name),
        kind=kind,
        parent_id=above.id if above else None,
        active_from=active_from,
        external_id=given.maybe(external_id),
    )
    unit.add(record)
    unit.tell(record, "added", role=role)
    unit.session.flush()
    return record


def add_field(unit: Unit, code: str, name: str, *, youth_welfare: bool = False) -> FieldOfAction:
    """Add a field of action; in youth welfare the Jugendhilfeausschuss has its say."""
    role = need(unit, "planner")
    given.insist(given.missing("code", code), given.missing("name", name))
    code = given.text("code", code)
    given.free(unit, FieldOfAction, "field", code=code)
    record = FieldOfAction(code=code, name=given.text("name", name), youth_welfare=youth_welfare)
    unit.add(record)
    unit.tell(record, "added", role=role)
    unit.session.flush()
    return record


def _empty(unit: Unit) -> None:
    if unit.town.ags:
        raise Conflict(
            N_("This store holds a town already: {name}."),
            code="duplicate",
            fix=N_("Work with it, or name another store with --db."),
            name=unit.town.name,
        )


def _let_in(unit: Unit) -> None:
    unit.session.flush()
    account = unit.add(Account(name=LOCAL))
    unit.actor = replace(
        unit.actor, account_id=account.id, name=LOCAL, roles=frozenset(ROLES), units=frozenset()
    )
    unit.tell(account, "added", key=LOCAL, role="admin", roles=sorted(ROLES))
    unit.session.flush()
    for role in ROLES:
        unit.add(AccountRole(account_id=account.id, role=role))


def _whole_area(unit: Unit) -> None:
    scheme = areas.add_scheme(unit, SCHEME, "Kleinräumige Gliederung", valid_from=EVER)
    areas.add(unit, unit.town.ags, "ganze Stadt", scheme=scheme.code, level=0)


def _open_round(unit: Unit, title: str | None, start: date | None) -> None:
    """Open the first round; naming no field it deals with all, those still to come included."""
    start = start or unit.day.replace(month=1, day=1)
    title = given.maybe(title) or f"Integrierte Sozialplanung {start.year}"
    cycles.open_round(unit, title=title, start=start, scheme=SCHEME)


def _wrong_ags(ags: str) -> Fault | None:
    if _digits(ags, _AGS):
        return None
    says = N_("{given} is no municipal key (AGS): it has eight digits, such as 08212000.")
    return Fault("ags", "no_ags", says, {"given": ags})


def _wrong_ars(ars: str | None, ags: str) -> Fault | None:
    if ars is None:
        return None
    if not _digits(ars, _ARS):
        says = N_("{given} is no regional key (ARS): it has twelve digits.")
        return Fault("ars", "no_ars", says, {"given": ars})
    # Land 2, region 1, district 2, association 4, municipality 3; the AGS leaves out the fourth.
    if _digits(ags, _AGS) and ars[:5] + ars[9:] != ags:
        says = N_("The regional key {ars} belongs to another municipality than {ags}.")
        return Fault("ars", "other_municipality", says, {"ars": ars, "ags": ags})
    return None


def _digits(key: str, count: int) -> bool:
    return len(key) == count and key.isascii() and key.isdigit()
