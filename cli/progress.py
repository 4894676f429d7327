"""`cycle progress`: how far measures have come (Sachstand)."""

from argparse import Namespace
from typing import TYPE_CHECKING

from cli import choices
from cli.deeds import RECORDED, changes, in_version, known, report
from cli.desk import Desk
from cli.flags import MEASURE, TEXT, required
from cli.frame import Verb, arg, one_of
from cli.lists import lists
from cli.values import day, whole
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit


def _unchanged(desk: Desk, args: Namespace) -> None:
    def deed(unit: "Unit") -> list[str]:
        from cycle.usecases import progress

        found = [known(unit, "measure", each) for each in args.keys]
        with in_version(desk, unit, "measure", *found):
            progress.unchanged(unit, found)
        return found

    for key in desk.perform(deed):
        report(desk, key, None, RECORDED, makes=False)


VERBS = (
    Verb(
        "report", N_("report how far a measure has come"), changes("progress.report", "measure"),
        (
            MEASURE,
            required(one_of("--course", choices.of("course"), N_("on_track, delayed, …"))),
            arg("--as-of", N_("the day it is told for"), day, metavar="DATE"),
            arg("--percent", N_("how much is done, 0 to 100"), whole, metavar="N"),
            TEXT,
            arg("--delay-reason", N_("why it is late"), metavar="TEXT"),
            arg("--forecast-end", N_("when it is expected to end"), day, metavar="DATE"),
        ),
    ),
    Verb(
        "unchanged", N_("say that nothing has changed since the last report"), _unchanged,
        (arg("keys", N_("keys of the measures"), nargs="+", metavar="MEASURE"),),
    ),
    Verb(
        "list", N_("list what was reported of a measure"),
        lists("progress", "progress", "as_of course percent forecast_end text", "measure"),
        (arg("measure", N_("key of the measure"), metavar="MEASURE"),),
    ),
)  # fmt: skip
