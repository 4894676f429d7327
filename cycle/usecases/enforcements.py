"""How a measure is carried through: the lever that makes it binding."""

from cycle.errors import Conflict
from cycle.i18n import N_
from cycle.model.decisions import Paper
from cycle.model.duties import Enforcement
from cycle.model.words import LEVERS
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import owing, strange
from cycle.usecases.moves import settle

RESOLUTION = "resolution"


def add(
    unit: Unit,
    key: str,
    lever: str,
    *,
    responsible: str | None = None,
    text: str | None = None,
    resistance: str | None = None,
) -> Enforcement:
    """Name a lever and who pulls it; `resistance` stays inside and is never printed."""
    measure, role = owing(unit, key, "department_head", "planner")
    given.insist(strange("lever", lever, LEVERS))
    who = lookup.department(unit, responsible).id if responsible else None
    if lookup.by(unit, Enforcement, measure_id=measure.id, lever=lever, responsible_id=who):
        raise Conflict(
            N_("{key} has this lever already: {lever}."),
            code="duplicate",
            fix=N_("`cycle measure show {key}` lists them."),
            key=measure.ref,
            lever=lever,
        )
    record = unit.add(
        Enforcement(
            measure_id=measure.id,
            lever=lever,
            responsible_id=who,
            text=given.maybe(text),
            resistance=given.maybe(resistance),
        )
    )
    unit.tell(record, "added", key=measure.ref, role=role)
    settle(unit, measure)
    return record


def by_paper(unit: Unit, key: str, paper: Paper, role: str) -> Enforcement:
    """Note that a resolution on this paper is to make a measure binding; twice changes nothing."""
    measure = lookup.measure(unit, key)
    there = lookup.every(unit, Enforcement, measure_id=measure.id, lever=RESOLUTION)
    known = next((each for each in there if each.text == paper.ref), None)
    if known:
        return known
    record = next((each for each in there if each.text is None), None)
    told = "changed" if record else "added"
    record = record or unit.add(Enforcement(measure_id=measure.id, lever=RESOLUTION))
    record.text = paper.ref
    unit.tell(record, told, key=measure.ref, role=role, paper=paper.ref)
    settle(unit, measure)
    return record
