"""Which body hears a measure next, and what keeps the measure from being decided there."""

from dataclasses import replace
from typing import Final

from cycle.errors import Reason
from cycle.machine.facts import MeasureFacts
from cycle.machine.guards_planning import decision_missing, youth_committee_not_heard
from cycle.machine.measures import MEASURES

YOUTH: Final = ("youth_welfare_committee",)
COUNCIL: Final = ("council", "county_council")
STEPS: Final = {"targeted": "propose", "deferred": "resubmit", "proposed": "approve"}


def next_bodies(f: MeasureFacts) -> tuple[str, ...] | None:
    """Give the kinds of bodies one of which hears it next; None where no sitting is needed.

    Youth welfare goes to its committee before the council. Which committee resolves on its own
    nobody can tell: no kind is given then.
    """
    unheard = youth_committee_not_heard.lack(f) is not None
    if unheard and youth_committee_not_heard.id not in f.waived:
        return YOUTH
    if f.binding == "council_resolution":
        return COUNCIL
    return () if f.binding == "committee_resolution" else None


def lacks(f: MeasureFacts, *, heard: bool) -> tuple[Reason, ...]:
    """Tell what a sitting could not mend; the decision itself is what it is held for.

    `heard` tells whether the youth welfare committee deals with it by then.
    """
    step = STEPS[str(f.state)]
    then = replace(f, youth_heard=f.youth_heard or heard)
    offers = MEASURES.offers(f.state, then, f.policy)
    blocked = next(offer.blocked_by for offer in offers if offer.name == step)
    return tuple(reason for reason in blocked if reason.guard != decision_missing.id)
