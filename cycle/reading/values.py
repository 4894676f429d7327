"""How values go to a driver and come back: one SQL and one kind of row for both databases."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

LIST = "|"  # joins the values of a list column
_NAME = r"('(?:[^']|'')*')|(?<![:\w]):([a-z_][a-z0-9_]*)"  # a text, or a value's name
_UNFIT = "[\0\ud800-\udfff]"  # signs that no stored text holds


@lru_cache(maxsize=2048)
def spelled(sql: str, dialect: str) -> tuple[str, tuple[str, ...] | None]:
    """Write a query the way its driver takes it, with the names of its values in their order.

    None where the driver takes them by name; what stands in quotes stays as it is. A STRAIGHT JOIN
    comes after what is written before it, as on PostgreSQL every one does.
    """
    if dialect == "sqlite":
        ours = sql.replace("string_agg(", "group_concat(")
        return ours.replace("STRAIGHT JOIN", "CROSS JOIN"), None
    sql = sql.replace("STRAIGHT JOIN", "JOIN")
    places: dict[str, int] = {}

    def place(found: re.Match[str]) -> str:
        return found[1] or f"${places.setdefault(found[2], len(places) + 1)}"

    return re.sub(_NAME, place, sql), tuple(places)


def given(value: object) -> object:
    """Spell a value as the store keeps it."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            msg = "a moment needs its zone"
            raise ValueError(msg)
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if not isinstance(value, str) or value.isprintable():
        return value
    return re.sub(_UNFIT, "\ufffd", value)


def same(value: Any) -> Any:  # noqa: ANN401 - converters take what the driver gives
    """Leave a value as the driver gives it."""
    return value


def _date(value: Any) -> date | None:  # noqa: ANN401 - whatever the driver gives
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:  # noqa: ANN401 - whatever the driver gives
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(UTC) if moment else None


def _decimal(value: Any) -> Decimal | None:  # noqa: ANN401 - whatever the driver gives
    return None if value is None else Decimal(value)


def _list(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever the driver gives
    return tuple(sorted(set(value.split(LIST)))) if value else ()


def _set(value: Any) -> frozenset[str]:  # noqa: ANN401 - whatever the driver gives
    return frozenset(_list(value))


def _bool(value: Any) -> bool | None:  # noqa: ANN401 - whatever the driver gives
    return None if value is None else bool(value)


def _number(value: Any) -> int | None:  # noqa: ANN401 - sums arrive as Decimal from PostgreSQL
    return None if value is None else int(value)


_BY_TYPE: dict[object, Callable[[Any], Any]] = {
    date: _date,
    datetime: _moment,
    Decimal: _decimal,
    bool: _bool,
    int: _number,
    tuple: _list,
    frozenset: _set,
}


@lru_cache(maxsize=512)
def ways(row: type, names: tuple[str, ...]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Tell which columns of these names become something else in a row, and what."""
    known = converters(row)
    return tuple((name, way) for name in names if (way := known.get(name, same)) is not same)


@cache
def converters(row: type) -> dict[str, Callable[[Any], Any]]:
    """Tell by a row's annotations what each of its columns becomes."""
    return {n: _BY_TYPE.get(_plain(t), same) for n, t in get_type_hints(row).items()}


def _plain(hint: Any) -> object:  # noqa: ANN401 - a type annotation
    if get_origin(hint) in (Union, UnionType):
        return _plain(next(a for a in get_args(hint) if a is not type(None)))
    return get_origin(hint) or hint
