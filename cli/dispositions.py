"""`cycle disposition`: what follows from the evaluation of a measure (Folgeentscheidung)."""

from cli import choices
from cli.deeds import changes
from cli.flags import DECISION, MEASURE, ON, REASON, required
from cli.frame import Verb, arg, one_of
from cycle.i18n import N_

VERBS = (
    Verb(
        "set", N_("say whether it is continued, adapted, stopped or complete"),
        changes("dispositions.decide", "measure"),
        (
            MEASURE,
            required(one_of("--choice", choices.of("disposition"), N_("continue, adapt, stop …"))),
            required(REASON), DECISION, ON,
            arg("--changes", N_("what changes, where it is adapted"), metavar="TEXT"),
        ),
    ),
)  # fmt: skip
