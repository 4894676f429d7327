from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    commitments,
    consequences,
    cycles,
    dispositions,
    enforcements,
    evaluations,
    findings,
    goals,
    lookup,
    measures,
    milestones,
    overrides,
    papers,
    participations,
    progress,
    reports,
    stage_plans,
    waivers,
)
from tests.makers import DAY
from tests.makers_duties import a_running_measure

Deed = Callable[[Unit, str], object]
HELD: dict[str, Any] = {"format": "survey", "level": "consult", "groups": ["youth"],
                        "summary": "Umfrage"}  # fmt: skip
OF_A_MEASURE: dict[str, Deed] = {
    "consequence": lambda u, k: consequences.assess(u, k, ["built"], text="ein Raum"),
    "money": lambda u, k: consequences.assess(u, k, ["financial"], text="wenig"),
    "tie": lambda u, k: measures.edit(u, k, partners=["53"]),
    "participation": lambda u, k: participations.add(u, measure=k, **HELD),
    "milestone": lambda u, k: milestones.add(u, k, "Start", due=DAY),
    "progress": lambda u, k: progress.report(u, k, course="on_track"),
    "budget": lambda u, k: budgets.set_line(u, k, 2026, planned=100),
    "enforcement": lambda u, k: enforcements.add(u, k, "budget"),
    "commitment": lambda u, k: commitments.add(u, k, "WV-A"),
    "evaluation plan": lambda u, k: evaluations.plan(u, k, due=DAY, question="Wirkt es?"),
    "disposition": lambda u, k: dispositions.decide(u, k, choice="continue", reason="ja", on=DAY),
    "light": lambda u, k: overrides.set_light(u, k, "data", "grey", reason="neu"),
    "policy": lambda u, k: measures.raise_policy(u, k, "strict", reason="Rat"),
}


@pytest.mark.parametrize("part", OF_A_MEASURE)
def test_a_change_of_a_part_raises_the_version_of_the_measure(town: Store, part: str) -> None:
    key = a_running_measure(town)
    with town.unit("planner", day=DAY) as unit:
        seen = lookup.measure(unit, key).version
    with town.unit("planner", day=DAY) as unit:
        OF_A_MEASURE[part](unit, key)
    with town.unit("planner", day=DAY) as unit:
        assert lookup.measure(unit, key).version > seen


def test_a_countersignature_raises_it_too(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner", day=DAY) as unit:
        consequences.assess(unit, key, ["financial"], text="wenig")
        seen = lookup.measure(unit, key).version
    with town.unit("finance", day=DAY) as unit:
        consequences.countersign(unit, key)
        assert lookup.measure(unit, key).version > seen


def test_an_exception_and_a_lifted_light_raise_it_too(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("steering", day=DAY) as unit:
        overrides.set_light(unit, key, "data", "grey", reason="neu")
        seen = lookup.measure(unit, key).version
    with town.unit("steering", day=DAY) as unit:
        overrides.lift_light(unit, key, "data")
        unit.session.flush()
        after = lookup.measure(unit, key).version
        assert after > seen
    with town.unit("steering", day=DAY) as unit:
        waivers.grant(unit, key, "final_progress_missing", reason="Amt krank")
        assert lookup.measure(unit, key).version > after


OF_A_GOAL: dict[str, Deed] = {
    "field": lambda u, k: goals.edit(u, k, areas=["16999000"]),
    "agreement": lambda u, k: goals.agree(u, k, kind="objected", body="JHA"),
    "wording": lambda u, k: goals.revise(u, k, reason="klarer", text="Alle sprechen gut Deutsch"),
    "participation": lambda u, k: participations.add(u, goal=k, **HELD),
}


@pytest.mark.parametrize("part", OF_A_GOAL)
def test_a_change_of_a_part_raises_the_version_of_the_goal(town: Store, part: str) -> None:
    with town.unit("planner", day=DAY) as unit:
        goal = goals.add(unit, text="Kinder sprechen gut Deutsch")
        key = goal.ref
    with town.unit("planner", day=DAY) as unit:
        seen = lookup.goal(unit, key).version
    with town.unit("planner", day=DAY) as unit:
        OF_A_GOAL[part](unit, key)
    with town.unit("planner", day=DAY) as unit:
        assert lookup.goal(unit, key).version > seen


def test_a_change_of_a_part_raises_the_version_of_a_finding(town: Store) -> None:
    with town.unit("planner", day=DAY) as unit:
        report = reports.add(unit, title="Sozialbericht").ref
        key = findings.add(unit, report=report, text="Es fehlen Plätze", source="Statistik").ref
    with town.unit("planner", day=DAY) as unit:
        seen = lookup.finding(unit, key).version
        findings.edit(unit, key, areas=["16999000"])
    with town.unit("planner", day=DAY) as unit:
        assert lookup.finding(unit, key).version > seen


OF_A_ROUND: dict[str, Deed] = {
    "plan": lambda u, k: stage_plans.plan(u, k, stage="report", until=DAY + timedelta(days=90)),
    "exception": lambda u, k: waivers.grant(u, k, "no_finding", reason="kurz"),
    "participation": lambda u, k: participations.add(u, cycle=k, **HELD),
    "paper": lambda u, k: cycles.link(u, k, papers=[papers.add(u, "7/2026", "Plan").ref]),
}


@pytest.mark.parametrize("part", OF_A_ROUND)
def test_a_change_of_a_part_raises_the_version_of_the_round(town: Store, part: str) -> None:
    with town.unit("planner", day=DAY) as unit:
        seen = lookup.cycle(unit, "Z-2026").version
    with town.unit("steering" if part == "exception" else "planner", day=DAY) as unit:
        OF_A_ROUND[part](unit, "Z-2026")
    with town.unit("planner", day=DAY) as unit:
        assert lookup.cycle(unit, "Z-2026").version > seen
