"""`cycle undo`: take back one's own last deed where nobody has gone on from it."""

import json
from argparse import Namespace
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.asking import agreed, left, someone
from cli.desk import Desk
from cli.frame import Verb, arg, switch
from cycle.errors import Invalid, NotFound
from cycle.i18n import N_
from cycle.machine import words

if TYPE_CHECKING:
    from cycle.reading.deeds import Deed, Told
    from cycle.store.unit import Unit

_STATES = {"goal": "goal_status"}  # kinds of words for states; else those of a measure
_NOUNS = {
    "M": "measure", "G": "goal", "F": "finding", "Z": "round", "B": "report", "D": "decision",
    "E": "evaluation",
}  # fmt: skip


class _Rehearsed(Exception):
    """Carries what would be taken back out of a transaction that is not kept."""

    def __init__(self, found: "Deed") -> None:
        super().__init__()
        self.found = found


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that was done, as people read it."""

    key: str
    action: str
    state: str  # in which it is again


def _undo(desk: Desk, args: Namespace) -> None:
    dry_run = bool(args.dry_run)
    if dry_run or not args.yes:
        would = _perform(desk, args.key, dry_run=True)
        if dry_run:
            _put(desk, would, dry_run=True)
            return
        _ask(desk, would)
    _put(desk, _perform(desk, args.key, dry_run=False), dry_run=False)


def _perform(desk: Desk, typed: str | None, *, dry_run: bool) -> "Deed":
    def deed(unit: "Unit") -> "Deed":
        from cycle.usecases import undo

        found = undo.take_back(unit, _key(unit, typed) if typed else None)
        if dry_run:
            unit.session.flush()
            raise _Rehearsed(found)
        return found

    try:
        return desk.perform(deed)
    except _Rehearsed as would:
        return would.found


def _key(unit: "Unit", typed: str) -> str:
    """Give the whole key; a number alone is that of a measure, a word is taken as it is."""
    from cli.keys import known, one

    typed = one(typed)
    noun = _NOUNS.get(typed[:1].upper(), "measure")
    try:
        return known(unit, noun, typed)
    except NotFound:
        if typed[:1].isdigit() or typed[1:2] == "-":
            raise
        return typed  # such as the code of a department


def _ask(desk: Desk, would: "Deed") -> None:
    """Tell what would be taken back and let a person say yes; a script says it with --yes."""
    if not someone():
        raise Invalid(
            N_("A deed on {key} would be taken back; nobody is there to be asked."),
            fix=N_("Look with --dry-run, then say --yes."),
            key=would.told[-1].key,
        )
    _put(desk, would, dry_run=True)
    if not agreed(desk, desk.say(N_("Take it back?"))):
        raise left()


def _put(desk: Desk, found: "Deed", *, dry_run: bool) -> None:
    if desk.json:
        told = [_as_json(each) for each in found.told]
        answer = {"dry_run": dry_run, "deed": found.last, "day": found.day.isoformat()}
        desk.put(json.dumps({**answer, "took_back": told}, ensure_ascii=False))
        return
    says = N_("This would be taken back:") if dry_run else N_("Taken back; the journal keeps both:")
    desk.tell(says)
    _table(desk, [_line(each, desk.tongue.lang) for each in found.told])


def _table(desk: Desk, lines: list[_Line]) -> None:
    from cli.lists import put_rows

    put_rows(desk, "undo", lines, "key action state" if any(x.state for x in lines)
             else "key action")  # fmt: skip


def _as_json(told: "Told") -> dict[str, Any]:
    return {
        "n": told.n, "key": told.key, "entity": told.entity, "action": told.action,
        "from_state": told.from_state, "to_state": told.to_state,
    }  # fmt: skip


def _line(told: "Told", lang: str) -> _Line:
    own = f"{told.entity}.{told.action}"
    done = words.name("action", own if own in words.names("action", lang) else told.action, lang)
    of = "" if told.entity == "measure" else f"{words.name('entity', told.entity, lang)} "
    before = told.from_state if told.from_state != told.to_state else None
    state = words.name(_STATES.get(told.entity, "state"), before, lang) if before else ""
    return _Line(told.key, f"{of}{done}", state)


VERBS = (
    Verb(
        "", N_("take back your own last deed; the journal keeps it and its undoing"),
        _undo,
        (
            arg("key", N_("your last deed on this record"), nargs="?", metavar="KEY"),
            switch("--dry-run", N_("only tell what would be taken back")),
            switch("--yes", N_("do not ask before it is taken back")),
        ),
    ),
)  # fmt: skip
