"""Awkward cases of departments that end and hand over: one test a row."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from cycle.errors import Conflict, Forbidden, Invalid
from cycle.model.measures import MeasurePartner
from cycle.model.town import OrgUnit
from cycle.reading.departments import open_items
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import (
    commitments,
    departments,
    enforcements,
    lookup,
    measures,
    recommendations,
    towns,
)
from tests import makers
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl, settle_saalestadt
from tests.makers_measures import DAY, Town
from tests.stories.told import actions, edit


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
    town.do(lambda u: departments.dissolve(u, "40", on=DAY, successor="53"))  # on its last day
    assert town.do(lambda u: lookup.department(u, "40").active_to) == DAY


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
