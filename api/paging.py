"""Pages of a list: where one begins, and the link to the next."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from collections.abc import Sequence
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from api.desk import Call
from api.problems import invalid
from api.shapes.base import Paged
from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.reading.pages import Page

Row = TypeVar("Row")
LONGEST: Final = 18  # digits of a number both databases know


def page(asked: Paged) -> Page:
    """Give the page that is asked for, and one row more to tell whether others follow."""
    return Page(opened(asked.cursor), asked.limit + 1)


def page_by_number(asked: Paged) -> Page:
    """Give the page of a list that is in the order of a number, such as the journal."""
    wanted = page(asked)
    if wanted.after and not (wanted.after.isdecimal() and len(wanted.after) <= LONGEST):
        raise _no_cursor()
    return wanted


def opened(cursor: str | None) -> str | None:
    """Read a cursor; Invalid for one that no answer of ours held."""
    if cursor is None:
        return None
    try:
        key = urlsafe_b64decode(cursor.encode("ascii")).decode("utf-8")
    except (NoBase64, UnicodeError, ValueError):
        key = ""
    if not key or sealed(key) != cursor or not key.isprintable():
        raise _no_cursor()
    return key


def _no_cursor() -> Invalid:
    says = N_("This is no cursor of ours; take it from the link `next`.")
    return invalid([Fault("?cursor", "no_cursor", says)])


def sealed(key: str) -> str:
    """Write a cursor."""
    return urlsafe_b64encode(key.encode()).decode("ascii")


def put_next(call: Call, rows: Sequence[Row], by: str = "key") -> list[Row]:
    """Leave out the row too many, and link to the page it begins."""
    limit = call.query.limit
    shown = list(rows[:limit])
    if len(rows) > limit:
        last: Any = shown[-1]
        words = dict(call.request.query_params.items()) | {"cursor": sealed(str(getattr(last, by)))}
        call.headers["Link"] = f'<{call.request.url.path}?{urlencode(words)}>; rel="next"'
    return shown


def cut(call: Call, rows: Sequence[Row], by: str) -> list[Row]:
    """Give a page of a list that is read whole, such as departments: it is in the order of `by`."""
    after = opened(call.query.cursor)
    keys = [str(getattr(row, by)) for row in rows]
    first = keys.index(after) + 1 if after in keys else 0
    return put_next(call, rows[first : first + call.query.limit + 1], by)
