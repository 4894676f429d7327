"""One move of many measures: `cycle measure suspend --mandate voluntary --code budget_freeze`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.asking import agreed, left, someone
from cli.desk import Desk
from cli.frame import Arg, arg, one_of, switch
from cli.keys import all_known, whole
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
EACH = 1000  # titles that are read at once
MEASURE = arg(
    "key",
    N_("keys of measures, - for those on standard input; without any all that the flags pick"),
    metavar="MEASURE", nargs="*",
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
    title: str = ""


def meant(asked: Mapping[str, Any], keys: tuple[str, ...], *, signs: bool) -> bool:
    """Tell whether several are meant, or one is only looked at.

    `signs`: with a key, the department is the one that signed a decision.
    """
    picks = {*PICKED} - ({"department"} if signs else set())
    return len(keys) != 1 or bool(asked.keys() & (_LOOKS | picks))


def run(desk: Desk, name: str, asked: Mapping[str, Any], keys: tuple[str, ...]) -> int:
    """Move what was picked; ask once where a person sits at a terminal."""
    call = _Call(name, keys, asked)
    _insist(desk, call)
    dry_run = call.how("dry_run")
    if not dry_run and not call.how("yes"):
        found = _perform(desk, call, dry_run=True)
        if not found.outcome.moved:
            return _tell(desk, name, found, dry_run=False)
        _ask(desk, name, found)
    return _tell(desk, name, _perform(desk, call, dry_run=dry_run), dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class _Call:
    """What was said: the move, the keys or the flags that pick, and what the move asks."""

    name: str
    keys: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class _Found:
    """What became of each, and the titles people know them by."""

    outcome: "Outcome"
    titles: Mapping[str, str]


class _Rehearsed(Exception):
    """Carries what a move would bring about out of a transaction that is not kept."""

    def __init__(self, found: _Found) -> None:
        super().__init__()
        self.found = found


def _insist(desk: Desk, call: _Call) -> None:
    from cycle.machine.facts import Ask

    if not call.keys and not call.picks:
        raise Invalid(
            N_("Which measure? A MEASURE is missing, or the flags that pick several: {flags}."),
            fix=N_("`cycle measure list` shows the keys, --dry-run what a pick would move."),
            flags=_flags(PICKED),
        )
    if call.keys and call.picks:
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
    if desk.expected is not None and len(call.keys) != 1:
        raise Invalid(
            N_("--expect-version goes with one measure."),
            fix=N_("Leave it out: each is moved in the version that was read."),
        )


def _flags(names: Iterable[str]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in names)


def _perform(desk: Desk, call: _Call, *, dry_run: bool) -> _Found:
    """Do it; a dry run does all of it too and keeps nothing, so that it tells no tales."""

    def deed(unit: "Unit") -> _Found:
        from cli.deeds import in_version
        from cycle.machine.facts import Ask
        from cycle.reading.filters import Filters
        from cycle.usecases import bulk

        keys = all_known(unit, "measure", call.keys) if call.keys else None
        picks: dict[str, Any] = whole(unit, "measure", call.picks)
        asked = whole(unit, "measure", call.asked)
        with in_version(desk, unit, "measure", *(keys or ())):
            outcome = bulk.move_all(
                unit, call.name, Ask(**asked), filters=Filters(**picks), keys=keys,
                all_or_nothing=call.how("all_or_nothing"),
            )  # fmt: skip
        found = _Found(outcome, _titles(unit, outcome))
        if dry_run:
            raise _Rehearsed(found)
        return found

    try:
        return desk.perform(deed)
    except _Rehearsed as would:
        return would.found


def _titles(unit: "Unit", outcome: "Outcome") -> dict[str, str]:
    from cycle.model.measures import Measure
    from cycle.store.many import among

    keys = [*outcome.moved, *(key for key, _ in outcome.refused)]
    parts = (keys[place : place + EACH] for place in range(0, len(keys), EACH))
    return {each.ref: each.title for part in parts for each in among(unit, Measure, "ref", part)}


def _ask(desk: Desk, name: str, found: _Found) -> None:
    """Let a person say yes; a script says it with --yes."""
    from cli.show import outcomes

    count = len(found.outcome.moved)
    if not someone():
        told = desk.tongue.plural(
            "{n} measure would be moved; nobody is there to be asked.",
            "{n} measures would be moved; nobody is there to be asked.", count,
        )  # fmt: skip
        fix = N_("Look with --dry-run, then say --yes.")
        raise Invalid(N_("{message}"), fix=fix, message=told)
    desk.tell(N_("{message}"), message=_gone(desk, _state(desk, name), count, dry_run=True))
    desk.put(outcomes.moved(desk, _lines(desk, name, found)[0], outcomes.LISTED))
    if others := len(found.outcome.refused):
        desk.tell(N_("Not open yet for {count} more."), count=others)
    if not agreed(desk, desk.say(N_("Go on?"))):
        raise left()


def _tell(desk: Desk, name: str, found: _Found, *, dry_run: bool) -> int:
    outcome = found.outcome
    moved, refused = _lines(desk, name, found)
    if desk.json:
        desk.put(json.dumps(_as_json(desk, outcome, dry_run=dry_run), ensure_ascii=False, indent=1))
    else:
        _say(desk, name, found, dry_run=dry_run)
        _put(desk, moved if dry_run or desk.format else [], refused)
    return 0 if outcome.moved or not outcome.refused else REFUSED


def _say(desk: Desk, name: str, found: _Found, *, dry_run: bool) -> None:
    outcome = found.outcome
    state, count = _state(desk, name), len(outcome.moved)
    if not count and not outcome.refused:
        desk.tell(N_("No measure fits these flags; nothing is moved."))
        return
    if count:
        desk.tell(N_("{message}"), message=_gone(desk, state, count, dry_run=dry_run))
    if outcome.refused:
        told = desk.tongue.plural(
            "{n} measure stays where it is:", "{n} measures stay where they are:",
            len(outcome.refused),
        )  # fmt: skip
        desk.tell(N_("{message}"), message=told)


def _gone(desk: Desk, state: str, count: int, *, dry_run: bool) -> str:
    if dry_run:
        return desk.tongue.plural(
            "{n} measure would then be: {state}.", "{n} measures would then be: {state}.",
            count, state=state,
        )  # fmt: skip
    return desk.tongue.plural(
        "{n} measure is now: {state}.", "{n} measures are now: {state}.", count, state=state
    )


def _put(desk: Desk, moved: list[Line], refused: list[Line]) -> None:
    from cli.lists import put_rows
    from cli.show import outcomes

    if desk.format and desk.format != "table":
        if moved or refused:
            put_rows(desk, "measure", [*moved, *refused], "key state title who says fix")
        return
    if refused:
        desk.put(outcomes.refused(desk, refused))
    if moved:
        desk.put(outcomes.moved(desk, moved) if not refused else f"\n{outcomes.moved(desk, moved)}")


def _lines(desk: Desk, name: str, found: _Found) -> tuple[list[Line], list[Line]]:
    """Give a line for each that moves, and one for each thing that the others lack."""
    state, titles = _target(name), found.titles
    moved = [Line(key, state, title=titles[key]) for key in found.outcome.moved]
    return moved, list(_lacking(desk, found))


def _lacking(desk: Desk, found: _Found) -> Iterator[Line]:
    from cycle.reading.problems import reason

    for key, reasons in found.outcome.refused:
        for each in reasons:
            told = reason(each, desk.tongue.lang)
            yield Line(key, None, told["guard"], told["says"], told["who"], told["fix"],
                       found.titles[key])  # fmt: skip


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
