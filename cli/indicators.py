"""`cycle indicator`: what is measured."""

from cli import choices
from cli.deeds import changes, makes
from cli.flags import AS_OF, KEY, REASON_ASKED, required
from cli.frame import Verb, arg, one_of
from cli.lists import lists
from cli.records import put_record
from cli.values import day, number, whole
from cycle.i18n import N_

VERBS = (
    Verb(
        "add", N_("add an indicator"), makes("indicators.add", "indicator"),
        (
            arg("code", N_("its code"), metavar="CODE"),
            arg("name", N_("its name"), metavar="NAME"),
            arg("--unit", N_("what its values are in; % if not told"), dest="unit_of",
                metavar="UNIT"),
            one_of("--polarity", choices.POLARITIES, N_("higher_better, lower_better, …")),
            arg("--source", N_("where its values come from"), metavar="TEXT"),
            arg("--definition", N_("what exactly is counted"), metavar="TEXT"),
            one_of("--measure-type", choices.MEASURE_TYPES, N_("share, count, rate, …"),
                   metavar="KIND"),
            one_of("--frequency", choices.FREQUENCIES, N_("yearly, quarterly, …")),
            arg("--field", N_("code of the field of action"), metavar="CODE"),
            arg("--result-level", N_("0 context, 1 to 3 output, 4 to 6 outcome, 7 impact"), whole,
                metavar="N"),
            arg("--valid-from", N_("the first day of its definition"), day, metavar="DATE"),
        ),
    ),
    Verb(
        "revise", N_("give it a new definition; targets stay with the old one"),
        changes("indicators.redefine", "indicator"),
        (
            KEY, required(arg("--definition", N_("what exactly is counted"), metavar="TEXT")),
            required(one_of("--comparable", choices.COMPARABLE,
                            N_("yes, no or with_factor: are old values still good?"))),
            arg("--factor", N_("what an old value is multiplied by"), number, metavar="N"),
            REASON_ASKED,
            arg("--source", N_("where its values come from"), metavar="TEXT"),
            arg("--valid-from", N_("the first day of the new definition"), day, metavar="DATE"),
        ),
    ),
    Verb("list", N_("list indicators"),
         lists("indicators", "indicator", "code unit newest observations name")),
    Verb("show", N_("show one indicator with its definitions"), put_record("indicator"),
         (KEY, AS_OF)),
)  # fmt: skip
