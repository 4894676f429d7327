"""OParl 1.1 lists of a council system, read from a folder: organisations, papers, meetings.

Persons and memberships are never read. What is deleted there is left out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cycle import clock
from cycle.errors import Invalid
from cycle.exchange import cells
from cycle.exchange.outcome import RowFault, Wrong
from cycle.exchange.tables import content
from cycle.i18n import N_
from cycle.store.checks import tidy

FILES = ("organizations.json", "meetings.json", "papers.json")


@dataclass(frozen=True, slots=True)
class Organization:
    """A body or an office, as delivered."""

    no: int  # place in the file
    id: str
    name: str
    short_name: str
    named: bool  # a meeting or a consultation names it, so it is a body


@dataclass(frozen=True, slots=True)
class Sitting:
    """A consultation with what the meeting and its agenda say of it."""

    id: str  # unique here: a consultation put off is delivered twice under one id
    organization: str | None
    on: date | None
    scheduled: bool  # a meeting is named, whether it was delivered or not
    role: str | None
    result: str | None
    public: bool  # only what is said to be public is
    authoritative: bool | None


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper, as delivered, with its sittings in the order of their days."""

    no: int  # place in the file
    id: str
    reference: str
    name: str
    paper_type: str | None
    dated: date | None
    sittings: tuple[Sitting, ...]

    @property
    def public(self) -> bool:
        """A paper is public as soon as it stood on a public agenda."""
        return any(sitting.public for sitting in self.sittings)


@dataclass(slots=True)
class Delivery:
    """Everything a folder holds that we read."""

    raw: bytes
    organizations: list[Organization] = field(default_factory=list)
    papers: list[PaperEntry] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


Found = dict[str, Any]


def read(folder: str | Path) -> Delivery:
    """Read a folder of OParl lists; raise Invalid where a file is missing or no such list."""
    if not Path(folder).is_dir():
        raise Invalid(
            N_("{path} is no folder."),
            fix=N_("Name the folder that holds {files}."),
            path=str(folder),
            files=", ".join(FILES),
        )
    raw = {name: content(Path(folder) / name) for name in FILES}
    lists = {name: _entries(data, name) for name, data in raw.items()}
    delivery = Delivery(b"\0".join(raw.values()))
    agenda = Agenda(lists["meetings.json"])
    for no, entry in enumerate(lists["papers.json"], 1):
        try:
            delivery.papers.append(_paper(no, entry, agenda))
        except Wrong as wrong:
            delivery.faults.append(_fault(wrong, "papers.json", no))
    for no, entry in enumerate(lists["organizations.json"], 1):
        try:
            delivery.organizations.append(_organization(no, entry, agenda))
        except Wrong as wrong:
            delivery.faults.append(_fault(wrong, "organizations.json", no))
    return delivery


def _entries(data: bytes, name: str) -> list[Found]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as broken:
        raise Invalid(
            N_("{file} is no JSON: {why}"),
            fix=N_("Fetch the list from the council system again."),
            file=name,
            why=str(broken),
        ) from broken
    entries = found.get("data") if isinstance(found, dict) else found
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise Invalid(
            N_("{file} is no OParl list."),
            fix=N_('An OParl list looks like {{"data": […]}}.'),
            file=name,
        )
    return [entry for entry in entries if entry.get("deleted") is not True]


class Agenda:
    """The meetings and what their agendas say, found by the ids that consultations name."""

    def __init__(self, meetings: list[Found]) -> None:
        """Index meetings and agenda items by their ids."""
        self.meetings = {m["id"]: m for m in meetings if isinstance(m.get("id"), str)}
        self.items: dict[str, tuple[Found, Found]] = {}
        self.named: set[str] = set()
        for meeting in meetings:
            self.named.update(_ids(meeting.get("organization")))
            for item in _objects(meeting.get("agendaItem")):
                if isinstance(item.get("id"), str):
                    self.items[item["id"]] = meeting, item

    def of(self, consultation: Found) -> tuple[Found, Found]:
        """Give meeting and agenda item of a consultation, empty where they are not delivered."""
        meeting, item = self.items.get(str(consultation.get("agendaItem")), ({}, {}))
        return self.meetings.get(str(consultation.get("meeting")), meeting), item


def _paper(no: int, entry: Found, agenda: Agenda) -> PaperEntry:
    id_, reference = _needed(entry, "id"), _needed(entry, "reference")
    sittings = [_sitting(c, agenda) for c in _objects(entry.get("consultation"))]
    sittings.sort(key=lambda s: (s.on is None, s.on or date.max, s.id))
    return PaperEntry(
        no,
        id_,
        reference,
        _needed(entry, "name"),
        _text(entry, "paperType"),
        _day(entry, "date"),
        tuple(_told_apart(sittings)),
    )


def _sitting(found: Found, agenda: Agenda) -> Sitting:
    meeting, item = agenda.of(found)
    organization = next(iter(_ids(found.get("organization"))), None)
    organization = organization or next(iter(_ids(meeting.get("organization"))), None)
    if organization:
        agenda.named.add(organization)
    return Sitting(
        f"{_needed(found, 'id')}#{str(found.get('agendaItem') or '').rpartition('/')[2]}",
        organization,
        _day(meeting, "start"),
        bool(found.get("meeting") or item),
        _text(found, "role"),
        None if meeting.get("cancelled") is True else _text(item, "result"),
        item.get("public") is True,
        found.get("authoritative") if isinstance(found.get("authoritative"), bool) else None,
    )


def _told_apart(sittings: list[Sitting]) -> Iterator[Sitting]:
    """Keep the plain id for the first of a consultation's sittings, the longer one for later."""
    seen: set[str] = set()
    for s in sittings:
        plain = s.id.partition("#")[0]
        id_ = s.id if plain in seen else plain
        seen.add(plain)
        yield Sitting(id_, s.organization, s.on, s.scheduled, s.role, s.result, s.public,
                      s.authoritative)  # fmt: skip


def _organization(no: int, entry: Found, agenda: Agenda) -> Organization:
    id_, name = _needed(entry, "id"), _needed(entry, "name")
    return Organization(no, id_, name, _text(entry, "shortName") or "", id_ in agenda.named)


def _needed(entry: Found, name: str) -> str:
    if value := _text(entry, name):
        return value
    raise Wrong("missing", N_("{name} is missing."), _AGAIN, at=name, name=name)


def _text(entry: Found, name: str) -> str | None:
    value = entry.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Wrong("not_text", N_("{name} is no text."), _AGAIN, at=name, name=name)
    return tidy(value) or None


def _day(entry: Found, name: str) -> date | None:
    value = _text(entry, name)
    if value is None:
        return None
    try:
        return _day_of(value)
    except ValueError as wrong:
        raise Wrong("not_a_date", N_("{value} is no day."), _AGAIN, at=name,
                    value=cells.shown(value)) from wrong  # fmt: skip


def _day_of(value: str) -> date:
    """Give the day in the town of a day or a moment."""
    moment = datetime.fromisoformat(value)
    return clock.day_of(moment) if moment.tzinfo else moment.date()


def _ids(value: object) -> list[str]:
    return [id_ for id_ in value if isinstance(id_, str)] if isinstance(value, list) else []


def _objects(value: object) -> list[Found]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _fault(wrong: Wrong, file: str, no: int) -> RowFault:
    pointer = f"{file}, entry {no}, {wrong.at}"
    return RowFault(pointer, wrong.code, wrong.says, wrong.values, wrong.fix, no, wrong.at, file)


_AGAIN = N_("Fetch the list from the council system again, or correct this entry.")
