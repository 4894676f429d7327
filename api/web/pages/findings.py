"""Findings: what a report states, and how the town answers it."""

from typing import Any, Final

from api.web import choosing
from api.web.forms import Field, Form, Option
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.stored import Stored
from cycle.i18n import N_
from cycle.model.words import FINDING_KINDS, RESPONSES, SEVERITIES
from cycle.reading import goals as goals_read
from cycle.reading import reports as reports_read
from cycle.reading.measures import hidden
from cycle.usecases import findings

PLANNER: Final = frozenset({"planner"})
HEARERS: Final = PLANNER | {"steering"}


def _one(visit: Visit) -> Shown:
    finding = visit.show("finding", visit.key)
    seen = _seen(visit, finding["measures"])
    return Shown(
        "findings/one.html",
        {
            "finding": finding,
            "measures": seen,
            "figure": choosing.figure(visit),
            "places": choosing.names_of_areas(visit),
        },
    )


def _seen(visit: Visit, keys: list[str]) -> list[str]:
    unseen = hidden(visit.reader, visit.sight, keys)
    return [key for key in keys if key not in unseen]


def _new(visit: Visit) -> Form:
    found = reports_read.listed(visit.reader, sees_internal=visit.sight.internal)
    asked = visit.asked.get("report")
    return Form(
        title=visit.say(N_("Write down a finding")),
        back=link("reports", asked) if asked else "/reports",
        fields=(
            Field(name="text", label=visit.say(N_("What does the report state?")), kind="prose",
                  required=True),
            Field(name="report", label=visit.say(N_("Report")), kind="choice", required=True,
                  shown="select", value=asked,
                  options=tuple(
                      Option(r.key, Stored(f"{r.key} {r.title}")) for r in reversed(found))),
            Field(name="severity", label=visit.say(N_("How urgent is it?")), kind="choice",
                  value="act", options=choosing.of_words(visit, "severity", SEVERITIES)),
            Field(name="kind", label=visit.say(N_("Kind")), kind="choice", shown="select",
                  value="need", options=choosing.of_words(visit, "finding_kind", FINDING_KINDS)),
            Field(name="areas", label=visit.say(N_("Areas")), kind="choices",
                  options=choosing.of_areas(visit)),
            Field(name="source", label=visit.say(N_("Source")),
                  hint=visit.say(N_("Where it rests on no value of an indicator."))),
        ),
    )  # fmt: skip


def _add(visit: Visit, said: dict[str, Any]) -> Gone:
    record = findings.add(visit.unit, **{n: v for n, v in said.items() if v})
    return Gone(link("findings", record.ref), N_("{key} is saved."), {"key": record.ref})


def _response(visit: Visit) -> Form:
    finding = visit.show("finding", visit.key)
    listed = goals_read.listed(visit.reader, sight=visit.sight)
    goals = [g for g in listed if g.status not in {"missed", "dropped"}]
    return Form(
        title=visit.say(N_("Answer {key}"), key=visit.key),
        lead=Stored(finding["text"]),
        version=finding["version"],
        back=link("findings", visit.key),
        fields=(
            Field(name="response", label=visit.say(N_("How does the town answer?")), kind="choice",
                  required=True, value=finding["response"],
                  options=choosing.of_words(visit, "response", RESPONSES)),
            Field(name="goal", label=visit.say(N_("Which goal answers it?")), kind="choice",
                  shown="select", only_with=("response", "goal"),
                  value=next(iter(finding["goals"]), None),
                  options=tuple(Option(g.key, choosing.beside(g.key, g.text)) for g in goals)),
            Field(name="reason", label=visit.say(N_("Why?")), kind="prose",
                  value=finding["response_reason"],
                  hint=visit.say(N_("Needed where nothing is done now."))),
        ),
    )  # fmt: skip


def _respond(visit: Visit, said: dict[str, Any]) -> Gone:
    goal = said["goal"] if said["response"] == "goal" else None
    findings.respond(
        visit.unit, visit.key, response=said["response"], reason=said["reason"], goal=goal
    )
    return _back(visit, N_("{key} is answered."))


def _acknowledgement(visit: Visit) -> Form:
    finding = visit.show("finding", visit.key)
    return Form(
        title=visit.say(N_("Take note of {key}"), key=visit.key),
        lead=Stored(finding["text"]),
        button=visit.say(N_("Take note")),
        version=finding["version"],
        back=link("findings", visit.key),
    )


def _acknowledge(visit: Visit, _: dict[str, Any]) -> Gone:
    findings.acknowledge(visit.unit, visit.key)
    return _back(visit, N_("You have taken note of {key}."))


def _back(visit: Visit, says: str) -> Gone:
    return Gone(link("findings", visit.key), says, {"key": visit.key})


PAGES = (
    Page(path="/findings/new", name="finding_new", rights=PLANNER, form=_new, act=_add),
    Page(path="/findings/{key}", name="finding", noun="finding", show=_one),
    Page(path="/findings/{key}/response", name="finding_response", rights=PLANNER, noun="finding",
         form=_response, act=_respond),
    Page(path="/findings/{key}/acknowledgement", name="finding_acknowledgement", rights=HEARERS,
         noun="finding", form=_acknowledgement, act=_acknowledge),
)  # fmt: skip
