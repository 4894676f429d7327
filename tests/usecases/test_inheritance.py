"""What the successors of a merge or split take on: goals, places, partners, money, dates."""

from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from sqlmodel import SQLModel

from cycle.machine.facts import Ask
from cycle.model.duties import (
    BudgetLine,
    Consequence,
    Deadline,
    EvaluationPlan,
    Milestone,
    Participation,
    ParticipationArea,
)
from cycle.model.evaluations import EvaluationMeasure
from cycle.model.goals import Goal
from cycle.model.measures import MeasureArea, MeasureGoal, MeasurePartner
from cycle.model.town import OrgUnit
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    areas,
    budgets,
    commitments,
    consequences,
    cycles,
    evaluations,
    goals,
    lookup,
    measures,
    milestones,
    moves,
    participations,
    progress,
    recommendations,
    waivers,
)
from tests import makers
from tests.makers_measures import DAY, Town

STEPS = {
    "Räume": date(2026, 10, 1),
    "Träger": date(2027, 5, 1),
    "Erledigt": date(2026, 3, 1),
    "Verworfen": date(2026, 4, 1),
}


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


def log(town: Town, **words: Any) -> str:  # noqa: ANN401 - the words of `measures.log`
    return town.do(lambda unit: makers.a_measure(unit, **words).ref)


def goal(town: Town, text: str) -> str:
    return town.do(lambda unit: goals.add(unit, text=text, owner="51").ref)


def pass_on(town: Town, sources: tuple[str, ...], heirs: tuple[str, ...], *shares: str) -> None:
    """Merge or split by planners; steering lets a note stand for the decision."""
    parts = tuple(Fraction(share) for share in shares)
    for key in sources:
        town.do(partial(waivers.grant, key=key, guard="change_undecided", reason="abgestimmt"),
                "steering")  # fmt: skip
    town.do(lambda unit: moves.supersede(unit, sources, heirs, parts))


def take_over(town: Town, key: str, state: str, start: date = date(2025, 9, 1)) -> str:
    ask = Ask(source="Liste", source_date=date(2025, 9, 30), start=start, state=state)
    town.move(key, "take_over", ask, to=state)
    return key


def of(town: Town, model: type[SQLModel], key: str) -> list[Any]:
    """Give what of a kind hangs on a measure."""
    return town.do(lambda unit: lookup.every(unit, model, measure_id=lookup.measure(unit, key).id))


def served(town: Town, key: str) -> dict[str, str]:
    def deed(unit: Unit) -> dict[str, str]:
        ties = lookup.every(unit, MeasureGoal, measure_id=lookup.measure(unit, key).id)
        return {unit.get(Goal, tie.goal_id).ref: tie.contribution for tie in ties}

    return town.do(deed)


def test_the_main_goal_is_that_of_the_biggest_share_and_the_others_stand_beside(
    town: Town,
) -> None:
    first, second, beside = (goal(town, text) for text in ("Eins", "Zwei", "Drei"))
    small, big = log(town, goal=first, side_goals=[beside]), log(town, goal=second)
    both = log(town)
    pass_on(town, (small, big), (both,), "1/4", "3/4")
    assert served(town, both) == {second: "main", first: "side", beside: "side"}
    assert town.do(lambda u: [g.uncovered for g in lookup.every(u, Goal)]) == [False] * 3


def test_its_own_main_goal_stays(town: Town) -> None:
    own, other = goal(town, "Eigenes"), goal(town, "Anderes")
    source, same, heir = log(town, goal=other), log(town, goal=own), log(town, goal=own)
    pass_on(town, (source, same), (heir,), "1/2", "1/2")
    assert served(town, heir) == {own: "main", other: "side"}


def test_a_goal_taken_on_in_the_next_round_is_served_there(town: Town) -> None:
    old = goal(town, "Alt")
    source = log(town, goal=old)
    with town.store.unit("planner", day=DAY) as unit:
        lookup.cycle(unit, "Z-2026").stage = "evaluation"
        unit.tell(lookup.cycle(unit, "Z-2026"), "advanced")
        cycles.open_round(unit, title="Nächste Runde", start=date(2028, 1, 1))
        new = goals.add(unit, text="Neu", cycle="Z-2028", owner="51")
        new.predecessor_id = lookup.goal(unit, old).id
        heir = measures.log(unit, title="Neu", cycle="Z-2028", lead="51").ref
        new_key = new.ref
    pass_on(town, (source,), (heir,), "1")
    assert served(town, heir) == {new_key: "main"}


def test_it_works_where_they_did_unless_it_says_otherwise(town: Town) -> None:
    for code in ("01", "02"):
        town.do(partial(areas.add, code=code, name=f"Raum {code}"))
    one = log(town, areas=["01"], fields=["JUG"])
    two = log(town, areas=["02"], fields=["JUG", "BIL"])
    both, own = log(town), log(town, areas=["02"], fields=["ALT"])
    pass_on(town, (one,), (own,), "1")
    assert len(of(town, MeasureArea, own)) == 1
    pass_on(town, (own, two), (both,), "1/2", "1/2")
    shown = town.do(lambda u: [a.area_id for a in lookup.every(
        u, MeasureArea, measure_id=lookup.measure(u, both).id)])  # fmt: skip
    assert len(shown) == 1
    assert town.facts(both).youth_welfare is True
    everywhere, heir = log(town, citywide=True), log(town)
    pass_on(town, (everywhere,), (heir,), "1")
    assert town.seen(heir).citywide is True


def test_findings_it_answers_without_a_goal_are_answered_on(town: Town) -> None:
    town.a_goal()
    pair, both = tuple(log(town, findings=["F-2026-001"]) for _ in range(2)), log(town)
    pass_on(town, pair, (both,), "1/2", "1/2")
    assert town.facts(both).findings == 1


def test_partners_stay_and_their_promises_count_on(town: Town) -> None:
    source = log(town, partners=["53", "WV-A"])
    bare, named = log(town, lead="53"), log(town, partners=["WV-A"])
    town.do(lambda u: commitments.add(u, source, "WV-A", on=date(2026, 3, 1), text="eine Stelle"))
    pass_on(town, (source,), (bare, named), "1/2", "1/2")

    def partners(unit: Unit, key: str) -> list[tuple[str, date | None, str | None]]:
        ties = lookup.every(unit, MeasurePartner, measure_id=lookup.measure(unit, key).id)
        return [(unit.get(OrgUnit, t.org_unit_id).code, t.committed_on, t.commitment) for t in ties]

    promised = [("WV-A", date(2026, 3, 1), "eine Stelle")]
    for heir in (bare, named):  # 53 leads the one, the other names its partners itself
        assert town.do(partial(partners, key=heir)) == promised


def test_no_cent_is_lost_and_what_was_spent_goes_along(town: Town) -> None:
    whole, parts = log(town), tuple(log(town) for _ in range(3))
    town.do(lambda u: budgets.set_line(
        u, whole, 2026, funding="esf", planned=100_00, approved=100_01, committed=1, spent=50_00,
        grant_ref="ESF 7", grant_end=date(2027, 6, 30),
    ), "finance")  # fmt: skip
    pass_on(town, (whole,), parts, "1/3", "1/3", "1/3")
    (before,) = of(town, BudgetLine, whole)
    after = [line for key in parts for line in of(town, BudgetLine, key)]
    for name in ("planned_cents", "approved_cents", "committed_cents", "spent_cents"):
        assert sum(getattr(line, name) for line in after) == getattr(before, name)
    assert {(line.grant_ref, line.grant_end) for line in after} == {("ESF 7", date(2027, 6, 30))}


def test_merged_lines_are_added_and_keep_the_end_that_comes_first(town: Town) -> None:
    pair, both = (log(town), log(town)), log(town)
    for key, end in zip(pair, (date(2027, 6, 30), date(2026, 12, 31)), strict=True):
        town.do(partial(budgets.set_line, key=key, year=2026, planned=10_00, grant_end=end))
    pass_on(town, pair, (both,), "1/2", "1/2")
    (line,) = of(town, BudgetLine, both)
    assert (line.planned_cents, line.grant_end) == (20_00, date(2026, 12, 31))


def test_open_steps_and_set_dates_go_on_once(town: Town) -> None:
    pair, both = (log(town), log(town)), log(town)
    for key in pair:
        for title, due in STEPS.items():
            town.do(partial(milestones.add, key=key, title=title, due=due))
        town.do(partial(milestones.done, key=key, no=3))
        town.do(partial(milestones.drop, key=key, no=4, reason="anders gelöst"))
    with town.store.unit("planner", day=DAY) as unit:
        measure = lookup.measure(unit, pair[0])
        for code in ("report_to_council", "progress_due"):
            unit.add(Deadline(measure_id=measure.id, code=code, due=date(2027, 1, 1)))
        unit.tell(measure, "edited")
    pass_on(town, pair, (both,), "1/2", "1/2")
    steps = [(m.no, m.title) for m in of(town, Milestone, both)]
    assert steps == [(1, "Räume"), (2, "Träger")]
    assert [d.code for d in of(town, Deadline, both)] == ["report_to_council"]


def test_people_were_involved_but_are_counted_once(town: Town) -> None:
    source, heir = log(town, citywide=True), log(town)
    town.do(lambda u: participations.add(
        u, measure=source, format="survey", level="consult", groups=["residents"],
        areas=["16999000"], invited=900, participants=412, summary="Eltern",
        effect="Ein Standort mehr.",
    ))  # fmt: skip
    pass_on(town, (source,), (heir,), "1")
    (told,) = of(town, Participation, heir)
    assert (told.format, told.participants, told.effect_on_plan) == ("survey", None, None)
    assert town.facts(heir).participation is True
    assert len(town.do(lambda u: lookup.every(u, ParticipationArea))) == 2


def test_old_consequences_stand_beside_the_open_ones_as_proposals(town: Town) -> None:
    one, two, both = log(town), log(town), log(town)
    for key in (one, two):
        town.do(partial(consequences.assess, key=key, kinds=["staffing"], text="Eine Stelle"))
    town.do(lambda u: consequences.assess(u, both, ["built"], state="none", text="keine"))
    pass_on(town, (one, two), (both,), "1/2", "1/2")
    said = {row.kind: row.proposal for row in of(town, Consequence, both)}
    assert said == {
        "built": None, "organisational": None, "financial": None,
        "staffing": f"{one}: Eine Stelle\n{two}: Eine Stelle",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("targeted", {"next_evaluation_due": None, "first_planned_end": None}),
        ("proposed", {"proposed_on": date(2026, 1, 15)}),
        ("approved", {"first_planned_end": date(2027, 9, 30), "actual_start": None}),
        ("in_progress", {"actual_start": DAY, "first_planned_end": date(2027, 9, 30)}),
        ("implemented", {"actual_start": date(2026, 3, 1), "actual_end": date(2026, 9, 30)}),
        ("evaluated", {"disposition_due": date(2027, 1, 28), "next_evaluation_due": None}),
    ],
)
def test_it_stands_where_they_stood_with_the_dates_due_there(
    town: Town, state: str, found: dict[str, date | None]
) -> None:
    source, heir = town.a_measure(state), log(town, planned_end=date(2027, 9, 30))
    pass_on(town, (source,), (heir,), "1")
    seen = town.seen(heir)
    assert (seen.state, seen.state_since) == (state, DAY)
    assert {name: getattr(seen, name) for name in found} == found


def test_the_evaluation_it_planned_itself_counts_else_the_earliest(town: Town) -> None:
    one, two = town.a_measure("approved"), town.a_measure("approved")
    own, bare = log(town), log(town)
    with town.store.unit("planner", day=DAY) as unit:
        unit.add(EvaluationPlan(measure_id=lookup.measure(unit, own).id, due=date(2027, 8, 1),
                                question="Wirkt es?"))  # fmt: skip
        unit.tell(lookup.measure(unit, own), "edited")
    pass_on(town, (one,), (own,), "1")
    pass_on(town, (two,), (bare,), "1")
    assert town.seen(own).next_evaluation_due == date(2027, 8, 1)
    assert town.seen(bare).next_evaluation_due == date(2027, 3, 31)  # as its predecessor planned
    assert len(of(town, EvaluationPlan, bare)) == 1


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ({"planned_end": date(2027, 9, 30)}, date(2028, 3, 28)),
        ({"planned_end": date(2027, 9, 30), "is_ongoing": True}, date(2028, 11, 22)),
        ({}, date(2028, 11, 22)),
    ],
)
def test_an_evaluation_nobody_planned_is_due_all_the_same(
    town: Town, words: dict[str, Any], due: date
) -> None:
    source, heir = take_over(town, log(town), "in_progress"), log(town, **words)
    pass_on(town, (source,), (heir,), "1")
    assert town.seen(heir).next_evaluation_due == due


@pytest.mark.parametrize(
    ("told", "due"),
    [
        (None, date(2027, 5, 22)),  # nobody was asked yet
        (date(2026, 5, 22), DAY),  # due today
        (date(2026, 5, 23), date(2026, 11, 23)),
        (date(2026, 4, 1), DAY),  # overdue
    ],
)
def test_the_next_report_is_due_when_theirs_was(town: Town, told: date | None, due: date) -> None:
    source, heir = take_over(town, log(town), "in_progress"), log(town)
    if told:
        town.do(partial(progress.report, key=source, course="on_track"), day=told)
    pass_on(town, (source,), (heir,), "1")
    assert [d.due for d in of(town, Deadline, heir)] == [due]


def test_a_report_asked_for_and_not_given_is_owed_on(town: Town) -> None:
    source, heir = town.a_measure("in_progress"), log(town)  # begun 1 March, due 1 September
    pass_on(town, (source,), (heir,), "1")
    assert [d.due for d in of(town, Deadline, heir)] == [DAY]


def test_what_was_halted_stays_halted_with_its_review(town: Town) -> None:
    later = town.a_measure("in_progress")
    town.move(later, "suspend", Ask(code="staff_missing", review_on=date(2027, 2, 1),
                                    reason="Eine Stelle ist frei."), actor="youth")  # fmt: skip
    over, heir = town.a_measure("implemented"), log(town)
    pass_on(town, (over, later), (heir,), "3/4", "1/4")
    seen = town.seen(heir)
    assert (seen.state, seen.review_on, seen.suspended_on) == ("suspended", date(2027, 2, 1), DAY)
    assert (seen.reason_code, seen.reason) == ("staff_missing", "Eine Stelle ist frei.")


def test_what_was_put_off_has_a_day_to_look_at_it_again(town: Town) -> None:
    source, heir = town.a_measure("proposed"), log(town)
    town.decide(source, "deferred")
    town.move(source, "defer", actor="clerk")
    pass_on(town, (source,), (heir,), "1")
    assert town.seen(heir).review_on == DAY + timedelta(days=180)


def test_one_that_is_further_stays_there_and_tells_what_it_took_on(town: Town) -> None:
    source, heir = log(town), town.a_measure("in_progress")
    before = town.seen(heir)
    pass_on(town, (source,), (heir,), "1")
    after = town.seen(heir)
    assert (after.state, after.state_since) == (before.state, before.state_since)
    assert after.actual_start == date(2026, 3, 1)


def test_an_evaluation_of_both_speaks_of_their_successor_once(town: Town) -> None:
    target = town.a_goal()
    pair, heir = tuple(town.a_measure("implemented", goal=target) for _ in range(2)), log(town)
    town.do(lambda u: evaluations.add(
        u, measures=pair, overall="effective", text="Beide wirken.", ratings={"effectiveness": 3},
        results=[{"goal": target, "indicator": "SPRACHE", "text": "auf dem Weg"}],
    ), "evaluator")  # fmt: skip
    for key in pair:
        town.move(key, "evaluate", actor="evaluator")
    pass_on(town, pair, (heir,), "1/2", "1/2")
    assert len(of(town, EvaluationMeasure, heir)) == 1


def test_what_was_evaluated_is_reported_back_by_its_successor(town: Town) -> None:
    one = town.a_measure("evaluated")
    heir = log(town)
    pass_on(town, (one,), (heir,), "1")
    assert town.facts(heir).evaluation == town.do(
        lambda u: moves.facts_of(u, lookup.measure(u, one)).evaluation
    )
    with town.store.unit("planner", day=DAY) as unit:
        lookup.cycle(unit, "Z-2026").stage = "evaluation"
        unit.tell(lookup.cycle(unit, "Z-2026"), "advanced")
        cycles.open_round(unit, title="Nächste Runde", start=date(2028, 1, 1))
        recommendations.answer(unit, "R-2026-001", response="accepted", reason="gut")
    back = Ask(disposition="stop", reason="erreicht")
    assert town.move(heir, "report_back", back, actor="steering") == "reported"
