"""What a caller sends: read with a limit, every key once, and told by pointers what is wrong."""

import json
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from api.problems import Turned, invalid
from cycle.errors import Fault
from cycle.i18n import N_

Shape = TypeVar("Shape", bound=BaseModel)
JSON: Final = frozenset({"application/json", "application/merge-patch+json"})
_DEEP: Final = 64  # levels of nesting; our deepest shape has five

SAYS: Final = {  # what pydantic found → our sentence
    "missing": ("missing", N_("This is missing.")),
    "extra_forbidden": ("unknown_field", N_("This is not known here.")),
    "string_type": ("no_text", N_("This is to be text.")),
    "string_too_long": ("too_long", N_("At most {max_length} characters fit here.")),
    "string_too_short": ("too_short", N_("This may not be empty.")),
    "string_pattern_mismatch": ("unknown_word", N_("This is none of the words known here.")),
    "control_character": ("control_character", N_("This holds control characters.")),
    "int_type": ("no_whole_number", N_("This is to be a whole number.")),
    "int_parsing": ("no_whole_number", N_("This is to be a whole number.")),
    "int_parsing_size": ("too_large", N_("This number is too large.")),
    "int_from_float": ("no_whole_number", N_("This is to be a whole number.")),
    "float_type": ("no_number", N_("This is to be a number.")),
    "decimal_type": ("no_number", N_("This is to be a number.")),
    "decimal_parsing": ("no_number", N_("This is to be a number.")),
    "finite_number": ("no_number", N_("This is to be a number.")),
    "bool_type": ("no_truth", N_("This is to be true or false.")),
    "bool_parsing": ("no_truth", N_("This is to be true or false.")),
    "literal_error": ("unknown_word", N_("This is to be one of: {expected}.")),
    "enum": ("unknown_word", N_("This is to be one of: {expected}.")),
    "greater_than_equal": ("too_small", N_("This must be at least {ge}.")),
    "greater_than": ("too_small", N_("This must be more than {gt}.")),
    "less_than_equal": ("too_large", N_("This must be at most {le}.")),
    "less_than": ("too_large", N_("This must be less than {lt}.")),
    "too_long": ("too_many", N_("At most {max_length} of these fit here.")),
    "too_short": ("too_few", N_("At least {min_length} of these are needed.")),
    "list_type": ("no_list", N_("This is to be a list.")),
    "dict_type": ("no_object", N_("This is to be an object.")),
    "ends_twice": ("contradicts", N_("Name the last day or the number of days, not both.")),
    "foreign_word": ("unknown_field", N_("This holds a field that this move does not take.")),
    "model_type": ("no_object", N_("This is to be an object.")),
}
_DAYS: Final = ("no_day", N_("This is to be a day like 2026-11-22."))
_OTHER: Final = ("not_valid", N_("This does not fit here."))


def body(raw: bytes, shape: type[Shape]) -> tuple[Shape, Any]:
    """Give a body as its shape, and as it came; Turned or Invalid where it does not fit."""
    came = loads(raw)
    return fitting(raw, shape), came


def fitting(raw: bytes, shape: type[Shape]) -> Shape:
    """Give well-formed JSON as its shape; Invalid where it does not fit."""
    try:
        return shape.model_validate_json(raw)
    except ValidationError as wrong:
        raise invalid(faults(wrong)) from wrong


def query(words: dict[str, list[str]], shape: type[Shape]) -> Shape:
    """Read what stands behind the question mark; each word once."""
    twice = [name for name, values in words.items() if len(values) > 1]
    if twice:
        says = N_("This stands there more than once.")
        raise invalid([Fault(f"?{name}", "twice", says) for name in twice])
    try:
        return shape.model_validate({name: values[0] for name, values in words.items()})
    except ValidationError as wrong:
        raise invalid(faults(wrong, lead="?")) from wrong


def loads(raw: bytes) -> Any:  # noqa: ANN401 - any JSON
    """Read JSON as it is meant: UTF-8, no key twice, no NaN, not too deep; else Turned."""
    try:
        text = raw.decode("utf-8")
        if _depth(text) > _DEEP:
            raise Turned("malformed")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise Turned("malformed") from wrong


def _depth(text: str) -> int:
    """Count an upper bound of the nesting, brackets within texts included where they are many."""
    if text.count("[") + text.count("{") <= _DEEP:
        return 0
    deepest = level = 0
    quoted = escaped = False
    for sign in text:
        if quoted:
            escaped, quoted = sign == "\\" and not escaped, sign != '"' or escaped
        elif sign == '"':
            quoted = True
        elif sign in "[{":
            level += 1
            deepest = max(deepest, level)
        elif sign in "]}":
            level -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a key stands there twice"
        raise ValueError(msg)
    return found


def _no_constant(_word: str) -> Any:  # noqa: ANN401 - as json asks
    msg = "no number JSON knows"
    raise ValueError(msg)


def faults(wrong: ValidationError, lead: str = "/") -> list[Fault]:
    """Give every fault with its place, never with the value."""
    found = []
    for each in wrong.errors(include_url=False, include_input=False, include_context=True):
        place = "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in each["loc"])
        kind = each["type"]
        code, says = SAYS.get(kind, _DAYS if kind.startswith(("date", "time")) else _OTHER)
        known = {k: v for k, v in each.get("ctx", {}).items() if k != "error"}
        found.append(Fault(f"{lead}{place}" if place else "", code, says, known))
    return found
