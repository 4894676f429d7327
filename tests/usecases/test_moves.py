"""A measure on its way around the circle: what each move asks, changes and brings about."""

from datetime import date, timedelta

import pytest

from cycle.errors import Conflict, Forbidden, Refused
from cycle.machine.facts import Ask
from cycle.machine.measures import MEASURES, TOLD
from cycle.model.duties import Deadline
from cycle.store.store import Store
from cycle.usecases import (
    consequences,
    decisions,
    lookup,
    measures,
    moves,
)
from tests import makers
from tests.makers_measures import PATH, Town


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


def missing(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.guard for reason in refused.value.reasons]


def test_a_measure_walks_from_draft_to_evaluated_with_everything_standard_asks(town: Town) -> None:
    key = town.a_measure("evaluated")
    found = town.seen(key)
    assert found.state == "evaluated"
    assert found.moves == len(PATH) - 1
    assert found.actual_start == date(2026, 3, 1)
    assert found.actual_end == date(2026, 9, 30)
    assert found.disposition_due == date(2026, 10, 30) + timedelta(days=90)


def test_it_tells_everything_that_is_missing_before_the_committees_at_once(town: Town) -> None:
    key = town.a_measure("targeted")
    with pytest.raises(Refused) as refused:
        town.move(key, "propose")
    assert missing(refused) == [
        "consequence_open",
        "financial_not_countersigned",
        "participation_missing",
        "evaluation_not_planned",
    ]
    assert town.seen(key).state == "targeted"


def test_only_the_countersign_is_missing_when_all_else_is_there(town: Town) -> None:
    key = town.a_measure("targeted")
    town.ready(key)
    town.do(lambda u: consequences.assess(u, key, ["financial"], text="231.000 € im Jahr"))
    with pytest.raises(Refused) as refused:
        town.move(key, "propose")
    assert missing(refused) == ["financial_not_countersigned"]


def test_a_refused_move_leaves_record_and_journal_as_they_were(town: Town) -> None:
    key = town.a_measure("targeted")
    before = town.seen(key)
    with pytest.raises(Refused):
        town.move(key, "propose")
    after = town.seen(key)
    assert (after.version, after.moves) == (before.version, before.moves)
    assert events(town, key) == ["logged", "targeted"]


def events(town: Town, key: str) -> list[str]:
    with town.store.unit("planner") as unit:
        told = unit.reading().pairs(
            "SELECT action FROM event WHERE municipality_id = :m AND key = :key ORDER BY n",
            key=key,
        )
    return [action for (action,) in told if action in TOLD.values()]


def test_every_move_has_a_word_for_when_it_is_made() -> None:
    assert set(TOLD) == {t.name for t in MEASURES.transitions}


def test_a_move_the_state_does_not_offer_names_those_it_does(town: Town) -> None:
    key = town.a_measure("draft")
    with pytest.raises(Refused) as refused:
        town.move(key, "start")
    assert missing(refused) == ["not_offered"]
    assert "target" in str(refused.value.reasons[0].values["offered"])


def test_a_head_of_department_moves_only_the_own_measures(town: Town) -> None:
    key = town.a_measure("draft")
    with pytest.raises(Forbidden, match="51"):
        town.move(key, "target", actor="schools")
    assert town.move(key, "target", actor="youth") == "targeted"


def test_a_role_is_asked_before_the_guards(town: Town) -> None:
    key = town.a_measure("proposed")
    with pytest.raises(Forbidden):
        town.move(key, "approve", actor="youth")


def test_a_stale_version_is_told_before_the_guards(town: Town) -> None:
    key = town.a_measure("targeted")
    with pytest.raises(Conflict) as stale:
        town.do(lambda u: moves.move(u, key, "propose", expect=1))
    assert stale.value.code == "stale"


def test_who_proposed_may_not_record_the_approval(town: Town) -> None:
    key = town.a_measure("targeted")
    town.ready(key)
    town.move(key, "propose", actor="planner", day=date(2026, 1, 15))
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    town.decide(key, "adopted")
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="planner")
    assert missing(refused) == ["same_account"]
    assert town.move(key, "approve", actor="clerk") == "approved"


def test_a_text_changed_after_proposing_stops_the_approval(town: Town) -> None:
    key = town.a_measure("proposed")
    town.do(lambda u: measures.edit(u, key, description="doch anders"))
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    town.decide(key, "adopted")
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="clerk")
    assert missing(refused) == ["dossier_changed"]
    town.move(key, "send_back", Ask(reason="Text geändert"))
    assert town.move(key, "propose", actor="youth") == "proposed"
    assert town.move(key, "approve", actor="clerk") == "approved"


def test_the_youth_welfare_committee_is_heard_first_in_its_field(town: Town) -> None:
    key = town.a_measure("draft")
    town.do(lambda u: measures.edit(u, key, fields=["JUG"]))
    town.targeted(key)
    town.proposed(key)
    town.decide(key, "adopted")
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="clerk")
    assert missing(refused) == ["youth_committee_not_heard"]


def test_an_amended_decision_waits_for_the_planner(town: Town) -> None:
    key = town.a_measure("proposed")
    decision = town.decide(key, "adopted_amended")
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="clerk")
    assert missing(refused) == ["amendment_unconfirmed"]
    town.do(lambda u: decisions.confirm(u, decision))
    assert town.move(key, "approve", actor="clerk") == "approved"


@pytest.mark.parametrize("result", ["noted", "settled", "no_vote", "recommended", "rejected"])
def test_what_is_not_adopted_never_approves(town: Town, result: str) -> None:
    key = town.a_measure("proposed")
    town.decide(key, result)
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="clerk")
    assert "decision_missing" in missing(refused)


def test_a_deferred_measure_gets_a_review_date_and_comes_back(town: Town) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "deferred")
    assert town.move(key, "defer", actor="clerk", day=date(2026, 2, 20)) == "deferred"
    assert town.seen(key).review_on == date(2026, 2, 20) + timedelta(days=180)
    assert town.move(key, "resubmit") == "proposed"


def test_consequences_older_than_a_year_are_confirmed_before_resubmitting(town: Town) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "referred")
    town.move(key, "defer", actor="clerk", day=date(2026, 2, 20))
    with pytest.raises(Refused) as refused:
        town.move(key, "resubmit", day=date(2027, 6, 1))
    assert missing(refused) == ["consequence_stale"]


def test_a_rejected_measure_leaves_its_goal_bare(town: Town) -> None:
    goal = town.a_goal()
    key = town.a_measure("proposed", goal=goal)
    town.decide(key, "rejected")
    assert town.move(key, "reject", actor="clerk") == "rejected"
    assert town.do(lambda u: lookup.goal(u, goal).uncovered) is True


def test_a_bare_goal_is_covered_again_by_the_next_measure_for_it(town: Town) -> None:
    goal = town.a_goal()
    key = town.a_measure("proposed", goal=goal)
    town.decide(key, "rejected")
    town.move(key, "reject", actor="clerk")
    town.a_measure("draft", goal=goal)
    assert town.do(lambda u: lookup.goal(u, goal).uncovered) is False


def test_conditions_of_a_decision_become_deadlines(town: Town) -> None:
    key = town.a_measure("proposed")
    town.decide(key, "adopted", "JHA", date(2026, 2, 12))
    town.do(
        lambda u: decisions.add(
            u, on=date(2026, 2, 20), result="adopted", measures=[key], body="SR",
            paper="2026/0001", paper_name="x",
            conditions=[("report_due", "Bericht an den Ausschuss", date(2026, 12, 1))],
        ), "clerk", date(2026, 2, 20),
    )  # fmt: skip
    town.move(key, "approve", actor="clerk", day=date(2026, 2, 20))
    due = town.do(
        lambda u: [d.due for d in lookup.every(u, Deadline, measure_id=lookup.measure(u, key).id)]
    )
    assert due == [date(2026, 12, 1)]
    assert town.seen(key).next_evaluation_due == date(2027, 3, 31)
