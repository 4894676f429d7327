"""One move of many measures: `cycle measure suspend --mandate voluntary --code budget_freeze`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.desk import Desk
from cli.frame import Arg, arg, one_of, switch
from cli.show.look import asks
from cycle.errors import Invalid
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.measures import MEASURES

if TYPE_CHECKING:
    from cycle.store.unit import Unit
    from cycle.usecases.bulk import Outcome

HOW = ("yes", "dry_run", "all_or_nothing")
PICKED = ("cycle", "department", "field", "state", "mandate")
_LOOKS = frozenset({"dry_run", "all_or_nothing"})
REFUSED = 6  # nothing was moved, for every measure lacks something
MEASURE = arg(
    "key", N_("key of the measure; without it all that the flags pick"), metavar="MEASURE",
    nargs="?",
)  # fmt: skip
DEPARTMENT = arg("--department", N_("all of this department"), metavar="CODE")
MANY: tuple[Arg, ...] = (
    one_of("--mandate", choices.of("mandate"), N_("all that are statutory or voluntary")),
    one_of("--state", [s.name for s in MEASURES.states], N_("all in this state"), metavar="STATE"),
    arg("--cycle", N_("all of this round"), metavar="ROUND"),
    arg("--field", N_("all of this field of action"), metavar="CODE"),
    switch("--dry-run", N_("only tell what would become of each")),
    switch("--all-or-nothing", N_("move none where one is refused")),
    switch("--yes", N_("do not ask before several are moved")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one measure, and what it lacks where it was refused."""

    key: str
    state: str | None
    guard: str | None = None
    says: str | None = None
    who: str | None = None
    fix: str | None = None


def meant(asked: Mapping[str, Any], key: str | None, *, signs: bool) -> bool:
    """Tell whether several are meant, or one is only looked at.

    `signs`: with a key, the department is the one that signed a decision.
    """
    picks = {*PICKED} - ({"department"} if signs else set())
    return key is None or bool(asked.keys() & (_LOOKS | picks))


def run(desk: Desk, name: str, asked: Mapping[str, Any], key: str | None) -> int:
    """Move what was picked; ask once where a person sits at a terminal."""
    call = _Call(name, key, asked)
    _insist(desk, call)
    dry_run, yes = call.how("dry_run"), call.how("yes")
    outcome = _perform(desk, call, dry_run=dry_run or not yes)
    if not dry_run and not yes and outcome.moved:
        _ask(desk, name, outcome)
        outcome = _perform(desk, call, dry_run=False)
    return _tell(desk, name, outcome, dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class _Call:
    """What was said: the move, one key or the flags that pick, and what the move asks."""

    name: str
    key: str | None
    words: Mapping[str, Any]

    def how(self, word: str) -> bool:
        """Tell whether one of the flags that say how was given."""
        return bool(self.words.get(word))

    @property
    def picks(self) -> dict[str, str]:
        """Give the flags that pick."""
        return {name: self.words[name] for name in PICKED if name in self.words}

    @property
    def asked(self) -> dict[str, Any]:
        """Give what the move itself is given."""
        return {n: word for n, word in self.words.items() if n not in {*HOW, *PICKED}}


def _insist(desk: Desk, call: _Call) -> None:
    from cycle.machine.facts import Ask

    if call.key is None and not call.picks:
        raise Invalid(
            N_("Which measure? A MEASURE is missing, or the flags that pick several: {flags}."),
            fix=N_("`cycle measure list` shows the keys, --dry-run what a pick would move."),
            flags=_flags(PICKED),
        )
    if call.key is not None and call.picks:
        raise Invalid(
            N_("Name a measure or pick several, not both."),
            fix=N_("Leave out the key, or the flags that pick: {flags}."),
            flags=_flags(call.picks),
        )
    if strange := [name for name in call.asked if name not in Ask.__dataclass_fields__]:
        raise Invalid(
            N_("What was decided on several measures is recorded first: {flags}."),
            fix=N_("`cycle decision add --measure KEY …`, then the step with --decision."),
            flags=_flags(strange),
        )
    if desk.expected is not None and call.key is None:
        raise Invalid(
            N_("--expect-version goes with one measure."),
            fix=N_("Leave it out: each is moved in the version that was read."),
        )


def _flags(names: Iterable[str]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in names)


def _perform(desk: Desk, call: _Call, *, dry_run: bool) -> "Outcome":
    def deed(unit: "Unit") -> "Outcome":
        from cli.deeds import known
        from cycle.machine.facts import Ask
        from cycle.reading.filters import Filters
        from cycle.usecases import bulk

        keys = None if call.key is None else (known(unit, "measure", call.key),)
        picks: dict[str, Any] = dict(call.picks)
        return bulk.move_all(
            unit, call.name, Ask(**call.asked), filters=Filters(**picks), keys=keys,
            dry_run=dry_run, all_or_nothing=call.how("all_or_nothing"),
        )  # fmt: skip

    return desk.perform(deed)


def _ask(desk: Desk, name: str, outcome: "Outcome") -> None:
    """Let a person say yes; a script says it with --yes."""
    if not asks():
        raise Invalid(
            N_("Several measures would be moved ({count}); nobody is there to be asked."),
            fix=N_("Look with --dry-run, then say --yes."),
            count=len(outcome.moved),
        )
    _say(desk, name, outcome, dry_run=True)
    if outcome.refused:
        desk.tell(N_("Not open yet for {count} more."), count=len(outcome.refused))
    question = desk.say("Go on? (y/n)")
    answer = input(f"{question} ").strip().casefold()
    if answer not in {"y", "yes", "j", "ja"}:
        raise Invalid(N_("Nothing was changed."), fix=N_("Say yes to go on."))


def _tell(desk: Desk, name: str, outcome: "Outcome", *, dry_run: bool) -> int:
    lines = list(_lines(desk, name, outcome))
    if desk.json:
        desk.put(json.dumps(_as_json(desk, outcome, dry_run=dry_run), ensure_ascii=False, indent=1))
    else:
        _say(desk, name, outcome, dry_run=dry_run)
        shown = lines if dry_run or desk.format else [line for line in lines if line.guard]
        _put(desk, shown)
    return 0 if outcome.moved or not outcome.refused else REFUSED


def _say(desk: Desk, name: str, outcome: "Outcome", *, dry_run: bool) -> None:
    state, count = _state(desk, name), len(outcome.moved)
    if not count and not outcome.refused:
        desk.tell(N_("No measure fits these flags; nothing is moved."))
        return
    if dry_run:
        told = desk.tongue.plural(
            "{n} measure would then be: {state}.", "{n} measures would then be: {state}.",
            count, state=state,
        )  # fmt: skip
    else:
        told = desk.tongue.plural(
            "{n} measure is now: {state}.", "{n} measures are now: {state}.", count, state=state
        )
    desk.tell(N_("{message}"), message=told)


def _put(desk: Desk, lines: list[Line]) -> None:
    from cli.lists import put_rows

    if lines:
        put_rows(desk, "measure", lines, "key state says" if desk.format else "key state who says")


def _lines(desk: Desk, name: str, outcome: "Outcome") -> Iterator[Line]:
    from cycle.reading.problems import reason

    state = _target(name)
    for key in outcome.moved:
        yield Line(key, state)
    for key, reasons in outcome.refused:
        for each in reasons:
            told = reason(each, desk.tongue.lang)
            yield Line(key, None, told["guard"], told["says"], told["who"], told["fix"])


def _as_json(desk: Desk, outcome: "Outcome", *, dry_run: bool) -> dict[str, Any]:
    from cycle.reading.problems import reason

    return {
        "dry_run": dry_run,
        "moved": outcome.moved,
        "refused": [
            {"key": key, "blocked_by": [reason(each, desk.tongue.lang) for each in reasons]}
            for key, reasons in outcome.refused
        ],
    }


def _target(name: str) -> str:
    return next(t.to for t in MEASURES.transitions if t.name == name)


def _state(desk: Desk, name: str) -> str:
    return words.name("state", _target(name), desk.tongue.lang)
