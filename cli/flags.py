"""Arguments that more than one command takes, each written down once."""

from cli.frame import Arg, arg, many, one_of, switch
from cli.values import day, whole
from cycle.i18n import LANGUAGES, N_
from cycle.machine.states import STATES

FORMATS = ("table", "plain", "json", "ndjson", "csv", "md")

EVERYWHERE = (
    switch("--json", N_("answer with JSON, errors too")),
    one_of("--format", FORMATS, N_("table, plain, json, ndjson, csv or md"), dest="output"),
    switch("--ascii", N_("write with ASCII signs only")),
    arg("--db", N_("the store: sqlite:////path/x.db or postgresql://user@host/db"), metavar="URL"),
    switch("--demo", N_("work with the demo city")),
    arg("--actor", N_("the account that acts"), metavar="ACCOUNT"),
    arg(
        "--for", N_("on behalf of this department"), metavar="DEPARTMENT", dest="for_unit"
    ),
    arg(
        "--expect-version", N_("refuse when the record has changed since this version"), whole,
        metavar="N",
    ),
    one_of("--lang", LANGUAGES, N_("speak German (de) or English (en)"), metavar="LANG"),
    arg("--config", N_("read settings from this file only"), metavar="FILE"),
    switch("--debug", N_("show where an unexpected error happened")),
)  # fmt: skip

AS_OF = arg("--as-of", N_("as it was known on this day"), day, metavar="DATE")
FILTERS = (
    AS_OF,
    arg("--cycle", N_("only of this round"), metavar="ROUND"),
    arg("--department", N_("only of this department"), metavar="CODE"),
    arg("--area", N_("only in this area"), metavar="CODE"),
    arg("--field", N_("only of this field of action"), metavar="CODE"),
    one_of("--state", [s.name for s in STATES], N_("only in this state"), metavar="STATE"),
    arg("--goal", N_("only for this goal"), metavar="GOAL"),
    switch("--mine", N_("only of the departments of the account")),
    one_of(
        "--prevention", ("universal", "selective", "indicated"),
        N_("only of this kind of prevention"), metavar="KIND",
    ),
    switch("--late", N_("only what has something overdue")),
)  # fmt: skip

WATCH = switch("--watch", N_("show it anew after every change, until Ctrl-C ends it"))
WATCH_LATEST = switch(  # the end is what one wants to see
    "--watch", WATCH.says, action="store_const", const="latest",
)  # fmt: skip

KEY = arg("key", N_("its key; - reads it from standard input"), metavar="KEY")
MEASURE = arg("key", N_("key of the measure, such as M-2026-014"), metavar="MEASURE")
ON = arg("--on", N_("the day it happened; today where none is given"), day, metavar="DATE")
REASON = arg("--reason", N_("the reason, in words"), metavar="TEXT")
REASON_ASKED = arg("--reason", N_("the reason, in words"), metavar="TEXT", default="")
TEXT = arg("--text", N_("in words"), metavar="TEXT")
AREAS = many("--area", "areas", N_("code of an area; may be repeated"), metavar="CODE")
FIELDS = many("--field", "fields", N_("code of a field of action; may be repeated"), metavar="CODE")
OPEN = switch("--open", N_("only those without an answer"), dest="open_only")
ROUND = arg("--cycle", N_("only of this round"), metavar="ROUND")
DECISION = arg("--decision", N_("key of a decision that is recorded already"), metavar="DECISION")


def required(each: Arg) -> Arg:
    """Make an argument one that must be given."""
    return Arg(each.name, each.says, each.take, {**each.more, "required": True})
