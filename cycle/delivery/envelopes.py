"""What a receiver gets: a CloudEvent (1.0, JSON) with the deed and the record it is about."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cycle import clock
from cycle.errors import NotFound
from cycle.reading import journal, town
from cycle.reading.door import Reader
from cycle.reading.records import record
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import Sight

MEDIA_TYPE: Final = "application/cloudevents+json; charset=utf-8"
TEST: Final = "webhook.test"
_OF_ENTITY: Final = {  # what the journal calls it → the noun whose record is shown
    "org_unit": "department",
    "field_of_action": "field",
    "indicator": "indicator",
    "area": "area",
    "body": "body",
    "account": "account",
    "paper": "paper",
}
_OF_LETTER: Final = {
    "Z": "round",
    "B": "report",
    "F": "finding",
    "G": "goal",
    "M": "measure",
    "E": "evaluation",
    "D": "decision",
    "R": "recommendation",
}
_KEY: Final = re.compile(r"([A-Z])-\d{4}(-\d+)?")


@dataclass(frozen=True, slots=True)
class Envelope:
    """A CloudEvent, ready to be signed."""

    id: str
    body: bytes


def event(
    reader: Reader, n: int, type_: str, sight: Sight, *, day: date | None, lang: str
) -> Envelope | None:
    """Put an event into its envelope as somebody sees it now; None where it is out of sight."""
    row = journal.event(reader, n, sight)
    if row is None:
        return None
    here = town.town(reader)
    try:
        shown = _record(reader, row, sight, day or here.day or clock.today(), lang)
    except NotFound:
        return None
    named = {
        "id": f"{reader.municipality_id}-{n}",
        "type": type_,
        "subject": row.key,
        "time": plain(row.at),
    }
    return _sealed(here.ags, named, {**plain(row), "record": shown})


def sample(reader: Reader, name: str, id_: str, at: datetime) -> Envelope:
    """Put a try into an envelope, so that a receiver can be seen to work."""
    named = {"id": id_, "type": TEST, "subject": name, "time": plain(at)}
    return _sealed(town.town(reader).ags, named, {"webhook": name})


def _sealed(ags: str, named: Mapping[str, str], data: Json) -> Envelope:
    told: dict[str, Json] = {
        "specversion": "1.0",
        "source": f"urn:kreislauf:{ags}",
        "datacontenttype": "application/json",
        **{name: value for name, value in named.items() if value},  # a hidden subject is none
        "data": data,
    }
    return Envelope(named["id"], json.dumps(told, ensure_ascii=False).encode())


def _record(
    reader: Reader, row: journal.EventRow, sight: Sight, today: date, lang: str
) -> Json | None:
    """Give the record an event is about as it is now; NotFound where it is out of sight."""
    letter = _KEY.fullmatch(row.key)
    noun = _OF_ENTITY.get(row.entity) or (_OF_LETTER.get(letter[1]) if letter else None)
    if noun is None or not row.key:
        return None
    return record(
        reader, noun, row.key, today=today, lang=lang, internal=sight.internal, sight=sight
    )
