"""Where areas lie: their outlines, taken from what the survey office draws."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import sha256

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.machine.outlines import Outline, box, count, in_degrees, is_swapped, rounded
from cycle.model.space import OUTLINE, Area, AreaScheme, AreaShape
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.areas import in_use
from cycle.usecases.rights import need


@dataclass(frozen=True, slots=True)
class Drawing:
    """What came of drawing a division of the town: areas by what became of their outline."""

    code: str  # of the division
    drawn: tuple[str, ...]  # codes of areas with a new outline
    same: tuple[str, ...]
    missing: tuple[str, ...]  # of areas that have none
    points: int


def draw(
    unit: Unit,
    outlines: Mapping[str, Outline],
    *,
    scheme: str | None = None,
    on: date | None = None,
) -> Drawing:
    """Give areas of a division, valid on a day, their outlines; the journal tells hash and size.

    Without a scheme it is the one in use. An area that is not named keeps what it has. Raises
    Forbidden, NotFound, and Invalid naming every code that is none and what cannot be drawn.
    """
    role = need(unit, "planner", "statistician")
    division = lookup.scheme(unit, scheme) if scheme else in_use(unit)
    here = _areas(unit, division, on or unit.day)
    given.insist(
        given.missing("outlines", " ".join(outlines)),
        *(_unknown(code, here) for code in outlines if code not in here),
        _unplaced(outlines),
    )
    texts = {code: _written(outline) for code, outline in sorted(outlines.items())}
    given.insist(*(_too_long(code, text) for code, text in texts.items()))
    drawn = [code for code, text in texts.items() if _keep(unit, here[code], outlines[code], text)]
    found = Drawing(
        division.code,
        tuple(drawn),
        tuple(code for code in texts if code not in drawn),
        _without(unit, here),
        count(outlines[code] for code in texts),
    )
    if drawn:
        whole = sha256("".join(texts.values()).encode()).hexdigest()
        unit.tell(division, "shaped", role=role, areas=drawn, points=found.points, sha256=whole)
    unit.session.flush()
    return found


def _areas(unit: Unit, division: AreaScheme, day: date) -> dict[str, Area]:
    """Give the division's areas that are valid on a day, by code."""
    every = lookup.every(unit, Area, scheme_id=division.id)
    return {a.code: a for a in every if a.valid_from <= day <= (a.valid_to or day)}


def _without(unit: Unit, here: Mapping[str, Area]) -> tuple[str, ...]:
    unit.session.flush()
    drawn = {shape.area_id for shape in lookup.every(unit, AreaShape)}
    return tuple(sorted(code for code, a in here.items() if a.id not in drawn and a.level))


def _unknown(code: str, here: Mapping[str, Area]) -> Fault:
    near = ", ".join(get_close_matches(code, here, n=3, cutoff=0.5))
    says = N_("Nothing is known by the key {key}. Did you mean {near}?")
    if not near:
        says = N_("Nothing is known by the key {key}.")
    return Fault(code, "unknown_area", says, {"key": code, "near": near})


def _unplaced(outlines: Mapping[str, Outline]) -> Fault | None:
    """Find outlines that no one map holds: of two kinds, or with east and north swapped."""
    boxes = [box((outline,)) for outline in outlines.values()]
    if len({in_degrees(each) for each in boxes}) > 1:
        says = N_("Some outlines are in degrees, others in metres; all must be of one kind.")
        return Fault("outlines", "mixed", says)
    if boxes and is_swapped(box(tuple(outlines.values()))):
        says = N_("Latitude stands before longitude; GeoJSON has them the other way round.")
        return Fault("outlines", "swapped", says)
    return None


def _too_long(code: str, text: str) -> Fault | None:
    if len(text) <= OUTLINE:
        return None
    says = N_("{name} is {length} characters long, at most {limit} fit.")
    return Fault(code, "too_long", says, {"name": code, "length": len(text), "limit": OUTLINE})


def _written(outline: Outline) -> str:
    return json.dumps(rounded(outline), separators=(",", ":"))


def _keep(unit: Unit, area: Area, outline: Outline, text: str) -> bool:
    """Keep an outline that differs from the one known; tell whether it does."""
    hashed = sha256(text.encode()).hexdigest()
    known = unit.session.get(AreaShape, (unit.town.id, area.id))
    if known and known.sha256 == hashed:
        return False
    record = known or AreaShape(
        area_id=area.id, outline=text, points=count((outline,)), sha256=hashed, drawn_on=unit.day
    )
    record.outline, record.points = text, count((outline,))
    record.sha256, record.drawn_on = hashed, unit.day
    if known is None:
        unit.add(record)
    return True
