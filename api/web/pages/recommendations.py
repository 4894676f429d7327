"""What reports and evaluations advise, and how the town answers."""

from typing import Any, Final

from api.parts import insist_in_sight
from api.web import choosing
from api.web.forms import Field, Form
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.stored import Stored
from cycle.i18n import N_
from cycle.reading import recommendations as reading
from cycle.reading.pages import Page as Part
from cycle.usecases import recommendations

ANSWERERS: Final = frozenset({"planner", "steering", "department_head"})
ANSWERS: Final = ("accepted", "partly", "rejected")
EACH: Final = 100  # recommendations on one page


def _list(visit: Visit) -> Shown:
    every = visit.asked.get("all")
    rows = reading.listed(
        visit.reader, open_only=not every, page=Part(visit.asked.get("after"), EACH + 1)
    )
    return Shown("recommendations/list.html", {
        "rows": rows[:EACH], "more": rows[EACH - 1].key if len(rows) > EACH else "",
        "every": every,
    })  # fmt: skip


def _one(visit: Visit) -> Shown:
    found = visit.show("recommendation", visit.key)
    return Shown(
        "recommendations/one.html", {"advice": found, "answers": _may_answer(visit, found)}
    )


def _may_answer(visit: Visit, advice: dict[str, Any]) -> bool:
    own = visit.may("department_head") and advice["addressee"] in visit.who.units
    return own or visit.may("planner", "steering")


def _form(visit: Visit) -> Form:
    found = visit.show("recommendation", visit.key)
    return Form(
        title=visit.say(N_("Answer {key}"), key=visit.key),
        lead=Stored(found["text"]),
        version=found["version"],
        back=link("recommendations", visit.key),
        fields=(
            Field(name="response", label=visit.say(N_("How does the town answer?")), kind="choice",
                  required=True, value=found["response"],
                  options=choosing.of_words(visit, "response", ANSWERS)),
            Field(name="reason", label=visit.say(N_("Why?")), kind="prose", required=True,
                  value=found["reason"]),
            Field(name="measure", label=visit.say(N_("Measure that takes it up")), most=40,
                  hint=visit.say(N_("Its key, such as M-2026-014."))),
            Field(name="goal", label=visit.say(N_("Goal that takes it up")), most=40,
                  hint=visit.say(N_("Its key, such as G-2026-002."))),
        ),
    )  # fmt: skip


def _answer(visit: Visit, said: dict[str, Any]) -> Gone:
    if said["measure"]:
        insist_in_sight(visit, "measure", said["measure"])
    recommendations.answer(visit.unit, visit.key, **said)
    return Gone(link("recommendations", visit.key), N_("{key} is answered."), {"key": visit.key})


PAGES = (
    Page(path="/recommendations", name="recommendations", show=_list,
         title=N_("Recommendations")),
    Page(path="/recommendations/{key}", name="recommendation", noun="recommendation", show=_one),
    Page(path="/recommendations/{key}/answer", name="recommendation_answer", rights=ANSWERERS,
         noun="recommendation", form=_form, act=_answer),
)  # fmt: skip
