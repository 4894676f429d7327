"""The dated steps of a measure: one more, and what became of one."""

from typing import Any

from api.web.forms import Field, Option, invalid
from api.web.frame import Visit
from cycle.errors import Fault, NotFound
from cycle.i18n import N_
from cycle.reading import duties
from cycle.reading.shapes import Json
from cycle.usecases import milestones

Words = dict[str, Any]


def milestone(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask for one more dated step."""
    return (
        Field(name="title", label=visit.say(N_("What will be done then?")), required=True),
        Field(name="due", label=visit.say(N_("Until when?")), kind="day", required=True),
    )


def add_milestone(visit: Visit, said: Words) -> object:
    """Keep a dated step."""
    return milestones.add(visit.unit, visit.key, **said)


def _no(visit: Visit) -> int:
    text = visit.path["no"]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004 - digits


def milestone_title(visit: Visit) -> str:
    """Give the words of a dated step; NotFound where there is none of that number."""
    for each in duties.milestones(visit.at(), visit.key):
        if each.no == _no(visit):
            return each.title
    raise NotFound(N_("There is no such page."))


def step(visit: Visit) -> tuple[Field, ...]:
    """Ask what became of a dated step."""
    return (
        Field(name="became", label=visit.say(N_("What became of it?")), kind="choice",
              required=True, value="done", options=(
                  Option("done", visit.say(N_("Reached"))),
                  Option("drop", visit.say(N_("Dropped"))),
              )),
        Field(name="on", label=visit.say(N_("When?")), kind="day", value=visit.day,
              only_with=("became", "done")),
        Field(name="reason", label=visit.say(N_("Why?")), kind="prose",
              only_with=("became", "drop")),
    )  # fmt: skip


def settle_step(visit: Visit, said: Words) -> object:
    """Keep what became of a dated step."""
    if said["became"] == "drop":
        if not said["reason"]:
            raise invalid([Fault("reason", "missing", N_("Please fill this in."))])
        return milestones.drop(visit.unit, visit.key, _no(visit), reason=said["reason"])
    return milestones.done(visit.unit, visit.key, _no(visit), on=said["on"])
