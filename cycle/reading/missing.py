"""What a measure lacks on its way: of the next step, and for a draft of the one after it too."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.errors import Reason
from cycle.machine import words
from cycle.machine.core import judge
from cycle.machine.measures import MEASURES
from cycle.reading.door import Reader
from cycle.reading.facts import facts

# The way a measure usually goes from each state; a draft is prepared for both steps at once.
AHEAD: Final = {
    "draft": ("target", "propose"),
    "targeted": ("propose",),
    "proposed": ("approve",),
    "deferred": ("resubmit",),
    "approved": ("start",),
    "in_progress": ("finish",),
    "suspended": ("resume",),
    "implemented": ("evaluate",),
    "evaluated": ("report_back",),
}
_BEGINS: Final = {"propose": "targeted"}  # where a step begins that is not the next one


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing before a step, and who can supply it."""

    guard: str
    step: str
    says: str
    who: str  # a role, or `lead` for the measure's own department
    told: str  # who it is, in words
    waivable: bool
    blocks: bool  # else it is only owed


def missing(reader: Reader, key: str, *, today: date, lang: str) -> list[Missing]:
    """Give all that is missing before the usual next steps of a measure, each thing once."""
    seen = facts(reader, today=today, keys=(key,))[key]
    found: dict[str, Missing] = {}
    for step in AHEAD.get(seen.state or "", ()):
        row = MEASURES.find(seen.state, step) or MEASURES.find(_BEGINS.get(step), step)
        if row is None:
            continue
        judged = judge(row.known, seen, seen.policy, step)
        for reasons, blocks in ((judged.blocked, True), (judged.owed, False)):
            for each in reasons:
                found.setdefault(each.guard, _told(each, step, lang, blocks=blocks))
    return list(found.values())


def _told(reason: Reason, step: str, lang: str, *, blocks: bool) -> Missing:
    return Missing(
        reason.guard,
        step,
        words.guard_says(reason.guard, lang, reason.values),
        reason.who,
        words.guard_who(reason.who, lang, reason.values),
        reason.waivable,
        blocks,
    )
