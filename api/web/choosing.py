"""What a form lets one choose from: words of the trade, and what the town has."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from api.web.charts.scales import with_unit
from api.web.forms import Option
from api.web.frame import Visit
from api.web.stored import Stored
from cycle.machine import words
from cycle.reading import areas, bodies, cycles, departments, fields, indicators

KEYS: Final = 60  # characters of a text beside its key


def of_words(
    visit: Visit, kind: str, codes: Iterable[str], hints: Mapping[str, str] | None = None
) -> tuple[Option, ...]:
    """Offer words of a closed list, each with its name."""
    told = hints or {}
    return tuple(
        Option(code, words.name(kind, code, visit.lang), told.get(code, "")) for code in codes
    )


def of_bodies(visit: Visit) -> tuple[Option, ...]:
    """Offer the bodies of the town."""
    found = bodies.listed(visit.at(), sees_internal=visit.sight.internal)
    return tuple(Option(each.short_name, f"{each.name} ({each.short_name})") for each in found)


def of_departments(visit: Visit) -> tuple[Option, ...]:
    """Offer the offices that work today."""
    return tuple(
        Option(each.code, f"{each.code} {each.name}")
        for each in departments.named(visit.at())
        if each.active_to is None or each.active_to >= visit.day
    )


def of_areas(visit: Visit) -> tuple[Option, ...]:
    """Offer the areas as they are today, the whole town first."""
    found = sorted(areas.listed(visit.at(), today=visit.day), key=lambda each: each.level)
    return tuple(Option(code, name) for code, name in {
        each.code: f"{each.code} {each.name}" for each in found
    }.items())  # fmt: skip


def of_rounds(visit: Visit, *, open_only: bool = False) -> tuple[Option, ...]:
    """Offer the planning rounds, the latest first."""
    found = cycles.listed(visit.at(), sees_internal=visit.sight.internal)
    return tuple(
        Option(each.key, Stored(f"{each.key} {each.title}"))
        for each in reversed(found)
        if not open_only or each.stage != "closed"
    )


def of_indicators(visit: Visit) -> tuple[Option, ...]:
    """Offer what is measured."""
    found = indicators.listed(visit.at())
    return tuple(Option(each.code, Stored(f"{each.name} ({each.code})")) for each in found)


def names_of_fields(visit: Visit) -> dict[str, str]:
    """Give the names of the fields of action by their codes."""
    return {each.code: each.name for each in fields.listed(visit.at())}


def names_of_departments(visit: Visit) -> dict[str, str]:
    """Give the offices as pages write them, by their codes."""
    return {each.code: f"{each.code} {each.name}" for each in departments.named(visit.at())}


def names_of_areas(visit: Visit) -> dict[str, str]:
    """Give the areas as pages write them, by their codes."""
    return {each.code: f"{each.code} {each.name}" for each in areas.listed(visit.at())}


def figure(visit: Visit) -> Callable[[float, str], str]:
    """Give what writes a value of an indicator, rounded as its unit asks."""
    return lambda value, unit: with_unit(visit.tongue, value, unit)


def beside(key: str, text: str) -> Stored:
    """Write a key with as much of its text as fits a line."""
    told = " ".join(text.split())
    return Stored(f"{key} {told if len(told) <= KEYS else f'{told[: KEYS - 1]}…'}")


def keys_in(text: str | None) -> tuple[str, ...]:
    """Give the keys somebody typed, parted by commas or blanks."""
    return tuple(dict.fromkeys((text or "").replace(",", " ").replace(";", " ").split()))
