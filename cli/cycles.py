"""`cycle round`: planning rounds and their stages."""

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.deeds import changes, perform, said
from cli.desk import Desk
from cli.flags import AS_OF, DECISION, FIELDS, KEY, REASON, REASON_ASKED, WATCH, required
from cli.frame import Arg, Verb, arg, many, one_of
from cli.lists import lists, put_rows
from cli.records import put_record
from cli.values import code, day, first_day
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit


def _starts(name: str) -> Any:  # noqa: ANN401 - a command
    """Make the command that lets a round begin; a missing start is the machine's to tell."""

    def run(desk: Desk, args: Namespace) -> None:
        def deed(unit: "Unit", **words: Any) -> Any:  # noqa: ANN401 - the use case's own
            from cycle.usecases import cycles

            return getattr(cycles, name)(unit, **{"start": None, **words})

        perform(desk, deed, "round", said(args), makes=True)

    return run


def _advance(desk: Desk, args: Namespace) -> None:
    """Begin its next stage; who closed a round lightly hears that there is more to be had."""
    closed_lightly: list[bool] = []

    def deed(unit: "Unit", key: str, **words: Any) -> Any:  # noqa: ANN401 - the use case's own
        from cycle.usecases import cycles

        record = cycles.advance(unit, key, **words)
        closed_lightly.append(record.stage == "closed" and unit.town.preset == "light")
        return record

    perform(desk, deed, "round", said(args))
    if closed_lightly[-1]:
        desk.tell(N_("A round is closed. From here on `cycle policy preset standard` asks for"
                     " all that until now was only noted as owed."))  # fmt: skip


def _burn_up(desk: Desk, args: Namespace) -> None:
    from cycle.reading.burn_up import burn_up

    with desk.reading() as reader:
        found = burn_up(reader, args.key, today=desk.today(reader), sight=desk.sight(reader))
    if desk.json:
        desk.put(json.dumps(found, ensure_ascii=False, indent=1))
    elif desk.format in ("ndjson", "csv"):
        put_rows(desk, "burn_up", found["months"], "month")
    else:
        from cli.show.burn_up import NARROWEST, burn_up_text, months_text

        drawn = desk.format is None and desk.look.width >= NARROWEST
        desk.put(burn_up_text(desk, found) if drawn else months_text(desk, found["months"]))


_TITLE = arg("--title", N_("its title"), metavar="TITLE", default="")
_START = arg("--start", N_("its first day; a year is enough"), first_day, metavar="DATE")
_END = arg("--end", N_("its last day"), day, metavar="DATE")
_STRANDS = many("--strand", "strands", N_("sectoral, area_development or reporting"), code,
                choices=choices.of("strand"), metavar="STRAND")  # fmt: skip
_PREDECESSOR = arg("--predecessor", N_("key of the round before it"), metavar="ROUND")
_SCHEME = arg("--scheme", N_("code of the division into areas"), metavar="CODE")
_PAPERS: Arg = many("--paper", "papers", N_("number of a paper of the round"), metavar="NUMBER")
VERBS = (
    Verb(
        "open", N_("open a round; its key is printed"), _starts("open_round"),
        (
            _TITLE, _START, _END, FIELDS, _STRANDS, _PREDECESSOR, _SCHEME,
            arg("--report-title", N_("title of its first report"), metavar="TITLE"),
        ),
    ),
    Verb(
        "list", N_("list rounds"),
        lists("cycles", "round", "key stage period_start title", guarded=True),
    ),
    Verb("show", N_("show one round and what may follow"), put_record("round"),
         (KEY, AS_OF, WATCH)),
    Verb(
        "burn-up", N_("draw month by month how far its measures have come"), _burn_up,
        (
            arg("key", N_("its key; the round of today if not told"), nargs="?", metavar="ROUND"),
            AS_OF,
        ),
    ),
    Verb(
        "advance", N_("begin its next stage"), _advance,
        (KEY, REASON, DECISION),
    ),
    Verb(
        "plan", N_("plan by when a stage ends"), changes("stage_plans.plan", "round"),
        (
            KEY, required(one_of("--stage", choices.STAGES[:-1], N_("the stage that is to end"))),
            required(arg("--until", N_("its last day"), day, metavar="DATE")),
        ),
    ),
    Verb(
        "reopen", N_("return to an earlier stage"), changes("cycles.reopen", "round"),
        (
            KEY, one_of("--stage", choices.STAGES, N_("the stage to return to"), default=""),
            REASON_ASKED,
        ),
    ),
    Verb(
        "abandon", N_("give it up, with reason and decision"), changes("cycles.abandon", "round"),
        (
            KEY, REASON_ASKED, DECISION,
            arg("--move-to", N_("round that takes its open measures"), metavar="ROUND"),
        ),
    ),
    Verb(
        "take-over", N_("take over an earlier round as closed"), _starts("take_over"),
        (
            _TITLE, _START, _END,
            one_of("--stage", choices.STAGES, N_("the stage it is in; closed if not told")),
            arg("--source", N_("plan, report or paper that says so"), metavar="TEXT"),
            arg("--source-date", N_("the day of the source"), day, metavar="DATE"),
            FIELDS, _STRANDS, _PAPERS, _SCHEME,
        ),
    ),
    Verb(
        "link", N_("tie papers to it, or the round before it"), changes("cycles.link", "round"),
        (KEY, _PAPERS, _PREDECESSOR),
    ),
)  # fmt: skip
