"""Bodies: councils, committees and steering groups that papers go through."""

from cycle.model.decisions import Body
from cycle.store.unit import Unit
from cycle.usecases import given
from cycle.usecases.rights import need


def add(
    unit: Unit, short_name: str, name: str, *, kind: str = "committee", oparl_id: str | None = None
) -> Body:
    """Add a body by the short name people use for it, e.g. JHA.

    Raises Forbidden, Invalid, Conflict where the short name or the foreign id is taken.
    """
    role = need(unit, "planner", "committee_clerk")
    given.insist(given.missing("short_name", short_name), given.missing("name", name))
    record = Body(
        short_name=given.text("short_name", short_name),
        name=given.text("name", name),
        kind=kind,
        oparl_id=given.maybe(oparl_id),
    )
    given.free(unit, Body, "body", short_name=record.short_name)
    if record.oparl_id:
        given.free(unit, Body, "body", oparl_id=record.oparl_id)
    unit.add(record)
    unit.tell(record, "added", key=record.short_name, role=role)
    unit.session.flush()
    return record
