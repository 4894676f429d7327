"""What leaves by every door as JSON: ISO days, UTC moments ending in Z, decimals as numbers."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

Json = Any  # what json.dumps takes


_AS_THEY_ARE: Final = frozenset({str, int, float, bool, type(None)})


def plain(value: object) -> Json:
    """Turn a row, a list of rows or any value of theirs into what JSON can hold."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if (names := _fields(kind)) is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return number(value) if isinstance(value, Decimal) else value


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """Tell the fields of a row's kind; None for what is no row."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else None


def number(value: Decimal) -> int | float:
    """Give a decimal as the number JSON knows: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
