"""`cycle measure`: log, list, show, edit, and every move (cli/moves.py)."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli import choices, dossiers, lights, moves
from cli.deeds import changes, in_editor, perform, said
from cli.desk import Desk
from cli.flags import AREAS, AS_OF, FIELDS, FILTERS, KEY, MEASURE, REASON, WATCH, required
from cli.frame import Arg, Verb, arg, many, one_of, switch, yes_no
from cli.keys import known, typed
from cli.lists import filters_of, put_rows
from cli.records import put_record
from cli.show.look import asks
from cli.values import day, whole
from cycle.errors import Invalid
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.model.measures import Measure
    from cycle.store.unit import Unit


def _log(desk: Desk, args: Namespace) -> None:
    """Log a measure; without a title a person at a terminal is asked three questions."""
    words = _dated(args)
    if "title" not in words:
        words = _asked(desk, words)
    perform(desk, _logged, "measure", words, makes=True)


def _logged(unit: "Unit", *, goal_text: str | None = None, **words: Any) -> "Measure":  # noqa: ANN401 - as the use case
    """Log it; a goal in words becomes a goal that is classified later."""
    from cycle.usecases import goals, measures

    if goal_text:
        round_ = {"cycle": words["cycle"]} if "cycle" in words else {}
        words["goal"] = goals.add(unit, text=goal_text, **round_).ref
    return measures.log(unit, **words)


def _asked(desk: Desk, words: dict[str, Any]) -> dict[str, Any]:
    if not asks() or desk.format:
        raise Invalid(
            N_("The title is missing: what is to be done, in at most 90 characters?"),
            fix=N_('Name it: `cycle measure log "TITLE"`. On a terminal you are asked for it.'),
        )
    from cli.forms import logged

    return logged(desk, words, _logged)


def _dated(args: Namespace) -> dict[str, Any]:
    """Give what was said, and the days a period in words stands for where no others were told."""
    words = said(args)
    if period := words.pop("period", None):
        from cycle.exchange import periods

        return periods.planned(period) | words
    return words


def _again(desk: Desk, args: Namespace) -> None:
    """Log a measure anew that was turned down; its new key is printed."""
    words = said(args)
    old = words.pop("key")

    def deed(unit: "Unit", **words: Any) -> "Measure":  # noqa: ANN401 - as the use case
        from cycle.usecases import again

        return again.log_again(unit, known(unit, "measure", old), **words)

    perform(desk, deed, "measure", words, makes=True)


def _edit(desk: Desk, args: Namespace) -> None:
    """Change what was said; without any flag an editor opens."""

    def deed(unit: "Unit", key: str, *, confirm: bool = False, **words: Any) -> "Measure":  # noqa: ANN401 - as the use case
        from cycle.usecases import approvals, lookup, measures

        if confirm:
            approvals.confirm_text(unit, key)
        return measures.edit(unit, key, **words) if words else lookup.measure(unit, key)

    words = _dated(args)
    if len(words) > 1:
        perform(desk, deed, "measure", words)
    else:
        in_editor(desk, "measure", words["key"], EDITED, deed)


def _list(desk: Desk, args: Namespace) -> None:
    from cycle.reading import measures

    with desk.reading() as reader:
        found = measures.listed(
            reader, filters_of(desk, reader, args), today=desk.today(reader),
            sight=desk.sight(reader),
        )  # fmt: skip
    put_rows(desk, "measure", found, "key state lead lights title")
    if found and desk.format in (None, "table", "plain"):
        from cli.show.lights import legend
        from cli.show.tables import prose

        desk.put("\n" + prose(legend(desk.tongue.lang), desk.look.width))


def _can(desk: Desk, args: Namespace) -> None:
    from cycle.reading import measures
    from cycle.reading.keys import find
    from cycle.reading.owed import owed

    offers: dict[str, list[Any]] = {}
    still: dict[str, tuple[str, ...]] = {}
    with desk.reading() as reader:
        seen, values = measures.within(desk.sight(reader))
        for each in typed(args.key):
            key = find(reader, "measure", each, where=seen, **values)
            offers[key] = measures.offers(
                reader, key, today=desk.today(reader), lang=desk.tongue.lang
            )
            still[key] = owed(reader, key, desk.tongue.lang)
    _put_offers(desk, offers, args.transition, still)


def _put_offers(
    desk: Desk,
    offers: dict[str, list[Any]],
    only: str | None,
    still: dict[str, tuple[str, ...]],
) -> None:
    """Write the steps of each; JSON of several tells them by key."""
    from cli.show.facts import put
    from cli.show.offers import put_offers

    if desk.format in ("json", "ndjson", "csv") and len(offers) > 1:
        name = (only or "").replace("-", "_")
        told = {key: [each for each in steps if not name or each["name"] == name]
                for key, steps in offers.items()}  # fmt: skip
        put(desk, told)
        return
    for i, (key, steps) in enumerate(offers.items()):
        if len(offers) > 1:
            desk.put(f"\n{key}" if i else key)
        put_offers(desk, key, steps, only, () if only else still[key])


WRITTEN: tuple[Arg, ...] = (
    arg("--lead", N_("code of the department that answers for it"), metavar="DEPARTMENT"),
    arg("--goal", N_("key of its main goal"), metavar="GOAL"),
    many("--side-goal", "side_goals", N_("key of a further goal; may be repeated"), metavar="GOAL"),
    AREAS,
    yes_no("--citywide", N_("it works in the whole town")),
    FIELDS,
    many("--finding", "findings", N_("key of a finding it answers"), metavar="FINDING"),
    many("--partner", "partners", N_("code of a unit that takes part"), metavar="DEPARTMENT"),
    arg("--description", N_("what is to be done, in words"), metavar="TEXT"),
    arg("--number", N_("its number in the plan"), metavar="NUMBER"),
    one_of("--origin", choices.of("origin"), N_("finding, motion, law, grant or running")),
    arg("--origin-note", N_("which motion, law or grant"), metavar="TEXT"),
    one_of("--strand", choices.of("strand"), N_("sectoral, area_development or reporting")),
    arg("--target-group", N_("whom it is for"), metavar="TEXT"),
    one_of(
        "--prevention", choices.of("prevention"), N_("universal, selective or indicated"),
        dest="prevention_level", metavar="KIND",
    ),
    one_of("--mandate", choices.of("mandate"), N_("statutory or voluntary")),
    arg("--legal-basis", N_("the law that demands it"), metavar="TEXT"),
    one_of("--binding", choices.of("binding"), N_("what makes it binding"), metavar="KIND"),
    arg("--priority", N_("1 key, 2 high, 3 normal"), whole, metavar="N"),
    arg("--planned-start", N_("the day it is to begin"), day, metavar="DATE"),
    arg("--planned-end", N_("the day it is to end"), day, metavar="DATE"),
    arg("--period", N_("the time as a plan writes it: Schuljahr 2026/27, bis 2028, laufend"),
        metavar="TEXT"),
    arg("--period-text", N_("the time in words, such as a school year"), metavar="TEXT"),
    Arg("--ongoing", N_("it has no end"), None, {**yes_no("", "").more, "dest": "is_ongoing"}),
)  # fmt: skip
EDITED: tuple[Arg, ...] = (
    arg("--title", N_("its title"), metavar="TITLE"), *WRITTEN,
    arg("--reason", N_("why a planned date changes, once it was approved"), metavar="TEXT"),
)  # fmt: skip

VERBS = (
    Verb(
        "log", N_("log a measure; its key is printed"), _log,
        (
            arg(
                "title",
                N_("what is to be done, in at most 90 characters; on a terminal you are asked"),
                metavar="TITLE", nargs="?",
            ),
            arg("--cycle", N_("the round; else the open one"), metavar="ROUND"),
            arg("--goal-text", N_("its goal in words, to be classified later"), metavar="TEXT"),
            *WRITTEN,
        ),
    ),
    Verb("list", N_("list measures"), _list, (*FILTERS, WATCH)),
    Verb("show", N_("show one measure and what may follow"), put_record("measure"),
         (KEY, AS_OF, WATCH)),
    Verb(
        "edit", N_("write down more about a measure; without flags in your editor"), _edit,
        (
            MEASURE, *EDITED,
            switch(
                "--confirm-amendment", N_("the changed text of its decision is right"),
                dest="confirm",
            ),
        ),
    ),
    Verb(
        "can", N_("tell which steps are open and what they lack"), _can,
        (MEASURE, arg("transition", N_("only this step"), nargs="?", metavar="STEP"), AS_OF),
    ),
    Verb(
        "raise", N_("let a stricter policy than the town's hold for it"),
        changes("measures.raise_policy", "measure"),
        (
            MEASURE, required(one_of("--to", choices.RAISED, N_("standard or strict"))),
            required(REASON),
        ),
    ),
    Verb(
        "again", N_("log anew what was turned down or dropped; prints the new key"), _again,
        (
            MEASURE, arg("--title", N_("its title"), metavar="TITLE"),
            arg("--cycle", N_("the round; else the open one"), metavar="ROUND"), *WRITTEN,
        ),
    ),
    dossiers.VERB,
    *lights.VERBS,
    *moves.VERBS,
)  # fmt: skip
