"""What is written down already of what a measure may have several of, a line each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from api.web.frame import Visit, link
from cycle.i18n import N_
from cycle.machine import words
from cycle.reading import budgets, duties


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is written down, and where it is gone on with."""

    says: str
    own: str = ""  # as the town wrote it
    end: str = ""
    href: str = ""
    link: str = ""  # what the link is called


def _told(says: str, own: str | None) -> Line:
    return Line(f"{says}: ", own) if own else Line(says)


def participations(visit: Visit, key: str) -> Iterator[Line]:
    """Tell how people were involved."""
    for row in duties.participations(visit.at(), key):
        how = words.name("participation_format", row.format, visit.lang)
        yield _told(f"{visit.tongue.date(row.held_from)} {how}", row.summary)


def enforcements(visit: Visit, key: str) -> Iterator[Line]:
    """Tell what makes it binding."""
    for row in duties.enforcements(visit.at(), key, sees_internal=False):
        lever = words.name("lever", row.lever, visit.lang)
        yield _told(f"{lever} ({row.responsible})" if row.responsible else lever, row.text)


def commitments(visit: Visit, key: str) -> Iterator[Line]:
    """Tell what partners have promised."""
    for row in duties.commitments(visit.at(), key):
        if row.on:
            day = visit.tongue.date(row.on)
            told = visit.say(N_("{partner} promised on {day}"), partner=row.partner, day=day)
            yield _told(told, row.text)


def milestones(visit: Visit, key: str) -> Iterator[Line]:
    """Tell the dated steps; of one that is open it can be noted what became of it."""
    note = visit.say(N_("Note what became of it"))
    for row in duties.milestones(visit.at(), key):
        is_open = not (row.done_on or row.dropped_on)
        yield Line(
            f"{visit.tongue.date(row.due)}: ",
            row.title,
            f" – {_became(visit, row)}",
            link("measures", key, "milestones", str(row.no)) if is_open else "",
            note if is_open else "",
        )


def _became(visit: Visit, row: duties.MilestoneRow) -> str:
    if row.done_on:
        return visit.say(N_("reached on {day}"), day=visit.tongue.date(row.done_on))
    if row.dropped_on:
        return visit.say(N_("dropped on {day}"), day=visit.tongue.date(row.dropped_on))
    return visit.say(N_("open"))


_SUMS: Final = (
    ("planned", N_("planned {amount}")),
    ("approved", N_("approved {amount}")),
    ("committed", N_("committed {amount}")),
    ("spent", N_("spent {amount}")),
)


def money(visit: Visit, key: str) -> Iterator[Line]:
    """Tell the money of each year."""
    for row in budgets.show(visit.at(), key, today=visit.day)["lines"]:
        source = words.name("funding", row["funding"], visit.lang)
        sums = [visit.say(says, amount=visit.tongue.money(row[f"{name}_cents"]))
                for name, says in _SUMS if row[f"{name}_cents"]]  # fmt: skip
        yield Line(": ".join(filter(None, (f"{row['year']} {source}", ", ".join(sums)))))


THERE: Final[dict[str, Callable[[Visit, str], Iterator[Line]]]] = {
    "participation": participations,
    "enforcement": enforcements,
    "commitments": commitments,
    "milestones": milestones,
    "budget": money,
    "money": money,
}  # by task
