"""Reports of a round: *Was wurde daraus?*, a preview to print, and the steps of a report."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from api.web import choosing
from api.web.charts.series import SeriesData, Value
from api.web.charts.time_series import time_series
from api.web.forms import Field, Form
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.stored import Stored
from cycle.i18n import N_
from cycle.model.words import OUTCOMES, REPORT_KINDS
from cycle.reading import report_series, trace
from cycle.reading import reports as reading
from cycle.reading.door import many
from cycle.reading.lights import Colours, colours
from cycle.reading.report_series import CitedValue
from cycle.reading.shapes import Json
from cycle.reading.town import town
from cycle.usecases import reports
from cycle.usecases.reports import HEARD

PLANNER: Final = frozenset({"planner"})
PRESENTERS: Final = frozenset({"planner", "committee_clerk"})
_HEARD: Final = tuple(each for each in OUTCOMES if each in HEARD)
NEXT: Final = {"draft": "approve", "approved": "present", "presented": "publish"}


def _list(visit: Visit) -> Shown:
    asked = visit.asked.get("cycle")
    rows = reading.listed(visit.reader, cycle=asked, sees_internal=visit.sight.internal)
    rounds = choosing.of_rounds(visit)
    return Shown("reports/list.html", {"rows": rows, "rounds": rounds, "cycle": asked or ""})


def _one(visit: Visit) -> Shown:
    report, lines, lit = _became(visit)
    return Shown("reports/one.html", {
        "report": report, "rows": lines, "lit": lit, "tally": _tally(lines),
        "next": NEXT.get(report["status"], ""), "presenter": visit.may(*PRESENTERS),
    })  # fmt: skip


def _became(visit: Visit) -> tuple[Json, list[Json], dict[str, Colours]]:
    """Give a report, what became of each of its findings, and the lights of the measures."""
    report = visit.show("report", visit.key)
    found = trace.trace(
        visit.reader, visit.key, sees_internal=visit.sight.internal, sight=visit.sight
    )
    by_key = {each["key"]: each for each in report["findings"]}
    lines = [{**row, "about": by_key[row["finding"]]} for row in found["findings"]]
    return report, lines, _lights(visit, [m["key"] for row in lines for m in row["measures"]])


def _lights(visit: Visit, keys: Sequence[str]) -> dict[str, Colours]:
    if not keys:
        return {}
    named, values = many("lit", sorted(set(keys)))
    policy = town(visit.reader).policy
    return colours(visit.reader, f"me.ref IN ({named})", values, today=visit.day, policy=policy)


def _tally(lines: Sequence[Json]) -> dict[str, int]:
    """Count what a council asks first: answered, put into measures, judged, still open."""
    counted = Counter[str]()
    for row in lines:
        counted["answered"] += bool(row["response"])
        counted["acted"] += bool(row["measures"])
        counted["judged"] += any(each["evaluation"] for each in row["measures"])
        counted["open"] += open_end(row)
    return {"all": len(lines), **{n: counted[n] for n in ("answered", "acted", "judged", "open")}}


def open_end(row: Json) -> bool:
    """Tell whether nobody answered a finding on which something is to be done."""
    return row["response"] is None and row["about"]["severity"] == "act"


def _preview(visit: Visit) -> Shown:
    report, lines, lit = _became(visit)
    groups: dict[str, list[Json]] = {}
    for row in lines:
        groups.setdefault((row["about"]["fields"] or ["–"])[0], []).append(row)
    charts: dict[str, list[Any]] = {}
    for finding, data in series_of(report_series.cited(visit.reader, report["key"])):
        charts.setdefault(finding, []).append(time_series(data, visit.tongue))
    return Shown("reports/preview.html", {
        "report": report, "groups": dict(sorted(groups.items())), "lit": lit,
        "charts": charts, "named": choosing.names_of_fields(visit),
        "places": choosing.names_of_areas(visit), "tally": _tally(lines),
    })  # fmt: skip


def series_of(found: Sequence[CitedValue]) -> list[tuple[str, SeriesData]]:
    """Give what each finding cites as series that can be drawn."""
    parts: dict[tuple[str, str, str], list[CitedValue]] = {}
    for each in found:
        parts.setdefault((each.finding, each.indicator, each.area), []).append(each)
    return [
        (finding, SeriesData(
            rows[0].name, rows[0].unit, rows[0].area_name,
            tuple(Value(r.period_end, r.value, r.status, r.basis, r.definition) for r in rows),
            frequency=rows[0].frequency, polarity=rows[0].polarity,
        ))
        for (finding, _, _), rows in parts.items()
    ]  # fmt: skip


def _new(visit: Visit) -> Form:
    return Form(
        title=visit.say(N_("Begin a report")),
        button=visit.say(N_("Begin the report")),
        back="/reports",
        fields=(
            Field(name="title", label=visit.say(N_("Title")), required=True),
            Field(name="kind", label=visit.say(N_("Kind")), kind="choice", value="social_report",
                  options=choosing.of_words(visit, "report_kind", REPORT_KINDS)),
            Field(name="cycle", label=visit.say(N_("Round")), kind="choice", shown="select",
                  options=choosing.of_rounds(visit), empty=visit.say(N_("the open round"))),
            Field(name="reference_date", label=visit.say(N_("Figures as of")), kind="day"),
        ),
    )  # fmt: skip


def _add(visit: Visit, said: dict[str, Any]) -> Gone:
    record = reports.add(visit.unit, **{n: v for n, v in said.items() if v})
    return Gone(link("reports", record.ref), N_("{key} is saved."), {"key": record.ref})


def _approval(visit: Visit) -> Form:
    report = visit.show("report", visit.key)
    return Form(
        title=visit.say(N_("Approve {key}"), key=visit.key),
        lead=visit.say(N_("With this the office stands by the report; a body hears it next.")),
        button=visit.say(N_("Approve")),
        version=report["version"],
        back=link("reports", visit.key),
    )


def _approve(visit: Visit, _: dict[str, Any]) -> Gone:
    reports.approve(visit.unit, visit.key)
    return _back(visit, N_("{key} is approved."))


def _presentation(visit: Visit) -> Form:
    report = visit.show("report", visit.key)
    return Form(
        title=visit.say(N_("{key}: presented to a body"), key=visit.key),
        lead=Stored(report["title"]),
        version=report["version"],
        back=link("reports", visit.key),
        fields=(
            Field(name="body", label=visit.say(N_("Body")), kind="choice", required=True,
                  shown="select", options=choosing.of_bodies(visit)),
            Field(name="on", label=visit.say(N_("Day of the sitting")), kind="day", required=True),
            Field(name="paper", label=visit.say(N_("Number of the paper")), most=100,
                  value=report["paper"],
                  hint=visit.say(N_("As it is printed, such as 0482/2024."))),
            Field(name="outcome", label=visit.say(N_("What the body did")), kind="choice",
                  value="noted", shown="select",
                  options=choosing.of_words(visit, "outcome", _HEARD)),
        ),
    )  # fmt: skip


def _present(visit: Visit, said: dict[str, Any]) -> Gone:
    reports.present(visit.unit, visit.key, **{n: v for n, v in said.items() if v})
    return _back(visit, N_("It is noted that {key} was presented."))


def _publication(visit: Visit) -> Form:
    report = visit.show("report", visit.key)
    return Form(
        title=visit.say(N_("Publish {key}"), key=visit.key),
        lead=visit.say(N_("From then on everyone may read it.")),
        button=visit.say(N_("Publish")),
        version=report["version"],
        back=link("reports", visit.key),
        fields=(
            Field(name="url", label=visit.say(N_("Address on the web")), value=report["url"],
                  most=500, hint=visit.say(N_("It begins with https://"))),
        ),
    )  # fmt: skip


def _publish(visit: Visit, said: dict[str, Any]) -> Gone:
    reports.publish(visit.unit, visit.key, url=said["url"])
    return _back(visit, N_("{key} is published."))


def _back(visit: Visit, says: str) -> Gone:
    return Gone(link("reports", visit.key), says, {"key": visit.key})


PAGES = (
    Page(path="/reports", name="reports", show=_list, title=N_("Reports")),
    Page(path="/reports/new", name="report_new", rights=PLANNER, form=_new, act=_add),
    Page(path="/reports/{key}", name="report", noun="report", show=_one),
    Page(path="/reports/{key}/preview", name="report_preview", noun="report", show=_preview),
    Page(path="/reports/{key}/approve", name="report_approve", rights=PLANNER, noun="report",
         form=_approval, act=_approve),
    Page(path="/reports/{key}/present", name="report_present", rights=PRESENTERS, noun="report",
         form=_presentation, act=_present),
    Page(path="/reports/{key}/publish", name="report_publish", rights=PLANNER, noun="report",
         form=_publication, act=_publish),
)  # fmt: skip
