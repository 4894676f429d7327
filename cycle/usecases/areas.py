"""Areas: divisions of the town for planning, and the small areas in them."""

from datetime import date

from cycle.errors import Conflict, Fault, NotFound
from cycle.i18n import N_
from cycle.model.space import Area, AreaScheme
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.rights import need


def add_scheme(
    unit: Unit,
    code: str,
    name: str,
    *,
    purpose: str = "planning",
    valid_from: date,
    valid_to: date | None = None,
) -> AreaScheme:
    """Add a division of the town, valid for a time."""
    role = need(unit, "planner")
    given.insist(
        given.missing("code", code),
        given.missing("name", name),
        given.unordered("valid_to", valid_from, valid_to),
    )
    code = given.text("code", code)
    given.free(unit, AreaScheme, "area", code=code)
    record = unit.add(
        AreaScheme(
            code=code,
            name=given.text("name", name),
            purpose=purpose,
            valid_from=valid_from,
            valid_to=valid_to,
        )
    )
    unit.tell(record, "added", role=role)
    unit.session.flush()
    return record


def add(
    unit: Unit,
    code: str,
    name: str,
    *,
    scheme: str | None = None,
    level: int = 1,
    parent: str | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Area:
    """Add an area; without a scheme to the one in use, without dates valid as long as it.

    Raises Forbidden, Invalid, NotFound, Conflict where the code is valid at that time already.
    """
    role = need(unit, "planner")
    division = lookup.scheme(unit, scheme) if scheme else in_use(unit)
    above = _parent(unit, division, parent) if parent else None
    since = valid_from or division.valid_from
    until = valid_to or division.valid_to
    given.insist(
        given.missing("code", code),
        given.missing("name", name),
        given.unordered("valid_to", since, until),
        _not_below(level, above),
    )
    record = Area(
        scheme_id=division.id,
        code=given.text("code", code),
        name=given.text("name", name),
        level=level,
        parent_id=above.id if above else None,
        valid_from=since,
        valid_to=until,
    )
    _alone(unit, record)
    unit.tell(unit.add(record), "added", role=role)
    unit.session.flush()
    return record


def in_use(unit: Unit) -> AreaScheme:
    """Give the scheme that is meant where none is named: for planning, valid now, the newest."""

    def fits(scheme: AreaScheme) -> tuple[bool, bool, date, str]:
        valid = scheme.valid_from <= unit.day and unit.day <= (scheme.valid_to or unit.day)
        return valid, scheme.purpose == "planning", scheme.valid_from, scheme.code

    schemes = lookup.every(unit, AreaScheme)
    if not schemes:
        raise NotFound(
            N_("There is no scheme of areas yet."),
            fix=N_("`cycle area scheme CODE NAME --valid-from DATE` adds one."),
        )
    return max(schemes, key=fits)


def _parent(unit: Unit, scheme: AreaScheme, code: str) -> Area:
    found = lookup.every(unit, Area, scheme_id=scheme.id, code=code)
    found = found or lookup.every(unit, Area, level=0, code=code)  # the town is above every scheme
    if not found:
        raise lookup.unknown(unit, Area, "code", code)
    return max(found, key=lambda area: area.valid_from)


def _not_below(level: int, above: Area | None) -> Fault | None:
    if above is None or above.level < level:
        return None
    says = N_("{parent} is of level {above}; an area in it needs a higher number than {level}.")
    values = {"parent": above.code, "above": above.level, "level": level}
    return Fault("level", "not_below_parent", says, values)


def _alone(unit: Unit, new: Area) -> None:
    for there in lookup.every(unit, Area, scheme_id=new.scheme_id, code=new.code):
        ends, begins = there.valid_to or date.max, there.valid_from
        if begins <= (new.valid_to or date.max) and new.valid_from <= ends:
            raise Conflict(
                N_("At that time {key} is {name} already."),
                code="duplicate",
                fix=N_("Take another code, or let it begin after the other has ended."),
                key=there.code,
                name=there.name,
            )
