"""`cycle goal`: what a round wants to reach, by when, and who agreed."""

from cli import choices
from cli.deeds import changes, edits, makes
from cli.flags import AREAS, AS_OF, DECISION, FIELDS, KEY, ON, REASON_ASKED, ROUND, required
from cli.frame import Verb, arg, many, one_of
from cli.lists import lists
from cli.records import put_record
from cli.values import day, number, step
from cycle.i18n import N_

_FINDINGS = many("--finding", "findings", N_("key of a finding it answers"), metavar="FINDING")
_DUE = arg("--due", N_("the day it is to be reached"), day, metavar="DATE")
_CRITERION = arg("--criterion", N_("what shows that it is reached, where nothing is counted"),
                 metavar="TEXT")  # fmt: skip
_WRITTEN = (
    one_of("--level", choices.LEVELS, N_("guiding, intermediate, operational or open")),
    arg("--parent", N_("key of the goal above it"), metavar="GOAL"),
    _FINDINGS, FIELDS, AREAS,
    arg("--owner", N_("code of the department that owns it"), metavar="DEPARTMENT"),
    _DUE, _CRITERION,
    arg("--target-group", N_("whom it is for"), metavar="TEXT"),
    one_of("--strand", choices.of("strand"), N_("sectoral, area_development or reporting")),
    arg("--number", N_("its number in the plan"), metavar="NUMBER"),
    arg("--skip-reason", N_("why no intermediate goal stands between"), metavar="TEXT"),
)  # fmt: skip
_EDITED = (arg("--text", N_("the goal in words"), metavar="TEXT"), *_WRITTEN)
_BODY = arg("--body", N_("short name of the body"), metavar="BODY")
_REVISED = (
    arg("--value", N_("the value to be reached"), number, metavar="VALUE"),
    arg("--date --on", N_("the day it is to be reached"), day, metavar="DATE"),
    arg("--baseline", N_("end of the period of the first value"), day, metavar="DATE"),
    arg("--tolerance", N_("how far off is still well"), number, metavar="VALUE"),
    many(
        "--path",
        "path",
        N_("DATE=VALUE expected on the way; may be repeated"),
        step,
        metavar="DATE=VALUE",
    ),
    arg("--data-plan", N_("where the first value will come from, and when"), metavar="TEXT"),
)
_WHICH = (
    arg("--indicator", N_("code of the indicator, where there are several"), metavar="INDICATOR"),
    arg("--area", N_("code of its area, where there are several"), metavar="CODE"),
)
_AGAINST = arg("--reverse-reason", N_("why it goes against the indicator"), metavar="TEXT")
_TARGET = (
    required(arg("--indicator", N_("code of the indicator"), metavar="INDICATOR")),
    *_REVISED,
    arg("--area", N_("code of the area; else the whole town"), metavar="CODE"),
    one_of("--kind", choices.TARGETS, N_("reach, at_least, at_most, keep_band or reduce_gap")),
    _AGAINST,
)
VERBS = (
    Verb(
        "add", N_("write down a goal; its key is printed"), makes("goals.add", "goal"),
        (
            arg("text", N_("the goal in words"), metavar="TEXT"),
            arg("--cycle", N_("the round; else the open one"), metavar="ROUND"), *_WRITTEN,
        ),
    ),
    Verb(
        "list", N_("list goals"),
        lists("goals", "goal", "key level status due text", "cycle", "area", "field", sighted=True),
        (
            ROUND, arg("--area", N_("only in this area"), metavar="CODE"),
            arg("--field", N_("only of this field of action"), metavar="CODE"), AS_OF,
        ),
    ),
    Verb("show", N_("show one goal with its targets"), put_record("goal"), (KEY, AS_OF)),
    Verb(
        "edit", N_("write down more about a goal; without flags in your editor"),
        edits("goals.edit", "goal", _EDITED), (KEY, *_EDITED),
    ),
    Verb(
        "target", N_("give it indicator, target value, date and baseline"),
        changes("goals.target", "goal"), (KEY, *_TARGET),
    ),
    Verb(
        "agree", N_("record who agreed to it"), changes("goals.agree", "goal"),
        (
            KEY, ON, one_of("--kind", choices.AGREEMENTS, N_("agreed, objected or amended")), _BODY,
            arg("--department", N_("code of the unit that agreed"), metavar="CODE"),
            arg("--note", N_("in words"), metavar="TEXT"),
        ),
    ),
    Verb(
        "adopt", N_("record that it was adopted"), changes("goals.adopt", "goal"),
        (KEY, DECISION, ON, _BODY),
    ),
    Verb(
        "revise", N_("revise its target; the old one stays to be seen"),
        changes("goals.revise", "goal"),
        (
            KEY, required(arg("--reason", N_("why"), metavar="TEXT")),
            arg("--text", N_("the goal in new words"), metavar="TEXT"), _DUE, _CRITERION,
            *_WHICH, *_REVISED, _AGAINST,
        ),
    ),
    Verb(
        "restate", N_("set its target anew, as definition or area have changed"),
        changes("goals.restate", "goal"),
        (
            KEY, REASON_ASKED, *_WHICH, *_REVISED, _AGAINST,
            arg("--into", N_("code of the area that came of its own"), metavar="CODE"),
        ),
    ),
    Verb(
        "rate", N_("say at the end whether it was achieved"), changes("goals.rate", "goal"),
        (
            KEY, required(one_of("--status", choices.RATED, N_("achieved, missed or dropped"))),
            arg("--text", N_("the reason, in words"), metavar="TEXT"),
            arg("--observation", N_("end of the period of the last value"), day, metavar="DATE"),
            arg("--indicator", N_("code of the indicator, where there are several"),
                metavar="INDICATOR"),
        ),
    ),
)  # fmt: skip
