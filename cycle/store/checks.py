"""What a record may hold, told before the database refuses it, with every fault at once."""

import unicodedata
from typing import Any

from sqlmodel import SQLModel

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.model.columns import table_of

_ALLOWED = {"\n", "\t"}
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check(record: SQLModel) -> None:
    """Compare every column with the limits it declares; raise Invalid naming each fault."""
    faults = [
        fault
        for column in table_of(type(record)).c
        if (fault := _fault(column.key, getattr(record, column.key, None), column.info))
    ]
    if faults:
        raise Invalid(
            N_("Please check what was given: {fields}."),
            faults=tuple(faults),
            fields=", ".join(f.pointer for f in faults),
        )


def tidy(value: str) -> str:
    """Compose accents and trim blanks, so that the same word is the same text."""
    return unicodedata.normalize("NFC", value).strip()


def _fault(name: str, value: Any, info: dict[str, Any]) -> Fault | None:  # noqa: ANN401
    if value is None:
        return None
    if isinstance(value, str):
        return _text_fault(name, value, info)
    if isinstance(value, int) and not isinstance(value, bool):
        return _number_fault(name, value, info.get("least"))
    return None


def _text_fault(name: str, value: str, info: dict[str, Any]) -> Fault | None:
    limit, words = info.get("limit"), info.get("one_of")
    if words and value not in words:
        listed = ", ".join(words)
        return Fault(name, "unknown_word", N_("{name} must be one of: {words}."),
                     {"name": name, "words": listed})  # fmt: skip
    if any(_harmful(sign) for sign in value):
        says = N_("{name} holds control characters; please type the text anew.")
        return Fault(name, "control_character", says, {"name": name})
    if limit and len(value) > limit:
        says = N_("{name} is {length} characters long, at most {limit} fit.")
        return Fault(name, "too_long", says, {"name": name, "length": len(value), "limit": limit})
    return None


def _harmful(sign: str) -> bool:
    if sign in _ALLOWED:
        return False
    return sign in _BIDI or unicodedata.category(sign) in {"Cc", "Cs"}


def _number_fault(name: str, value: int, least: int | None) -> Fault | None:
    if least is not None and value < least:
        says = N_("{name} must be at least {least}.")
        return Fault(name, "too_small", says, {"name": name, "least": least})
    if abs(value) >= 2**63:
        return Fault(name, "too_large", N_("{name} is too large."), {"name": name})
    return None
