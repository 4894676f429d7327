"""A deed at the command line: one use case, one transaction, one confirmation."""

import json
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cli.flags import EVERYWHERE
from cli.frame import Arg
from cli.keys import INPUT, known, one, typed, whole
from cli.show.look import asks
from cycle.errors import Conflict, Forbidden, Invalid, KreislaufError, NotFound
from cycle.i18n import N_
from cycle.machine.words import name as words_of_the_trade

if TYPE_CHECKING:
    from cli.desk import Desk
    from cycle.store.unit import Unit

Use = Callable[..., Any]  # a use case; which one is known only when it is called
_NOT_OWN = {each.dest for each in EVERYWHERE} | {"bare", "prog"}
_NAMES = ("ref", "code", "short_name", "name")
RECORDED, MADE = N_("Recorded: {key}."), N_("Made: {key}.")
NOW = N_("{key} is now: {state}.")


@dataclass(frozen=True, slots=True)
class Deed:
    """Calls a use case with what was said: `key` at its place, all else by name."""

    usecase: str  # such as milestones.add
    noun: str  # whose key is given, and whose record is shown with --json
    makes: bool = False  # something new, whose key alone goes to standard output

    def __call__(self, desk: "Desk", args: Namespace) -> None:
        """Do it with the words of the command line as they are."""
        self.do(desk, said(args))

    def do(self, desk: "Desk", words: Mapping[str, Any]) -> None:
        """Do it with these words."""
        perform(desk, self.function, self.noun, words, makes=self.makes)

    @property
    def function(self) -> Use:
        """Find the use case."""
        return use_case(self.usecase)


def makes(usecase: str, noun: str) -> Deed:
    """Write down a deed that makes something new."""
    return Deed(usecase, noun, makes=True)


def changes(usecase: str, noun: str) -> Deed:
    """Write down a deed on something that is there."""
    return Deed(usecase, noun)


def edits(usecase: str, noun: str, args: tuple[Arg, ...]) -> Callable[["Desk", Namespace], None]:
    """Write down a deed that changes what is written; without any flag an editor opens."""

    def run(desk: "Desk", given: Namespace) -> None:
        words = said(given)
        if len(words) > 1:
            perform(desk, use_case(usecase), noun, words)
        else:
            in_editor(desk, noun, words["key"], args, use_case(usecase))

    return run


def in_editor(desk: "Desk", noun: str, key: str, args: tuple[Arg, ...], function: Use) -> None:
    """Let a person at a terminal write a record anew; Invalid where nobody sits there."""
    if not asks():
        raise Invalid(
            N_("Nothing was said that is to be changed."),
            fix=N_("Name a flag, as `{prog} --help` lists them; on a terminal an editor opens."),
            prog=f"cycle {noun} edit",
        )
    from cli.editing import edit

    changed = edit(desk, noun, key, args, function)
    if changed:
        desk.tell(RECORDED, key=changed)
    else:
        desk.tell(N_("Nothing was changed."))


def use_case(named: str) -> Use:
    """Find a use case by file and name."""
    module, _, name = named.partition(".")
    found: Use = getattr(import_module(f"cycle.usecases.{module}"), name)
    return found


def said(args: Namespace) -> dict[str, Any]:
    """Give what was said to this command; what was not said is left out, lists are tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in vars(args).items()
        if name not in _NOT_OWN and value is not None
    }


def perform(
    desk: "Desk", function: Use, noun: str, words: Mapping[str, Any], *, makes: bool = False
) -> None:
    """Call a use case in one transaction, for every key that was named, and say what came of it."""
    named = dict(words)
    keys: tuple[str | None, ...] = typed(named.pop("key")) if "key" in named else (None,)
    _one_version(desk, keys)

    call = _Call(function, noun, named, makes)

    def deed(unit: "Unit") -> list[_Done]:
        with whole_or_none(desk, keys) as at:
            return [call(desk, unit, at(key)) for key in keys]

    done = desk.perform(deed)
    answers = [each.answer or {"key": each.key} for each in done]
    for each in done:
        _say(desk, each, makes=makes)
    if desk.json:
        desk.put(json.dumps(answers[0] if len(answers) == 1 else answers, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a deed: its key, the stage it is in, and the record as JSON."""

    key: str
    stage: str
    answer: Any


@dataclass(frozen=True, slots=True)
class _Call:
    """A use case, whose key it takes, and what it is given by name."""

    function: Use
    noun: str
    named: Mapping[str, Any]
    makes: bool

    def __call__(self, desk: "Desk", unit: "Unit", key: str | None) -> _Done:
        """Call it for one key, or for none."""
        first = () if key is None else (known(unit, self.noun, key),)
        with in_version(desk, unit, self.noun, *first):
            record = self.function(unit, *first, **whole(unit, self.noun, self.named))
        told = key_of(record) if self.makes or not first else first[0]
        of = first[0] if first else told
        answer = shown(desk, unit, self.noun, of) if desk.json else None
        return _Done(told, getattr(record, "stage", ""), answer)


def _say(desk: "Desk", done: _Done, *, makes: bool) -> None:
    if done.stage and not makes:
        stage = words_of_the_trade("stage", done.stage, desk.tongue.lang)
        desk.tell(NOW, key=done.key, state=stage)
    else:
        desk.tell(MADE if makes else RECORDED, key=done.key)
    if makes and not desk.json:
        desk.put(done.key)


def _one_version(desk: "Desk", keys: Sequence[str | None]) -> None:
    if desk.expected is not None and len(keys) > 1:
        raise Invalid(
            N_("--expect-version goes with one record."),
            fix=N_("Leave it out, or name one key."),
        )


@contextmanager
def whole_or_none(
    desk: "Desk", keys: Sequence[str | None]
) -> "Iterator[Callable[[str | None], str | None]]":
    """Do something for several keys; where one cannot be done, say at which, and do none."""
    here: list[str | None] = [None]

    def at(key: str | None) -> str | None:
        here[0] = key
        return key

    try:
        yield at
    except KreislaufError:
        if len(keys) > 1:
            desk.tell(N_("At {key} it cannot be done; nothing was changed."), key=here[0])
        raise


def report(
    desk: "Desk", key: str, answer: object, says: str, *, makes: bool, **values: str
) -> None:
    """Say that it is done, to the person and to the pipe."""
    desk.tell(says, key=key, **values)
    if desk.json:
        desk.put(json.dumps(answer or {"key": key}, ensure_ascii=False))
    elif makes:
        desk.put(key)


@contextmanager
def in_version(desk: "Desk", unit: "Unit", noun: str, *keys: str) -> "Iterator[None]":
    """Do something to records in the version the caller saw, else raise Conflict.

    Whoever may not do it at all hears that first; what else is wrong is told of the version seen.
    """
    stale = next(filter(None, (_stale(desk, unit, noun, key) for key in keys)), None)
    try:
        yield
    except (NotFound, Forbidden):
        raise
    except KreislaufError as wrong:
        raise stale or wrong from None
    if stale:
        raise stale


def _stale(desk: "Desk", unit: "Unit", noun: str, key: str) -> Conflict | None:
    from cycle.usecases import lookup

    if desk.expected is None:
        return None
    finder = getattr(lookup, "cycle" if noun == "round" else noun)
    try:
        lookup.expect(finder(unit, key), desk.expected)
    except Conflict as changed:
        return changed
    return None


def shown(desk: "Desk", unit: "Unit", noun: str, key: str) -> Any:  # noqa: ANN401 - JSON
    """Give the record as `show --json` gives it; None where there is nothing to show."""
    from cycle.reading.records import SHOWN, record

    if noun not in SHOWN:
        return None
    internal = bool(unit.actor.roles - {"reader"})
    return record(
        unit.reading(), noun, key, today=unit.day, lang=desk.tongue.lang, internal=internal
    )


def key_of(record: Any) -> str:  # noqa: ANN401 - any record
    """Give the key people see; steps of a measure are known by their number."""
    found = [getattr(record, name) for name in _NAMES if getattr(record, name, None)]
    return str(found[0] if found else getattr(record, "no", ""))


def from_input() -> str:
    """Read one key from standard input."""
    return one(INPUT)
