"""`cycle budget`: the money of a measure, year by year and source by source."""

from argparse import Namespace

from cli import choices
from cli.deeds import changes, from_input
from cli.desk import Desk
from cli.flags import FILTERS, MEASURE, REASON, required
from cli.frame import Verb, arg, one_of
from cli.lists import in_sight, put_rows
from cli.values import day, money, whole
from cycle.i18n import N_

_COLUMNS = "key lead planned_cents approved_cents spent_cents uncovered_from"


def _list(desk: Desk, args: Namespace) -> None:
    from cycle.reading import budgets

    with desk.reading() as reader:
        internal = desk.sees_internal(reader)
        found = budgets.listed(
            reader, in_sight(desk, reader, args), today=desk.today(reader), sees_internal=internal
        )
    put_rows(desk, "budget", found, _COLUMNS)


def _show(desk: Desk, args: Namespace) -> None:
    from cli.show.sheets import put
    from cycle.reading import budgets

    key = from_input() if args.key == "-" else args.key
    with desk.reading() as reader:
        internal = desk.sees_internal(reader)
        found = budgets.show(reader, key, today=desk.today(reader), sees_internal=internal)
    put(desk, "budget", found)


VERBS = (
    Verb("show", N_("its money, and the years without cover once a grant ends"), _show, (MEASURE,)),
    Verb("list", N_("the money of measures, summed up"), _list, FILTERS),
    Verb(
        "keep", N_("decide that it goes on, adapted to the money it was left"),
        changes("budgets.keep", "measure"), (MEASURE, required(REASON)),
    ),
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
