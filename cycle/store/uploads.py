"""Files that were sent to be read in, kept for a day; for who sent them only.

They stay after they were written too: who clicks twice is told the same twice, and the refused
rows can still be fetched.
"""

import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import bindparam, text

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.model.columns import Instant
from cycle.store.unit import Unit

MOST: Final = 5 * 2**20  # bytes
KEPT: Final = timedelta(hours=24)
LATEST: Final = 20  # files of one account
_KEEP: Final = text("""
INSERT INTO kept_upload (municipality_id, id, account_id, kind, name, content, at)
VALUES (:m, :id, :account, :kind, :name, :content, :now)
""").bindparams(bindparam("now", type_=Instant))
_TAKE: Final = text("""
SELECT kind, name, content FROM kept_upload
WHERE municipality_id = :m AND id = :id AND account_id = :account AND at >= :before
""").bindparams(bindparam("before", type_=Instant))
_FORGET: Final = text("""
DELETE FROM kept_upload WHERE municipality_id = :m AND (at < :before OR id IN (
    SELECT id FROM kept_upload WHERE municipality_id = :m AND account_id = :account
    ORDER BY at DESC, id LIMIT 1000 OFFSET :latest))
""").bindparams(bindparam("before", type_=Instant))


@dataclass(frozen=True, slots=True)
class Kept:
    """One file."""

    id: str
    kind: str
    name: str
    data: bytes = field(repr=False)


def keep(unit: Unit, kind: str, name: str, data: bytes) -> str:
    """Keep a file for a day; give what it is found by. What is older, or too many, is forgotten."""
    made = secrets.token_hex(12)
    unit.session.execute(_FORGET, {
        "m": unit.town.id, "account": unit.actor.account_id, "before": unit.now - KEPT,
        "latest": LATEST - 1,
    })  # fmt: skip
    unit.session.execute(_KEEP, {
        "m": unit.town.id, "id": made, "account": unit.actor.account_id, "kind": kind,
        "name": name[:300], "content": b64encode(data).decode(), "now": unit.now,
    })  # fmt: skip
    return made


def take(unit: Unit, id_: str) -> Kept:
    """Give a file to who sent it; NotFound where it was forgotten."""
    place = {
        "m": unit.town.id, "id": id_, "account": unit.actor.account_id, "before": unit.now - KEPT,
    }  # fmt: skip
    found: Any = unit.session.execute(_TAKE, place).first()
    if found is None:
        raise NotFound(
            N_("This file is not kept any more."),
            fix=N_("Files are kept for a day. Send it again."),
        )
    return Kept(id_, found[0], found[1], b64decode(found[2]))
