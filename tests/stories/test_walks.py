"""Many people do many things in any order, well and badly: the circle holds all the same."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cycle.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from cycle.machine.facts import MeasureFacts
from cycle.reading.asof import known_on
from cycle.reading.door import Reader
from cycle.reading.facts import facts
from cycle.reading.journal import verify
from cycle.reading.proof import discrepancies
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import cycles, lookup, measures, moves
from tests import makers
from tests.conftest import FreshUrl, Prepare
from tests.makers_measures import PATH, Town
from tests.stories.deeds import ASKED, DEEDS, NEEDS, WELL_ASKED, Deed, Words, ask
from tests.stories.look import check_after, check_whole, look, owed, said_on, told_since
from tests.stories.model import FINAL, MOVES, Places, Told, offered
from tests.stories.pledges import SETTLED, WAIVABLE, Asked, kept
from tests.stories.upkeep import UPKEEP

# Steps that are skipped owe what they ask for; a cut asks for the consequences anew.
LIFTING = ("take_over", "supersede", "budget_cut")
EXPECTED = (NotFound, Conflict, Forbidden, Invalid, Refused)
ANYBODY = st.sampled_from(
    ["local", "planner", "youth", "clerk", "steering", "finance", "evaluator", "schools",
     "statistician", "reader", "admin"]
)  # fmt: skip
LIKELY = st.sampled_from(["local", "planner", "clerk", "finance"])
ALL_ROUND = st.sampled_from(["local", "local", "local", "local", "planner", "admin"])
PLANNERS = st.sampled_from(["local", "planner"])
NTH = st.integers(0, 59)  # of the measures there are, or of the moves
ONE = st.sampled_from([*[None] * 24, *range(12)])  # of the measures; None: the one in hand
BEHIND = st.sampled_from([None, None, 0, 1])  # versions; None: nobody says what was seen
MANY = 14  # measures; more only take time
FOUND = ("targeted", "proposed", "approved", "in_progress", "suspended", "implemented")
LONGER = int(os.environ.get("KREISLAUF_WALKS", "1"))  # times as many, and never the same
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]  # a deed is a transaction, not a sum


def light(url: str) -> None:
    """Prepare a light town."""
    settle(url, "light")


def standard(url: str) -> None:
    """Prepare a standard town."""
    settle(url, "standard")


def settle(url: str, preset: str) -> None:
    """Prepare a town with a measure at every place on the circle, and one ready for its bodies."""
    store = Store.create(url)
    makers.a_town(store, preset=preset)
    town = Town(store)
    goal = town.a_goal()
    town.a_goal(measured=False)
    for state in PATH:
        town.a_measure(state, goal=goal)
    town.ready(town.a_measure("targeted", goal=goal))
    store.close()


class Walk(RuleBasedStateMachine):
    """A town where anybody may try anything, on days that only move forward."""

    make: Callable[[Prepare], str]
    away: Callable[[str], None]

    @initialize(town=st.sampled_from([light, standard]), later=st.booleans())
    def begin(self, town: Prepare, *, later: bool) -> None:
        self.url = self.make(town)
        self.store = Store.open(self.url)
        self.day, self.places, self.heard, self.hand = makers.DAY, Places(), 0, ""
        self.said: list[tuple[date, object]] = []  # what was told at the end of each day
        with self.store.unit("reader", day=self.day) as unit:
            self.seen = look(unit.reading())
            self.settled = {item.id for item in owed(unit.reading()) if item.settled}
        self.check()
        if later:
            self.open_the_next_round()

    def teardown(self) -> None:
        with self.store.unit("reader", day=self.day) as unit:
            reader = unit.reading()
            assert verify(reader) == []
            assert discrepancies(reader) == []
            for day, told in self.said:
                then = known_on(reader, day, today=self.day)
                assert said_on(then, day) == told, f"{day} is told otherwise than it was"
                then.close()
        self.store.close()
        self.away(self.url)

    @rule(days=st.sampled_from([1, 30, 200]))
    def time_goes_by(self, days: int) -> None:
        with self.store.unit("reader", day=self.day) as unit:
            self.said.append((self.day, said_on(unit.reading(), self.day)))
            assert discrepancies(unit.reading()) == []
        self.day += timedelta(days=days)

    @precondition(lambda self: len(self.places.states) < MANY)
    @rule(who=LIKELY, goal=st.sampled_from([None, "G-2026-001", "G-2026-003"]))
    def somebody_logs_a_measure(self, who: str, goal: str | None) -> None:
        self.does(who, lambda unit: measures.log(unit, title="Neu", lead="51", goal=goal))

    @rule(who=LIKELY | ANYBODY, one=ONE, deed=DEEDS)
    def somebody_writes_something_down(self, who: str, one: int | None, deed: Deed) -> None:
        act, words = deed
        key = self.key(one)
        self.does(who, lambda unit: act(unit, key, **words))

    @rule(who=ALL_ROUND, one=ONE, deed=UPKEEP)
    def somebody_keeps_things_up(self, who: str, one: int | None, deed: Deed) -> None:
        self.somebody_writes_something_down(who, one, deed)

    def open_the_next_round(self) -> None:
        """Open it beside the first, which is put where it is evaluated, however it got there."""

        def deed(unit: Unit) -> None:
            lookup.cycle(unit, "Z-2026").stage = "evaluation"
            cycles.open_round(unit, title="Weiter", start=self.day, predecessor="Z-2026")

        assert self.does("planner", deed) is not None

    @rule(who=PLANNERS, one=ONE, way=NTH, to=st.sampled_from(FOUND), words=WELL_ASKED | ASKED,
          prepared=st.booleans(), behind=BEHIND)  # fmt: skip
    def planners_move_a_measure_on(  # noqa: PLR0917 - as drawn
        self, who: str, one: int | None, way: int, to: str, words: Words, behind: int | None, *,
        prepared: bool,
    ) -> None:  # fmt: skip
        key = self.key(one)
        ways = [name for name in offered(self.places.states[key]) if name != "cancel"]
        if not ways:
            return
        name = ways[way % len(ways)]
        for act, said in NEEDS.get(name, ()) if prepared else ():
            self.does("local", partial(act, key=key, **said))
        self.move(who, key, name, to, words, behind=behind)

    @rule(who=LIKELY | ANYBODY, one=ONE, name=st.sampled_from(["cancel", *sorted(MOVES)]),
          to=st.sampled_from(FOUND), words=ASKED, heirs=st.lists(NTH, max_size=2), behind=BEHIND,
          )  # fmt: skip
    def anybody_tries_any_move(  # noqa: PLR0917 - as drawn
        self, who: str, one: int | None, name: str, to: str, words: Words, heirs: list[int],
        behind: int | None,
    ) -> None:  # fmt: skip
        key = self.key(one)
        named = tuple(self.nth(heir) for heir in heirs)
        self.move(who, key, name, to, words, named, behind)

    def move(  # noqa: PLR0917 - as drawn
        self, who: str, key: str, name: str, to: str, words: Words,
        heirs: tuple[str, ...] = (), behind: int | None = None,
    ) -> None:  # fmt: skip
        """Let somebody make a move, who saw the measure so many versions ago."""
        there = to if name == "take_over" else None
        given = ask(words, self.day, there, heirs)
        asked = Asked(key, name, there, given, self.day, self.states(heirs))
        expect = None if behind is None else self.seen.version(key) - behind
        made = self.does(
            who, lambda unit: moves.move(unit, key, name, given, to=there, expect=expect),
            asked,
        )  # fmt: skip
        assert not (made and behind), "a stale version was let through"
        assert not made or Told(key, MOVES[name], made[0].before, self.places.states[key]) in made

    @precondition(lambda self: len(self.places.states) > len(PATH) + 1)
    @rule(who=PLANNERS, many=st.lists(NTH, min_size=1, max_size=2), one=NTH, merge=st.booleans(),
          short=st.sampled_from([0, 0, 1]),
          paper=st.sampled_from([None, "D-2026-001"]))  # fmt: skip
    def planners_merge_or_split(
        self, who: str, many: list[int], one: int, short: int, paper: str | None, *, merge: bool
    ) -> None:
        several, single = tuple(self.nth(nth) for nth in many), (self.nth(one),)
        sources, into = (several, single) if merge else (single, several)
        shares = [Fraction(1, len(many))] * len(many)
        shares[0] -= Fraction(short, 10)
        stood = self.states(into)
        if self.does(
            who, lambda u: moves.supersede(u, sources, into, tuple(shares), decision=paper)
        ):
            assert not short
            assert not FINAL & set(stood)

    def nth(self, nth: int) -> str:
        """Pick one of the measures there are."""
        keys = sorted(self.places.states)
        return keys[nth % len(keys)]

    def key(self, one: int | None) -> str:
        """Take one of the measures in hand, or go on with the one in hand."""
        self.hand = self.nth(one or 0) if one is not None or not self.hand else self.hand
        return self.hand

    def states(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Tell where measures stand."""
        return tuple(self.places.states[key] for key in keys)

    def does(
        self, who: str, deed: Callable[[Unit], object], asked: Asked | None = None
    ) -> list[Told] | None:
        """Let somebody do something; what is refused changes nothing, what is not is checked."""
        known: MeasureFacts | None = None
        try:
            with self.store.unit(who, day=self.day) as unit:
                known = self.facts(unit.reading(), asked.key) if asked else None
                deed(unit)
        except EXPECTED:
            with self.store.unit("reader", day=self.day) as unit:
                assert look(unit.reading()) == self.seen, "a refused deed left something behind"
            return None
        if asked and known:
            assert kept(known, asked), (asked, known)
        return self.check()

    def facts(self, reader: Reader, key: str) -> MeasureFacts:
        """Read the facts of a measure."""
        return facts(reader, today=self.day, keys=(key,))[key]

    def check(self) -> list[Told]:
        """Check what must hold after every deed; give the moves it made."""
        with self.store.unit("reader", day=self.day) as unit:
            reader = unit.reading()
            now = look(reader)
            told = told_since(reader, self.heard)
            self.places.follow(told)
            self.heard = now.head[0]
            places = {k: (s, self.places.moves[k]) for k, s in self.places.states.items()}
            assert {k: (s, n) for k, (s, _, n) in now.measures.items()} == places
            check_after(self.seen, now)
            check_whole(reader, now)
            self.check_owed(reader)
        self.seen = now
        return told

    def check_owed(self, reader: Reader) -> None:
        """Only what can be waived is owed, but for a state taken over; settled is what is there."""
        for item in owed(reader):
            assert item.guard in WAIVABLE or item.move in LIFTING, item
            if item.settled and item.id not in self.settled:
                self.settled.add(item.id)
                known = self.facts(reader, item.key)
                assert item.guard not in SETTLED or SETTLED[item.guard](known), (item, known)


@pytest.fixture(params=[("sqlite", 50, 30), ("postgresql", 8, 20)], ids=["sqlite", "postgresql"])
def walk(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> tuple[type[Walk], settings]:
    """Give walks on stores of one kind, and how many there are and how long."""
    kind, examples, steps = request.param

    def clear(url: str) -> None:
        if kind == "sqlite":
            Path(url.removeprefix("sqlite:///")).unlink()
        else:
            request.getfixturevalue("postgresql_server").drop(url)

    class Here(Walk):
        make, away = staticmethod(partial(fresh_url, kind)), staticmethod(clear)

    return Here, settings(
        max_examples=examples * LONGER, stateful_step_count=steps, derandomize=LONGER == 1,
        deadline=None, database=None, suppress_health_check=SLOW,
    )  # fmt: skip


def test_whoever_does_whatever_the_circle_holds(walk: tuple[type[Walk], settings]) -> None:
    walks, how = walk
    run_state_machine_as_test(walks, settings=how)
