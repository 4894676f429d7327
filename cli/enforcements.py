"""`cycle enforcement`: the lever by which a measure is carried through."""

from cli import choices
from cli.deeds import changes
from cli.flags import MEASURE, TEXT, required
from cli.frame import Verb, arg, one_of
from cycle.i18n import N_

VERBS = (
    Verb(
        "add", N_("say what makes it binding"), changes("enforcements.add", "measure"),
        (
            MEASURE,
            required(one_of("--lever", choices.of("lever"), N_("resolution, budget, contract, …"))),
            arg("--responsible", N_("code of the unit that uses it"), metavar="CODE"),
            TEXT,
            arg("--resistance", N_("what stands against it; never printed"), metavar="TEXT"),
        ),
    ),
)  # fmt: skip
