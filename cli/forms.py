"""`cycle measure log` on a terminal: three questions, one after the other, in plain lines.

Every answer is tried at once as the deed it will be, and taken back; so what is wrong is told
where it was typed, with the same sentence as everywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cli.asking import answer
from cli.desk import Desk
from cycle.errors import Invalid, NotFound, Refused
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit

Words = dict[str, Any]
Log = Callable[..., object]
LISTED: Final = 20  # goals and areas that are offered by number
OPEN: Final = frozenset({"draft", "agreed", "adopted"})  # goals that are worked for
WHOLE: Final = frozenset({"ganze stadt", "whole town", "*"})
_PLAIN: Final = "Maßnahme"  # a title nobody can object to
_PLACED: Final = frozenset({"areas", "citywide"})
_DATED: Final = frozenset({"period", "planned_end", "is_ongoing"})


class _Tried(Exception):
    """Ends a transaction that is not to be kept."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """One thing that may be named by its number, its code or its words."""

    code: str
    says: str


def logged(desk: Desk, given: Mapping[str, Any], log: Log) -> Words:
    """Ask for what was not given yet; Ctrl-C leaves without a trace."""
    words = dict(given)
    try:
        _try(desk, log, {**words, "title": _PLAIN})  # whatever no answer could mend
        goals, areas = _offered(desk)
        _ask(desk, log, words, N_("1 of 3  What is to be done? (a title)"), _title)
        if not words.keys() & {"goal", "goal_text"}:
            _list(desk, N_("2 of 3  What for?"), goals)
            _ask(desk, log, words, N_("A number, a new goal in words, or Enter if not known yet:"),
                 lambda said: _goal(said, goals))  # fmt: skip
        if not words.keys() & _PLACED:
            _list(desk, N_("3 of 3  Where?"), areas)
            _ask(desk, log, words, N_("Numbers or codes, *whole town*, or Enter:"),
                 lambda said: _places(said, areas))  # fmt: skip
        if not words.keys() & _DATED:
            until = N_("Until when? (2028, 31.7.2027, Schuljahr 2026/27), or Enter:")
            _ask(desk, log, words, until, _until)
    except KeyboardInterrupt:
        desk.put("")  # the line of the question ends here
        desk.tell(N_("Nothing was logged."))
        raise
    _sum_up(desk, words, goals)
    return words


def _try(desk: Desk, log: Log, words: Words) -> None:
    def deed(unit: "Unit") -> None:
        log(unit, **words)
        unit.session.flush()
        raise _Tried

    try:
        desk.perform(deed)
    except _Tried:
        return


def _ask(desk: Desk, log: Log, words: Words, question: str, read: Callable[[str], Words]) -> None:
    """Ask until the answer can be used; nothing said is no answer, but for the title."""
    from cli.show.problems import as_text

    while True:
        said = answer(desk, desk.say(question))
        try:
            told = read(said)
            _try(desk, log, {**words, **told})
        except (Invalid, NotFound, Refused) as wrong:
            desk.tell(N_("{message}"), message=as_text(wrong, desk.tongue))
            continue
        words |= told
        return


def _title(said: str) -> Words:
    if not said:
        raise Invalid(
            N_("A title is needed: it says what is to be done."),
            fix=N_("Ctrl-C leaves without logging anything."),
        )
    return {"title": said}


def _goal(said: str, goals: Sequence[_Choice]) -> Words:
    if not said:
        return {}
    if said.isdigit():
        return {"goal": _numbered(said, goals).code}
    known = next((each.code for each in goals if each.code.casefold() == said.casefold()), None)
    return {"goal": known} if known else {"goal_text": said}


def _places(said: str, areas: Sequence[_Choice]) -> Words:
    if not said:
        return {}
    if said.casefold() in WHOLE:
        return {"citywide": True}
    return {"areas": tuple(_place(each.strip(), areas) for each in said.split(",") if each.strip())}


def _place(said: str, areas: Sequence[_Choice]) -> str:
    for each in areas:
        if said.casefold() in (each.code.casefold(), each.says.casefold()):
            return each.code
    fits = said.isdigit() and 1 <= int(said) <= min(len(areas), LISTED)
    return areas[int(said) - 1].code if fits else said


def _numbered(said: str, choices: Sequence[_Choice]) -> _Choice:
    n = int(said)
    if not 1 <= n <= min(len(choices), LISTED):
        raise Invalid(
            N_("There is no number {n} in the list."),
            fix=N_("Choose one of the list, or press Enter."),
            n=said,
        )
    return choices[n - 1]


def _until(said: str) -> Words:
    """Read an end as plans write it; a day, a month or a year alone is the last day of it."""
    from cycle.exchange import periods
    from cycle.exchange.outcome import Wrong

    if not said:
        return {}
    try:
        return {"planned_end": periods.ends(said), "period_text": said}
    except Wrong:
        pass
    if periods.period(said) is None:
        raise Invalid(
            N_("{text} names no time that can be read."),
            fix=N_("Write it like 2028, 31.7.2027, bis Ende 2027, laufend; or press Enter."),
            text=said,
        )
    return periods.planned(said)


def _offered(desk: Desk) -> tuple[list[_Choice], list[_Choice]]:
    """Give the goals that are worked for, and the areas of today."""
    from cycle.reading import areas, goals

    with desk.reading() as reader:
        found = [each for each in goals.listed(reader) if each.status in OPEN]
        places = areas.listed(reader, today=desk.today(reader))
    latest = max((each.cycle for each in found), default="")
    ours = [_Choice(each.key, each.text) for each in found if each.cycle == latest]
    return ours, [_Choice(each.code, each.name) for each in places if each.level]


def _list(desk: Desk, heading: str, choices: Sequence[_Choice]) -> None:
    """Name what there is by number, a line each."""
    desk.put(desk.say(heading))
    for n, each in enumerate(choices[:LISTED], 1):
        text = f"  {n:2}  {each.code}  {' '.join(each.says.split())}"
        desk.put(text if len(text) <= desk.look.width else f"{text[: desk.look.width - 1]}…")
    if len(choices) > LISTED:
        desk.put(desk.say(N_("… and {count} more"), count=len(choices) - LISTED))


def _sum_up(desk: Desk, words: Words, goals: Sequence[_Choice]) -> None:
    told = {each.code: each.says for each in goals}
    goal = words.get("goal")
    lines = (
        (N_("What"), words["title"]),
        (N_("What for"), f"{goal} {told.get(goal, '')}" if goal else words.get("goal_text")),
        (N_("Where"), desk.say(N_("whole town")) if words.get("citywide")
         else ", ".join(words.get("areas", ()))),
        (N_("Until"), words.get("period_text") or words.get("period")),
    )  # fmt: skip
    for name, value in lines:
        shown = value or desk.say(N_("not told yet"))
        desk.tell(N_("{name}: {value}"), name=desk.say(name), value=shown)
