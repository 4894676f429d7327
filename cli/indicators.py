"""`cycle indicator`: what is measured."""

import json
from argparse import Namespace

from cli import choices
from cli.deeds import changes, makes
from cli.desk import Desk
from cli.flags import AS_OF, KEY, REASON_ASKED, required
from cli.frame import Verb, arg, one_of
from cli.lists import lists, put_rows
from cli.records import put_record
from cli.values import day, number, whole
from cycle.i18n import N_

_CODE = arg("key", N_("code of the indicator"), metavar="INDICATOR")


def _line(desk: Desk, args: Namespace) -> None:
    from cycle.reading.indicator_series import line

    with desk.reading() as reader:
        found = line(reader, args.key, area=args.area, goal=args.goal)
    if desk.json:
        desk.put(json.dumps(found, ensure_ascii=False, indent=1))
    elif desk.format in ("ndjson", "csv") or not (found["values"] or desk.format is None):
        put_rows(desk, "observation", found["values"], "period_end")
    else:
        from cli.show.series import NARROWEST, line_text, values_text

        drawn = desk.format is None and desk.look.width >= NARROWEST
        desk.put(line_text(desk, found) if drawn else values_text(desk, found))


def _areas(desk: Desk, args: Namespace) -> None:
    from cycle.reading.indicator_areas import bars

    with desk.reading() as reader:
        found = bars(reader, args.key, today=desk.today(reader), on=args.on)
    if desk.json:
        desk.put(json.dumps(found, ensure_ascii=False, indent=1))
        return
    from cli.show.area_bars import COLUMNS, NARROWEST, bars_text, rows_of

    if desk.format is None and desk.look.width >= NARROWEST:
        desk.put(bars_text(desk, found))
    else:
        put_rows(desk, "observation", rows_of(found), COLUMNS)


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
    Verb(
        "line", N_("draw its values over the years, with the way to its targets"), _line,
        (
            _CODE, arg("--area", N_("in this area; the whole town if not told"), metavar="CODE"),
            arg("--goal", N_("with the target of this goal, in its area"), metavar="GOAL"), AS_OF,
        ),
    ),
    Verb(
        "areas", N_("draw its latest value in every area, beside that of the town"), _areas,
        (
            _CODE,
            arg("--on", N_("the latest until this day; today if not told"), day, metavar="DATE"),
            AS_OF,
        ),
    ),
    Verb("show", N_("show one indicator with its definitions"), put_record("indicator"),
         (KEY, AS_OF)),
)  # fmt: skip
