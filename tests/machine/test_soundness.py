"""A table tells its own faults, each kind of them."""

# ruff: noqa: ANN401 - a broken table judges nothing in particular

from typing import Any

import pytest

from cycle.machine.core import Guard, Machine, Transition
from cycle.machine.cycles import ROUNDS
from cycle.machine.measures import MEASURES
from cycle.machine.states import State
from cycle.machine.words import LANGUAGES, sayable

ROLES = frozenset({"planner"})
BEGIN, END = State("begin", "report"), State("end", None, final=True)
BIRTH: Transition[Any] = Transition("1", "log", (), "begin", ROLES)
DEATH: Transition[Any] = Transition("2", "cancel", ("begin",), "end", ROLES)


def guard(name: str = "oil", *, waivable: bool = True, who: str = "planner") -> Guard[Any]:
    return Guard(name, lambda _: None, waivable, who)


def machine(*rows: Transition[Any], states: tuple[State, ...] = ()) -> Machine[Any]:
    return Machine("broken", (BEGIN, END, *states), (BIRTH, DEATH, *rows))


def row(name: str, source: str, to: str, *guards: Guard[Any], **more: Any) -> Transition[Any]:
    return Transition("3", name, (source,), to, more.pop("roles", ROLES), guards, **more)


@pytest.mark.parametrize("sound", [MEASURES, ROUNDS], ids=lambda m: m.name)
def test_our_tables_have_no_fault_and_words_in_both_languages(sound: Machine[Any]) -> None:
    assert sound.check({lang: sayable(lang, sound.name) for lang in LANGUAGES}) == []


def test_a_small_table_without_fault_is_sound() -> None:
    assert machine().check() == []


LONELY, TRAP = State("lonely", None, final=True), State("trap", "goal")
AMBIGUOUS = machine(row("start", "begin", "end"), row("start", "begin", "begin"))
FAULTS = [
    (machine(states=(LONELY,)), "lonely: cannot be reached"),
    (machine(row("fall", "begin", "trap"), states=(TRAP,)), "trap: reaches no final state"),
    (machine(row("cancel", "begin", "end")), "cancel: two rows from begin to the same state"),
    (AMBIGUOUS, "start: several targets from begin, and nobody chooses"),
    (machine(row("leave", "begin", "nowhere")), "leave: unknown state nowhere"),
    (machine(row("come", "nowhere", "end")), "come: unknown state nowhere"),
    (machine(row("dig", "begin", "end", roles=frozenset({"mole"}))), "dig: unknown role mole"),
    (machine(row("dig", "begin", "end", guard(who="mole"))), "oil: unknown role mole"),
    (
        machine(row("dig", "begin", "end", only_if={"admin": bool})),
        "dig: condition for admin, who may not do it at all",
    ),
    (
        machine(row("dig", "begin", "end", guard(), guard(waivable=False))),
        "oil: one guard, two meanings",
    ),
]


@pytest.mark.parametrize(("broken", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_it_finds_the_fault(broken: Machine[Any], fault: str) -> None:
    assert fault in broken.check()


def test_a_guard_that_cannot_be_said_is_a_fault() -> None:
    speechless = machine(row("dig", "begin", "end", guard()))
    assert speechless.check({"de": {"oil"}, "en": ()}) == ["oil: no words in en"]


def test_a_name_may_lead_to_several_states_where_the_caller_chooses() -> None:
    chosen = machine(
        row("start", "begin", "end", chosen=True), row("start", "begin", "begin", chosen=True)
    )
    assert chosen.check() == []
