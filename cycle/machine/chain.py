"""The chain that holds the journal together: how an event is hashed, and what broke it.

Every event's hash covers its own words and the hash before it; of its payload it covers a salted
hash only, so that a payload can be blacked out and the chain stays whole. A payload counts as
blacked out only where a later event of the chain says so.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, Final

BLACKED: Final = "█"  # stands for words that were blacked out
GENESIS: Final = "0" * 64
BLACKED_OUT: Final = "blacked_out"  # the action of an event that names another by its number
CHAINED: Final = (
    "n", "at", "day", "account_id", "role", "for_unit_id", "for_account_id", "request_id", "entity",
    "entity_id", "key", "action", "from_state", "to_state", "payload_hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """An event as the journal stores it, with its payload."""

    n: int
    at: datetime
    day: date
    account_id: str
    role: str
    for_unit_id: str | None
    for_account_id: str | None
    request_id: str | None
    entity: str
    entity_id: str
    key: str
    action: str
    from_state: str | None
    to_state: str | None
    payload_hash: str
    prev_hash: str
    hash: str
    salt: str | None
    content: str | None
    rows: str | None
    blacked_out_on: date | None


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the journal is not what was written: the event's number and what is wrong."""

    n: int
    code: str  # changed, payload_changed, removed or inserted


def canonical(value: object) -> str:
    """Write JSON that is the same for the same content: sorted, without blanks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def payload_hash(salt: str, content: str, rows: str | None = None) -> str:
    """Hash a payload and its rows with a salt, so that a blacked-out one cannot be guessed."""
    return hashlib.sha256(f"{salt}{content}{rows or ''}".encode()).hexdigest()


def rows_hash(rows: str | None) -> str | None:
    """Hash the rows that stay of a blacked-out event; the event that tells of it keeps it."""
    return None if rows is None else hashlib.sha256(rows.encode()).hexdigest()


def chain_hash(event: Mapping[str, Any]) -> str:
    """Hash an event with the hash before it; the moment counts in UTC, to the microsecond."""
    told = {name: event[name] for name in CHAINED}
    told["at"] = event["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(f"{event['prev_hash']}{canonical(told)}".encode()).hexdigest()


def breaks(
    links: Iterable[Link], count: int, mark: str, orphans: Iterable[int] = ()
) -> list[Break]:
    """Return every fault by number; `count` and `mark` are what the counter says of the last one.

    `links` come in the order of their numbers; `orphans` are numbers of which only the payload
    is left.
    """
    found = list(links)
    inside = [link for link in found if link.n <= count]
    blacked_out = _blacked_out(inside)
    faults = {
        *_removed(inside, count),
        *(Break(n, "removed") for n in orphans),
        *(Break(link.n, "inserted") for link in found if link.n > count),
        *_changed(inside, count, mark),
        *(Break(link.n, "payload_changed") for link in inside if not _holds(link, blacked_out)),
    }
    return sorted(faults, key=lambda fault: (fault.n, fault.code))


def _removed(links: list[Link], count: int) -> Iterator[Break]:
    there = {link.n for link in links}
    return (Break(n, "removed") for n in range(1, count + 1) if n not in there)


def _changed(links: list[Link], count: int, mark: str) -> Iterator[Break]:
    for link in links:
        if chain_hash(asdict(link)) != link.hash or (link.n == 1 and link.prev_hash != GENESIS):
            yield Break(link.n, "changed")
    ends = {link.n: link.hash for link in links} | {0: GENESIS}
    for link, after in pairwise(links):
        # Whoever changes an event and its hash does not meet the hash that the next one keeps.
        if after.n == link.n + 1 and after.prev_hash != link.hash:
            pushed_in = after.prev_hash == ends.get(link.n - 1)
            yield Break(link.n, "inserted" if pushed_in else "changed")
    if links and links[-1].n == count and links[-1].hash != mark:
        yield Break(count, "changed")


def _blacked_out(links: list[Link]) -> dict[int, tuple[date, str | None]]:
    """Give the numbers the chain tells to be blacked out, with the day and the hash of the rows."""
    told = (link for link in links if link.action == BLACKED_OUT and _payload_holds(link))
    named = ((json.loads(link.content or "{}"), link) for link in told)
    return {
        content["n"]: (link.day, content.get("rows"))
        for content, link in named
        if isinstance(content.get("n"), int) and content["n"] < link.n
    }


def _holds(link: Link, blacked_out: Mapping[int, tuple[date, str | None]]) -> bool:
    if link.salt is None and link.content is None:
        left = (link.blacked_out_on, rows_hash(link.rows))
        return link.blacked_out_on is not None and blacked_out.get(link.n) == left
    return link.blacked_out_on is None and _payload_holds(link)


def _payload_holds(link: Link) -> bool:
    if link.salt is None or link.content is None:
        return False
    return payload_hash(link.salt, link.content, link.rows) == link.payload_hash
