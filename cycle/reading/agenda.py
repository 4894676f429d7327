"""The next sittings: what is on their agenda, what is ready for them, what is not and why."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cycle.machine.agenda import STEPS, YOUTH, lacks, next_bodies
from cycle.machine.facts import MeasureFacts
from cycle.reading.agenda_rows import (
    BodyKind,
    ItemRow,
    OpenCondition,
    Sitting,
    bodies,
    conditions,
    items,
    sittings,
)
from cycle.reading.bodies import named
from cycle.reading.decisions import OpenPaper, open_
from cycle.reading.door import Reader
from cycle.reading.facts import facts
from cycle.reading.measures import hidden
from cycle.reading.problems import reason
from cycle.reading.shapes import Json
from cycle.reading.sight import DRAFTS, Sight


@dataclass(frozen=True, slots=True)
class Item:
    """A paper on the agenda and the measures it is about."""

    order_no: int
    paper: str
    name: str
    role: str
    outcome: str
    public: bool
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A measure that waits for a sitting: ready when nothing is left in `because`."""

    key: str
    title: str
    state: str
    lead: str | None
    paper: str | None  # by which it is on the agenda
    next_step: str | None  # what is still to be done: propose, resubmit, or put it on the agenda
    because: tuple[Json, ...]  # what it lacks, in words


@dataclass(slots=True)
class Meeting:
    """A sitting to come; `on` is None for what finds no sitting yet."""

    on: dt.date | None
    body: str | None
    body_name: str | None
    kind: str | None
    papers: list[Item] = field(default_factory=list)
    ready: list[Waiting] = field(default_factory=list)
    not_ready: list[Waiting] = field(default_factory=list)
    conditions: list[OpenCondition] = field(default_factory=list)  # of this body, due until then
    follow_up: list[OpenPaper] = field(default_factory=list)  # dealt with and never came back


CONSULT: Final = "consult"  # the step that puts a paper on an agenda
_WAITS: Final = f"me.state IN {tuple(STEPS)}"


def agenda(
    reader: Reader,
    *,
    today: dt.date,
    lang: str,
    body: str | None = None,
    until: dt.date | None = None,
    sees_internal: bool = False,
    sight: Sight | None = None,
) -> list[Meeting]:
    """Give the sittings of today and later by day, and last what finds none.

    What a decision that is not public says of a measure does not reach those who see published
    things only, nor anything of a measure out of `sight`. Raises NotFound for a body nobody
    knows.
    """
    only = named(reader, body) if body is not None else None
    sat = sittings(reader, today=today, sees_internal=sees_internal)
    where = _WAITS if sees_internal else f"{_WAITS} AND me.state NOT IN {DRAFTS}"
    waiting = facts(reader, today=today, where=where).values()
    asked = conditions(reader, sees_internal=sees_internal)
    told = {each.key for each in sat} | {each.key for each in waiting}
    unseen = hidden(reader, sight, told.union(*(each.measures for each in asked)))
    passed = _by_key(each for each in sat if each.key not in unseen)
    plan = _Plan(bodies(reader), items(reader, today=today, sees_internal=sees_internal), passed)
    for each in waiting:
        if each.key in unseen:
            continue
        known = each if sees_internal else replace(each, youth_heard=False, amended=False)
        _enter(plan, known, passed.get(each.key, ()), today, lang)
    for condition in asked:
        if meeting := plan.next_of(condition.body, condition.due):
            shown = tuple(key for key in condition.measures if key not in unseen)
            meeting.conditions.append(replace(condition, measures=shown))
    for paper in open_(reader, today=today, sees_internal=sees_internal):
        if meeting := plan.next_of(paper.body, max(today, paper.on + dt.timedelta(days=1))):
            meeting.follow_up.append(paper)
    return [each for each in plan.ordered() if _asked(each, only, until)]


class _Plan:
    """The sittings to come, and where else something belongs."""

    def __init__(
        self,
        known: Sequence[BodyKind],
        rows: Iterable[ItemRow],
        passed: Mapping[str, Sequence[Sitting]],
    ) -> None:
        self.bodies = {each.short_name: each for each in known}
        self.meetings: dict[tuple[dt.date | None, str | None], Meeting] = {}
        about: dict[str, list[str]] = {}
        for key, each in passed.items():
            for paper in {sitting.paper for sitting in each}:
                about.setdefault(paper, []).append(key)
        for row in rows:
            self.at(row.on, row.body).papers.append(_item(row, about.get(row.paper, ())))

    def at(self, on: dt.date | None, body: str | None) -> Meeting:
        """Give the sitting of a body on a day."""
        known = self.bodies.get(body or "")
        name, kind = (known.name, known.kind) if known else (None, None)
        return self.meetings.setdefault((on, body), Meeting(on, body, name, kind))

    def next_of(self, body: str | None, day: dt.date) -> Meeting | None:
        """Give the first sitting of a body on a day or after it."""
        days = [on for on, of in self.meetings if of == body and on and on >= day]
        return self.meetings[min(days), body] if days else None

    def hearing(self, kinds: Sequence[str], today: dt.date) -> Meeting:
        """Give the next sitting of such a body, else the place of what finds none.

        The agenda of today is closed.
        """
        coming = [m for m in self.meetings.values() if m.on and m.on > today and m.kind in kinds]
        if coming:
            return min(coming, key=lambda m: (m.on, m.body))
        those = [name for name, each in self.bodies.items() if each.kind in kinds]
        return self.at(None, next(iter(those), None))

    def ordered(self) -> list[Meeting]:
        """Give the sittings by day; what lacks least stands first in each."""
        for each in self.meetings.values():
            each.ready.sort(key=lambda one: one.key)
            each.not_ready.sort(key=lambda one: (len(one.because), one.key))
        return sorted(
            self.meetings.values(), key=lambda m: (m.on is None, m.on or dt.date.min, m.body or "")
        )


def _item(row: ItemRow, about: Iterable[str]) -> Item:
    return Item(
        order_no=row.order_no,
        paper=row.paper,
        name=row.name,
        role=row.role,
        outcome=row.outcome,
        public=row.public,
        measures=tuple(sorted(about)),
    )


def _by_key(found: Iterable[Sitting]) -> dict[str, list[Sitting]]:
    grouped: dict[str, list[Sitting]] = {}
    for sitting in found:
        grouped.setdefault(sitting.key, []).append(sitting)
    return grouped


def _enter(
    plan: _Plan, each: MeasureFacts, passed: Sequence[Sitting], today: dt.date, lang: str
) -> None:
    """Enter a measure at the sittings it is on the agenda of, and at the one it needs next."""
    coming = {(s.on, s.body): s for s in passed if s.on >= today}.values()
    youth = [sitting.on for sitting in passed if sitting.kind in YOUTH]
    for sitting in coming:
        heard = any(on <= sitting.on for on in youth)
        _judge(plan.at(sitting.on, sitting.body), each, sitting.paper, lang, heard=heard)
    kinds = next_bodies(replace(each, youth_heard=each.youth_heard or bool(youth)))
    if kinds is not None and not any(s.kind in kinds or not kinds for s in coming):
        meeting = plan.hearing(kinds, today)
        heard = bool(youth) or meeting.kind in YOUTH
        _judge(meeting, each, None, lang, heard=heard)


def _judge(
    meeting: Meeting, each: MeasureFacts, paper: str | None, lang: str, *, heard: bool
) -> None:
    missing = lacks(each, heard=heard)
    step = STEPS[str(each.state)]
    if each.state == "proposed":
        step = CONSULT
    waiting = Waiting(
        key=each.key,
        title=each.title,
        state=str(each.state),
        lead=each.lead,
        paper=paper,
        next_step=None if paper and step == CONSULT else step,
        because=tuple(reason(each, lang) for each in missing),
    )
    (meeting.not_ready if missing else meeting.ready).append(waiting)


def _asked(meeting: Meeting, body: str | None, until: dt.date | None) -> bool:
    in_time = until is None or meeting.on is None or meeting.on <= until
    return in_time and body in (None, meeting.body)
