"""Evaluations: what was found out about a measure, written down, and what is to follow from it."""

from typing import Any, Final

from api.web import choosing
from api.web.forms import Field, Form, Option
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.stored import Stored
from cycle.i18n import N_
from cycle.model.words import CHOICES, OVERALL
from cycle.reading import decisions as decisions_read
from cycle.reading import duties
from cycle.reading.measures import hidden
from cycle.reading.shapes import Json
from cycle.usecases import dispositions, evaluations

EVALUATORS: Final = frozenset({"evaluator", "planner"})
DECIDERS: Final = frozenset({"steering", "planner"})
TARGETS: Final = 4  # of the main goal, each with a sentence
_DECISIONS: Final = 30  # of the measure


def _one(visit: Visit) -> Shown:
    found = visit.show("evaluation", visit.key)
    unseen = hidden(visit.reader, visit.sight, found["measures"])
    covers = [each for each in found["covers"] if each["measure"] not in unseen]
    return Shown(
        "evaluations/one.html",
        {
            "evaluation": found,
            "covers": covers,
            "figure": choosing.figure(visit),
            "places": choosing.names_of_areas(visit),
        },
    )


def _new(visit: Visit) -> Form:
    measure = visit.show("measure", visit.key)
    asked = (
        Field(name="overall", label=visit.say(N_("Did the measure work?")), kind="choice",
              required=True, options=choosing.of_words(visit, "overall", OVERALL)),
        Field(name="text", label=visit.say(N_("Why do you judge so?")), kind="prose",
              required=True),
        Field(name="effectiveness", label=visit.say(N_("How far were the targets reached?")),
              kind="choice", also=("ratings",), options=_ratings(visit)),
        *(_of_target(visit, n, each) for n, each in enumerate(_targets(visit, measure))),
        Field(name="recommendations", label=visit.say(N_("What do you recommend?")), kind="prose",
              hint=visit.say(N_("A line for each recommendation; the round answers them."))),
        Field(name="concluded_on", label=visit.say(N_("Concluded on")), kind="day",
              value=visit.day, also=("period_end",)),
    )  # fmt: skip
    return Form(
        title=visit.say(N_("Evaluate {key}"), key=measure["key"]),
        lead=Stored(measure["title"]),
        button=visit.say(N_("Record the evaluation")),
        back=link("measures", measure["key"]),
        fields=asked,
    )


def _ratings(visit: Visit) -> tuple[Option, ...]:
    says = (N_("not at all"), N_("hardly"), N_("mostly"), N_("fully"))
    return tuple(Option(str(n), f"{n} – {visit.say(each)}") for n, each in enumerate(says, 1))


def _targets(visit: Visit, measure: Json) -> list[Json]:
    """Give the targets of the main goal that hold now, each with its goal."""
    main = next((g["key"] for g in measure["goals"] if g["contribution"] == "main"), None)
    found = visit.show("goal", main)["targets"] if main else []
    return [{**each, "goal": main} for each in found if not each["replaced_on"]][:TARGETS]


def _of_target(visit: Visit, n: int, target: Json) -> Field:
    place = target["area"] or visit.say(N_("the whole town"))
    return Field(
        name=f"result_{n}", kind="prose", also=("results",) if n == 0 else (),
        label=visit.say(N_("What does {indicator} ({area}) show?"), indicator=target["indicator"],
                        area=place),
        hint=visit.say(N_("One sentence; the stored values stand beside it.")),
    )  # fmt: skip


def _add(visit: Visit, said: dict[str, Any]) -> Gone:
    targets = _targets(visit, visit.show("measure", visit.key))
    results = [
        {"goal": each["goal"], "indicator": each["indicator"], "area": each["area"],
         "text": said.get(f"result_{n}")}
        for n, each in enumerate(targets) if said.get(f"result_{n}")
    ]  # fmt: skip
    advice = [line.strip() for line in (said["recommendations"] or "").splitlines()]
    rated = said["effectiveness"]
    record = evaluations.conclude(
        visit.unit, measures=(visit.key,), overall=said["overall"], text=said["text"],
        ratings={"effectiveness": int(rated)} if rated else {}, results=results,
        recommendations=[line for line in advice if line], concluded_on=said["concluded_on"],
    )  # fmt: skip
    return Gone(link("evaluations", record.ref), N_("{key} is recorded."), {"key": record.ref})


def _disposition(visit: Visit) -> Form:
    now = duties.disposition(visit.reader, visit.key, sees_internal=visit.sight.internal)
    found = decisions_read.listed(
        visit.reader, measure=visit.key, sees_internal=visit.sight.internal, sight=visit.sight
    )[-_DECISIONS:]
    measure = visit.show("measure", visit.key)
    return Form(
        title=visit.say(N_("What follows for {key}?"), key=visit.key),
        lead=Stored(measure["title"]),
        back=link("measures", visit.key),
        fields=(
            Field(name="choice", label=visit.say(N_("What follows?")), kind="choice",
                  required=True, value=now.choice if now else None,
                  options=choosing.of_words(visit, "disposition", CHOICES)),
            Field(name="changes", label=visit.say(N_("What is changed?")), kind="prose",
                  only_with=("choice", "adapt"), value=now.changes if now else None),
            Field(name="reason", label=visit.say(N_("Why?")), kind="prose", required=True,
                  value=now.reason if now else None),
            Field(name="on", label=visit.say(N_("Day of the steering meeting")), kind="day",
                  value=now.on if now else None),
            Field(name="decision", label=visit.say(N_("Or by a decision")), kind="choice",
                  shown="select", value=now.decision if now else None,
                  options=_named(visit, found), empty=visit.say(N_("none of these"))),
        ),
    )  # fmt: skip


def _named(visit: Visit, found: list[decisions_read.DecisionRow]) -> tuple[Option, ...]:
    return tuple(
        Option(d.key, f"{d.key} {visit.tongue.date(d.decided_on)} {d.body or ''}") for d in found
    )


def _decide(visit: Visit, said: dict[str, Any]) -> Gone:
    if said["choice"] != "adapt":
        said["changes"] = None
    dispositions.decide(visit.unit, visit.key, **said)
    return Gone(link("measures", visit.key), N_("It is noted what follows for {key}."),
                {"key": visit.key})  # fmt: skip


PAGES = (
    Page(path="/evaluations/{key}", name="evaluation", noun="evaluation", show=_one),
    Page(path="/measures/{key}/evaluations/new", name="evaluation_new", rights=EVALUATORS,
         noun="measure", form=_new, act=_add),
    Page(path="/measures/{key}/disposition", name="disposition", rights=DECIDERS, noun="measure",
         form=_disposition, act=_decide),
)  # fmt: skip
