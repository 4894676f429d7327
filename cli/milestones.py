"""`cycle milestone`: the dated steps of a measure."""

from cli.deeds import changes, makes
from cli.flags import MEASURE, ON, REASON, required
from cli.frame import Verb, arg
from cli.values import day, whole
from cycle.i18n import N_

_NO = arg("no", N_("number of the milestone"), whole, metavar="NUMBER")
VERBS = (
    Verb(
        "add", N_("add a dated step; its number is printed"), makes("milestones.add", "measure"),
        (
            MEASURE, arg("title", N_("what is to be reached"), metavar="TITLE"),
            required(arg("--due", N_("the day it is due"), day, metavar="DATE")),
        ),
    ),
    Verb(
        "done", N_("record that it was reached"), changes("milestones.done", "measure"),
        (MEASURE, _NO, ON, arg("--evidence-url", N_("address of the proof"), metavar="URL")),
    ),
    Verb(
        "drop", N_("drop it, with the reason"), changes("milestones.drop", "measure"),
        (MEASURE, _NO, required(REASON)),
    ),
)  # fmt: skip
