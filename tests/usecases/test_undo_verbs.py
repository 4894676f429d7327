"""Taking back the weightier verbs: all of it is as before, or it stays and says why."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest

from cycle.errors import Conflict
from cycle.machine.facts import Ask
from cycle.reading.journal import events
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    cycles,
    dispositions,
    goals,
    indicators,
    lookup,
    measures,
    milestones,
    moves,
    recommendations,
)
from tests import makers
from tests.makers_measures import DAY, Town
from tests.makers_rounds import COUNTED, a_whole_goal, an_observation
from tests.usecases.undoing import seen, taken_back, whole

Do = Callable[[Unit], object]
Case = tuple[str, str, Do, Do]  # who does it on which record, how, and how others go on from it
NEXT = date(2028, 1, 1)


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


def _edited(key: str) -> Do:
    return lambda unit: measures.edit(unit, key, description="Weiter gedacht")


def _milestone(key: str) -> Do:
    return lambda unit: milestones.add(unit, key, "Leitung eingestellt", due=date(2027, 2, 1))


def _moved(key: str, name: str, ask: Ask | None = None) -> Do:
    return lambda unit: moves.move(unit, key, name, ask)


def approve(town: Town) -> Case:
    key = town.a_measure("proposed")
    town.decide(key, "adopted")
    return "clerk", key, _moved(key, "approve"), _milestone(key)


def evaluate(town: Town) -> Case:
    key = town.a_measure("implemented")
    town.judged(key, day=DAY)
    decided = partial(dispositions.decide, key=key, choice="stop", reason="reicht", on=DAY)
    return "evaluator", key, _moved(key, "evaluate"), decided


def _into_evaluation(town: Town) -> str:
    """Let a measure be evaluated, and the round after its own be open."""
    key = town.a_measure("evaluated")
    with town.store.unit("planner", day=DAY) as unit:
        lookup.cycle(unit, "Z-2026").stage = "evaluation"
        makers.arranged(unit)
    town.do(lambda u: cycles.open_round(u, title="Danach", start=NEXT, predecessor="Z-2026"))
    return key


def report_back(town: Town) -> Case:
    key = _into_evaluation(town)
    town.do(lambda u: recommendations.answer(u, "R-2026-001", response="accepted", reason="gut"))
    ask = Ask(disposition="stop", reason="erreicht")
    return (
        "steering",
        key,
        _moved(key, "report_back", ask),
        partial(cycles.reopen, key="Z-2026", stage="measure", reason="Es fehlt noch etwas"),
    )


def supersede(town: Town) -> Case:
    goal = town.a_goal()
    one, two, heir = (town.a_measure("targeted", goal=goal) for _ in range(3))
    halves = (Fraction(1, 2), Fraction(1, 2))
    for key in (one, two):
        town.do(partial(budgets.set_line, key=key, year=2026, planned=72_000_00), "finance")

    def merge(unit: Unit) -> object:
        return moves.supersede(unit, (one, two), (heir,), halves)

    return "planner", one, merge, _milestone(heir)


def adopt(town: Town) -> Case:
    goal = town.do(lambda unit: a_whole_goal(unit).ref)
    served = partial(measures.log, title="Plätze schaffen", lead="51", goal=goal)
    return "steering", goal, partial(goals.adopt, key=goal), served


def rate(town: Town) -> Case:
    goal = town.do(lambda unit: a_whole_goal(unit).ref)
    town.do(lambda unit: goals.adopt(unit, goal))
    missed = partial(goals.rate, key=goal, status="missed", text="Es fehlten Kräfte")
    return "steering", goal, missed, partial(goals.edit, key=goal, number="1.2")


def restate(town: Town) -> Case:
    goal = town.do(lambda unit: a_whole_goal(unit).ref)
    town.do(
        partial(indicators.redefine, code="KITA", definition="Neu", reason="Gesetz",
                comparable="no"),
        "statistician",
    )  # fmt: skip
    anew = partial(an_observation, value=Decimal(50))
    town.do(anew, "statistician")
    again = partial(goals.restate, key=goal, reason="Neu gezählt", value=Decimal(70),
                   baseline=COUNTED)  # fmt: skip
    return "planner", goal, again, partial(goals.agree, key=goal, department="51")


def disposition(town: Town) -> Case:
    key = town.a_measure("evaluated")
    decided = partial(dispositions.decide, key=key, choice="stop", reason="reicht")
    return "steering", key, decided, _edited(key)


def answer(town: Town) -> Case:
    key = _into_evaluation(town)
    goal = town.do(a_guiding_goal)
    yes = partial(recommendations.answer, key="R-2026-001", response="accepted", reason="gut",
                  goal=goal)  # fmt: skip
    back = _moved(key, "report_back", Ask(disposition="stop", reason="erreicht"))
    return "planner", "R-2026-001", yes, back


def a_guiding_goal(unit: Unit) -> str:
    return goals.add(unit, text="Eltern einbeziehen", level="guiding", owner="51").ref


VERBS = (approve, evaluate, report_back, supersede, adopt, rate, restate, disposition, answer)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_all_is_as_before_and_the_journal_keeps_both(
    town: Town, verb: Callable[[Town], Case]
) -> None:
    actor, key, deed, _ = verb(town)
    before = seen(town.store)
    town.do(deed, actor)
    assert seen(town.store) != before
    taken_back(town.store, actor=actor)
    after = seen(town.store)
    assert {t: before[t] ^ after[t] for t in before if before[t] != after[t]} == {}
    assert whole(town.store)
    told = town.do(lambda unit: events(unit.reading(), key=key, sees_internal=True))
    assert [each.action for each in told][-1] == "undone"
    assert len([each for each in told if each.action != "undone"]) > 1  # nothing is erased
    town.do(deed, actor)  # it can be done once more
    assert whole(town.store)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_it_stays_where_somebody_has_gone_on_from_it(
    town: Town, verb: Callable[[Town], Case]
) -> None:
    actor, key, deed, further = verb(town)
    town.do(deed, actor)
    town.do(further, "local")
    before = seen(town.store)
    with pytest.raises(Conflict) as told:
        taken_back(town.store, key, actor)
    assert told.value.code == "built_on"
    assert "cycle journal" in str(told.value.fix)
    assert seen(town.store) == before
    assert whole(town.store)
