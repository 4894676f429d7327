"""`cycle evaluation`: whether measures worked."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.deeds import changes, perform, said
from cli.desk import Desk
from cli.flags import AS_OF, KEY, MEASURE, TEXT, required
from cli.frame import Verb, arg, many, one_of, switch
from cli.lists import lists
from cli.records import put_record
from cli.values import day, pair
from cycle.errors import Invalid
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit


def _add(desk: Desk, args: Namespace) -> None:
    """Record an evaluation, a short one needs but a judgement; the measure moves along."""
    words = said(args)
    keys = (*words.pop("keys", ()), *words.pop("measures", ()))
    stay = words.pop("no_move", False)
    words["ratings"] = _ratings(words.pop("ratings", ()))
    words["results"] = tuple(_result(desk, each) for each in words.pop("results", ()))

    def deed(unit: "Unit", **more: Any) -> Any:  # noqa: ANN401 - the use case's own
        from cli.deeds import in_version
        from cli.keys import known
        from cycle.usecases import evaluations

        record = evaluations.add if stay else evaluations.conclude
        measures = [known(unit, "measure", key) for key in keys]
        with in_version(desk, unit, "measure", *measures):
            return record(unit, measures=measures, **more)

    perform(desk, deed, "evaluation", words, makes=True)


def _ratings(pairs: tuple[tuple[str, str], ...]) -> dict[str, int]:
    if wrong := [f"{name}={value}" for name, value in pairs if value not in "1234"]:
        raise Invalid(
            N_("{wrong} is no rating."),
            fix=N_("Write CRITERION=N with N from 1 to 4, such as effectiveness=3."),
            wrong=", ".join(wrong),
        )
    return {name.replace("-", "_"): int(value) for name, value in pairs}


def _result(desk: Desk, said_: tuple[str, str]) -> dict[str, object]:
    """Read GOAL=VALUE@DATE or GOAL=words: a value of the goal's indicator, or what was seen."""
    from argparse import ArgumentTypeError

    from cli.values import number

    goal, text = said_
    value, sign, period_end = text.rpartition("@")
    if not sign:
        return {"goal": goal, "text": text}
    try:
        until = day(period_end, desk.tongue)
        found = {"value": number(value, desk.tongue)} if value else {}
    except ArgumentTypeError as wrong:
        raise Invalid(
            N_("--result: {wrong}"),
            fix=N_("Write GOAL=VALUE@DATE, GOAL=@DATE for a stored value, or GOAL=TEXT."),
            wrong=str(wrong),
        ) from wrong
    return {"goal": goal, "period_end": until, **found}


VERBS = (
    Verb(
        "plan", N_("plan when and with what question it will be evaluated"),
        changes("evaluations.plan", "measure"),
        (
            MEASURE,
            required(arg("--due", N_("the day it is due"), day, metavar="DATE")),
            required(arg("--question", N_("what is to be found out"), metavar="TEXT")),
            one_of("--purpose", choices.PURPOSES, N_("summative, formative or ex_ante")),
        ),
    ),
    Verb(
        "add", N_("record an evaluation; its key is printed"), _add,
        (
            arg("keys", N_("keys of the measures it covers"), nargs="*", metavar="MEASURE"),
            many("--measure", "measures", N_("key of a measure, in place of the above"),
                 metavar="MEASURE"),
            one_of("--overall", choices.of("overall"), N_("effective, partly_effective, …")),
            TEXT,
            arg("--on", N_("the day it was concluded"), day, dest="concluded_on", metavar="DATE"),
            arg("--from", N_("first day that was looked at"), day, dest="period_start",
                metavar="DATE"),
            arg("--to", N_("last day that was looked at"), day, dest="period_end",
                metavar="DATE"),
            one_of("--purpose", choices.PURPOSES, N_("summative, formative or ex_ante")),
            one_of("--evaluator", choices.of("evaluator_kind"), N_("internal, external or peer"),
                   dest="evaluator_kind"),
            arg("--department", N_("code of the unit that evaluated"), metavar="CODE"),
            arg("--method", N_("how it was done"), metavar="TEXT"),
            many("--rating", "ratings", N_("CRITERION=1 to 4; may be repeated"), pair,
                 metavar="NAME=N"),
            many("--result", "results", N_("GOAL=VALUE@DATE or GOAL=TEXT; may be repeated"), pair,
                 metavar="GOAL=…"),
            many("--recommendation", "recommendations", N_("what it advises; may be repeated"),
                 metavar="TEXT"),
            arg("--source", N_("the system it comes from"), metavar="NAME"),
            arg("--external-id", N_("its number there"), metavar="ID"),
            arg("--corrects", N_("key of the evaluation it corrects"), metavar="EVALUATION"),
            arg("--report-url", N_("address of the report"), metavar="URL"),
            one_of("--status", ("final", "draft", "running"), N_("final, draft or running")),
            switch("--no-move", N_("leave the measure in its state")),
        ),
    ),
    Verb(
        "list", N_("list evaluations"),
        lists("evaluations", "evaluation", "key measures purpose overall concluded_on", "measure"),
        (arg("--measure", N_("only of this measure"), metavar="MEASURE"),),
    ),
    Verb("show", N_("show one evaluation"), put_record("evaluation"), (KEY, AS_OF)),
)  # fmt: skip
