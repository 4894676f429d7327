"""Awkward cases of indicators, values and areas: one test a row, as a planner meets them."""

from typing import Any

import pytest

from tests.cli.calls import Cycle

GOAL = "G-2026-001"
KEPT = ("--source", "Maßnahmenliste", "--source-date", "2026-01-15")


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a function of a day
    """Let the town live on another day."""
    return lambda day: monkeypatch.setenv("CYCLE_TODAY", day)


def _measured(cycle: Cycle, *target: str) -> None:
    """Aim at 25 % in Neustadt by the end of 2027, from 33.33 % in 2023."""
    cycle.done("area", "add", "06", "Neustadt", "--valid-from", "2020-01-01")
    cycle.done("indicator", "add", "SPR", "Auffällige Sprache", "--source", "Amt 53",
               "--polarity", "lower_better")  # fmt: skip
    _counted(cycle, "06", "2023-12-31", 96, 288)
    cycle.done("goal", "add", "Anteil senken", "--level", "operational", "--owner", "51")
    cycle.done("goal", "target", GOAL, "--indicator", "SPR", "--area", "06", "--value", "25",
               "--date", "2027-12-31", "--baseline", "2023-12-31", *target)  # fmt: skip


def _counted(cycle: Cycle, area: str, day: str, some: int, people: int) -> None:
    cycle.done("observation", "add", "SPR", "--area", area, "--on", day, "--numerator", str(some),
               "--denominator", str(people))  # fmt: skip


def _targets(cycle: Cycle) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cycle("goal", "show", GOAL, "--json").json["targets"]
    return found


def _running(cycle: Cycle, state: str = "in_progress", *words: str) -> str:
    key = cycle.done("measure", "log", "Sprachförderkräfte in vier Kitas", "--lead", "51", *words)
    cycle.done("measure", "take-over", key, "--state", state, "--start", "2024", *KEPT)
    return key


# Indicator definition revised


def test_a_new_definition_leaves_targets_pinned_and_asks_for_those_it_cannot_be_compared_with(
    cycle: Cycle,
) -> None:
    _measured(cycle)
    new = ("--definition", "Kinder ab vier Jahren", "--reason", "Erlass", "--valid-from",
           "2026-08-01")  # fmt: skip
    assert cycle("indicator", "revise", "SPR", *new).code == 2  # comparable or not must be told
    cycle.done("indicator", "revise", "SPR", *new, "--comparable", "no")
    (pinned,) = _targets(cycle)
    assert (pinned["definition"], pinned["not_comparable_since"]) == (1, "2026-08-01")
    said = cycle("goal", "restate", GOAL, "--reason", "Neue Zählweise", "--json")
    assert {e["pointer"] for e in said.problem["errors"]} == {"value", "baseline"}
    cycle.done("observation", "add", "SPR", "--area", "06", "--on", "2023-12-31", "--value", "40")
    cycle.done("goal", "restate", GOAL, "--reason", "Neue Zählweise", "--value", "30",
               "--baseline", "2023-12-31")  # fmt: skip
    new_target, old = _targets(cycle)
    assert (new_target["definition"], new_target["baseline_value"]) == (2, 40)
    assert (new_target["target_value"], new_target["not_comparable_since"]) == (30, None)
    assert (old["target_value"], old["replaced_reason"]) == (25, "Neue Zählweise")
    events = cycle("journal", GOAL, "--json").json
    (told,) = [e["changes"] for e in events if e["action"] == "restated"]
    assert told["restated_from"]["definition"] == 1
    assert told["restated_from"]["baseline_value"] == "33.3333"


def test_where_a_factor_compares_old_and_new_the_restated_target_is_proposed(
    cycle: Cycle,
) -> None:
    _measured(cycle, "--path", "2025-12-31=30")
    words = ("--definition", "Mit Hortkindern", "--comparable", "with-factor", "--reason", "Erlass")
    assert "--factor" in cycle("indicator", "revise", "SPR", *words).err
    cycle.done("indicator", "revise", "SPR", *words, "--factor", "1.2")
    (target,) = _targets(cycle)
    assert target["not_comparable_since"] is None
    assert target["proposal"]["value"] == 30
    assert target["proposal"]["baseline"] == pytest.approx(39.99996)
    cycle.done("goal", "restate", GOAL, "--reason", "Erlass")
    restated, _ = _targets(cycle)
    assert (restated["target_value"], restated["proposal"]) == (30, None)
    assert restated["baseline_value"] == pytest.approx(40)
    assert restated["steps"] == [{"due": "2025-12-31", "value": 36}]
    (reckoned,) = [o for o in cycle("observation", "list", "SPR", "--json").json
                   if o["definition"] == 2]  # fmt: skip
    assert (reckoned["basis"], reckoned["period_end"]) == ("recalculated", "2023-12-31")


# Value revised after the fact


def test_a_revised_value_is_a_new_vintage_and_what_was_published_keeps_the_old_one(
    cycle: Cycle, on: Any,  # noqa: ANN401 - a function
) -> None:  # fmt: skip
    on("2026-12-01")
    _measured(cycle)
    cited = cycle.done("finding", "add", "Jedes dritte Kind ist auffällig.", "--report",
                       "B-2026-01", "--observation", "SPR:06:2023-12-31")  # fmt: skip
    for step in (("approve",), ("present", "--body", "SR", "--on", "2026-12-01"), ("publish",)):
        cycle.done("report", step[0], "B-2026-01", *step[1:])
    on("2027-03-01")
    cycle.done("observation", "add", "SPR", "--area", "06", "--on", "2023-12-31", "--numerator",
               "99", "--denominator", "288", "--status", "revised")  # fmt: skip
    (shown,) = cycle("finding", "show", cited, "--json").json["observations"]
    assert (shown["vintage"], shown["value"]) == (1, pytest.approx(33.3333))
    listed = ("observation", "list", "SPR", "--json")
    assert [o["vintage"] for o in cycle(*listed).json] == [2]
    assert [o["vintage"] for o in cycle(*listed, "--vintages").json] == [1, 2]
    assert [o["vintage"] for o in cycle(*listed, "--as-of", "2027-02-28").json] == [1]
    assert [o["vintage"] for o in cycle(*listed, "--as-of", "2027-03-01").json] == [2]
    assert cycle(*listed, "--as-of", "2026-11-30").code == 3  # nobody knew the indicator
    (told,) = [e["changes"] for e in cycle("journal", "--json").json
               if (e["entity"], e["action"]) == ("observation", "revised")]  # fmt: skip
    assert told["targets"] == [GOAL]


# Area boundaries change


def test_a_split_area_breaks_its_series_until_it_is_recalculated_by_share(cycle: Cycle) -> None:
    _measured(cycle)
    for code, name in (("061", "Neustadt Nord"), ("062", "Neustadt Süd")):
        cycle.done("area", "add", code, name, "--valid-from", "2026-07-01")
    split = ("area", "succeed", "06", "--on", "2026-07-01", "--into", "061=0.6", "--into")
    said = cycle(*split, "062=0.3", "--json")
    assert (said.code, said.problem["errors"][0]["code"]) == (2, "shares_not_one")
    assert "0.9" in said.problem["detail"]
    cycle.done(*split, "062=0.4")
    shown = cycle("area", "show", "06", "--json").json
    assert shown["valid_to"] == "2026-06-30"
    assert [(a["area"], a["share"], a["kind"]) for a in shown["became"]] == [
        ("061", 0.6, "split"), ("062", 0.4, "split"),
    ]  # fmt: skip
    planned = cycle("area", "recalculate", "SPR", "--dry-run", "--json").json
    assert [(o["area"], o["numerator"], o["denominator"]) for o in planned] == [
        ("061", 58, 173), ("062", 38, 115),
    ]  # fmt: skip
    assert len(cycle("observation", "list", "SPR", "--json").json) == 1
    cycle.done("area", "recalculate", "SPR")
    found = cycle("observation", "list", "SPR", "--json").json
    assert [(o["area"], o["basis"]) for o in found] == [
        ("06", "measured"), ("061", "recalculated"), ("062", "recalculated"),
    ]  # fmt: skip
    assert "umgerechnet" in cycle.done("observation", "list", "SPR", "--lang", "de")
    cycle.done("goal", "restate", GOAL, "--into", "061", "--reason", "Neue Planungsräume")
    moved, _ = _targets(cycle)
    assert (moved["area"], moved["target_value"]) == ("061", 25)
    assert moved["baseline_value"] == pytest.approx(33.5260)


def test_after_a_territorial_reform_old_areas_are_still_found_everywhere(cycle: Cycle) -> None:
    _measured(cycle)
    key = _running(cycle, "in_progress", "--area", "06", "--goal", GOAL)
    found = cycle.done("finding", "add", "Es fehlt an Räumen.", "--report", "B-2026-01", "--area",
                       "06", "--source", "Amt 51")  # fmt: skip
    cycle.done("area", "scheme", "PR2026", "Planungsräume 2026", "--valid-from", "2026-07-01")
    cycle.done("area", "add", "N1", "Neustadt", "--scheme", "PR2026")
    cycle.done("area", "succeed", "06", "--on", "2026-07-01", "--into", "N1=1", "--kind", "rename")
    assert [a["code"] for a in cycle("area", "list", "--json").json] == ["N1", "16999000"]
    assert [m["key"] for m in cycle("measure", "list", "--area", "06", "--json").json] == [key]
    assert [f["key"] for f in cycle("finding", "list", "--area", "06", "--json").json] == [found]
    assert cycle("gaps", "--area", "06", "--json").code == 0
    assert "06" in cycle("measure", "show", key, "--json").json["areas"]
    assert cycle("trace", key, "--json").code == 0
    cycle.done("measure", "edit", key, "--area", "N1")
    assert cycle("measure", "show", key, "--json").json["areas"] == ["N1"]


# Baseline missing


def test_a_missing_baseline_is_waived_only_with_a_plan_that_names_source_and_day(
    cycle: Cycle,
) -> None:
    cycle.done("indicator", "add", "NEU", "Neue Erhebung", "--source", "Amt 53")
    cycle.done("finding", "add", "Niemand weiß es.", "--report", "B-2026-01", "--source", "Amt 51")
    cycle.done("goal", "add", "Wissen", "--level", "operational", "--finding", "F-2026-001")
    cycle.done("goal", "target", GOAL, "--indicator", "NEU", "--value", "25", "--date",
               "2028-12-31")  # fmt: skip
    key = cycle.done("measure", "log", "Erhebung", "--lead", "51", "--goal", GOAL)
    assert "baseline_missing" in cycle("measure", "target", key, "--json").err
    waive = ("waiver", "grant", key, "baseline_missing", "--reason", "Erhebung läuft an")
    assert "--data-plan" in cycle(*waive).err
    plan = ("goal", "revise", GOAL, "--reason", "Plan", "--data-plan")
    cycle.done(*plan, "irgendwann")
    assert cycle(*waive).code == 2
    cycle.done(*plan, "Erhebung Amt 53, 30.09.2027")
    assert [t["qualitative"] for t in _targets(cycle) if not t["replaced_on"]] == [True]
    cycle.done(*waive)
    cycle.done("measure", "target", key)
    cycle.done("observation", "add", "NEU", "--area", "16999000", "--on", "2026-09-30", "--value",
               "20")  # fmt: skip
    cycle.done("goal", "revise", GOAL, "--reason", "Erhoben", "--baseline", "2026-09-30")
    assert [t["qualitative"] for t in _targets(cycle) if not t["replaced_on"]] == [False]


# Stepped path


def test_a_target_is_reached_in_steps_that_lie_between_baseline_and_target(cycle: Cycle) -> None:
    _measured(cycle, "--path", "2024-12-31=32", "--path", "2025-12-31=29,5", "--lang", "de")
    (target,) = _targets(cycle)
    assert target["path"] == "stepped"
    assert target["steps"] == [
        {"due": "2024-12-31", "value": 32}, {"due": "2025-12-31", "value": 29.5},
    ]  # fmt: skip
    revise = ("goal", "revise", GOAL, "--reason", "Neu")
    for wrong in (("2025-12-31=29", "2024-12-31=32"), ("2023-12-31=33",), ("2027-12-31=26",),
                  ("2025-12-31=20",), ("2025-12-31=40",)):  # fmt: skip
        said = cycle(*revise, *(word for step in wrong for word in ("--path", step)))
        assert (said.code, "--path" in said.err) == (2, True), wrong
    cycle.done(*revise, "--value", "24")
    assert [t["path"] for t in _targets(cycle)] == ["stepped", "stepped"]
    assert "--path" in cycle(*revise, "--date", "2025-06-30").err  # a step would come after it
