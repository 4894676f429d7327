"""`cycle consequence`: what a measure demands in rooms, staff, order and money."""

from cli import choices
from cli.deeds import changes
from cli.flags import MEASURE, ON, TEXT
from cli.frame import Arg, Verb, arg, one_of, yes_no
from cli.values import hundredths, money, whole
from cycle.i18n import N_

_NONE = Arg(
    "--none", N_("nothing is demanded; the text says why"), None,
    {"action": "store_const", "const": "none", "dest": "state"},
)  # fmt: skip
AMOUNTS = (
    one_of("--need", choices.NEEDS, N_("built: new, conversion, rent or none")),
    arg("--site", N_("built: where"), metavar="TEXT"),
    arg("--cost", N_("built: what it costs, in euros"), money, metavar="EUR", dest="cost_cents"),
    arg("--permit", N_("built: the permit that is needed"), metavar="TEXT"),
    arg("--fte", N_("staffing: posts, such as 3.5"), hundredths, dest="fte_hundredths",
        metavar="POSTS"),
    arg("--grade", N_("staffing: pay grade"), metavar="TEXT"),
    yes_no("--temporary", N_("staffing: only for a time")),
    yes_no("--post-in-plan", N_("staffing: the posts are in the plan")),
    arg("--one-off", N_("financial: once, in euros"), money, metavar="EUR", dest="one_off_cents"),
    arg("--annual", N_("financial: every year, in euros"), money, metavar="EUR",
        dest="annual_cents"),
    arg("--revenue", N_("financial: what comes in, in euros"), money, metavar="EUR",
        dest="revenue_cents"),
    arg("--product-group", N_("financial: product of the budget"), metavar="NUMBER"),
    arg("--from-year", N_("financial: from which year"), whole, metavar="YEAR"),
    one_of("--cover", choices.COVERS, N_("financial: where the money comes from")),
)  # fmt: skip
VERBS = (
    Verb(
        "set", N_("assess one or several consequences, or say that there are none"),
        changes("consequences.assess", "measure"),
        (
            MEASURE,
            one_of(
                "kinds", ("all", *choices.of("consequence")),
                N_("built, staffing, organisational, financial, or all of them"),
                nargs="+", metavar="KIND",
            ),
            _NONE, TEXT, *AMOUNTS,
        ),
    ),
    Verb(
        "countersign", N_("record the countersignature of the finance office"),
        changes("consequences.countersign", "measure"),
        (MEASURE, ON, arg("--ref", N_("file number of the finance office"), metavar="NUMBER")),
    ),
)  # fmt: skip
