"""The task list of a measure: a page of few questions a task, in any order."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.web import measure_asks as asks
from api.web import measure_heard as heard
from api.web import measure_owes as owes
from api.web import measure_steps as course
from api.web.forms import Field, Form
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.measure_page import insist_inside
from api.web.measure_there import THERE
from api.web.stored import Stored
from api.web.tasks import BY_SLUG, TASKS, Task
from cycle.errors import Forbidden, NotFound
from cycle.i18n import N_
from cycle.machine import words
from cycle.reading.shapes import Json

STEPPERS: Final = frozenset({"department_head", "planner"})  # note what became of a milestone
Ask = Callable[[Visit, Json], tuple[Field, ...]]
Do = Callable[[Visit, dict[str, Any]], object]


@dataclass(frozen=True, slots=True)
class Way:
    """How a task is asked and what its answers do."""

    ask: Ask
    do: Do
    lead: str = ""  # a sentence above the questions; a template
    more: Callable[[Visit], bool] | None = None  # tells whether another page of it follows


WAYS: Final[dict[str, Way]] = {
    "words": Way(asks.words_of, asks.edit),
    "goal": Way(asks.goal, asks.edit,
                N_("One goal is the main one. If none fits, social planning adds it.")),
    "findings": Way(asks.findings, asks.edit),
    "where": Way(asks.where, asks.edit),
    "period": Way(asks.period, asks.edit),
    "lead": Way(asks.lead, asks.edit),
    "built": Way(owes.built, owes.assess("built"),
                 N_("“None” is an answer too; then say why.")),
    "staffing": Way(owes.staffing, owes.assess("staffing"),
                    N_("“None” is an answer too; then say why.")),
    "organisational": Way(owes.organisational, owes.assess("organisational"),
                          N_("“None” is an answer too; then say why.")),
    "financial": Way(owes.financial, owes.assess("financial"),
                     N_("“None” is an answer too; then say why.")),
    "cover": Way(owes.cover, owes.assess("financial", state=None)),
    "countersign": Way(owes.countersign, owes.countersigned),
    "participation": Way(heard.participation, heard.involve,
                         N_("Counts only, no names. What was told before stays."), heard.first),
    "evaluation": Way(owes.evaluation, owes.plan),
    "enforcement": Way(owes.enforcement, owes.bind),
    "commitments": Way(owes.commitment, owes.commit),
    "milestones": Way(course.milestone, course.add_milestone),
    "budget": Way(owes.budget, owes.set_budget),
    "money": Way(owes.money, owes.set_budget),
    "group": Way(asks.group, asks.edit),
    "amendment": Way(owes.amendment, owes.confirm,
                     N_("The body adopted another text than the one proposed. Confirm that the"
                        " measure as it stands here is what was adopted.")),
    "waiver": Way(owes.waiver, owes.waive,
                  N_("An exception holds for the next step only, and stays visible for ever.")),
}  # fmt: skip


def _task(visit: Visit) -> Task:
    slug = visit.path["task"]
    if slug not in BY_SLUG:
        raise NotFound(N_("There is no such page."))
    found = BY_SLUG[slug]
    if not visit.may(*found.roles):
        names = [words.name("role", each, visit.lang) for each in sorted(found.roles)]
        raise Forbidden(
            N_("This is answered by: {roles}."),
            code="page_forbidden",
            fix=N_("You need not do anything here."),
            roles=", ".join(names),
        )
    return found


def _roles(path: Mapping[str, str]) -> Collection[str]:
    """Give who answers the task of an address."""
    task = BY_SLUG.get(path["task"])
    return task.roles if task else ()


def _form(visit: Visit) -> Form:
    task = _task(visit)
    way, measure = WAYS[task.slug], visit.show("measure", visit.key)
    insist_inside(visit, measure, task.roles)
    first = bool(way.more and way.more(visit))
    title = visit.say(task.name)
    if way.more:
        title = visit.say(N_("{task}, step {n} of 2"), task=title, n=1 if first else 2)
    return Form(
        title=title,
        lead=visit.say(way.lead) if way.lead else "",
        fields=way.ask(visit, measure),
        button=visit.say(N_("Go on")) if first else "",
        about=f"{measure['key']} {measure['title']}",
        version=measure["version"],
        back=link("measures", visit.key),
    )


def _show(visit: Visit) -> Shown:
    slug = visit.path.get("task", "")
    there = THERE.get(slug)
    lines = list(there(visit, visit.key)) if there else []
    nobody = slug == "commitments" and not (visit.form and visit.form.fields)
    return Shown("measures/task.html", {"there": lines, "nobody": nobody})


def _act(visit: Visit, said: dict[str, Any]) -> Gone:
    task = _task(visit)
    found = WAYS[task.slug].do(visit, said)
    if isinstance(found, Gone):  # on to its next page
        return found
    says = N_("Nothing was filled in: {task}.") if visit.blank else N_("Saved: {task}.")
    return Gone(link("measures", visit.key), says, {"task": visit.say(task.name)})


def _step_form(visit: Visit) -> Form:
    measure = visit.show("measure", visit.key)
    insist_inside(visit, measure, STEPPERS)
    return Form(
        title=visit.say(N_("Milestone {no}"), no=visit.path["no"]),
        lead=Stored(course.milestone_title(visit)),
        fields=course.step(visit),
        about=f"{measure['key']} {measure['title']}",
        version=measure["version"],
        back=link("measures", visit.key),
    )


def _step(visit: Visit, said: dict[str, Any]) -> Gone:
    course.settle_step(visit, said)
    return Gone(link("measures", visit.key), N_("The milestone is noted."))


PAGES = (
    Page(path="/measures/{key}/tasks/{task}", name="measure_task", noun="measure", form=_form,
         show=_show, act=_act, rights=frozenset().union(*(task.roles for task in TASKS)),
         narrowed=_roles),
    Page(path="/measures/{key}/milestones/{no}", name="milestone", noun="measure",
         form=_step_form, show=_show, act=_step, rights=STEPPERS),
)  # fmt: skip
