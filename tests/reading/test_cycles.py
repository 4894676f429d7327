import json
from datetime import date
from decimal import Decimal

import pytest

from cycle.errors import NotFound
from cycle.machine.policy import PRESETS
from cycle.reading.cycles import facts, listed, show
from cycle.store.store import Store
from cycle.usecases import areas, cycles, goals, papers
from tests.makers import DAY, a_measure, a_town
from tests.makers_rounds import (
    ROUND,
    a_finding,
    a_running_measure,
    a_whole_goal,
    an_observation,
    in_stage,
)

POLICY = PRESETS["standard"]


def test_rounds_are_listed_by_their_start_with_fields_and_papers(store: Store) -> None:
    a_town(store, open_round=False)
    with store.unit("planner") as unit:
        papers.add(unit, "2019/0383", "Leitlinien")
        cycles.open_round(unit, title="Jugend", start=date(2028, 1, 1), fields=["JUG", "BIL"],
                          strands=["sectoral"])  # fmt: skip
        cycles.take_over(unit, title="Alt", start=date(2019, 1, 1), source="Plan",
                         papers=["2019/0383"])  # fmt: skip
        cycles.link(unit, "Z-2028", predecessor="Z-2019")
        old, new = listed(unit.reading())
        assert (old.key, old.papers, old.successor) == ("Z-2019", ("2019/0383",), "Z-2028")
        assert (new.key, new.fields, new.strands) == ("Z-2028", ("BIL", "JUG"), ("sectoral",))
        assert (new.predecessor, new.round) == ("Z-2019", 2)


def test_a_round_shows_its_stages_reports_measures_and_offers(town: Store) -> None:
    in_stage(town, "goal")
    with town.unit("planner") as unit:
        a_measure(unit)
        found = show(unit.reading(), "2026", DAY, "de")
    assert json.loads(json.dumps(found)) == found
    assert found["key"] == ROUND
    assert [s["stage"] for s in found["stages"]] == ["report", "goal"]
    assert [(r["key"], r["status"], r["findings"]) for r in found["reports"]] == [
        ("B-2026-01", "presented", 1)
    ]
    assert len(found["states"]) == 13
    assert found["states"]["draft"] == 1
    offers = {o["name"]: o for o in found["offers"]}
    assert {r["guard"] for r in offers["advance"]["blocked_by"]} == {
        "finding_without_response", "goal_not_adopted",
    }  # fmt: skip
    assert "F-2026-001" in offers["advance"]["blocked_by"][0]["says"]


def test_an_unknown_round_is_not_found(town: Store) -> None:
    with town.unit("reader") as unit:
        reader = unit.reading()
        with pytest.raises(NotFound):
            show(reader, "Z-1999", DAY)
        with pytest.raises(NotFound):
            facts(reader, "Z-1999", today=DAY, policy=POLICY)


def test_facts_cost_one_statement_whatever_the_round_holds(town: Store) -> None:
    with town.unit() as unit:
        a_whole_goal(unit)
        for _ in range(5):
            a_finding(unit)
            a_running_measure(unit)
        reader = unit.reading()
        before = reader.statements
        seen = facts(reader, ROUND, today=DAY, policy=POLICY)
        assert reader.statements == before + 1
        assert len(seen.undisposed_measures) == len(seen.unanswered_findings) == 5


def test_a_rating_is_outdated_by_a_later_value(town: Store) -> None:
    with town.unit() as unit:
        goal = a_whole_goal(unit)
        goals.adopt(unit, goal.ref)
        goals.rate(unit, goal.ref, status="missed", text="Zu wenig")
        assert facts(unit.reading(), ROUND, today=DAY, policy=POLICY).unrated_goals == ()
    with town.unit("statistician", day=date(2027, 3, 1)) as unit:
        an_observation(unit, period_end=date(2026, 12, 31))
        seen = facts(unit.reading(), ROUND, today=DAY, policy=POLICY)
        assert seen.unrated_goals == (goal.ref,)


def test_every_target_with_a_value_needs_its_baseline(town: Store) -> None:
    with town.unit() as unit:
        goal = a_whole_goal(unit)
        goal.status = "adopted"
        assert facts(unit.reading(), ROUND, today=DAY, policy=POLICY).goals_without_target == ()
        for code in ("06", "07"):
            areas.add(unit, code, f"Stadtteil {code}")
        goals.target(unit, goal.ref, indicator="KITA", area="06")
        assert facts(unit.reading(), ROUND, today=DAY, policy=POLICY).goals_without_target == ()
        goals.target(unit, goal.ref, indicator="KITA", area="07", value=Decimal(60),
                     date=date(2029, 1, 1))  # fmt: skip
        seen = facts(unit.reading(), ROUND, today=DAY, policy=POLICY)
        assert seen.goals_without_target == (goal.ref,)
