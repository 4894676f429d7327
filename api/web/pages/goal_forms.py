"""What is written of a goal: its words, a target, who agreed, that it was adopted, how it ended."""

from datetime import date
from typing import Any, Final

from api.web import choosing
from api.web.forms import Field, Form, Option
from api.web.frame import Gone, Page, Visit, link
from api.web.stored import Stored
from cycle.i18n import N_
from cycle.model.words import AGREEMENTS, GOAL_LEVELS, TARGET_KINDS
from cycle.reading import decisions as decisions_read
from cycle.reading import goals as reading
from cycle.usecases import goals
from cycle.usecases.minutes import ADOPTED

PLANNER: Final = frozenset({"planner"})
WRITERS: Final = PLANNER | {"department_head"}
MEASURERS: Final = PLANNER | {"statistician"}
RECORDERS: Final = PLANNER | {"committee_clerk"}
RATERS: Final = PLANNER | {"steering"}
ADOPTERS: Final = RECORDERS | RATERS
RATED: Final = ("achieved", "missed", "dropped")
_DECISIONS: Final = 40  # newest ones to choose from


def _new(visit: Visit) -> Form:
    finding = visit.asked.get("finding", "")
    levels = GOAL_LEVELS if visit.may("planner") else ("open",)
    return Form(
        title=visit.say(N_("Write down a goal")),
        back=link("findings", finding) if finding else "/goals",
        fields=(
            Field(name="text", label=visit.say(N_("What is to be reached?")), kind="prose",
                  required=True, hint=visit.say(N_("One sentence: for whom, what, until when."))),
            Field(name="level", label=visit.say(N_("Level")), kind="choice", value="open",
                  options=choosing.of_words(visit, "level", levels)),
            Field(name="owner", label=visit.say(N_("Who answers for it?")), kind="choice",
                  shown="select", options=choosing.of_departments(visit), also=("owner_id",)),
            Field(name="findings", label=visit.say(N_("Findings it answers")), value=finding,
                  hint=visit.say(N_("Their keys, such as F-2026-003."))),
        ),
    )  # fmt: skip


def _add(visit: Visit, said: dict[str, Any]) -> Gone:
    words = {name: value for name, value in said.items() if value}
    words["findings"] = choosing.keys_in(said["findings"])
    record = goals.add(visit.unit, **words)
    return Gone(link("goals", record.ref), N_("{key} is saved."), {"key": record.ref})


def _words(visit: Visit) -> Form:
    goal = visit.show("goal", visit.key)
    parents = _above(visit, goal["key"])
    return _of(
        visit, N_("Write down more about {key}"), goal,
        Field(name="level", label=visit.say(N_("Level")), kind="choice", value=goal["level"],
              options=choosing.of_words(visit, "level", GOAL_LEVELS)),
        Field(name="parent", label=visit.say(N_("Goal above it")), kind="choice", shown="select",
              value=goal["parent"], options=parents, also=("skip_reason",)),
        Field(name="owner", label=visit.say(N_("Who answers for it?")), kind="choice",
              shown="select", value=goal["owner"], options=choosing.of_departments(visit)),
        Field(name="due", label=visit.say(N_("Until when?")), kind="day", value=_day(goal["due"])),
        Field(name="criterion", label=visit.say(N_("What shows that it is reached?")),
              kind="prose", value=goal["qualitative_criterion"],
              hint=visit.say(N_("Where nothing is counted."))),
    )  # fmt: skip


def _above(visit: Visit, key: str) -> tuple[Option, ...]:
    return tuple(
        Option(each.key, choosing.beside(each.key, each.text))
        for each in reading.listed(visit.reader, sight=visit.sight)
        if each.level in {"guiding", "intermediate"} and each.key != key
    )


def _edit(visit: Visit, said: dict[str, Any]) -> Gone:
    goals.edit(visit.unit, visit.key, **said)
    return _back(visit, N_("{key} is saved."))


def _target(visit: Visit) -> Form:
    goal = visit.show("goal", visit.key)
    return _of(
        visit, N_("Set a target for {key}"), goal,
        Field(name="indicator", label=visit.say(N_("Indicator")), kind="choice", required=True,
              shown="select", options=choosing.of_indicators(visit)),
        Field(name="area", label=visit.say(N_("Area")), kind="choice", shown="select",
              options=choosing.of_areas(visit), empty=visit.say(N_("the whole town"))),
        Field(name="kind", label=visit.say(N_("What is wanted?")), kind="choice", value="reach",
              options=choosing.of_words(visit, "target_kind", TARGET_KINDS)),
        Field(name="value", label=visit.say(N_("Target value")), kind="number"),
        Field(name="date", label=visit.say(N_("To be reached by")), kind="day"),
        Field(name="baseline", label=visit.say(N_("Starting from the value of")), kind="day",
              hint=visit.say(N_("Last day of the period, such as 31.12.2025."))),
    )  # fmt: skip


def _set(visit: Visit, said: dict[str, Any]) -> Gone:
    goals.target(visit.unit, visit.key, **{n: v for n, v in said.items() if v is not None})
    return _back(visit, N_("The target of {key} is set."))


def _agreement(visit: Visit) -> Form:
    goal = visit.show("goal", visit.key)
    return _of(
        visit, N_("Who agreed on {key}?"), goal,
        Field(name="kind", label=visit.say(N_("What was said?")), kind="choice", value="agreed",
              options=choosing.of_words(visit, "agreement", AGREEMENTS)),
        Field(name="department", label=visit.say(N_("Department")), kind="choice", shown="select",
              options=choosing.of_departments(visit)),
        Field(name="body", label=visit.say(N_("Body")), kind="choice", shown="select",
              options=choosing.of_bodies(visit)),
        Field(name="on", label=visit.say(N_("When?")), kind="day", value=visit.day),
    )  # fmt: skip


def _agree(visit: Visit, said: dict[str, Any]) -> Gone:
    goals.agree(visit.unit, visit.key, **{n: v for n, v in said.items() if v})
    return _back(visit, N_("The agreement on {key} is noted."))


def _adoption(visit: Visit) -> Form:
    goal = visit.show("goal", visit.key)
    found = decisions_read.latest(
        visit.reader, limit=_DECISIONS, sees_internal=visit.sight.internal, sight=visit.sight
    )
    said = tuple(
        Option(d.key, f"{d.key} {visit.tongue.date(d.decided_on)} {d.body or ''} {d.paper or ''}")
        for d in found if d.result in ADOPTED
    )  # fmt: skip
    return _of(
        visit, N_("{key} was adopted"), goal,
        Field(name="decision", label=visit.say(N_("Decision")), kind="choice", shown="select",
              options=said, empty=visit.say(N_("none of these")),
              also=("owner", "due", "target")),
        Field(name="body", label=visit.say(N_("Body")), kind="choice", shown="select",
              options=choosing.of_bodies(visit), hint=visit.say(N_("Where no decision is named."))),
        Field(name="on", label=visit.say(N_("When?")), kind="day"),
    )  # fmt: skip


def _adopt(visit: Visit, said: dict[str, Any]) -> Gone:
    goals.adopt(visit.unit, visit.key, **{n: v for n, v in said.items() if v})
    return _back(visit, N_("It is noted that {key} was adopted."))


def _rating(visit: Visit) -> Form:
    goal = visit.show("goal", visit.key)
    return _of(
        visit, N_("Was {key} achieved?"), goal,
        Field(name="status", label=visit.say(N_("Judgement")), kind="choice", required=True,
              options=choosing.of_words(visit, "goal_status", RATED)),
        Field(name="text", label=visit.say(N_("Why?")), kind="prose", required=True,
              value=goal["rating"]),
    )  # fmt: skip


def _rate(visit: Visit, said: dict[str, Any]) -> Gone:
    goals.rate(visit.unit, visit.key, **said)
    return _back(visit, N_("{key} is rated."))


def _of(visit: Visit, title: str, goal: dict[str, Any], *fields: Field) -> Form:
    """Give a form about one goal, with its words above the fields."""
    return Form(
        title=visit.say(title, key=goal["key"]),
        lead=Stored(goal["text"]),
        version=goal["version"],
        back=link("goals", goal["key"]),
        fields=fields,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _back(visit: Visit, says: str) -> Gone:
    return Gone(link("goals", visit.key), says, {"key": visit.key})


PAGES = (
    Page(path="/goals/new", name="goal_new", rights=WRITERS, form=_new, act=_add),
    Page(path="/goals/{key}/edit", name="goal_edit", rights=PLANNER, noun="goal", form=_words,
         act=_edit),
    Page(path="/goals/{key}/target", name="goal_target", rights=MEASURERS, noun="goal",
         form=_target, act=_set),
    Page(path="/goals/{key}/agreement", name="goal_agreement", rights=RECORDERS, noun="goal",
         form=_agreement, act=_agree),
    Page(path="/goals/{key}/adoption", name="goal_adoption", rights=ADOPTERS, noun="goal",
         form=_adoption, act=_adopt),
    Page(path="/goals/{key}/rating", name="goal_rating", rights=RATERS, noun="goal", form=_rating,
         act=_rate),
)  # fmt: skip
