"""What a person or a file hands over: tidied, complete, and not there already."""

from datetime import date

from sqlmodel import SQLModel

from cycle.errors import Conflict, Fault, Invalid
from cycle.i18n import N_
from cycle.store.checks import tidy
from cycle.store.unit import Unit
from cycle.usecases import lookup


def insist(*found: Fault | None) -> None:
    """Raise Invalid with every fault found; None stands for what is right."""
    faults = tuple(fault for fault in found if fault)
    if faults:
        raise Invalid(
            N_("Please check what was given: {fields}."),
            faults=faults,
            fields=", ".join(fault.pointer for fault in faults),
        )


def missing(name: str, value: object) -> Fault | None:
    """Find that nothing was given where something is needed; blanks are nothing."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return Fault(name, "missing", N_("{name} is missing."), {"name": name})
    return None


def unordered(name: str, first: date | None, last: date | None) -> Fault | None:
    """Find that something ends before it begins."""
    if first and last and last < first:
        says = N_("{name}: {last} lies before {first}.")
        return Fault(name, "ends_before_it_begins", says,
                     {"name": name, "first": first, "last": last})  # fmt: skip
    return None


def ahead(unit: Unit, name: str, day: date) -> Fault | None:
    """Find that what is told as done lies in the future."""
    if day > unit.day:
        says = N_("{name}: {given} is still to come, today is {today}.")
        return Fault(name, "in_future", says, {"name": name, "given": day, "today": unit.day})
    return None


def no_link(name: str, url: str | None) -> Fault | None:
    """Find an address that no page may show as a link."""
    if url and not url.lower().startswith(("https://", "http://")):
        says = N_("{name} must begin with https:// or http://.")
        return Fault(name, "no_link", says, {"name": name})
    return None


def text(name: str, value: str) -> str:
    """Give a word that must be there, tidied; Invalid where it is empty."""
    insist(missing(name, value))
    return tidy(value)


def maybe(value: str | None) -> str | None:
    """Give a word tidied, or nothing where there is nothing in it."""
    return tidy(value or "") or None


def free(unit: Unit, model: type[SQLModel], noun: str, **wanted: str) -> None:
    """Raise Conflict where a record with these words is there already."""
    if lookup.by(unit, model, **wanted) is not None:
        raise Conflict(
            N_("{key} is taken already."),
            code="duplicate",
            fix=N_("`cycle {noun} list` shows by what; take another one for something new."),
            noun=noun,
            key=" ".join(wanted.values()),
        )
