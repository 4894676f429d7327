"""What leaves by every door as JSON: ISO days, UTC moments ending in Z, decimals as numbers."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

Json = Any  # what json.dumps takes


def plain(value: object) -> Json:
    """Turn a row, a list of rows or any value of theirs into what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return number(value) if isinstance(value, Decimal) else value


def number(value: Decimal) -> int | float:
    """Give a decimal as the number JSON knows: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
