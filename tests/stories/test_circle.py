"""The whole circle by the terminal alone: from a report to the next one, light and standard."""

from collections.abc import Callable

import pytest

from tests.conftest import FreshUrl
from tests.stories.planner import Planner

Days = Callable[[str], None]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> str:
    """Begin without any store: `init` makes it."""
    return fresh_url(request.param)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Days:
    """Turn the page of the calendar."""
    return lambda day: monkeypatch.setenv("CYCLE_TODAY", day)


def a_town(url: str, on: Days, preset: str) -> Planner:
    """Found a town with two departments, two bodies and the second account it needs."""
    on("2026-01-05")
    planner = Planner(url, "2026-01-05")
    planner.types("init", "--name", "Musterstadt", "--ags", "09999999", "--preset", preset,
                  "--title", "Aufwachsen", "--start", "2026-01-01")  # fmt: skip
    planner.types("department", "add", "51", "Jugend")
    planner.types("department", "add", "20", "Kämmerei")
    planner.types("body", "add", "SR", "Stadtrat", "--kind", "council")
    planner.types("body", "add", "JHA", "Jugendhilfeausschuss", "--kind", "youth_welfare_committee")
    planner.types("account", "add", "second", "--role", "committee_clerk", "--role", "steering",
                  "--role", "finance")  # fmt: skip
    planner.entries = 0
    return planner


def test_a_light_town_closes_the_loop_with_at_most_15_entries(url: str, on: Days) -> None:
    planner = a_town(url, on, "light")
    second = Planner(url, "", actor="second")
    key = planner.types("measure", "log", "Sprachförderung", "--goal-text", "Kinder sprechen gut")
    assert planner.is_refused("measure", "propose", key) == ["not_offered"]
    planner.types("measure", "target", key)
    assert planner.is_refused("measure", "propose", key) == ["consequence_open"]
    planner.types("consequence", "set", key, "all", "--none")
    planner.types("measure", "propose", key)
    assert planner.is_refused("measure", "approve", key) == ["decision_missing"]
    on("2026-02-10")
    planner.types("measure", "approve", key, "--paper", "2026/0001", "--body", "SR")
    assert planner.is_refused("measure", "start", key, "--on", "2026-02-01") == [
        "start_before_decision"
    ]
    on("2026-03-01")
    planner.types("measure", "start", key)
    assert "not_yet_due" in planner.is_refused("measure", "evaluate", key)
    on("2026-09-30")
    planner.types("measure", "finish", key)
    assert "evaluation_not_final" in planner.is_refused("measure", "evaluate", key)
    on("2026-10-30")
    planner.types("evaluation", "add", key, "--overall", "effective", "--text", "Es wirkt.")
    assert planner.asks("measure", "show", key)["state"] == "evaluated"
    assert second.is_refused("measure", "report-back", key) == [
        "disposition_missing",
        "feedback_missing",
    ]
    planner.types("report", "add", "Zwischenbericht", "--kind", "progress_report")
    second.types("measure", "report-back", key, "--disposition", "continue", "--reason", "wirkt")
    assert planner.asks("measure", "show", key)["state"] == "reported"
    assert planner.entries + second.entries <= 15
    next_round(planner, second, key, on)


def next_round(planner: Planner, second: Planner, key: str, on: Days) -> None:
    """Lead the round to its evaluation and open the next one, where the successor begins."""
    planner.types("round", "advance", "Z-2026", free=True)
    second.types("round", "advance", "Z-2026", free=True)
    planner.types("round", "advance", "Z-2026", free=True)
    on("2027-11-01")
    planner.types("round", "open", "--title", "Zweite Runde", "--start", "2028-01-01",
                  "--predecessor", "Z-2026", free=True)  # fmt: skip
    shown = planner.asks("measure", "show", key)
    (heir,) = shown["lineage"]["successors"]
    assert heir == "M-2028-001"
    found = planner.asks("measure", "show", "M-2028-001")
    assert (found["state"], found["cycle"]) == ("draft", "Z-2028")
    assert {k: c["state"] for k, c in found["consequences"].items()} == dict.fromkeys(
        ("built", "staffing", "organisational", "financial"), "open"
    )
    assert planner.types("journal", "--verify", free=True) is not None


def standard_round(planner: Planner, second: Planner) -> str:
    """Write report, findings and goal, so that measures have something to answer."""
    planner.types("indicator", "add", "SPRACHE", "Auffällige Sprache", "--unit", "%",
                  "--polarity", "lower_better", "--source", "Amt 53")  # fmt: skip
    planner.types("observation", "add", "SPRACHE", "--area", "09999999", "--period-end",
                  "2023-12-31", "--numerator", "96", "--denominator", "288")  # fmt: skip
    (report,) = planner.asks("report", "list")
    key = str(report["key"])
    finding = planner.types(
        "finding", "add", "Jedes dritte Kind ist auffällig.", "--report", key,
        "--observation", "SPRACHE:09999999:2023-12-31",
    )  # fmt: skip
    assert planner.is_refused("round", "advance", "Z-2026") == ["report_not_presented"]
    planner.types("report", "approve", key)
    planner.types("report", "present", key, "--body", "JHA", "--on", "2026-01-05")
    planner.types("round", "advance", "Z-2026")
    assert "finding_without_response" in second.is_refused("round", "advance", "Z-2026")
    top = planner.types("goal", "add", "Gleiche Chancen", "--level", "guiding", "--owner", "51")
    goal = planner.types(
        "goal", "add", "Anteil auf 25 %", "--level", "operational", "--parent", top,
        "--skip-reason", "kurzer Weg", "--finding", finding, "--due", "2027-12-31",
        "--owner", "51",
    )  # fmt: skip
    planner.types("goal", "target", goal, "--indicator", "SPRACHE", "--value", "25,0",
                  "--date", "31.12.2027", "--baseline", "2023-12-31")  # fmt: skip
    planner.types("goal", "agree", goal, "--body", "JHA")
    planner.types("goal", "adopt", goal)
    second.types("round", "advance", "Z-2026")
    return goal


def test_a_standard_town_closes_the_loop_with_about_45_entries(url: str, on: Days) -> None:
    planner = a_town(url, on, "standard")
    second = Planner(url, "", actor="second")
    goal = standard_round(planner, second)
    planner.entries = second.entries = 0
    key = planner.types("measure", "log", "Sprachförderkräfte in vier Kitas", "--lead", "51",
                        "--area", "09999999", "--planned-start", "2026-03-01",
                        "--planned-end", "2026-09-30")  # fmt: skip
    assert planner.is_refused("measure", "target", key) == [
        "main_goal_missing", "target_incomplete", "baseline_missing", "finding_missing",
    ]  # fmt: skip
    planner.types("measure", "edit", key, "--goal", goal)
    planner.types("measure", "target", key)
    into_the_committees(planner, second, key)
    decided_and_done(planner, second, key, on)
    judged_and_led_back(planner, second, key, goal)
    assert 35 <= planner.entries + second.entries <= 50
    planner.types("round", "advance", "Z-2026", free=True)
    on("2027-11-01")
    planner.types("round", "open", "--title", "Zweite Runde", "--start", "2028-01-01", free=True)
    (heir,) = planner.asks("measure", "show", key)["lineage"]["successors"]
    assert heir == "M-2028-001"


def into_the_committees(planner: Planner, second: Planner, key: str) -> None:
    """Supply, one after the other, what standard asks for before a measure is proposed."""
    assert planner.is_refused("measure", "propose", key) == [
        "consequence_open", "financial_not_countersigned", "participation_missing",
        "evaluation_not_planned",
    ]  # fmt: skip
    planner.types("consequence", "set", key, "built", "--none", "--text", "keine, Räume vorhanden")
    planner.types("consequence", "set", key, "staffing", "--text", "3,5 Stellen", "--fte", "3,5",
                  "--grade", "S8b", "--temporary")  # fmt: skip
    planner.types("consequence", "set", key, "organisational", "--text", "Vereinbarung")
    planner.types("consequence", "set", key, "financial", "--text", "231.000 € im Jahr",
                  "--annual", "231000", "--from-year", "2026", "--cover", "budgeted")  # fmt: skip
    assert "financial_not_countersigned" in planner.is_refused("measure", "propose", key)
    second.types("consequence", "countersign", key)
    planner.types("participation", "add", key, "--format", "survey", "--level", "consult",
                  "--group", "residents", "--from", "2025-11-03", "--participants", "412",
                  "--summary", "412 Eltern haben geantwortet.")  # fmt: skip
    planner.types("evaluation", "plan", key, "--due", "2027-03-31", "--question", "Wirkt es?")
    planner.types("measure", "propose", key)


def decided_and_done(planner: Planner, second: Planner, key: str, on: Days) -> None:
    """Let the council decide, begin and finish."""
    assert second.is_refused("measure", "approve", key) == ["decision_missing"]
    on("2026-02-12")
    second.types("measure", "approve", key, "--paper", "2026/0001", "--body", "SR",
                 "--votes", "31:4:2")  # fmt: skip
    assert planner.is_refused("measure", "start", key) == ["milestone_missing"]
    planner.types("milestone", "add", key, "Kräfte eingestellt", "--due", "2026-05-01")
    on("2026-03-01")
    planner.types("measure", "start", key)
    on("2026-09-30")
    assert planner.is_refused("measure", "finish", key) == [
        "milestone_open", "final_progress_missing",
    ]  # fmt: skip
    planner.types("milestone", "done", key, "1")
    planner.types("progress", "report", key, "--course", "done")
    planner.types("measure", "finish", key)
    on("2026-10-30")


def judged_and_led_back(planner: Planner, second: Planner, key: str, goal: str) -> None:
    """Evaluate it, answer what was advised, and lead the result back."""
    planner.types("evaluation", "add", key, "--overall", "partly_effective", "--text", "Zum Teil.",
                  "--rating", "effectiveness=3", "--result", f"{goal}=auf dem Weg",
                  "--recommendation", "Elternmodul ergänzen")  # fmt: skip
    assert planner.asks("measure", "show", key)["state"] == "evaluated"
    assert second.is_refused("measure", "report-back", key) == [
        "disposition_missing", "feedback_missing", "recommendation_unanswered",
    ]  # fmt: skip
    planner.types("recommendation", "answer", "R-2026-001", "--response", "accepted",
                  "--reason", "kommt dazu")  # fmt: skip
    planner.types("report", "add", "Zwischenbericht", "--kind", "progress_report")
    second.types("measure", "report-back", key, "--disposition", "adapt", "--reason", "mehr Kitas")
