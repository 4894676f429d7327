"""What people do with a measure on a day, in words that fit and in words that do not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from cycle.machine.facts import Ask
from cycle.model.reports import Recommendation
from cycle.model.words import CHOICES, CODES, CONSEQUENCES, COURSES, LEVERS, OVERALL
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    commitments,
    consequences,
    decisions,
    dispositions,
    enforcements,
    evaluations,
    lookup,
    measures,
    milestones,
    participations,
    progress,
    recommendations,
    reports,
    waivers,
)
from tests.makers_measures import Town
from tests.stories.pledges import WAIVABLE

Words = dict[str, Any]
Deed = tuple[Callable[..., object], Words]

BECAUSE = st.sampled_from([None, "weil es so ist", "weil es so ist"])
FAR = st.sampled_from([0, 0, 0, -1, -40, -400, 5, 400])  # days from the day of the deed
GUARDS = st.sampled_from(sorted(WAIVABLE | {"consequence_open", "decision_missing", "nonsense"}))
RESULTS = st.sampled_from(
    ["adopted", "adopted", "adopted", "adopted_amended", "deferred", "referred", "rejected",
     "noted", "withdrawn"]
)  # fmt: skip
NUMBERS = st.integers(1, 12)


def on(unit: Unit, far: int) -> date:
    """Give the day so far from today."""
    return unit.day + timedelta(days=far)


def edit(unit: Unit, key: str, goal: str | None, end: int | None, **words: Any) -> None:  # noqa: ANN401 - as `measures.edit`
    said = words | ({"goal": goal} if goal else {})
    if end is not None:
        said["planned_end"] = on(unit, end)
    measures.edit(unit, key, **said)


def assess(unit: Unit, key: str, kinds: list[str], state: str, text: str | None) -> None:
    consequences.assess(unit, key, kinds, state=state, text=text)


def countersign(unit: Unit, key: str, far: int, ref: str | None) -> None:
    consequences.countersign(unit, key, on=on(unit, far), ref=ref)


def involve(unit: Unit, key: str, level: str, group: str, far: int) -> None:
    participations.add(
        unit, measure=key, format="survey", level=level, groups=[group], held_from=on(unit, far),
        summary="Es kamen viele.",
    )  # fmt: skip


def plan(unit: Unit, key: str, far: int) -> None:
    evaluations.plan(unit, key, due=on(unit, far), question="Wirkt es?")


def decide(unit: Unit, key: str, *, result: str, kind: str, far: int, text: str | None) -> None:
    where: Words = {"document": "Vfg 7", "department": "StP", "kind": kind}
    if kind == "resolution":
        where = {"body": "SR", "paper": f"2027/{unit.next_number('walk')}"}
    changed = text if result == "adopted_amended" else None
    decisions.add(
        unit, on=on(unit, far), result=result, measures=[key], changed_text=changed, **where
    )


def confirm(unit: Unit, key: str, no: int) -> None:
    decisions.confirm(unit, f"D-2026-{no:03}")


def repeal(unit: Unit, key: str, no: int) -> None:
    decisions.add(unit, on=unit.day, result="adopted", body="SR", paper="2028/1",
                  repeals=f"D-2026-{no:03}")  # fmt: skip


def step(unit: Unit, key: str, far: int) -> None:
    milestones.add(unit, key, "Ein Schritt", due=on(unit, far))


def done(unit: Unit, key: str, no: int, far: int) -> None:
    milestones.done(unit, key, no, on=on(unit, far))


def drop(unit: Unit, key: str, no: int, reason: str | None) -> None:
    milestones.drop(unit, key, no, reason=reason or "")


def tell(unit: Unit, key: str, course: str, text: str | None, far: int) -> None:
    progress.report(unit, key, course=course, text=text, delay_reason=text,
                    forecast_end=on(unit, far))  # fmt: skip


def pay(unit: Unit, key: str, planned: int | None, approved: int | None) -> None:
    budgets.set_line(unit, key, unit.day.year, planned=planned, approved=approved)


def pull(unit: Unit, key: str, lever: str) -> None:
    enforcements.add(unit, key, lever)


def commit(unit: Unit, key: str, far: int) -> None:
    commitments.add(unit, key, "WV-A", on=on(unit, far))


def judge(unit: Unit, key: str, begins: int | None, overall: str | None, **words: Any) -> None:  # noqa: ANN401 - as `evaluations.add`
    words = {"measures": [key], "overall": overall, "text": "Es wirkt.", **words}
    if begins is not None:
        words["period_start"] = on(unit, begins)
    if words.pop("measured"):
        goal = Town.facts_goal(unit, key)
        words["results"] = [{"goal": goal, "indicator": "SPRACHE", "text": "auf dem Weg"}]
    act = evaluations.conclude if words.pop("concludes") else evaluations.add
    act(unit, **words)


def dispose(unit: Unit, key: str, choice: str, reason: str | None, far: int | None) -> None:
    changed = "die Gruppe" if choice == "adapt" else None
    day = None if far is None else on(unit, far)
    dispositions.decide(unit, key, choice=choice, reason=reason or "", on=day, changes=changed)


def answer(unit: Unit, key: str) -> None:
    for advice in lookup.every(unit, Recommendation, response=None):
        recommendations.answer(unit, advice.ref, response="accepted", reason="gut")


def write(unit: Unit, key: str) -> None:
    reports.add(unit, cycle="Z-2026", title="Zwischenbericht", kind="progress_report")


def waive(unit: Unit, key: str, guard: str, second: str | None) -> None:
    waivers.grant(unit, key, guard, reason="weil es eilt", second=second)


def _may(does: Callable[..., object], **words: st.SearchStrategy[Any]) -> st.SearchStrategy[Deed]:
    return st.tuples(st.just(does), st.fixed_dictionaries(words))


DEEDS = st.one_of(
    _may(edit, goal=st.sampled_from([None, "G-2026-001", "G-2026-002"]), end=st.none() | FAR,
         is_ongoing=st.sampled_from([False, False, True]), description=BECAUSE,
         citywide=st.booleans(),
         binding=st.sampled_from(["council_resolution", "administrative", "contract"])),
    _may(assess, kinds=st.sampled_from([["all"], *([k] for k in CONSEQUENCES)]),
         state=st.sampled_from(["none", "assessed"]), text=BECAUSE),
    _may(countersign, far=FAR, ref=BECAUSE),
    _may(involve, level=st.sampled_from(["inform", "consult"]),
         group=st.sampled_from(["residents", "independent_providers"]), far=FAR),
    _may(plan, far=FAR),
    _may(decide, result=RESULTS, far=FAR, text=BECAUSE,
         kind=st.sampled_from(["resolution", "resolution", "administrative", "contract"])),
    _may(confirm, no=NUMBERS),
    _may(repeal, no=NUMBERS),
    _may(step, far=FAR),
    _may(done, no=st.integers(1, 2), far=FAR),
    _may(drop, no=st.integers(1, 2), reason=BECAUSE),
    _may(tell, course=st.sampled_from([*COURSES, "done"]), text=BECAUSE, far=FAR),
    _may(pay, planned=st.none() | st.just(10_001), approved=st.none() | st.just(7)),
    _may(pull, lever=st.sampled_from(LEVERS[:2])),
    _may(commit, far=FAR),
    _may(judge, begins=st.none() | FAR, overall=st.sampled_from([None, *OVERALL]),
         purpose=st.sampled_from(["summative", "summative", "formative", "ex_ante"]),
         status=st.sampled_from(["final", "final", "draft"]), measured=st.booleans(),
         concludes=st.booleans()),
    _may(dispose, choice=st.sampled_from(CHOICES), reason=BECAUSE, far=st.none() | FAR),
    _may(answer),
    _may(write),
    _may(waive, guard=GUARDS, second=st.sampled_from([None, "planner", "steering", "reader"])),
)  # fmt: skip

_DECIDED: Words = {"kind": "resolution", "far": 0, "text": "fünf statt vier"}
NEEDS: dict[str, tuple[Deed, ...]] = {  # what brings a measure to a move
    "target": ((edit, {"goal": "G-2026-002", "end": 400}),),
    "propose": (
        (assess, {"kinds": ["all"], "state": "none", "text": "keine, weil vorhanden"}),
        (countersign, {"far": 0, "ref": "20.1"}),
        (involve, {"level": "consult", "group": "residents", "far": -1}),
        (plan, {"far": 400}),
    ),
    "approve": ((decide, _DECIDED | {"result": "adopted"}),),
    "defer": ((decide, _DECIDED | {"result": "deferred"}),),
    "reject": ((decide, _DECIDED | {"result": "rejected"}),),
    "resubmit": ((assess, {"kinds": ["all"], "state": "none", "text": "weiterhin keine"}),),
    "start": ((step, {"far": 40}),),
    "finish": ((done, {"no": 1, "far": 0}), (tell, {"course": "done", "text": None, "far": 0})),
    "evaluate": (
        (judge, {"begins": 0, "overall": "effective", "measured": True, "concludes": False}),
    ),
    "report_back": ((write, {}), (answer, {})),
}  # fmt: skip

ASKED: st.SearchStrategy[Words] = st.fixed_dictionaries({
    "reason": BECAUSE,
    "code": st.none() | st.sampled_from(CODES),
    "on": st.none() | FAR,
    "review_on": st.none() | FAR,
    "forecast_end": st.none() | FAR,
    "decision": st.none() | NUMBERS.map("D-2026-{:03}".format),
    "source": BECAUSE,
    "source_date": st.none() | FAR,
    "start": st.none() | FAR,
    "disposition": st.none() | st.sampled_from(CHOICES),
})  # fmt: skip
WELL_ASKED: st.SearchStrategy[Words] = st.fixed_dictionaries({
    "reason": st.just("weil es so ist"),
    "code": st.sampled_from(["budget_freeze", "no_need", "other"]),
    "on": st.sampled_from([None, 0, -1, -40]),
    "review_on": st.sampled_from([None, 5]),
    "forecast_end": st.sampled_from([0, 400]),
    "decision": st.sampled_from([None, "D-2026-001"]),
    "source": st.just("2019/0383"),
    "source_date": st.just(-400),
    "start": st.sampled_from([-400, 0]),
    "disposition": st.sampled_from(CHOICES),
})  # fmt: skip
_DAYS = ("on", "review_on", "forecast_end", "source_date", "start")


def ask(words: Words, day: date, to: str | None, successor: tuple[str, ...]) -> Ask:
    """Fill in what a move is given on a day."""
    days: Words = {n: day + timedelta(days=words[n]) for n in _DAYS if words[n] is not None}
    changes = "die Gruppe" if words["disposition"] == "adapt" else None
    rest = {name: value for name, value in words.items() if name not in _DAYS}
    return Ask(**rest, **days, state=to, successor=successor, changes=changes)
