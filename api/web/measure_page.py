"""What the page of a measure puts together: what is missing, by task, and what may come next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from api.web.frame import Visit
from api.web.settling import open_to
from api.web.tasks import BY_SLUG, CONSEQUENCES, TASKS, settled_at, task_of
from cycle.errors import Forbidden, Reason
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.measures import MEASURES
from cycle.reading.missing import AHEAD, Missing
from cycle.reading.shapes import Json
from cycle.usecases.rights import fitting
from cycle.usecases.waivers import granters

PLANNED: Final = frozenset({"draft", "targeted", "deferred"})
OPEN, DONE, FREE, OTHERS = "open", "done", "free", "others"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the task list."""

    href: str
    name: str
    status: str  # open, done, free, others
    says: str = ""  # what is missing
    who: str = ""  # who answers it, where that is not the reader
    owed: bool = False  # it does not block, it is only owed


@dataclass(frozen=True, slots=True)
class Step:
    """One move the measure may make."""

    name: str
    label: str
    href: str
    allowed: bool
    reasons: tuple["Lack", ...] = ()
    main: bool = False  # the usual next one


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing in the way: what is missing, who supplies it, and where."""

    says: str
    who: str
    href: str = ""
    link: str = ""  # what the link is called
    waive: str = ""  # where the reader may make an exception of it


def insist_inside(visit: Visit, measure: Json, roles: Iterable[str]) -> None:
    """Raise Forbidden where only the department that leads a measure answers, and it is another."""
    if visit.may(*fitting(visit.who.units, measure["lead"], roles)):
        return
    raise Forbidden(
        N_("This is answered by the department that leads the measure: {lead}."),
        code="other_department",
        fix=N_("You need not do anything here."),
        lead=measure["lead"] or "–",
    )


def entries(visit: Visit, measure: Json, lacks: Sequence[Missing], known: Json) -> list[Entry]:
    """Give the task list: what is missing first, then what was answered or may be."""
    goal = main_goal(measure)
    found = [e for lack in lacks for e in _of_lack(visit, measure, lack, goal)]
    listed = {each.href for each in found}
    if measure["state"] in PLANNED:
        found += [e for e in _rest(visit, measure, known) if e.href not in listed]
    return list({each.href or each.says: each for each in found}.values())


def _of_lack(visit: Visit, measure: Json, lack: Missing, goal: str) -> list[Entry]:
    key = measure["key"]
    if lack.guard in {"consequence_open", "consequence_stale"}:
        told = replace(lack, says="")  # one sentence tells of all four
        return [
            _entry(visit, key, slug, told)
            for slug in CONSEQUENCES
            if lack.guard == "consequence_stale"
            or measure["consequences"].get(slug, {}).get("state") == "open"
        ] or [_entry(visit, key, "built", lack)]
    if slug := task_of(lack.guard):
        return [_entry(visit, key, slug, lack)]
    href = settled_at(lack.guard, key, goal=goal)
    mine = _mine(visit, lack) and (not href or open_to(visit, href, measure["lead"]))
    status = OPEN if mine else OTHERS
    return [Entry(href if mine else "", lack.says, status, "", "" if mine else lack.told,
                  owed=not lack.blocks)]  # fmt: skip


def _entry(visit: Visit, key: str, slug: str, lack: Missing) -> Entry:
    task = BY_SLUG[slug]
    mine = visit.may(*task.roles) and _mine(visit, lack)
    return Entry(
        f"/measures/{key}/tasks/{slug}" if mine else "",
        visit.say(task.name),
        OPEN if mine else OTHERS,
        lack.says,
        "" if mine else lack.told,
        owed=not lack.blocks,
    )


def _mine(visit: Visit, lack: Missing) -> bool:
    """Tell whether the reader is asked: the department for its own, else who holds the role."""
    if visit.may("planner"):
        return True
    role = "department_head" if lack.who == "lead" else lack.who
    return visit.may(role) or (visit.may("department_head") and lack.guard in OFTEN)


OFTEN: Final = frozenset({"participation_missing", "evaluation_not_planned", "finding_missing"})


def _rest(visit: Visit, measure: Json, known: Json) -> list[Entry]:
    """List what is answered, and what may be answered though nobody insists."""
    answered = _answered(measure, known)
    return [
        Entry(
            f"/measures/{measure['key']}/tasks/{task.slug}",
            visit.say(task.name),
            DONE if answered.get(task.slug) else FREE,
        )
        for task in TASKS
        if task.slug not in {"amendment", "waiver", "money", "countersign"}
        and visit.may(*task.roles)
    ]


def _answered(measure: Json, known: Json) -> dict[str, bool]:
    return {
        "words": bool(measure["description"]),
        "goal": bool(measure["goals"]),
        "findings": bool(known["findings"] or known["origin"]),
        "where": bool(measure["areas"] or measure["citywide"]),
        "period": bool(measure["planned_end"] or measure["is_ongoing"] or measure["period_text"]),
        "lead": bool(measure["lead"]),
        "participation": known["participations"],
        "evaluation": known["plans"],
        "milestones": known["milestones"],
        "enforcement": known["enforcements"],
        "group": bool(known["target_group"] or known["prevention_level"]),
        **{kind: each["state"] != "open" for kind, each in measure["consequences"].items()},
    }


def steps(visit: Visit, measure: Json) -> list[Step]:
    """Give the moves this account may make, the usual next one first."""
    usual = AHEAD.get(measure["state"], ("",))[0]
    found: dict[str, Step] = {}
    for offer in measure["offers"]:
        name = offer["name"]
        rows = [t for t in MEASURES.leaving(measure["state"]) if t.name == name]
        if name == "supersede" or not any(visit.may(*t.roles) for t in rows):
            continue
        reasons = tuple(_lack(visit, measure, each) for each in offer["blocked_by"])
        step = Step(
            name, words.name("move", name, visit.lang),
            f"/measures/{measure['key']}/moves/{name}", offer["allowed"], reasons,
            main=name == usual,
        )  # fmt: skip
        if name not in found or step.allowed:
            found[name] = step
    return sorted(found.values(), key=lambda s: (not s.main, not s.allowed))


def _lack(visit: Visit, measure: Json, told: Json) -> Lack:
    waive = _waive(visit, measure, told["guard"], waivable=told["waivable"])
    return _linked(visit, measure, told["guard"], Lack(told["says"], told["who"], waive=waive))


def _waive(visit: Visit, measure: Json, guard: str, *, waivable: bool) -> str:
    """Give the page on which the reader may make an exception."""
    may = waivable and visit.may(*granters(guard))
    return f"/measures/{measure['key']}/tasks/waiver" if may else ""


def reasons_of(
    visit: Visit, measure: Json, guards: Sequence[str], told: Sequence[Reason]
) -> list[Lack]:
    """Say why a move is not open, each reason with the page that settles it."""
    if told:
        return [
            _linked(visit, measure, each.guard, Lack(
                words.guard_says(each.guard, visit.lang, each.values),
                words.guard_who(each.who, visit.lang, each.values),
                waive=_waive(visit, measure, each.guard, waivable=each.waivable),
            ))
            for each in told
        ]  # fmt: skip
    by_guard = {b["guard"]: b for o in measure["offers"] for b in o["blocked_by"]}
    return [_lack(visit, measure, by_guard[guard]) for guard in guards if guard in by_guard]


def _linked(visit: Visit, measure: Json, guard: str, lack: Lack) -> Lack:
    goal, key = main_goal(measure), measure["key"]
    kind = next((k for k, c in measure["consequences"].items() if c["state"] == "open"), "built")
    href = settled_at(guard, key, goal=goal, kind=kind)
    slug = href.rpartition("/tasks/")[2] if "/tasks/" in href else ""
    name = visit.say(BY_SLUG[slug].name) if slug in BY_SLUG else visit.say(N_("Settle it there"))
    if not href or not open_to(visit, href, measure["lead"]):
        return lack
    return replace(lack, href=href, link=name)


def main_goal(measure: Json) -> str:
    """Give the key of the main goal; empty where there is none."""
    return next((g["key"] for g in measure["goals"] if g["contribution"] == "main"), "")
