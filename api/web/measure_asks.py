"""What a measure is: its words, goals, findings, place, period and lead, asked and written."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from api.web import choosing
from api.web.forms import Field, Option
from api.web.frame import Visit
from cycle.i18n import N_
from cycle.model.words import BINDINGS, MANDATES, ORIGINS, PREVENTION
from cycle.reading import cycles, goals
from cycle.reading import findings as findings_read
from cycle.reading.measure_words import written
from cycle.reading.shapes import Json
from cycle.usecases import measures
from cycle.usecases.indicators import RATED

Words = dict[str, Any]
PLANNED: Final = ("draft", "targeted", "proposed", "deferred")  # dates are still free to change
_STAY: Final = frozenset({"title", "goal", "lead", "binding", "reason"})  # nothing cannot be said


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def edit(visit: Visit, said: Words) -> object:
    """Write down what was answered; what was emptied is empty from now on.

    Nothing is written where nothing was answered and nothing was known.
    """
    if visit.blank:
        return None
    given = {n: v for n, v in said.items() if v is not None or n not in _STAY}
    return measures.edit(visit.unit, visit.key, **given)


def words_of(visit: Visit, measure: Json) -> tuple[Field, ...]:
    """Ask what is to be done."""
    return (
        Field(name="title", label=visit.say(N_("What is to be done?")), required=True, most=90,
              value=measure["title"]),
        Field(name="description", label=visit.say(N_("Description")), kind="prose",
              value=measure["description"],
              hint=visit.say(N_("What exactly, with whom, how. Please name no persons."))),
    )  # fmt: skip


def of_goals(visit: Visit, *, kept: Collection[str] = ()) -> tuple[Option, ...]:
    """Offer the goals a measure may serve, those of open rounds, and those it serves already."""
    rounds = {row.key for row in cycles.listed(visit.at()) if row.stage != "closed"}
    return tuple(
        Option(each.key, choosing.beside(each.key, each.text))
        for each in goals.named(visit.at())
        if each.key in kept or (each.cycle in rounds and each.status not in RATED)
    )


def round_of(visit: Visit, goal_key: str | None) -> str | None:
    """Give the round of a goal: what serves it belongs there."""
    found = goals.named(visit.at()) if goal_key else ()
    return next((each.cycle for each in found if each.key == goal_key), None)


def goal(visit: Visit, measure: Json) -> tuple[Field, ...]:
    """Ask what it is for."""
    main = [each["key"] for each in measure["goals"] if each["contribution"] == "main"]
    side = [each["key"] for each in measure["goals"] if each["contribution"] != "main"]
    offered = of_goals(visit, kept=(*main, *side))
    return (
        Field(name="goal", label=visit.say(N_("Main goal")), kind="choice", shown="select",
              required=True, options=offered, value=main[0] if main else None),
        Field(name="side_goals", label=visit.say(N_("Further goals")), kind="choices",
              options=offered, value=side),
    )  # fmt: skip


def findings(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask which finding it answers, or where else it comes from."""
    found = findings_read.listed(visit.at())
    known = written(visit.at(), visit.key)
    offered = tuple(Option(f.key, choosing.beside(f.key, f.text)) for f in found)
    return (
        Field(name="findings", label=visit.say(N_("Findings it answers")), kind="choices",
              options=offered, value=known.findings),
        Field(name="origin", label=visit.say(N_("Or where does it come from?")), kind="choice",
              options=choosing.of_words(visit, "origin", ORIGINS), value=known.origin),
        Field(name="origin_note", label=visit.say(N_("Which one?")), value=known.origin_note,
              hint=visit.say(N_("Number of the motion, name of the law or programme."))),
    )  # fmt: skip


def where(visit: Visit, measure: Json) -> tuple[Field, ...]:
    """Ask where it works."""
    places = choosing.of_areas(visit)
    names = choosing.names_of_fields(visit)
    return (
        Field(name="citywide", label=visit.say(N_("In the whole town")), kind="flag",
              value=measure["citywide"]),
        Field(name="areas", label=visit.say(N_("Or in these areas")), kind="choices",
              options=places, value=measure["areas"]),
        Field(name="fields", label=visit.say(N_("Fields of action")), kind="choices",
              options=tuple(Option(code, name) for code, name in names.items()),
              value=measure["fields"]),
    )  # fmt: skip


def period(visit: Visit, measure: Json) -> tuple[Field, ...]:
    """Ask from when to when; once it is approved, why that changes."""
    days = (
        Field(name="planned_start", label=visit.say(N_("From")), kind="day",
              value=_day(measure["planned_start"])),
        Field(name="planned_end", label=visit.say(N_("To")), kind="day",
              value=_day(measure["planned_end"])),
    )  # fmt: skip
    if measure["state"] not in PLANNED:
        why = Field(name="reason", label=visit.say(N_("Why do the dates change?")), kind="prose",
                    hint=visit.say(N_("The first planned end stays known.")))  # fmt: skip
        return (*days, why)
    return (
        *days,
        Field(name="is_ongoing", label=visit.say(N_("It has no end")), kind="flag",
              value=measure["is_ongoing"]),
        Field(name="period_text", label=visit.say(N_("The period in words")),
              value=measure["period_text"], hint=visit.say(N_("Such as: school year 2027/28."))),
    )  # fmt: skip


def lead(visit: Visit, measure: Json) -> tuple[Field, ...]:
    """Ask who answers for it, and who takes part."""
    offered = choosing.of_departments(visit)
    leads = Field(name="lead", label=visit.say(N_("Lead")), kind="choice", shown="select",
                  options=offered, value=measure["lead"])  # fmt: skip
    return (
        *((leads,) if visit.may("planner") else ()),
        Field(name="partners", label=visit.say(N_("Partners")), kind="choices", options=offered,
              value=measure["partners"]),
        Field(name="binding", label=visit.say(N_("What it rests on")), kind="choice",
              shown="select", options=choosing.of_words(visit, "binding", BINDINGS),
              value=measure["binding"]),
        Field(name="mandate", label=visit.say(N_("Duty or free will?")), kind="choice",
              options=choosing.of_words(visit, "mandate", MANDATES), value=measure["mandate"]),
    )  # fmt: skip


def group(visit: Visit, _measure: Json) -> tuple[Field, ...]:
    """Ask whom it is for."""
    known = written(visit.at(), visit.key)
    return (
        Field(name="target_group", label=visit.say(N_("Whom is it for?")),
              value=known.target_group),
        Field(name="prevention_level", label=visit.say(N_("Prevention")), kind="choice",
              options=choosing.of_words(visit, "prevention", PREVENTION),
              value=known.prevention_level),
        Field(name="legal_basis", label=visit.say(N_("Legal basis")), value=known.legal_basis),
    )  # fmt: skip
