"""What rows of plans point to: fields of action, units, areas; and how a row is known again."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from cycle.exchange.cells import alike, code_of
from cycle.exchange.intake import Desk, at
from cycle.model.space import Area
from cycle.model.town import FieldOfAction, OrgUnit
from cycle.store.unit import Unit
from cycle.usecases import lookup, towns

CITYWIDE = {"stadtweit", "gesamtstadt", "ganze_stadt", "gesamtes_stadtgebiet", "citywide"}


def identity(paper: str | None, field: str | None, number: str | None, text: str) -> str:
    """Say by what a row is known again: paper, field and number, else its own words.

    A number counts within its paper only; without a paper the words have to tell.
    """
    words = f"text:{sha256(alike(text).encode()).hexdigest()[:16]}"
    known = [paper, field, number] if paper and number else [paper, field, number, words]
    return "|".join(part for part in known if part)


def field_codes(desk: Desk, names: Iterable[str]) -> tuple[str, ...]:
    """Give the codes of fields of action by code or name; a new name is a new field."""
    return tuple(_field(desk, name) for name in names)


def _field(desk: Desk, name: str) -> str:
    known = lookup.every(desk.unit, FieldOfAction)
    for there in known:
        if alike(name) in {alike(there.code), alike(there.name)}:
            return there.code
    code = _free(code_of(name), {there.code for there in known})
    with at("fields"):
        towns.add_field(desk.unit, code, name)
    desk.tally["fields"] += 1
    return code


def unit_code(desk: Desk, name: str, column: str, *, create: bool) -> str:
    """Give the code of a department or provider by code or name; lists of names may add one."""
    known = lookup.every(desk.unit, OrgUnit)
    for there in known:
        if alike(name) in {alike(there.code), alike(there.name)}:
            return there.code
    with at(column):
        if not create:
            raise lookup.unknown(desk.unit, OrgUnit, "code", name)
        code = _free(code_of(name), {there.code for there in known})
        towns.add_department(desk.unit, code, name, kind="other")
    desk.tally["units"] += 1
    return code


def area_codes(desk: Desk, names: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """Give the codes of areas by code or name, and whether the whole town is meant."""
    found, citywide = list[str](), False
    for name in names:
        if alike(name) in CITYWIDE:
            citywide = True
            continue
        there = lookup.by(desk.unit, Area, name=name)
        with at("areas"):
            found.append(lookup.area(desk.unit, there.code if there else name).code)
    return tuple(found), citywide


def codes(unit: Unit, link: type[Any], column: str, model: type[Any], **owner: str) -> set[str]:
    """Give the codes of what a record is tied to."""
    ends = lookup.every(unit, link, **owner)
    return {unit.get(model, getattr(end, column)).code for end in ends}


def _free(code: str, taken: set[str]) -> str:
    numbered = (f"{code[:36]}-{n}" for n in range(2, len(taken) + 3))
    return next(c for c in (code, *numbered) if c not in taken)
