"""`cycle budget`: the money of a measure, year by year and source by source."""

from cli import choices
from cli.deeds import changes
from cli.flags import MEASURE, required
from cli.frame import Verb, arg, one_of
from cli.values import day, money, whole
from cycle.i18n import N_

VERBS = (
    Verb(
        "set", N_("write down the money of one year and one source"),
        changes("budgets.set_line", "measure"),
        (
            MEASURE,
            required(arg("--year", N_("the year"), whole, metavar="YEAR")),
            one_of("--funding", choices.FUNDINGS, N_("whose money: own, state, federal, esf, …")),
            arg("--planned", N_("planned, in euros"), money, metavar="EUR"),
            arg("--approved", N_("approved, in euros"), money, metavar="EUR"),
            arg("--committed", N_("committed, in euros"), money, metavar="EUR"),
            arg("--spent", N_("spent, in euros"), money, metavar="EUR"),
            arg("--grant-ref", N_("file number of the grant"), metavar="NUMBER"),
            arg("--grant-end", N_("the day the grant ends"), day, metavar="DATE"),
        ),
    ),
)  # fmt: skip
