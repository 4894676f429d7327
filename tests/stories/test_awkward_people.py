"""Awkward cases of departments, partners, time and lineage: one test a row."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, Refused
from cycle.machine.facts import Ask
from cycle.model.duties import BudgetLine, Deadline
from cycle.model.measures import Measure, MeasureLink, MeasurePartner
from cycle.model.town import OrgUnit
from cycle.reading import overdue
from cycle.reading.departments import open_items
from cycle.reading.journal import EventRow, events
from cycle.reading.trace import trace
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    commitments,
    decisions,
    departments,
    enforcements,
    goals,
    lookup,
    measures,
    milestones,
    moves,
    progress,
    recommendations,
    releases,
    towns,
)
from tests import makers
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_measures import DAY, PATH, Town

BEGUN = date(2024, 8, 1)


@pytest.fixture
def town(store: Store) -> Town:
    makers.a_town(store)
    return Town(store)


@pytest.fixture(params=STORES)
def cycle(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl
) -> Cycle:
    """Call the command on a Saalestadt of its own; `local` acts, who holds every role."""
    return Cycle(capsys, fresh_url(request.param, settle_saalestadt))


def take_over(town: Town, key: str, state: str, day: date = DAY) -> None:
    """Let a measure stand where the list of last year says it does."""
    ask = Ask(source="Liste 2025", source_date=date(2026, 1, 15), start=BEGUN, state=state)
    town.move(key, "take_over", ask, to=state, day=day)


@pytest.mark.parametrize(
    ("state", "since"),
    [
        ("draft", date(2026, 11, 22)),
        ("proposed", date(2026, 1, 15)),
        ("approved", date(2026, 2, 20)),
        ("in_progress", date(2026, 3, 1)),
        ("implemented", date(2026, 9, 30)),
        ("evaluated", date(2026, 10, 30)),
    ],
)
def test_a_measure_knows_since_when_it_stands_where_it_stands(
    town: Town, state: str, since: date
) -> None:
    assert state in PATH
    assert town.seen(town.a_measure(state)).state_since == since


def test_what_was_taken_over_stands_there_since_the_day_it_was_recorded(town: Town) -> None:
    key = town.a_measure("draft")
    take_over(town, key, "in_progress", date(2026, 3, 10))
    assert town.seen(key).state_since == date(2026, 3, 10)


def edit(town: Town, key: str, **words: Any) -> Measure:  # noqa: ANN401 - as `measures.edit`
    return town.do(lambda unit: measures.edit(unit, key, **words))


def actions(town: Town, key: str) -> list[str]:
    """Read what the journal tells of a record, the oldest first."""
    found = town.do(lambda unit: events(unit.reading(), key, sees_internal=True))
    return [event.action for event in found]


def test_a_slipped_deadline_is_told_by_forecast_and_reason_and_the_plan_stays(town: Town) -> None:
    key = town.a_measure("in_progress")  # planned to end on 31 October
    day = date(2026, 11, 1)
    with pytest.raises(Invalid) as wrong:
        town.do(lambda u: progress.report(u, key, course="on_track"), "youth", day)
    assert [fault.pointer for fault in wrong.value.faults] == ["delay_reason"]
    town.do(
        lambda u: progress.report(
            u, key, course="delayed", forecast_end=date(2027, 1, 31),
            text="Es fehlt noch eine Kraft.", delay_reason="Zwei Absagen",
        ), "youth", day,
    )  # fmt: skip
    seen = town.seen(key)
    assert (seen.planned_end, seen.forecast_end) == (date(2026, 10, 31), date(2027, 1, 31))
    assert seen.first_planned_end == date(2026, 10, 31)


def test_a_new_end_after_the_decision_takes_a_reason_and_the_first_end_stays(town: Town) -> None:
    key = town.a_measure("approved")
    with pytest.raises(Invalid) as wrong:
        edit(town, key, planned_end=date(2027, 3, 31))
    assert [(f.pointer, f.code) for f in wrong.value.faults] == [("reason", "missing")]
    assert town.seen(key).planned_end == date(2026, 10, 31)
    for end in (date(2027, 3, 31), date(2027, 6, 30)):
        edit(town, key, planned_end=end, reason="Die Stellen sind erst ab Januar frei.")
    seen = town.seen(key)
    assert (seen.planned_end, seen.first_planned_end) == (date(2027, 6, 30), date(2026, 10, 31))
    assert actions(town, key)[-2:] == ["replanned", "replanned"]


def test_before_the_decision_a_plan_is_only_written_down_otherwise(town: Town) -> None:
    key = town.a_measure("proposed")
    edit(town, key, planned_end=date(2027, 3, 31))
    assert (town.seen(key).first_planned_end, actions(town, key)[-1]) == (None, "edited")
    assert town.seen(key).dossier_changed is True


def test_what_stays_the_same_or_is_added_is_no_new_plan(town: Town) -> None:
    key = town.a_measure("approved")
    edit(town, key, planned_end=date(2026, 10, 31), description="In vier Stadtteilen.")
    bare = town.a_measure("draft")
    edit(town, bare, planned_start=None, planned_end=None)
    take_over(town, bare, "approved")
    edit(town, bare, planned_end=date(2027, 5, 31))
    assert town.seen(bare).first_planned_end is None
    edit(town, bare, planned_end=date(2027, 7, 31), reason="Ferien")
    assert town.seen(bare).first_planned_end == date(2027, 5, 31)


def test_the_evaluation_moves_with_the_end_it_counts_from(town: Town) -> None:
    running = town.a_measure("draft")
    take_over(town, running, "approved")
    assert town.seen(running).next_evaluation_due == date(2027, 4, 29)  # 180 days after the end
    edit(town, running, planned_end=date(2026, 12, 31), reason="Ein Standort fehlt.")
    assert town.seen(running).next_evaluation_due == date(2027, 6, 29)
    planned = town.a_measure("approved")
    edit(town, planned, planned_end=date(2026, 12, 31), reason="Ein Standort fehlt.")
    assert town.seen(planned).next_evaluation_due == date(2027, 3, 31)  # as planned itself


def test_nothing_ends_before_it_begins(town: Town) -> None:
    key = town.a_measure("draft")
    with pytest.raises(Invalid) as wrong:
        edit(town, key, planned_end=date(2026, 1, 31))
    assert [f.code for f in wrong.value.faults] == ["ends_before_it_begins"]
    with pytest.raises(Invalid) as wrong:
        town.do(lambda u: makers.a_measure(u, planned_start=date(2026, 2, 1),
                                           planned_end=date(2026, 1, 31)))  # fmt: skip
    assert [f.code for f in wrong.value.faults] == ["ends_before_it_begins"]


def test_the_command_asks_for_the_reason_of_a_new_end(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Treff", "--lead", "51", "--planned-end", "2026-10-31")
    cycle.done("measure", "take-over", key, "--state", "approved", "--source", "Liste",
               "--source-date", "2026-01-15")  # fmt: skip
    said = cycle("measure", "edit", key, "--planned-end", "2027-03-31", "--lang", "en")
    assert (said.code, "--reason" in said.err) == (2, True)
    cycle.done("measure", "edit", key, "--planned-end", "2027-03-31", "--reason", "Umbau")
    shown = cycle("measure", "show", key, "--json").json
    assert (shown["planned_end"], shown["first_planned_end"]) == ("2027-03-31", "2026-10-31")
    assert "replanned" in cycle("journal", key, "--json").out


GONE = date(2026, 11, 21)  # the last day of a department, the day before the tests


def a_full_desk(town: Town) -> tuple[str, str, str, str]:
    """Let department 51 lead, own, be asked and take part; give the keys in this order."""
    goal = town.a_goal()
    led = town.a_measure("proposed", goal=goal)
    advice = town.do(lambda u: recommendations.add(
        u, finding="F-2026-001", text="Mehr Plätze", addressee="51").ref)  # fmt: skip
    joined = town.do(lambda u: makers.a_measure(u, lead="50", partners=["51"]).ref)
    town.do(lambda u: commitments.add(u, joined, "51", on=date(2026, 5, 4), text="zwei Räume"))
    town.do(lambda u: enforcements.add(u, joined, lever="contract", responsible="51"))
    return led, goal, advice, joined


def items(town: Town, code: str = "51") -> list[tuple[str, str]]:
    """List what a department answers for."""
    found = town.do(lambda u: open_items(u.reading(), code, today=u.day))
    return [(item.kind, item.key) for item in found]


def test_a_department_that_ends_first_tells_what_it_still_answers_for(town: Town) -> None:
    led, goal, advice, joined = a_full_desk(town)
    top = "G-2026-001"
    mine = [("measure", led), ("goal", top), ("goal", goal), ("recommendation", advice),
            ("partner", joined), ("enforcement", joined), ("account", "youth")]  # fmt: skip
    assert items(town) == mine
    town.do(lambda u: departments.dissolve(u, "51", on=GONE, dry_run=True))
    assert town.do(lambda u: lookup.department(u, "51").active_to) is None
    town.do(lambda u: departments.dissolve(u, "51", on=GONE))
    assert town.do(lambda u: lookup.department(u, "51").active_to) == GONE
    assert (items(town), actions(town, "51")[-1]) == (mine, "dissolved")
    with pytest.raises(Conflict, match="already"):
        town.do(lambda u: departments.dissolve(u, "51", on=GONE))


def test_a_department_hands_everything_over_and_no_state_changes(town: Town) -> None:
    led, goal, advice, joined = a_full_desk(town)
    before = town.seen(led)
    town.do(lambda u: departments.dissolve(u, "51", on=GONE, successor="53"))
    assert items(town) == [("account", "youth")]  # who may act is for admin to say
    assert ("measure", led) in items(town, "53")
    after = town.seen(led)
    assert (after.state, after.state_since, after.moves) == (
        before.state, before.state_since, before.moves,
    )  # fmt: skip
    assert after.dossier_changed is False
    for key in (led, goal, advice, joined):
        assert actions(town, key).count("handed_over") == 1
    tie = town.do(lambda u: lookup.every(u, MeasurePartner))
    assert [(t.committed_on, t.commitment) for t in tie] == [(date(2026, 5, 4), "zwei Räume")]
    town.decide(led, "adopted", "JHA", date(2026, 2, 12))
    town.decide(led, "adopted")
    assert town.move(led, "approve", actor="clerk") == "approved"  # the dossier still holds


def test_a_dossier_that_was_changed_before_stays_changed(town: Town) -> None:
    key = town.a_measure("proposed")
    edit(town, key, description="Nun in fünf Kitas.")
    town.do(lambda u: departments.hand_over(u, "51", "53", [key]))
    assert town.seen(key).dossier_changed is True


def test_only_what_is_named_goes_over(town: Town) -> None:
    led, goal, advice, joined = a_full_desk(town)
    town.do(lambda u: departments.hand_over(u, "51", "53", [goal, joined]))
    assert [key for _, key in items(town, "53")] == [goal, joined, joined]
    assert {led, advice} <= {key for _, key in items(town)}
    with pytest.raises(Invalid) as wrong:
        town.do(lambda u: departments.hand_over(u, "51", "53", [goal, led]))
    assert [(f.code, f.values["key"]) for f in wrong.value.faults] == [("not_its_own", goal)]
    assert ("measure", led) in items(town)


def test_who_comes_to_lead_is_no_partner_of_itself(town: Town) -> None:
    key = town.do(lambda u: makers.a_measure(u, lead="51", partners=["53", "50"]).ref)
    other = town.do(lambda u: makers.a_measure(u, lead="53", partners=["51"]).ref)
    both = town.do(lambda u: makers.a_measure(u, lead="40", partners=["51", "53"]).ref)
    town.do(lambda u: commitments.add(u, both, "53", on=date(2026, 6, 1)))
    town.do(lambda u: commitments.add(u, both, "51", on=date(2026, 7, 1)))
    town.do(lambda u: departments.hand_over(u, "51", "53"))

    def partners(unit: Unit, key: str) -> list[tuple[str, date | None]]:
        ties = lookup.every(unit, MeasurePartner, measure_id=lookup.measure(unit, key).id)
        return [(unit.get(OrgUnit, t.org_unit_id).code, t.committed_on) for t in ties]

    assert town.do(lambda u: partners(u, key)) == [("50", None)]
    assert town.do(lambda u: partners(u, other)) == []
    assert town.do(lambda u: partners(u, both)) == [("53", date(2026, 6, 1))]


def test_a_dissolved_department_leads_nothing_new(town: Town) -> None:
    own = town.a_measure("draft")
    town.do(lambda u: departments.dissolve(u, "53", on=GONE))
    deeds: list[Callable[[Unit], object]] = [
        lambda u: makers.a_measure(u, lead="53"),
        lambda u: measures.edit(u, own, lead="53"),
        lambda u: departments.hand_over(u, "51", "53"),
        lambda u: departments.dissolve(u, "51", on=GONE, successor="53"),
    ]
    for deed in deeds:
        with pytest.raises(Invalid, match="53 was dissolved on 2026-11-21") as wrong:
            town.do(deed)
        assert "cycle department list" in wrong.value.fix
    assert town.do(lambda u: makers.a_measure(u, lead="53").ref, day=GONE)  # on its last day


def test_a_department_is_dissolved_at_a_day_that_fits(town: Town) -> None:
    town.do(lambda u: towns.add_department(u, "54", "Pflege", active_from=date(2026, 1, 1),
                                           parent="50"))  # fmt: skip
    assert ("department", "54") in items(town, "50")
    wrong_ways: list[tuple[dict[str, Any], str]] = [
        ({"on": date(2025, 12, 31)}, "ends_before_it_begins"),
        ({"on": date(2026, 11, 23), "successor": "50"}, "too_early"),
        ({"on": GONE, "successor": "54"}, "itself"),
    ]
    for words, code in wrong_ways:
        with pytest.raises(Invalid) as wrong:
            town.do(partial(departments.dissolve, code="54", **words))
        assert [f.code for f in wrong.value.faults] == [code]
    town.do(lambda u: departments.dissolve(u, "54", on=date(2026, 12, 31)))
    assert ("department", "54") in items(town, "50")  # until then


def test_planners_hand_over_and_admin_only_tells_the_end(town: Town) -> None:
    town.do(lambda u: departments.dissolve(u, "40", on=GONE), "admin")
    for deed in (
        lambda u: departments.dissolve(u, "53", on=GONE, successor="50"),
        lambda u: departments.hand_over(u, "53", "50"),
    ):
        with pytest.raises(Forbidden):
            town.do(deed, "admin")
    with pytest.raises(Forbidden):
        town.do(lambda u: departments.dissolve(u, "53", on=GONE), "youth")


def test_the_command_lists_before_it_dissolves_and_hands_over(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Treff", "--lead", "51", "--goal-text", "Alle treffen sich")
    words = ("department", "dissolve", "51", "--on", "2026-11-21")
    said = cycle(*words, "--dry-run", "--lang", "en")
    assert (said.code, key in said.out, "dry run" in said.err) == (0, True, True)
    cycle.done(*words)
    shown = cycle("department", "show", "51", "--json").json
    assert (shown["active_to"], shown["measures"]) == ("2026-11-21", 1)
    said = cycle("department", "hand-over", "51", "53", key, "--json")
    assert [(each["kind"], each["key"]) for each in said.json] == [("measure", key)]
    assert cycle("measure", "show", key, "--json").json["lead"] == "53"
    said = cycle("department", "hand-over", "51", "53", "M-2026-099", "--lang", "en")
    assert said.code == 3
    said = cycle("measure", "log", "Neu", "--lead", "51", "--lang", "en")
    assert (said.code, "51 was dissolved" in said.err) == (2, True)


MERGED = date(2026, 7, 1)
STARTED = Ask(
    source="Liste", source_date=date(2025, 9, 30), start=date(2025, 9, 1), state="in_progress"
)


def home_visits(town: Town) -> tuple[tuple[str, str], str, str]:
    """Let two measures for older people run since September 2025, and log what they become."""
    goal = town.do(lambda u: goals.add(u, text="15 % der Alleinlebenden erreicht", owner="50").ref)
    day = date(2025, 10, 1)
    pair = []
    for title, lead, cents in (
        ("Hausbesuche Süd", "50", 72_000_00), ("Quartierslotsen Ost", "WV-A", 48_000_00),
    ):  # fmt: skip
        words: dict[str, Any] = {"planned_end": date(2026, 9, 30), "goal": goal}
        words |= {"title": title, "lead": lead}
        key = town.do(partial(makers.a_measure, **words), day=day).ref
        town.move(key, "take_over", STARTED, to="in_progress", day=day)
        town.do(partial(budgets.set_line, key=key, year=2026, planned=cents), "finance", day)
        town.do(partial(progress.report, key=key, course="on_track"), day=date(2025, 11, 15))
        pair.append(key)
    one = town.do(
        lambda u: makers.a_measure(
            u, title="Präventive Hausbesuche", lead="50", citywide=True, partners=["WV-A"],
            planned_start=MERGED, planned_end=date(2026, 9, 30),
        ).ref, day=date(2026, 5, 11),
    )  # fmt: skip
    decision = town.do(
        lambda u: makers.a_resolution(u, on=date(2026, 6, 16), body="SozA", measures=[*pair, one]),
        "clerk", date(2026, 6, 16),
    ).ref  # fmt: skip
    return (pair[0], pair[1]), one, decision


def merge(town: Town, *shares: str) -> tuple[tuple[str, str], str]:
    """Let the two become one by these shares."""
    pair, one, decision = home_visits(town)
    parts = tuple(Fraction(share) for share in shares)
    town.do(lambda u: moves.supersede(u, pair, (one,), parts, decision=decision), day=MERGED)
    return pair, one


def planned(town: Town, *keys: str) -> list[int]:
    """Add up what is planned for each."""

    def deed(unit: Unit, key: str) -> int:
        lines = lookup.every(unit, BudgetLine, measure_id=lookup.measure(unit, key).id)
        return sum(line.planned_cents for line in lines)

    return [town.do(partial(deed, key=key)) for key in keys]


def test_shares_that_do_not_sum_to_one_merge_nothing(town: Town) -> None:
    pair, one, decision = home_visits(town)
    shares = (Fraction("0.6"), Fraction("0.3"))
    with pytest.raises(Refused) as refused:
        town.do(lambda u: moves.supersede(u, pair, (one,), shares, decision=decision), day=MERGED)
    assert [reason.guard for reason in refused.value.reasons] == ["shares_not_one"]
    assert [town.seen(key).state for key in (*pair, one)] == ["in_progress"] * 2 + ["draft"]
    assert planned(town, one) == [0]


def test_two_measures_become_one_with_their_money_goals_and_dates(town: Town) -> None:
    pair, one = merge(town, "0.6", "0.4")
    assert [town.seen(key).state for key in pair] == ["superseded"] * 2
    assert planned(town, *pair, one) == [72_000_00, 48_000_00, 120_000_00]
    heir = town.seen(one)
    assert (heir.state, heir.state_since, heir.actual_start) == ("in_progress", MERGED, MERGED)
    assert (heir.planned_end, heir.first_planned_end) == (date(2026, 9, 30), date(2026, 9, 30))
    assert heir.next_evaluation_due == date(2027, 3, 29)
    seen = town.facts(one)
    assert (seen.main_goal, seen.goals) == ("G-2026-001", 1)
    assert town.do(lambda u: lookup.goal(u, "G-2026-001").uncovered) is False


def test_a_merge_does_not_make_up_for_silence(town: Town) -> None:
    _, one = merge(town, "0.6", "0.4")  # both reported last on 15 November 2025

    def asked(unit: Unit) -> list[tuple[date, date | None]]:
        found = lookup.every(unit, Deadline, measure_id=lookup.measure(unit, one).id)
        return [(each.due, each.met_on) for each in found]

    assert town.do(asked) == [(MERGED, None)]
    told = date(2026, 8, 31)
    town.do(
        lambda u: progress.report(
            u, one, course="delayed", text="Ohne Fahrdienst", delay_reason="Kein Angebot",
            forecast_end=date(2027, 1, 31),
        ), day=told,
    )  # fmt: skip
    assert town.do(asked) == [(MERGED, told)]
    heir = town.seen(one)
    assert (heir.planned_end, heir.forecast_end) == (date(2026, 9, 30), date(2027, 1, 31))


def test_both_histories_stay_to_be_seen(town: Town) -> None:
    pair, one = merge(town, "0.6", "0.4")
    for key, share in zip(pair, (Decimal("0.6"), Decimal("0.4")), strict=True):
        assert actions(town, key)[-1] == "superseded"
        told = town.do(partial(last_event, key=key))
        assert (told.from_state, told.changes["successor"]) == ("in_progress", [one])
        found = town.do(partial(links, key=key))
        assert [(link.kind, link.share, link.on_date) for link in found] == [
            ("merged", share, MERGED)
        ]
    assert "succeeded" in actions(town, one)
    traced = town.do(lambda u: trace(u.reading(), one, sees_internal=True))
    assert set(pair) <= {each["key"] for each in traced["comes_from"]}


def last_event(unit: Unit, key: str) -> EventRow:
    return events(unit.reading(), key, sees_internal=True)[-1]


def links(unit: Unit, key: str) -> list[MeasureLink]:
    return lookup.every(unit, MeasureLink, predecessor_id=lookup.measure(unit, key).id)


def test_the_command_refuses_a_merge_that_is_wrongly_said(cycle: Cycle) -> None:
    one, two, into = (cycle.done("measure", "log", t, "--lead", "51") for t in "ABC")
    parts = ("--share", "0.6", "--share", "0.3")
    said = cycle("measure", "merge", one, two, "--into", into, *parts, "--lang", "en")
    assert (said.code, "`cycle measure merge" in said.err) == (6, True)
    wrong: list[tuple[int, tuple[str, ...]]] = [
        (3, ("merge", one, "M-2026-099", "--into", into, "--share", "0.6", "--share", "0.4")),
        (3, ("merge", one, two, "--into", "M-2026-099", "--share", "0.6", "--share", "0.4")),
        (2, ("merge", one, one, "--into", into, "--share", "0.6", "--share", "0.4")),
        (2, ("merge", one, two, "--into", one, "--share", "0.6", "--share", "0.4")),
        (2, ("merge", one, two, "--into", into, "--share", "0.6")),
        (2, ("merge", one, two, "--into", into, "--share", "1.6", "--share", "-0.6")),
        (2, ("merge", one, two, "--into", into, "--share", "viel", "--share", "0.4")),
        (6, ("split", one, "--into", two, "--into", into)),
        (2, ("split", one, "--into", two, "--into", two, "--share", "0.5", "--share", "0.5")),
    ]
    for code, words in wrong:
        said = cycle("measure", *words)
        assert said.code == code, (words, said.err)
    assert cycle("measure", "list", "--state", "superseded", "--json").json == []


PROMISE = date(2026, 2, 20)


def an_external_measure(town: Town) -> str:
    """Let a welfare association promise what it will do, and bring that before the committees."""
    goal = town.a_goal()
    key = town.do(
        lambda u: makers.a_measure(
            u, lead="WV-A", goal=goal, citywide=True, binding="voluntary_commitment",
            planned_start=date(2026, 3, 1), planned_end=date(2027, 6, 30),
        ).ref
    )  # fmt: skip
    town.targeted(key)
    town.ready(key)
    town.do(lambda u: enforcements.add(u, key, lever="contract", responsible="51"))
    town.move(key, "propose", day=date(2026, 1, 15))
    return key


def test_an_external_measure_rests_on_the_document_of_its_promise(town: Town) -> None:
    key = an_external_measure(town)
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="clerk", day=PROMISE)
    assert "decision_missing" in [reason.guard for reason in refused.value.reasons]
    town.do(
        lambda u: decisions.add(
            u, on=PROMISE, result="adopted", kind="commitment", measures=[key], department="WV-A",
            document="Zusage des Verbands vom 20.02.2026",
        ), "clerk", PROMISE,
    )  # fmt: skip
    assert town.move(key, "approve", actor="clerk", day=PROMISE) == "approved"
    town.do(lambda u: milestones.add(u, key, "Kräfte eingestellt", due=date(2026, 5, 1)))
    assert town.move(key, "start", Ask(on=date(2026, 3, 1)), day=date(2026, 3, 1)) == "in_progress"
    with pytest.raises(Invalid, match="Please check") as wrong:
        town.do(lambda u: releases.release(u, "O9", key, level="body", body="SR"))
    assert "goes to steering at most" in wrong.value.faults[0].says
    let = town.do(lambda u: releases.release(u, "O9", key, level="steering"))
    assert let.level == "steering"


def test_a_promise_does_not_bind_what_the_council_decides(town: Town) -> None:
    key = town.a_measure("proposed")
    town.do(
        lambda u: decisions.add(u, on=PROMISE, result="adopted", kind="commitment",
                                measures=[key], department="WV-A", document="Zusage"),
        "clerk", PROMISE,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        town.move(key, "approve", actor="clerk", day=PROMISE)
    assert "decision_missing" in [reason.guard for reason in refused.value.reasons]


def unrenewed(town: Town, key: str) -> list[int | None]:
    """Count the days by which promises of partners are older than two years."""
    rows = town.do(lambda u: overdue.listed(u.reading(), today=u.day, lang="en"))
    return [row.days for row in rows if (row.rule, row.key) == ("O18", key)]


def test_a_partner_renews_its_promise_every_two_years(town: Town) -> None:
    key = town.a_measure("in_progress")
    town.do(lambda u: commitments.add(u, key, "WV-A", on=date(2024, 11, 22), text="eine Stelle"))
    assert unrenewed(town, key) == []
    town.do(lambda u: commitments.add(u, key, "53", on=date(2024, 11, 21)))
    assert unrenewed(town, key) == [1]
    town.do(lambda u: commitments.add(u, key, "53"))
    assert unrenewed(town, key) == []
    assert actions(town, key).count("committed") == 3


def test_the_command_renews_a_promise(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Treff", "--lead", "51", "--partner", "WV-A")
    for on in ("2024-01-01", "2026-11-22"):
        cycle.done("commitment", "add", key, "--partner", "WV-A", "--on", on)
    with closing(Store.open(cycle.url)) as store, store.unit("local") as unit:
        (tie,) = lookup.every(unit, MeasurePartner)
        assert tie.committed_on == date(2026, 11, 22)


def test_what_runs_on_is_never_finished_but_reported_on_and_evaluated(town: Town) -> None:
    key = town.a_measure("draft")
    edit(town, key, is_ongoing=True, planned_end=None, period_text="2022 ff.")
    for step in ("targeted", "proposed", "approved"):
        getattr(town, step)(key)
    begun = date(2026, 3, 1)
    town.move(key, "start", Ask(on=begun), actor="youth", day=begun)  # without a milestone
    (asked,) = town.do(lambda u: lookup.every(u, Deadline, code="progress_due"))
    assert asked.due == date(2026, 9, 1)
    with pytest.raises(Refused) as refused:
        town.move(key, "finish", actor="youth")
    assert "measure_is_ongoing" in [reason.guard for reason in refused.value.reasons]
    town.judged(key)
    assert town.move(key, "evaluate", actor="evaluator") == "evaluated"
    assert town.seen(key).actual_end is None
