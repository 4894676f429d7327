"""What is told of a measure under way: Sachstand, money, lights, exceptions, what follows."""

from typing import Any

from api.desk import Call
from api.frame import EVERYONE, Made, Route
from api.parts import adds, inside, insist_in_sight, look, number, puts, reads_within, said
from api.problems import as_json, invalid
from api.routes.measures import WRITERS
from api.shapes import parts as shapes
from api.shapes.base import Past
from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.measures import Measure
from cycle.reading import budgets as money
from cycle.reading import duties, waivers
from cycle.reading import progress as reading
from cycle.reading.shapes import plain
from cycle.usecases import (
    budgets,
    dispositions,
    measures,
    overrides,
    progress,
    progress_requests,
)
from cycle.usecases import waivers as exceptions

HERE = "/v1/measures/{key}"
CHOOSERS = frozenset({"planner", "steering"})


def _progress(call: Call) -> Any:  # noqa: ANN401 - rows
    return reading.listed(call.reader, measure=look(call))


def _correct(call: Call) -> Made:
    """Null empties what was said."""
    progress.correct(call.unit, call.key, **call.body.words())
    return Made("measure", call.key)


def _unchanged(call: Call) -> Made:
    """Say so of measures, all or none; or of a department, each by itself."""
    words = said(call)
    if bool(words.get("keys")) == ("department" in words):
        says = N_("Name either measures or a department.")
        raise invalid([Fault("/keys", "contradicts", says)])
    if "department" in words:
        done = progress_requests.unchanged(call.unit, words["department"])
        told, refused = done.told, done.refused
    else:
        insist_in_sight(call, "measure", *words["keys"])
        told, refused = tuple(progress.unchanged(call.unit, words["keys"])), ()
    shown = {
        "told": [
            {
                "key": call.unit.get(Measure, each.measure_id).ref,
                "unchanged_since": plain(progress.since(call.unit, each)),
            }
            for each in told
        ],
        "refused": [{"key": key, **as_json(why, call.heard)} for key, why in refused],
    }
    return Made("", "", shown=shown)


def _budget(call: Call) -> Any:  # noqa: ANN401 - JSON
    key = look(call)
    sees = inside(call.reader, key, call.sight)
    return money.show(call.reader, key, today=call.day, sees_internal=sees)


def _set_budget(call: Call) -> Made:
    budgets.set_line(call.unit, call.key, number(call, "year"), **said(call))
    return Made("measure", call.key)


def _waivers(call: Call) -> Any:  # noqa: ANN401 - rows
    key = look(call)
    return waivers.listed(call.reader, key=key, sees_internal=inside(call.reader, key, call.sight))


def _light(call: Call) -> Made:
    overrides.set_light(call.unit, call.key, call.path["light"], **said(call))
    return Made("measure", call.key)


def _lift(call: Call) -> Made:
    overrides.lift_light(call.unit, call.key, call.path["light"])
    return Made("measure", call.key)


ROUTES = (
    Route(
        method="GET", path=f"{HERE}/progress", name="list_progress",
        says="List what was reported of a measure", rights=EVERYONE, run=_progress, query=Past,
        noun="measure", answer=list[reading.ProgressRow],
    ),
    Route(
        method="POST", path=f"{HERE}/progress", name="report_progress",
        says="Report how far a measure has come", rights=WRITERS,
        run=adds(progress.report, "measures", "measure", "progress"), body=shapes.ProgressIn,
        noun="measure", status=201, shown_by="show_measure",
    ),
    Route(
        method="POST", path=f"{HERE}/progress/corrections", name="correct_progress",
        says="Put the last report right, within seven days", rights=WRITERS, run=_correct,
        body=shapes.CorrectionIn, noun="measure",
    ),
    Route(
        method="POST", path="/v1/progress:unchanged", name="report_unchanged",
        says="Say that nothing has changed since the last report", rights=WRITERS,
        tells="Of the measures named, all or none; of a department, every one that can be.",
        run=_unchanged, body=shapes.UnchangedIn, answer=dict[str, list[dict[str, Any]]],
    ),
    Route(
        method="GET", path=f"{HERE}/budget", name="show_budget",
        says="Show the money of a measure, and the years without cover", rights=EVERYONE,
        run=_budget, query=Past, noun="measure", answer=dict[str, Any],
    ),
    Route(
        method="PUT", path=f"{HERE}/budget/{{year}}", name="set_budget",
        says="Write down the money of one year and one source",
        rights=WRITERS | {"finance"}, run=_set_budget, body=shapes.BudgetIn, noun="measure",
        matches=True, example={"funding": "own", "planned": 4500000},
    ),
    Route(
        method="POST", path=f"{HERE}/budget/keep", name="keep_measure",
        says="Decide that a measure goes on with the money it was left",
        rights=frozenset({"steering"}), run=puts(budgets.keep, "measure"), body=shapes.ReasonIn,
        noun="measure",
    ),
    Route(
        method="GET", path=f"{HERE}/disposition", name="show_disposition",
        says="Tell what follows from the evaluation of a measure; null as long as nobody said",
        rights=EVERYONE, run=reads_within(duties.disposition), query=Past, noun="measure",
        answer=duties.DispositionRow | None,
    ),
    Route(
        method="PUT", path=f"{HERE}/disposition", name="set_disposition",
        says="Say whether a measure is continued, adapted, stopped or complete", rights=CHOOSERS,
        run=puts(dispositions.decide, "measure"), body=shapes.DispositionIn, noun="measure",
        matches=True,
    ),
    Route(
        method="GET", path=f"{HERE}/waivers", name="list_waivers",
        says="List the exceptions of a measure", rights=EVERYONE, run=_waivers, query=Past,
        noun="measure", answer=list[waivers.WaiverRow],
    ),
    Route(
        method="POST", path=f"{HERE}/waivers", name="grant_waiver",
        says="Make an exception from one condition, for the next step", rights=CHOOSERS,
        run=adds(exceptions.grant, "measures", "measure", "waivers"), body=shapes.WaiverIn,
        noun="measure", status=201, shown_by="show_measure",
    ),
    Route(
        method="PUT", path=f"{HERE}/lights/{{light}}", name="set_light",
        says="Set a light of a measure by hand for a time",
        tells="`light` is delivery, effect or data; the computed one is still told.",
        rights=CHOOSERS, run=_light, body=shapes.LightIn, noun="measure", matches=True,
    ),
    Route(
        method="DELETE", path=f"{HERE}/lights/{{light}}", name="lift_light",
        says="Lift a light that was set by hand", rights=CHOOSERS, run=_lift, noun="measure",
        matches=True,
    ),
    Route(
        method="POST", path=f"{HERE}/policy", name="raise_policy",
        says="Let a stricter policy than the town's hold for a measure", rights=CHOOSERS,
        run=puts(measures.raise_policy, "measure"), body=shapes.PolicyIn, noun="measure",
    ),
)  # fmt: skip
