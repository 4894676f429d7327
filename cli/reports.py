"""`cycle report`: social and education reports of a round."""

from cli import choices
from cli.deeds import changes, makes
from cli.flags import AS_OF, KEY, ON, ROUND, required
from cli.frame import Verb, arg, one_of
from cli.lists import lists
from cli.records import put_record
from cli.values import day
from cycle.i18n import N_

_URL = arg("--url", N_("where it can be read"), metavar="URL")
VERBS = (
    Verb(
        "add", N_("write down a report; its key is printed"), makes("reports.add", "report"),
        (
            arg("title", N_("its title"), metavar="TITLE"),
            arg("--cycle", N_("the round; else the open one"), metavar="ROUND", default=""),
            one_of("--kind", choices.of("report_kind"), N_("social_report, progress_report, …")),
            arg("--reference-date", N_("the day its figures are of"), day, metavar="DATE"), _URL,
        ),
    ),
    Verb(
        "list", N_("list reports"),
        lists("reports", "report", "key kind status reference_date findings unanswered title",
              "cycle", guarded=True),
        (ROUND,),
    ),
    Verb("show", N_("show one report with its findings"), put_record("report"), (KEY, AS_OF)),
    Verb("approve", N_("approve it"), changes("reports.approve", "report"), (KEY,)),
    Verb(
        "present", N_("record that it was presented to a body"),
        changes("reports.present", "report"),
        (
            KEY, required(arg("--body", N_("short name of the body"), metavar="BODY")),
            required(ON),
            arg("--paper", N_("number of the paper"), metavar="NUMBER"),
            one_of("--outcome", choices.of("outcome"), N_("what the body did; noted if not told")),
        ),
    ),
    Verb("publish", N_("record that it was published"), changes("reports.publish", "report"),
         (KEY, _URL)),
)  # fmt: skip
