"""`cycle recommendation`: what reports and evaluations advise, and the answers."""

from cli import choices
from cli.deeds import changes, makes
from cli.flags import AS_OF, KEY, OPEN, required
from cli.frame import Verb, arg, one_of
from cli.lists import lists
from cli.records import put_record
from cycle.i18n import N_

VERBS = (
    Verb(
        "add", N_("write down what is advised; its key is printed"),
        makes("recommendations.add", "recommendation"),
        (
            arg("text", N_("the advice in words"), metavar="TEXT"),
            arg("--finding", N_("key of the finding it comes from"), metavar="FINDING"),
            arg("--evaluation", N_("key of the evaluation it comes from"), metavar="EVALUATION"),
            arg("--addressee", N_("code of the unit that is to act"), metavar="CODE"),
        ),
    ),
    Verb(
        "answer", N_("accept or reject it, with a reason"),
        changes("recommendations.answer", "recommendation"),
        (
            KEY,
            required(one_of("--response", choices.ANSWERS, N_("accepted, partly or rejected"))),
            required(arg("--reason", N_("the reason, in words"), metavar="TEXT")),
            arg("--goal", N_("key of the goal that takes it up"), metavar="GOAL"),
            arg("--measure", N_("key of the measure that takes it up"), metavar="MEASURE"),
        ),
    ),
    Verb(
        "list", N_("list recommendations"),
        lists("recommendations", "recommendation", "key addressee response text", "open_only"),
        (OPEN,),
    ),
    Verb("show", N_("show one recommendation"), put_record("recommendation"), (KEY, AS_OF)),
)  # fmt: skip
