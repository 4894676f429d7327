"""A machine is a table of moves; it says which are open and what each one still lacks.

Nothing here knows measures or rounds, a store or a clock: facts go in, reasons come out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from cycle.errors import Reason, Refused
from cycle.machine.soundness import faults
from cycle.machine.states import State

Lack = Mapping[str, object]
"""What is missing, as the values of the guard's sentence; empty where the sentence needs none."""


class Judged(Protocol):
    """Facts a machine can judge: whose they are, and which guards somebody waived."""

    @property
    def key(self) -> str:
        """The key people see; empty before there is one."""

    @property
    def waived(self) -> frozenset[str]:
        """Ids of the guards waived for the next passing."""


class Lenience(Protocol):
    """What a town's policy says about a guard."""

    def softens(self, guard: "Guard[Any]") -> bool:
        """Tell whether the guard, not met, is only noted as owed."""


F = TypeVar("F", bound=Judged)


@dataclass(frozen=True, slots=True)
class Guard(Generic[F]):
    """One thing that must be so before a move; `lack` is None where it is."""

    id: str
    lack: Callable[[F], Lack | None]
    waivable: bool
    who: str  # the role that can mend it, or "lead"
    asked: bool = False  # judges what the move itself is given; an offer cannot know it yet

    def reason(self, lack: Lack, move: str) -> Reason:
        """Say what is missing in the form every door understands."""
        return Reason(self.id, {**lack, "move": move}, self.waivable, self.who)


@dataclass(frozen=True, slots=True)
class Transition(Generic[F]):
    """One row of the table: who may move from where to where, and under what guards."""

    code: str
    name: str
    sources: tuple[str, ...]  # empty: from nothing
    to: str
    roles: frozenset[str]
    guards: tuple[Guard[F], ...] = ()
    asks: tuple[str, ...] = ()
    only_if: Mapping[str, Callable[[F], bool]] = field(default_factory=dict)  # role → its condition
    chosen: bool = False  # the caller names the target, the same name leads to several
    known: tuple[Guard[F], ...] = field(init=False, compare=False, repr=False)  # before it is asked

    def __post_init__(self) -> None:
        """Pick the guards that can be judged before anyone asks for the move."""
        known = tuple(guard for guard in self.guards if not guard.asked)
        object.__setattr__(self, "known", known)

    def starts_in(self, state: str | None) -> bool:
        """Tell whether the move begins in this state; None is before the first."""
        return state in self.sources if state else not self.sources

    def may(self, roles: Iterable[str], facts: F) -> bool:
        """Tell whether one of these roles makes this move, its own condition included."""
        return any(
            r in self.roles and (r not in self.only_if or self.only_if[r](facts)) for r in roles
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """A move the state knows, with what blocks it and what it would leave owed."""

    name: str
    to: str
    blocked_by: tuple[Reason, ...] = ()
    owed: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Tell whether nothing blocks it."""
        return not self.blocked_by


@dataclass(frozen=True, slots=True)
class Step(Generic[F]):
    """A move that may be made now, with what it leaves owed and whose waiver it uses up."""

    transition: Transition[F]
    owed: tuple[Reason, ...] = ()
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The failed guards of one move, sorted by what they do to it."""

    blocked: tuple[Reason, ...]
    owed: tuple[Reason, ...]
    waived: tuple[str, ...]


_NOTHING = Judgement((), (), ())


def judge(guards: Iterable[Guard[F]], facts: F, policy: Lenience, move: str = "") -> Judgement:
    """Ask every guard, so that all that is missing is told at once."""
    lacks = [(guard, lack) for guard in guards if (lack := guard.lack(facts)) is not None]
    if not lacks:
        return _NOTHING
    blocked, owed, waived = [], [], []
    for guard, lack in lacks:
        if guard.waivable and guard.id in facts.waived:
            waived.append(guard.id)
        elif guard.waivable and policy.softens(guard):
            owed.append(guard.reason(lack, move))
        else:
            blocked.append(guard.reason(lack, move))
    return Judgement(tuple(blocked), tuple(owed), tuple(waived))


@dataclass(frozen=True, slots=True)
class Machine(Generic[F]):
    """States and moves of one kind of thing, as data."""

    name: str
    states: tuple[State, ...]
    transitions: tuple[Transition[F], ...]
    _leaving: dict[str | None, tuple[Transition[F], ...]] = field(
        init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        """Sort the moves by the state they begin in, as every step asks for them."""
        sources = (None, *(state.name for state in self.states))
        found = {s: tuple(t for t in self.transitions if t.starts_in(s)) for s in sources}
        object.__setattr__(self, "_leaving", found)

    def state(self, name: str) -> State:
        """Return the state of that name; KeyError where there is none."""
        return {s.name: s for s in self.states}[name]

    def leaving(self, state: str | None) -> tuple[Transition[F], ...]:
        """Return the moves a state knows, in the order of the table."""
        return self._leaving.get(state or None, ())

    def find(self, state: str | None, name: str, to: str | None = None) -> Transition[F] | None:
        """Return the one move meant; None where it is not offered or the target stays open."""
        found = [t for t in self.leaving(state) if t.name == name and to in {None, t.to}]
        return found[0] if len(found) == 1 else None

    def offers(self, state: str | None, facts: F, policy: Lenience) -> tuple[Offer, ...]:
        """Return every move the state knows, judged by what is known before anyone asks for it."""
        return tuple(self._offer(t, facts, policy) for t in self.leaving(state))

    def _offer(self, transition: Transition[F], facts: F, policy: Lenience) -> Offer:
        judged = judge(transition.known, facts, policy, transition.name)
        return Offer(transition.name, transition.to, judged.blocked, judged.owed)

    def step(
        self, state: str | None, name: str, facts: F, policy: Lenience, to: str | None = None
    ) -> Step[F]:
        """Make the move or raise Refused with every reason against it."""
        transition = self.find(state, name, to)
        if transition is None:
            raise self._refused(facts, name, self.not_offered(state, name, to, facts.key))
        judged = judge(transition.guards, facts, policy, name)
        if judged.blocked:
            raise self._refused(facts, name, *judged.blocked)
        return Step(transition, judged.owed, judged.waived)

    def not_offered(
        self, state: str | None, move: str, to: str | None = None, key: str = ""
    ) -> Reason:
        """Say that the state does not know the move, or not to there, and what it knows."""
        leaving = self.leaving(state)
        values = {
            "machine": self.name,
            "key": key,
            "state": state,
            "move": move,
            "to": to,
            "offered": tuple(dict.fromkeys(t.name for t in leaving)),
            "targets": (targets := tuple(t.to for t in leaving if t.name == move)),
            "variant": "target" if targets else None,
        }
        return Reason("not_offered", values, waivable=False, who="planner")

    def _refused(self, facts: F, move: str, *reasons: Reason) -> Refused:
        says = "{key}: the move {move} is not open yet."
        return Refused(says, machine=self.name, key=facts.key, move=move, reasons=reasons)

    def check(self, words: Mapping[str, Collection[str]] | None = None) -> list[str]:
        """Return the faults of the table; `words` maps a language to the guards it can say."""
        return faults(self, words or {})
