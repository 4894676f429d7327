"""What the successors of a merge or split take on: goals, places, partners, money, steps."""

from datetime import date
from fractions import Fraction
from functools import partial

import pytest

from cycle.errors import Refused
from cycle.model.duties import (
    BudgetLine,
    Consequence,
    Deadline,
    Milestone,
    Participation,
    ParticipationArea,
)
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
    goals,
    lookup,
    measures,
    milestones,
    moves,
    participations,
)
from tests import makers
from tests.makers_measures import DAY, Town
from tests.usecases.merging import log, of, pass_on

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


def goal(town: Town, text: str) -> str:
    return town.do(lambda unit: goals.add(unit, text=text, owner="51").ref)


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


def test_who_does_not_lead_on_has_the_steering_group_note_it(town: Town) -> None:
    one, other = town.a_measure("approved"), town.a_measure("approved")
    heir = log(town)
    town.do(lambda unit: measures.edit(unit, other, lead="53"))
    with town.store.unit("planner", day=DAY) as unit:  # as an import leaves it
        lookup.measure(unit, heir).lead_id = None
        makers.arranged(unit)
    shares = (Fraction(1, 3), Fraction(2, 3))
    with pytest.raises(Refused) as refused:
        town.do(lambda unit: moves.supersede(unit, (one, other), (heir,), shares))
    assert [reason.guard for reason in refused.value.reasons] == ["change_undecided"]
    assert refused.value.key == one
    pass_on(town, (one, other), (heir,), "1/3", "2/3")
    with town.store.unit("reader", day=DAY) as unit:
        led = lookup.measure(unit, heir).lead_id
        assert led == lookup.department(unit, "53").id
