"""The policy as it is shown: every setting with its value and who set it since when."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from cycle.errors import NotFound, Unavailable
from cycle.machine.policy_change import NAMES
from cycle.machine.policy_fields import FIELDS
from cycle.reading import measures as seen
from cycle.reading.facts import facts
from cycle.reading.policy import SettingRow, conditions, settings, show
from cycle.reading.town import town as read_town
from cycle.store.store import Store
from cycle.usecases import measures, policy
from tests.makers import DAY
from tests.makers_duties import a_measure
from tests.reading.rows import looking

LATER = date(2026, 12, 1)


def _row(store: Store, name: str) -> SettingRow:
    with looking(store) as reader:
        (row,) = settings(reader, "en", name)
    return row


def test_every_setting_is_told_with_its_meaning(town: Store) -> None:
    with looking(town) as reader:
        for lang in ("de", "en"):
            rows = settings(reader, lang)
            assert [row.name for row in rows] == list(NAMES[1:])
            assert all(row.meaning != row.name for row in rows)
            assert {(row.origin, row.since) for row in rows} == {("preset", None)}


def test_a_setting_tells_who_set_it_since_when(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.set_(unit, "attained", Decimal("0.85"))
        policy.set_(unit, "start_days", 40)
    with town.unit("admin", day=LATER) as unit:
        policy.set_(unit, "start_days", 50)
        policy.narrow(unit, "approve", ("committee_clerk",))
        policy.soften(unit, "area_missing")
    row = _row(town, "attained")
    assert (row.value, row.usual, row.unit) == (0.85, 0.9, "share")
    assert (row.origin, row.since) == ("town", DAY)
    assert (_row(town, "start_days").value, _row(town, "start_days").since) == (50, LATER)
    assert (_row(town, "roles").value, _row(town, "roles").since) == (
        {"approve": ["committee_clerk"]}, LATER,
    )  # fmt: skip
    assert _row(town, "softened").value == ["area_missing"]
    with town.unit("admin", day=LATER) as unit:
        policy.reset(unit, "start_days")
    assert (_row(town, "start_days").origin, _row(town, "start_days").since) == ("preset", None)


def test_a_setting_outlives_a_change_of_the_preset_with_its_own_day(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.set_(unit, "start_days", 40)
    with town.unit("admin", day=LATER) as unit:
        policy.preset(unit, "light")
    assert _row(town, "start_days").since == DAY
    with looking(town) as reader:
        shown = show(reader, "en")
    assert (shown["preset"], shown["since"]) == ("light", "2026-12-01")
    assert len(shown["settings"]) == len(FIELDS) + 3


def test_a_preset_nobody_changed_holds_since_the_town_began(town: Store) -> None:
    with looking(town) as reader:
        assert show(reader, "en", "publishing") == {
            "preset": "standard", "since": "2026-11-22", "settings": [{
                "name": "suppression_k", "group": "publishing", "value": 3, "unit": "count",
                "origin": "preset", "since": None, "usual": 3,
                "meaning": "Numbers of fewer people than this are not published",
            }],
            "version": 1,
        }  # fmt: skip
        with pytest.raises(NotFound):
            show(reader, "en", "mood")


@pytest.mark.parametrize(
    "content", [None, "{broken", "7", '{"settings":7}'], ids=["none", "broken", "number", "list"]
)
def test_a_day_the_journal_does_not_tell_is_left_out(town: Store, content: str | None) -> None:
    with town.unit("admin") as unit:
        policy.set_(unit, "start_days", 40)
    with town.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE event_payload SET content = :c WHERE n ="
                " (SELECT MAX(n) FROM event WHERE action = 'policy_set')"
            ),
            {"c": content},
        )
    assert (_row(town, "start_days").origin, _row(town, "start_days").since) == ("town", None)


def test_a_policy_nobody_can_read_is_an_error_with_its_fix(town: Store) -> None:
    with town.engine.begin() as connection:
        connection.execute(text("UPDATE municipality SET policy = '[]'"))
    with looking(town) as reader, pytest.raises(Unavailable) as caught:
        show(reader, "en")
    assert caught.value.code == "policy_unreadable"


def test_every_condition_tells_whether_it_blocks(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.soften(unit, "area_missing")
    with looking(town) as reader:
        rules = {row.guard: (row.rule, row.origin) for row in conditions(reader, "en")}
        assert all(row.meaning != row.guard for row in conditions(reader, "de"))
    assert rules["area_missing"] == ("owed", "town")
    assert rules["consequence_open"] == ("never", "preset")
    assert rules["no_finding"] == ("blocks", "preset")
    with town.unit("admin") as unit:
        policy.reset(unit)
        policy.preset(unit, "light")
        policy.block(unit, "no_finding")
    with looking(town) as reader:
        rules = {row.guard: (row.rule, row.origin) for row in conditions(reader, "en")}
    assert rules["area_missing"] == ("owed", "preset")
    assert rules["no_finding"] == ("blocks", "town")


def test_a_measure_tells_which_policy_holds_for_it_and_why(town: Store) -> None:
    key, other = a_measure(town), a_measure(town)
    with town.unit("planner") as unit:
        measures.raise_policy(unit, key, "strict", reason="Der Rat will es")
    with looking(town) as reader:
        assert seen.show(reader, key, DAY)["policy"] == {"preset": "strict", "origin": "measure"}
        assert seen.show(reader, other, DAY)["policy"] == {"preset": "standard", "origin": "town"}
    with town.unit("admin") as unit:
        policy.preset(unit, "strict")
    with looking(town) as reader:
        assert seen.show(reader, key, DAY)["policy"] == {"preset": "strict", "origin": "town"}


def test_raised_measures_cost_no_further_statement(town: Store) -> None:
    keys = tuple(a_measure(town) for _ in range(3))
    with looking(town) as reader:
        facts(reader, today=DAY, keys=keys)
        before = reader.statements
    with town.unit("planner") as unit:
        for key in keys[1:]:
            measures.raise_policy(unit, key, "strict", reason="Der Rat will es")
    with looking(town) as reader:
        found = facts(reader, today=DAY, keys=keys)
        assert [found[key].policy.preset for key in keys] == ["standard", "strict", "strict"]
        assert reader.statements == before
        assert read_town(reader).policy_of(None).preset == "standard"
