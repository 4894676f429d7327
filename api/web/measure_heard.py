"""How people were involved, asked on two pages: how and whom, then when and what came of it.

What the first page was told stands in the address of the second: nothing is stored halfway, and
going back shows it filled in.
"""

from typing import Any, Final

from api.web import choosing
from api.web.forms import Field
from api.web.frame import Gone, Visit, link
from cycle.i18n import N_
from cycle.model.words import FORMATS, GROUPS, INFLUENCE
from cycle.reading.shapes import Json
from cycle.usecases import participations

Words = dict[str, Any]
_DIGITS: Final = 6  # of a count of people


def first(visit: Visit) -> bool:
    """Tell whether this is the first of the two pages."""
    return _told(visit) is None


def _told(visit: Visit) -> Words | None:
    """Give what the first page was told; None where it was not asked yet."""
    asked = visit.asked
    groups = tuple(each for each in asked.get("groups", "").split(",") if each in GROUPS)
    count = asked.get("participants", "")
    if asked.get("format") not in FORMATS or asked.get("level") not in INFLUENCE or not groups:
        return None
    known: Words = {"format": asked["format"], "level": asked["level"], "groups": groups}
    if count.isascii() and count.isdigit() and len(count) <= _DIGITS:
        known["participants"] = int(count)
    return known


def participation(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask how people were involved, then what came of it."""
    return _how(visit) if first(visit) else _when(visit)


def _how(visit: Visit) -> tuple[Field, ...]:
    return (
        Field(name="format", label=visit.say(N_("How were they involved?")), kind="choice",
              required=True, shown="select",
              options=choosing.of_words(visit, "participation_format", FORMATS)),
        Field(name="level", label=visit.say(N_("How much could they change?")), kind="choice",
              required=True, options=choosing.of_words(visit, "influence", INFLUENCE)),
        Field(name="groups", label=visit.say(N_("Who was involved?")), kind="choices",
              required=True, options=choosing.of_words(visit, "group", GROUPS),
              also=("group",)),
        Field(name="participants", label=visit.say(N_("How many took part?")), kind="whole"),
    )  # fmt: skip


def _when(visit: Visit) -> tuple[Field, ...]:
    return (
        Field(name="held_from", label=visit.say(N_("When?")), kind="day", required=True),
        Field(name="held_to", label=visit.say(N_("Until when, if it took longer?")), kind="day"),
        Field(name="summary", label=visit.say(N_("What came of it?")), kind="prose",
              required=True),
        Field(name="effect", label=visit.say(N_("What does that change in the measure?")),
              kind="prose"),
    )  # fmt: skip


def involve(visit: Visit, said: Words) -> object:
    """Keep that people were involved; after the first page lead on to the second."""
    known = _told(visit)
    if known is None:
        told = {**said, "groups": ",".join(said["groups"])}
        return Gone(link("measures", visit.key, "tasks", "participation", **told))
    return participations.add(visit.unit, measure=visit.key, **known, **said)
