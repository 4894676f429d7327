"""What a record may hold, told before the database refuses it, with every fault at once."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import inspect
from sqlmodel import SQLModel

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.model.columns import DIGITS

LARGEST = 2**63 - 1
LAST_DAY = date(2999, 12, 31)
_ALLOWED = {"\n", "\t"}
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check(record: SQLModel) -> None:
    """Compare every column with the limits it declares; raise Invalid naming each fault."""
    _raise(_fault(name, getattr(record, name), info) for name, info in _attributes(type(record)))


def check_columns(model: type[SQLModel], columns: Mapping[str, object]) -> None:
    """Compare what is to be written without a record with the limits the columns declare."""
    infos = _infos(model)
    _raise(_fault(n, value, infos[n]) for n, value in columns.items() if value is not None)


def check_words(facts: Mapping[str, object]) -> None:
    """Refuse harmful signs in what is only told to the journal."""
    _raise(_text_fault(n, each, {}) for n, each in facts.items() if isinstance(each, str))


def tidy(value: str) -> str:
    """Compose accents, end lines alike and trim blanks, so that the same word is the same text."""
    alike = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", alike).strip()


def _raise(found: Iterable[Fault | None]) -> None:
    faults = tuple(fault for fault in found if fault)
    if faults:
        raise Invalid(
            N_("Please check what was given: {fields}."),
            faults=faults,
            fields=", ".join(f.pointer for f in faults),
        )


@cache
def _attributes(model: type[SQLModel]) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Pair each attribute with what its column says; their names may differ."""
    return tuple((each.key, each.columns[0].info) for each in inspect(model).column_attrs)


@cache
def _infos(model: type[SQLModel]) -> dict[str, dict[str, Any]]:
    return dict(_attributes(model))


def _fault(name: str, value: Any, info: dict[str, Any]) -> Fault | None:  # noqa: ANN401 - any column of the record
    if isinstance(value, str):
        return _text_fault(name, value, info)
    if isinstance(value, int):
        return _number_fault(name, value, info.get("least"), info.get("most"))
    if isinstance(value, (Decimal, float)):
        return _figure_fault(name, value)
    if isinstance(value, datetime):
        return _moment_fault(name, value)
    return _day_fault(name, value) if isinstance(value, date) else None


def _moment_fault(name: str, value: datetime) -> Fault | None:
    if value.tzinfo is not None:
        return None
    return Fault(name, "no_zone", N_("{name} is a moment without a time zone."), {"name": name})


def _day_fault(name: str, value: date) -> Fault | None:
    """Find a day no deadline can be counted from; only what is valid for ever may end so late."""
    if value <= LAST_DAY or name.endswith("_to"):
        return None
    says = N_("{name}: {given} lies beyond all planning; leave it out where no end is known.")
    return Fault(name, "too_far", says, {"name": name, "given": value})


def _text_fault(name: str, value: str, info: dict[str, Any]) -> Fault | None:
    limit, words = info.get("limit"), info.get("one_of")
    if words and value not in words:
        listed = ", ".join(words)
        return Fault(name, "unknown_word", N_("{name} must be one of: {words}."),
                     {"name": name, "words": listed})  # fmt: skip
    if not value.isprintable() and any(_harmful(sign) for sign in value):
        says = N_("{name} holds control characters; please type the text anew.")
        return Fault(name, "control_character", says, {"name": name})
    return _length_fault(name, len(value), limit) if limit else None


def _length_fault(name: str, length: int, limit: int) -> Fault | None:
    if length <= limit:
        return None
    says = N_("{name} is {length} characters long, at most {limit} fit.")
    return Fault(name, "too_long", says, {"name": name, "length": length, "limit": limit})


def _harmful(sign: str) -> bool:
    if sign in _ALLOWED:
        return False
    return sign in _BIDI or unicodedata.category(sign) in {"Cc", "Cs"}


def _number_fault(name: str, value: int, least: int | None, most: int | None) -> Fault | None:
    if least is not None and value < least:
        says = N_("{name} must be at least {least}.")
        return Fault(name, "too_small", says, {"name": name, "least": least})
    if most is not None and value > most:
        says = N_("{name} must be at most {most}.")
        return Fault(name, "too_large", says, {"name": name, "most": most})
    if abs(value) > LARGEST:
        return Fault(name, "too_large", N_("{name} is too large."), {"name": name})
    return None


def _figure_fault(name: str, value: Decimal | float) -> Fault | None:
    if isinstance(value, float) or not value.is_finite():
        return Fault(name, "no_number", N_("{name} must be a decimal number."), {"name": name})
    places = max(abs(value.adjusted()), -int(value.as_tuple().exponent))
    length = places if places > DIGITS else len(format(value, "f"))
    return _length_fault(name, length, DIGITS)
