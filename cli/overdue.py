"""`cycle overdue`: who owes what since when, what is passed on, and what is noted as done."""

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cli.deeds import perform, said
from cli.desk import Desk
from cli.flags import FILTERS, WATCH, required
from cli.frame import Arg, Verb, arg, one_of
from cli.lists import in_sight
from cycle.i18n import N_
from cycle.machine.overdue import BY_CODE, LEVELS

if TYPE_CHECKING:
    from cycle.store.unit import Unit


def _overdue(desk: Desk, args: Namespace) -> None:
    from cycle.reading.overdue import listed

    with desk.reading() as reader:
        today = desk.today(reader)
        found = listed(
            reader, today=today, lang=desk.tongue.lang, filters=in_sight(desk, reader, args),
            sees_internal=desk.sees_internal(reader),
        )  # fmt: skip
    if desk.format is None:
        from cli.show.overdue import overdue_text

        desk.put(desk.look.paint(overdue_text(desk, found, today)))
    else:
        from cli.lists import put_rows

        put_rows(desk, "overdue", found, "rule key due days who command")


def _does(name: str) -> Callable[[Desk, Namespace], None]:
    """Make the command of one deed on an overdue item."""

    def run(desk: Desk, args: Namespace) -> None:
        def deed(unit: "Unit", key: str, **words: Any) -> Any:  # noqa: ANN401 - the use case's own
            from cycle.usecases import releases

            return getattr(releases, name)(unit, words.pop("rule"), key, **words)

        perform(desk, deed, _noun(args.rule, args.key), said(args))

    return run


def _noun(rule: str, key: str) -> str:
    """Tell by the letter of a key what it is, where the rule is about several nouns."""
    nouns = BY_CODE[rule].nouns
    named = _LETTERS.get(key[:2].upper())
    return named if named in nouns else nouns[0]


_LETTERS = {"Z-": "round", "G-": "goal", "B-": "report"}
_ITEM: tuple[Arg, ...] = (
    one_of("rule", BY_CODE, N_("the rule, O1 to O19"), metavar="RULE"),
    arg("key", N_("key of what is overdue"), metavar="KEY"),
    arg("--about", N_("which one, where it has several"), metavar="WORD"),
)
VERBS = (
    Verb("", N_("who owes what since when"), _overdue, (*FILTERS, WATCH)),
    Verb(
        "release", N_("pass it on to the superior office, to steering or to a body"),
        _does("release"),
        (
            *_ITEM,
            required(one_of("--level", LEVELS, N_("superior, steering or body"))),
            arg("--body", N_("short name of the body; else the one that decided"),
                metavar="BODY"),
            arg("--note", N_("in words"), metavar="TEXT"),
        ),
    ),
    Verb("noted", N_("note that those who were told know it is done"),
         _does("note_done"), _ITEM),
)  # fmt: skip
