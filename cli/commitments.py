"""`cycle commitment`: what partners of a measure have promised."""

from cli.deeds import changes
from cli.flags import MEASURE, ON, TEXT, required
from cli.frame import Verb, arg
from cycle.i18n import N_

VERBS = (
    Verb(
        "add", N_("record what a partner has promised"), changes("commitments.add", "measure"),
        (MEASURE, required(arg("--partner", N_("code of the partner"), metavar="CODE")), ON, TEXT),
    ),
)  # fmt: skip
