"""`cycle observation`: values of an indicator, in an area, over a period."""

from cli import choices
from cli.deeds import changes
from cli.flags import required
from cli.frame import Verb, arg, one_of, switch
from cli.lists import lists
from cli.values import day, number, whole
from cycle.i18n import N_

_AREA = arg("--area", N_("code of the area"), metavar="CODE")
VERBS = (
    Verb(
        "add", N_("record a value; one that differs is kept beside the old one"),
        changes("observations.record", "indicator"),
        (
            arg("key", N_("code of the indicator"), metavar="INDICATOR"),
            required(_AREA),
            required(arg("--period-end --on", N_("last day of the period"), day, metavar="DATE")),
            arg("--period-start", N_("its first day; the same if not told"), day, metavar="DATE"),
            arg("--value", N_("the value"), number, metavar="VALUE"),
            arg("--numerator", N_("how many of them"), whole, metavar="N"),
            arg("--denominator", N_("out of how many"), whole, metavar="N"),
            one_of("--status", choices.VALUES, N_("final, provisional, pending, …")),
            one_of("--basis", choices.BASES, N_("measured, estimated, …")),
            arg("--breakdown", N_("of whom, such as sex=w"), metavar="NAME=VALUE"),
            switch("--protected-at-source", N_("the source has made it safe to publish")),
        ),
    ),
    Verb(
        "list", N_("list values"),
        lists("observations", "observation",
              "indicator area period_end value unit status basis recorded_on",
              "indicator", "area", "vintages"),
        (
            arg("indicator", N_("only of this indicator"), nargs="?", metavar="INDICATOR"),
            arg("--area", N_("only in this area"), metavar="CODE"),
            switch("--vintages", N_("values that were revised too")),
            arg("--as-of", N_("as it was known at the end of that day"), day, metavar="DATE"),
        ),
    ),
)  # fmt: skip
