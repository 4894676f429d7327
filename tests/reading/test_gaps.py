from collections.abc import Iterator
from datetime import date

import pytest

from cycle.errors import NotFound
from cycle.machine.gaps import BY_ID
from cycle.model.cycles import CycleStrand
from cycle.model.duties import BudgetLine, EvaluationPlan, Owed, Participation
from cycle.model.goals import Goal, GoalAgreement, GoalTarget
from cycle.reading.filters import Filters
from cycle.reading.gaps import all_, gaps
from cycle.reading.shapes import plain
from cycle.reading.status import status
from cycle.store.store import Store
from cycle.usecases import areas, lookup, towns
from tests.conftest import STORES, FreshUrl
from tests.makers import arranged
from tests.reading.conftest import Standing
from tests.reading.rows import TODAY, City, Column, looking, settled

WANTED = {
    "finding_without_response": ["F-2026-001"],
    "report_not_presented": ["B-2026-002"],
    "evaluation_owed": ["M-2026-003"],
    "feedback_missing": ["M-2026-004"],
    "recommendation_unanswered": ["R-2026-001"],
    "next_round_missing": ["Z-2016"],
    "lead_missing": ["M-2026-001"],
    "goal_without_measure": ["G-2026-002"],
    "goal_without_target": ["G-2026-002"],
    "measure_without_finding": ["M-2026-001"],
    "evaluation_not_planned": ["M-2026-002"],
    "budget_missing": ["M-2026-002"],
    "observation_missing": ["I-OLD", "I-PUT"],
    "participation_missing": ["Z-2026"],
    "agreement_missing": ["G-2026-002"],
    "goal_unclassified": ["G-2026-001"],
    "goal_only_output": ["G-2026-003"],
    "finding_without_area": ["F-2026-002"],
    "strand_unlinked": ["Z-2026"],
    "owed": ["M-2026-002"],
    "owed_round": ["Z-2026"],
    "state_unknown": ["M-2026-006"],
    "owed_taken_over": ["M-2026-007"],
}


def _build(city: City) -> None:
    unit = city.unit
    areas.add(unit, "06", "Neustadt", valid_from=date(2020, 1, 1))
    towns.add_field(unit, "ZZ", "Erprobung")
    here = lookup.cycle(unit, "Z-2026")
    for entry in lookup.every(unit, CycleStrand, cycle_id=here.id):
        unit.session.delete(entry)
    unit.session.flush()
    city.add(CycleStrand(cycle_id=here.id, strand="sectoral"))
    city.round("Z-2016", date(2016, 1, 1), stage="closed", closed_on=date(2019, 12, 31))
    _past(city)
    _reports(city)
    _goals_and_measures(city)
    city.add(Owed(cycle_id=here.id, guard="no_finding", move="advance", since=TODAY))


def _past(city: City) -> None:
    """A round taken over as closed, full of what would be open ends elsewhere."""
    city.round("Z-2010", date(2010, 1, 1), stage="closed", taken_over=True)
    old = city.report(cycle="Z-2010", ref="B-2010-01", status="approved")
    left = city.finding(old, ref="F-2010-001")
    city.goal(cycle="Z-2010", ref="G-2010-001", level="operational")
    city.measure(cycle="Z-2010", ref="M-2010-001", lead=None, state="implemented")
    city.advice(ref="R-2010-001", finding_id=left.id)


def _reports(city: City) -> None:
    shown = city.report(status="presented", presented_on=date(2026, 3, 1))
    city.report(status="approved", approved_on=date(2026, 5, 1))
    city.report(status="draft")  # the round still writes it
    unanswered = city.finding(shown, areas=("06",), fields=("ZZ",))
    city.finding(shown, severity="watch")
    answered = city.finding(
        shown, areas=("06",), response="no_action", response_reason="Kein Bedarf."
    )
    city.advice(finding_id=unanswered.id)
    city.advice(finding_id=answered.id, response="rejected", reason="Zu teuer.")


def _goals_and_measures(city: City) -> None:
    shown = lookup.finding(city.unit, "F-2026-003")
    main = city.goal((shown,), level="open")
    city.goal(level="operational")
    output = city.goal(level="operational", qualitative_criterion="Elternbefragung")
    city.goal(level="open", status="dropped")
    for goal in (main, output):
        city.add(GoalAgreement(goal_id=goal.id, wording=goal.text, on_date=TODAY))
    version = city.indicator("I-OUT", result_level=2)
    city.add(GoalTarget(goal_id=output.id, indicator_version_id=version.id))
    city.observation(version, "06", date(2025, 12, 31), "25")
    city.observation(city.indicator("I-OLD"), "06", date(2020, 12, 31), "25")
    city.observation(city.indicator("I-PUT"), "06", date(2025, 12, 31), None, status="pending")
    city.measure(lead=None)
    for goal in (main, output):
        bound = city.measure(goal=goal, finding=shown, state="approved")
        if goal is main:
            city.add(Owed(measure_id=bound.id, guard="area_missing", move="propose", since=TODAY))
    _later(city, main)


def _later(city: City, goal: Goal) -> None:
    """Measures that are further on, and those that came from before the system."""
    paid = lookup.measure(city.unit, "M-2026-003")
    paid.state, paid.actual_start, paid.actual_end = "implemented", date(2025, 1, 1), TODAY
    city.unit.session.flush()
    city.measure(goal=goal, state="evaluated")
    planned = city.measure(goal=goal, state="in_progress")
    city.add(EvaluationPlan(measure_id=planned.id, due=TODAY, question="Wirkt es?"))
    city.add(BudgetLine(measure_id=planned.id, year=2026, approved_cents=1))
    city.measure(goal=goal, taken_over=True, state="draft", source_date=date(2025, 1, 1))
    running = city.measure(goal=goal, taken_over=True, state="targeted")
    for guard, settled_on in (("baseline_missing", None), ("area_missing", TODAY)):
        city.add(
            Owed(
                measure_id=running.id,
                guard=guard,
                move="take_over",
                since=date(2026, 10, 1),
                settled_on=settled_on,
            )
        )


_CITY = settled(_build)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, standing: Standing) -> Store:
    return standing(request.param, _CITY)


@pytest.fixture(params=STORES)
def own_city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Store]:
    opened = Store.open(fresh_url(request.param, _CITY))
    yield opened
    opened.close()


def _found(store: Store, **wanted: Column) -> dict[str, list[str]]:
    sees = wanted.pop("sees_internal", True)
    with looking(store) as reader:
        groups = all_(reader, today=TODAY, lang="de", filters=Filters(**wanted), sees_internal=sees)
    return {g.rule: [item.key for item in g.items] for g in groups}


def test_every_rule_finds_its_open_end_and_nothing_else(city: Store) -> None:
    assert set(WANTED) == set(BY_ID)
    assert _found(city) == WANTED


def test_a_line_tells_count_owner_and_the_command_for_the_first(city: Store) -> None:
    with looking(city) as reader:
        before = reader.statements
        lines = gaps(reader, today=TODAY, lang="de")
        assert reader.statements - before == 3  # until when it is counted, counts, oldest ones
    assert [line.rule for line in lines] == list(BY_ID)
    assert {line.rule: line.count for line in lines} == {r: len(k) for r, k in WANTED.items()}
    first = plain(lines[0])
    assert first.pop("command").startswith("cycle finding respond F-2026-001")
    assert first == {
        "rule": "finding_without_response",
        "group": "loop",
        "says": "Befunde mit Handlungsbedarf ohne Antwort",
        "severity": "act",
        "count": 1,
        "who": "Sozialplanung",
        "task": "Mit Ziel, begründetem Nichthandeln oder der nächsten Runde antworten",
    }


def test_what_is_counted_beforehand_is_what_counting_one_by_one_gives(city: Store) -> None:
    with looking(city) as reader:
        units = tuple(code for (code,) in reader.pairs("SELECT code FROM org_unit"))
        beforehand = gaps(reader, today=TODAY, lang="de")
        each = gaps(reader, today=TODAY, lang="de", filters=Filters(drafts_of=units))
    alone = {line.rule: line for line in each}
    of_nobody = {"lead_missing", "measure_without_finding"}  # a draft nobody leads is not in sight
    told = [line for line in beforehand if line.rule not in of_nobody]
    assert told == [alone[line.rule] for line in told]
    assert len(told) > len(beforehand) - 3


def test_status_counts_the_circle_only(city: Store) -> None:
    with looking(city) as reader:
        counted = status(reader, today=TODAY)["gaps"]
    assert counted == {r: len(k) for r, k in WANTED.items() if BY_ID[r].group == "loop"}


def test_an_item_tells_since_when_and_whose_it_is(city: Store) -> None:
    with looking(city) as reader:
        groups = {g.rule: g.items for g in all_(reader, today=TODAY, lang="en")}
    item = groups["owed_taken_over"][0]
    assert (item.since, item.cycle, item.department) == (date(2026, 10, 1), "Z-2026", "51")
    assert (item.guard, item.noun) == ("baseline_missing", "measure")
    assert item.task
    assert groups["finding_without_response"][0].since == date(2026, 3, 1)
    assert groups["observation_missing"][0].since == date(2020, 12, 31)
    assert groups["observation_missing"][1].since is None
    assert groups["owed_round"][0].guard == "no_finding"


def test_the_filters_pick_what_belongs_to_them(city: Store) -> None:
    assert "M-2010-001" not in str(_found(city, cycle="Z-2010"))
    assert _found(city, cycle="Z-2016") == {"next_round_missing": ["Z-2016"]}
    assert set(_found(city, department="51")) == {
        "evaluation_owed", "feedback_missing", "evaluation_not_planned", "budget_missing",
        "owed", "state_unknown", "owed_taken_over",
    }  # fmt: skip
    assert _found(city, mine=("20",)) == {}
    assert _found(city, mine=()) == {}
    assert set(_found(city, mine=("51",))) == set(_found(city, department="51"))
    assert _found(city, area="06") == {"finding_without_response": ["F-2026-001"]}
    assert _found(city, field="ZZ") == {"finding_without_response": ["F-2026-001"]}
    assert _found(city, state="evaluated") == {"feedback_missing": ["M-2026-004"]}
    assert _found(city, prevention="universal") == {}
    assert set(_found(city, goal="G-2026-002")) == {
        "goal_without_measure", "goal_without_target", "agreement_missing",
    }  # fmt: skip


def test_a_filter_nobody_knows_is_told(city: Store) -> None:
    with looking(city) as reader, pytest.raises(NotFound):
        gaps(reader, today=TODAY, lang="de", filters=Filters(field="NIX"))


def test_drafts_stay_inside(city: Store) -> None:
    outside = _found(city, sees_internal=False)
    assert {"lead_missing", "state_unknown", "owed_taken_over"} & set(outside) == set()
    assert outside["evaluation_owed"] == ["M-2026-003"]
    with looking(city) as reader:
        lines = gaps(reader, today=TODAY, lang="de", sees_internal=False)
    assert "lead_missing" not in {line.rule for line in lines}


def test_two_strands_of_three_are_not_linked_yet(own_city: Store) -> None:
    with own_city.unit("planner", day=TODAY) as unit:
        lookup.goal(unit, "G-2026-001").strand = "area_development"
        arranged(unit)
    assert "strand_unlinked" in _found(own_city)


@pytest.mark.parametrize(("level", "only_output"), [(1, True), (3, True), (4, False)])
def test_a_goal_measures_more_than_output_from_level_four_on(
    own_city: Store, level: int, *, only_output: bool
) -> None:
    with own_city.unit("planner", day=TODAY) as unit:
        lookup.indicator(unit, "I-OUT").result_level = level
        arranged(unit)
    assert ("goal_only_output" in _found(own_city)) is only_output


def test_a_round_with_every_strand_and_people_involved_has_no_gap(own_city: Store) -> None:
    with own_city.unit("planner", day=TODAY) as unit:
        here = lookup.cycle(unit, "Z-2026")
        unit.add(CycleStrand(cycle_id=here.id, strand="reporting"))
        goal = lookup.goal(unit, "G-2026-001")
        goal.strand = "area_development"
        unit.add(
            Participation(
                goal_id=goal.id,
                format="survey",
                influence_level="consult",
                held_from=TODAY,
                summary="412 Eltern",
            )
        )
        arranged(unit)
    found = _found(own_city)
    assert "strand_unlinked" not in found
    assert "participation_missing" not in found
