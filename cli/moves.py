"""Every move of a measure as a verb: `cycle measure propose M-2026-014`.

What a body decided may come along: then decision and move are one deed.
"""

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cli import bulk, choices
from cli.deeds import NOW, RECORDED, in_version, report, said, shown
from cli.desk import Desk
from cli.flags import DECISION, MEASURE, ON, REASON
from cli.frame import Arg, Verb, arg, many, one_of
from cli.keys import known, typed, whole
from cli.values import day, first_day, share, votes
from cycle.errors import Invalid
from cycle.i18n import N_
from cycle.machine import words

if TYPE_CHECKING:
    from cycle.model.measures import Measure
    from cycle.store.unit import Unit

MINUTES = (
    arg("--paper", N_("number of the paper that was decided on"), metavar="NUMBER"),
    arg("--paper-name", N_("title of the paper, if it is new"), metavar="TEXT"),
    arg("--body", N_("short name of the body that decided"), metavar="BODY"),
    ON,
    one_of("--result", choices.of("outcome"), N_("what the body decided")),
    arg("--votes", N_("yes:no:abstentions"), votes, metavar="31:4:2"),
    arg("--document", N_("order, contract or commitment, where no body decides"), metavar="TEXT"),
    arg("--department", N_("code of the unit that signed it"), metavar="CODE"),
    one_of("--kind", choices.DECISIONS, N_("resolution, administrative, commitment, …")),
)  # fmt: skip
_RECORDED = tuple(each.dest for each in MINUTES if each.dest != "on")
_SIGNED = frozenset({"approve", "defer", "reject", "cancel"})  # what was decided may come along


def _moves(name: str) -> Callable[[Desk, Namespace], int | None]:
    """Make the command of one move: what was said is what the move asks.

    Several keys, or the flags that pick, make it a move of many (cli/bulk.py).
    """

    def run(desk: Desk, args: Namespace) -> int | None:
        asked = said(args)
        keys, to = typed(asked.pop("key", ())), asked.get("state")
        if name == "take_over" and len(keys) != 1:
            raise _alone(name)
        if name != "take_over" and bulk.meant(asked, keys, signs=name in _SIGNED):
            return bulk.run(desk, name, asked, keys)
        asked.pop("yes", None)  # one is not asked about
        minutes = {word: asked.pop(word) for word in _RECORDED if word in asked}

        def deed(unit: "Unit") -> "tuple[Measure, Any, tuple[str, ...]]":
            from cycle.machine.facts import Ask
            from cycle.reading.owed import owed
            from cycle.usecases import approvals

            key = known(unit, "measure", keys[0])
            said_whole = whole(unit, "measure", asked)
            with in_version(desk, unit, "measure", key):
                record = approvals.move(unit, key, name, Ask(**said_whole), to=to, minutes=minutes)
            answer = shown(desk, unit, "measure", record.ref) if desk.json else None
            return record, answer, owed(unit.reading(), key, desk.tongue.lang)

        _tell(desk, *desk.perform(deed))
        return None

    return run


def _alone(name: str) -> Invalid:
    return Invalid(
        N_("The step {step} is made for one measure at a time."),
        fix=N_("Call the command once for every key, for example with xargs."),
        step=name.replace("_", "-"),
    )


def _tell(
    desk: Desk,
    record: "Measure",
    answer: Any,  # noqa: ANN401 - JSON
    owed: tuple[str, ...],
) -> None:
    state = words.name("state", record.state, desk.tongue.lang)
    report(desk, record.ref, answer, NOW, makes=False, state=state)
    if owed:
        desk.tell(N_("Still owed, to be supplied later: {tasks}."), tasks=" · ".join(owed))


def _supersede(desk: Desk, args: Namespace) -> None:
    """Merge several into one, or split one into several, as one deed."""

    def deed(unit: "Unit") -> list[str]:
        from cycle.usecases import moves

        sources = [known(unit, "measure", each) for each in args.keys]
        into = [known(unit, "measure", each) for each in args.into]
        shares = tuple(args.shares or ())
        with in_version(desk, unit, "measure", *sources):
            moves.supersede(unit, tuple(sources), tuple(into), shares, decision=args.decision)
        return sources

    for key in desk.perform(deed):
        report(desk, key, None, RECORDED, makes=False)


def _verb(name: str, *args: Arg) -> Verb:
    """Write down a move of one measure, of several, or of all that are picked by flags."""
    picks = bulk.MANY if name in _SIGNED else (bulk.DEPARTMENT, *bulk.MANY)
    return Verb(name.replace("_", "-"), SAYS[name], _moves(name), (bulk.MEASURE, *args, *picks))


SAYS = {
    "target": N_("tie it to its goal"),
    "propose": N_("give it to the committees"),
    "send_back": N_("send it back for revision"),
    "approve": N_("record that it was approved"),
    "defer": N_("record that it was put off"),
    "resubmit": N_("bring it in again"),
    "reject": N_("record that it was rejected"),
    "start": N_("report that it has begun"),
    "suspend": N_("suspend it, with a reason and a day to look again"),
    "resume": N_("go on with it"),
    "finish": N_("report that it is done"),
    "reopen": N_("take it up again"),
    "evaluate": N_("conclude its evaluation"),
    "report_back": N_("report the result back and say what follows"),
    "cancel": N_("drop it, with the reason"),
    "take_over": N_("take over what was running before the system"),
}
_INTO = (
    many("--into", "into", N_("key of what comes of it; may be repeated"), metavar="MEASURE",
         required=True),
    many("--share", "shares", N_("its part of the whole, such as 0.6; may be repeated"), share,
         metavar="SHARE"),
    DECISION,
)  # fmt: skip
_REVIEW = arg("--review-on", N_("the day to look at it again"), day, metavar="DATE")
_CODE = one_of("--code", choices.of("code"), N_("the reason, from the list"))
_TAKE_OVER = (
    one_of(
        "--state",
        ("targeted", "proposed", "approved", "in_progress", "suspended", "implemented"),
        N_("the state it is in"),
    ),
    arg("--source", N_("paper, list or report that says so"), metavar="TEXT"),
    arg("--source-date", N_("the day of the source"), day, metavar="DATE"),
    arg(
        "--start", N_("when it began; of a year its first day is taken"), first_day, metavar="DATE"
    ),
)
VERBS = (
    _verb("target"),
    _verb("propose"),
    _verb("send_back", REASON),
    _verb("approve", DECISION, *MINUTES),
    _verb("defer", DECISION, _REVIEW, *MINUTES),
    _verb("resubmit"),
    _verb("reject", DECISION, REASON, *MINUTES),
    _verb("start", ON),
    _verb("suspend", _CODE, _REVIEW, REASON),
    _verb("resume", arg("--forecast-end", N_("when it is expected to end"), day, metavar="DATE")),
    _verb("finish", ON),
    _verb("reopen", REASON),
    _verb("evaluate"),
    _verb(
        "report_back",
        one_of("--disposition", choices.of("disposition"), N_("what follows from it")),
        arg("--changes", N_("what is changed, where it is adapted"), metavar="TEXT"),
        REASON, ON, DECISION,
    ),
    _verb(
        "cancel", _CODE, REASON,
        many("--successor", "successor", N_("key of what replaces it"), metavar="MEASURE"),
        DECISION, *MINUTES,
    ),
    Verb("take-over", SAYS["take_over"], _moves("take_over"), (MEASURE, *_TAKE_OVER)),
    Verb(
        "supersede", N_("let others take its place: merge or split in one deed"), _supersede,
        (arg("keys", N_("keys of the measures"), nargs="+", metavar="MEASURE"), *_INTO),
    ),
    Verb(
        "merge", N_("merge several measures into one"), _supersede,
        (arg("keys", N_("keys of the measures"), nargs="+", metavar="MEASURE"), *_INTO),
    ),
    Verb(
        "split", N_("split one measure into several"), _supersede,
        (arg("keys", N_("key of the measure"), nargs=1, metavar="MEASURE"), *_INTO),
    ),
)  # fmt: skip
