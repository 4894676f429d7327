"""The journal: who did what, and whether it is still what was written."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from cycle.i18n import N_
from cycle.machine.chain import Break, Link, breaks
from cycle.reading.door import Reader, many
from cycle.reading.measures import hidden, within
from cycle.reading.pages import ALL, Page
from cycle.reading.shapes import Json
from cycle.reading.sight import DRAFTS, Sight

NAMING: Final = (  # name accounts, which are for admin only
    "('account', 'token', 'deputy', 'event', 'webhook')"
)
_KEYED: Final = "('account', 'token', 'deputy')"  # whose key is the name of an account
CLOSED: Final = (  # may speak of what is not public, or is internal as such
    "('paper', 'consultation', 'decision', 'decision_condition', 'condition', 'light_override')"
)

_MEASURE: Final = re.compile(r"M-\d{4}-\d+")

SAYS: Final[Mapping[str, str]] = {  # what broke, as a template filled with the event's number
    "changed": N_("Event {n} is not what was written."),
    "payload_changed": N_("The content of event {n} is not what was written."),
    "removed": N_("Event {n} is missing."),
    "inserted": N_("Event {n} was put in afterwards."),
}
BLACKED_OUT: Final = N_("blacked out on {on}: {reason}")


@dataclass(frozen=True, slots=True)
class EventRow:
    """One deed: who in which role and for which department, what, and what changed."""

    n: int
    at: datetime
    day: date
    role: str
    departments: tuple[str, ...]  # the account speaks for
    for_department: str | None  # im Auftrag
    account: str | None  # for the eyes of admin only
    entity: str
    key: str
    action: str
    from_state: str | None
    to_state: str | None
    changes: Json  # None: blacked out, or not for these eyes
    blacked_out_on: date | None
    blacked_out_reason: str | None


_EVENTS: Final = """
SELECT e.n, e.at, e.day, e.role, o.code AS for_department, {account} AS account, e.entity,
  {key} AS key, e.action, e.from_state, e.to_state, p.blacked_out_on, p.blacked_out_reason,
  {content} AS changes,
  (SELECT string_agg(u.code, '|') FROM account_unit l
    JOIN org_unit u ON u.municipality_id = :m AND u.id = l.org_unit_id
    WHERE l.municipality_id = :m AND l.account_id = e.account_id) AS departments
FROM event e
LEFT JOIN event_payload p ON p.municipality_id = :m AND p.n = e.n
LEFT JOIN account a ON a.municipality_id = :m AND a.id = e.account_id
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = e.for_unit_id
WHERE e.municipality_id = :m AND {where} ORDER BY e.n{order}
"""
_LINKS: Final = """
SELECT e.n, e.at, e.day, e.account_id, e.role, e.for_unit_id, e.for_account_id, e.request_id,
  e.entity, e.entity_id, e.key, e.action, e.from_state, e.to_state, e.payload_hash,
  e.prev_hash, e.hash,
  p.salt, p.content, p.rows, p.blacked_out_on
FROM event e LEFT JOIN event_payload p ON p.municipality_id = :m AND p.n = e.n
WHERE e.municipality_id = :m ORDER BY e.n
"""
_DRAFTED: Final = f"SELECT ref FROM measure WHERE municipality_id = :m AND state IN {DRAFTS}"
_OF: Final = "EXISTS (SELECT 1 FROM measure WHERE municipality_id = :m AND ref = e.key AND {})"
_LEADS: Final = """
SELECT me.ref, o.code FROM measure me
LEFT JOIN org_unit o ON o.municipality_id = :m AND o.id = me.lead_id
WHERE me.municipality_id = :m AND me.ref IN ({keys})
"""
_ORPHANS: Final = """
SELECT n FROM (
  SELECT n FROM event_payload WHERE municipality_id = :m
  UNION SELECT n FROM outbox WHERE municipality_id = :m
) AS kept WHERE n NOT IN (SELECT n FROM event WHERE municipality_id = :m)
"""
_HEAD: Final = """
SELECT value, mark FROM counter WHERE municipality_id = :m AND name = 'journal'
"""


def events(
    reader: Reader,
    key: str | None = None,
    since: date | None = None,
    limit: int | None = None,
    *,
    sees_internal: bool = False,
    sees_accounts: bool = False,
) -> list[EventRow]:
    """Give what was done, the latest `limit` deeds in the order in which they were done.

    `key` narrows it to one record, `since` to a day and later. Contents are internal; the
    account behind a deed is shown to admin only.
    """
    parts, values = _asked(key, since)
    if not sees_internal:
        parts += [f"e.entity NOT IN {CLOSED}", f"e.key NOT IN ({_DRAFTED})"]
    if limit is not None:
        values["limit"] = limit
    sql = _EVENTS.format(
        account="a.name" if sees_accounts else "CAST(NULL AS TEXT)",
        key=_key(sees_accounts=sees_accounts),
        content=_content(sees_internal=sees_internal, sees_accounts=sees_accounts),
        where=" AND ".join(parts) or "1 = 1",
        order=" DESC" if limit is None else " DESC LIMIT :limit",
    )
    found = reader.rows(sql, EventRow, **values)
    return [_opened(row) for row in reversed(found)]


def event(reader: Reader, n: int, sight: Sight) -> EventRow | None:
    """Give one deed as somebody sees it; None where there is none of that number in sight."""
    found = _in_sight(reader, sight, "e.n = :n", {"n": n})
    return found[0] if found else None


def paged(
    reader: Reader,
    sight: Sight,
    *,
    key: str | None = None,
    since: date | None = None,
    until: int | None = None,
    page: Page = ALL,
) -> list[EventRow]:
    """Give a page of what was done as somebody sees it, in the order in which it was done.

    `until` is the number of the last deed that is looked at.
    """
    parts, values = _asked(key, since)
    if until is not None:
        parts.append("e.n <= :until")
        values["until"] = until
    if page.after is not None:
        parts.append("e.n > :page_after")
        values["page_after"] = int(page.after)
    if page.limit is not None:
        values["page_limit"] = page.limit
    return _in_sight(reader, sight, " AND ".join(parts) or "1 = 1", values, page.cut(""))


def head(reader: Reader) -> int:
    """Give the number of the latest deed."""
    found = reader.pairs(_HEAD)
    return int(found[0][0]) if found else 0


def _in_sight(
    reader: Reader, sight: Sight, where: str, values: dict[str, Any], order: str = ""
) -> list[EventRow]:
    """Give the deeds in sight.

    What is internal of a measure is seen by its own department and those who work on all.
    """
    seen, more = within(sight)
    parts = [where, f"NOT {_OF.format(f'NOT ({seen})')}"]
    if not sight.internal:
        parts.append(f"e.entity NOT IN {CLOSED}")
    sql = _EVENTS.format(
        account="a.name" if sight.accounts else "CAST(NULL AS TEXT)",
        key=_key(sees_accounts=sight.accounts),
        content=_content(sees_internal=sight.internal, sees_accounts=sight.accounts),
        where=" AND ".join(parts),
        order=order,
    )
    rows = reader.rows(sql, EventRow, **values, **more)
    if sight.inside(None):
        return [_opened(row) for row in rows]
    closed = _foreign(reader, sight, rows)
    opened = [_opened(replace(row, changes=None) if row.key in closed else row) for row in rows]
    unseen = hidden(reader, sight, (key for row in opened for key in _named(row.changes)))
    return [replace(row, changes=_without(row.changes, unseen)) for row in opened]


def _named(content: Json) -> list[str]:
    """Give what looks like the key of a measure in a content, however deep."""
    if isinstance(content, str):
        return [content] if _MEASURE.fullmatch(content) else []
    inside = content.values() if isinstance(content, dict) else content
    return [key for each in inside for key in _named(each)] if _holds(content) else []


def _without(content: Json, unseen: frozenset[str]) -> Json:
    """Take these keys out of a content: out of its lists, and null where one stood alone."""
    if not unseen or not _holds(content):
        return None if isinstance(content, str) and content in unseen else content
    if isinstance(content, dict):
        return {name: _without(each, unseen) for name, each in content.items()}
    kept = [each for each in content if not (isinstance(each, str) and each in unseen)]
    return [_without(each, unseen) for each in kept]


def _holds(content: Json) -> bool:
    return isinstance(content, dict | list)


def _foreign(reader: Reader, sight: Sight, rows: list[EventRow]) -> set[str]:
    """Find the measures whose internal words are not for these eyes."""
    listed, values = many("key", sorted({row.key for row in rows}))
    leads = reader.pairs(_LEADS.format(keys=listed), **values)
    return {key for key, lead in leads if not sight.inside(lead)}


def verify(reader: Reader) -> list[Break]:
    """Give every fault of the journal by the number of its event; none where it is whole."""
    head = reader.pairs(_HEAD)
    count, mark = head[0] if head else (0, "")
    orphans = [n for (n,) in reader.pairs(_ORPHANS)]
    links = [_link(Link(*row)) for row in reader.pairs(_LINKS)]
    return breaks(links, int(count), mark, orphans)


def _link(stored: Link) -> Link:
    """Give the event as it was written, whatever somebody put into its columns since."""
    on = stored.blacked_out_on
    return replace(
        stored,
        at=_instant(stored.at),
        day=_day(stored.day),
        blacked_out_on=_day(on) if on else None,
    )


def _day(stored: date | str) -> date:
    """Read a day; one that nobody wrote so becomes one that no hash fits."""
    try:
        return date.fromisoformat(stored) if isinstance(stored, str) else stored
    except ValueError:
        return date.min


def _instant(stored: datetime | str) -> datetime:
    try:
        found = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _key(*, sees_accounts: bool) -> str:
    return "e.key" if sees_accounts else f"CASE WHEN e.entity IN {_KEYED} THEN '' ELSE e.key END"


def _content(*, sees_internal: bool, sees_accounts: bool) -> str:
    if not sees_internal:
        return "CAST(NULL AS TEXT)"
    return (
        "p.content"
        if sees_accounts
        else (f"CASE WHEN e.entity IN {NAMING} THEN NULL ELSE p.content END")
    )


def _asked(key: str | None, since: date | None) -> tuple[list[str], dict[str, Any]]:
    parts: list[str] = []
    values: dict[str, Any] = {}
    if key is not None:
        parts.append("e.key = :key")
        values["key"] = key
    if since is not None:
        parts.append("e.day >= :since")
        values["since"] = since
    return parts, values


def _opened(row: EventRow) -> EventRow:
    if not isinstance(row.changes, str):
        return row
    try:
        return replace(row, changes=json.loads(row.changes))
    except ValueError:  # somebody wrote past the store; `verify` names the event
        return row
