"""Awkward cases of measures that become one or several: one test a row."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from cycle.errors import Refused
from cycle.machine.facts import Ask
from cycle.model.duties import BudgetLine, Deadline
from cycle.model.measures import MeasureLink
from cycle.reading.journal import EventRow, events
from cycle.reading.trace import trace
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import budgets, goals, lookup, moves, progress
from tests import makers
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_measures import Town
from tests.stories.told import actions


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


def test_one_measure_becomes_two_and_no_cent_is_lost(town: Town) -> None:
    day = date(2025, 10, 1)
    one = town.do(partial(makers.a_measure, title="Quartiersarbeit", lead="50"), day=day).ref
    town.move(one, "take_over", STARTED, to="in_progress", day=day)
    town.do(partial(budgets.set_line, key=one, year=2026, planned=100_00_01), "finance", day)
    pair = [
        town.do(partial(makers.a_measure, title=f"Quartiersarbeit {name}", lead="50")).ref
        for name in ("Nord", "Süd")
    ]
    decision = town.do(partial(makers.a_resolution, measures=[one, *pair]), "clerk").ref
    parts = (Fraction(2, 3), Fraction(1, 3))
    town.do(lambda u: moves.supersede(u, (one,), tuple(pair), parts, decision=decision))
    assert planned(town, one, *pair) == [100_00_01, 66_66_67, 33_33_34]
    states = [town.seen(key).state for key in (one, *pair)]
    assert states == ["superseded", "in_progress", "in_progress"]
    links = town.do(lambda u: lookup.every(u, MeasureLink))
    assert {(link.kind, round(link.share or 0, 2)) for link in links} == {
        ("split", Decimal("0.67")), ("split", Decimal("0.33")),
    }  # fmt: skip


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
