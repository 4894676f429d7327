"""A town sets its policy: what is wrong changes nothing, what is right holds and is journalled."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from cycle.errors import Forbidden, Invalid, NotFound, Refused, Unavailable
from cycle.machine.facts import Ask
from cycle.machine.policy import Policy
from cycle.model.duties import Owed
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import cycles, lookup, moves, policy
from tests import makers
from tests.makers_duties import a_measure
from tests.makers_measures import Town

WHY = "Der Rat hat danach gefragt"


def _policy(store: Store) -> Policy:
    with store.unit("reader") as unit:
        return policy.policy(unit.town)


def _kept(store: Store) -> tuple[str, str | None, int]:
    with store.unit("reader") as unit:
        return unit.town.preset, unit.town.policy, unit.town.version


def _told(store: Store) -> list[dict[str, Any]]:
    with store.unit("admin") as unit:
        found = unit.reading().pairs(
            "SELECT p.content FROM event e JOIN event_payload p ON p.municipality_id = :m"
            " AND p.n = e.n WHERE e.municipality_id = :m AND e.action = 'policy_set' ORDER BY e.n"
        )
    return [json.loads(content) for (content,) in found]


def _write_past_the_store(store: Store, settings: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE municipality SET policy = :p"), {"p": settings})


def test_a_threshold_is_set_kept_and_journalled_with_what_was(town: Store) -> None:
    with town.unit("admin") as unit:
        made = policy.set_(unit, "attained", Decimal("0.85"))
        assert [(s.name, s.was, s.now) for s in made.settings] == [
            ("attained", Decimal("0.90"), Decimal("0.85"))
        ]
    assert _policy(town).attained == Decimal("0.85")
    assert _kept(town)[:2] == ("standard", '{"attained":"0.85"}')
    (told,) = _told(town)
    assert told["settings"] == {"attained": {"was": "0.90", "is": "0.85"}}


@pytest.mark.parametrize("name", ["planner", "steering", "clerk", "reader"])
def test_only_admin_sets_the_policy(town: Store, name: str) -> None:
    deeds: tuple[Callable[[Unit], object], ...] = (
        lambda unit: policy.set_(unit, "start_days", 40),
        lambda unit: policy.preset(unit, "light"),
        policy.reset,
        lambda unit: policy.soften(unit, "area_missing"),
        lambda unit: policy.block(unit, "area_missing"),
        lambda unit: policy.narrow(unit, "approve", ("planner",)),
    )
    for deed in deeds:
        with pytest.raises(Forbidden), town.unit(name) as unit:
            deed(unit)
    assert _kept(town)[:2] == ("standard", None)


@pytest.mark.parametrize(
    ("deed", "code", "fix"),
    [
        (lambda u: policy.soften(u, "consequence_open"), "not_waivable", "policy guards"),
        (lambda u: policy.soften(u, "mood"), "unknown_guard", "policy guards"),
        (lambda u: policy.block(u, "mood"), "unknown_guard", "policy guards"),
        (lambda u: policy.set_(u, "start_red_days", 30), "out_of_order", "other threshold"),
        (lambda u: policy.set_(u, "suppression_k", 2), "out_of_range", "policy show"),
        (lambda u: policy.set_(u, "start_days", "soon"), "wrong_type", "policy show"),
        (lambda u: policy.narrow(u, "approve", ("reader",)), "widened", "cycle workflow"),
        (lambda u: policy.narrow(u, "approve", ()), "emptied", "cycle workflow"),
        (lambda u: policy.narrow(u, "fly", ("planner",)), "unknown_move", "policy show"),
        (lambda u: policy.preset(u, "lax"), "unknown_word", ""),
    ],
    ids=["holds everywhere", "soft mood", "firm mood", "order", "range", "type", "wider", "nobody",
         "no step", "no preset"],
)  # fmt: skip
def test_a_bad_policy_is_refused_with_the_fix_and_changes_nothing(
    town: Store, deed: Any, code: str, fix: str  # noqa: ANN401 - any deed
) -> None:  # fmt: skip
    before = _kept(town)
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        deed(unit)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert fix in caught.value.fix
    assert (_kept(town), _told(town)) == (before, [])


def test_a_setting_nobody_knows_is_told_with_near_ones(town: Store) -> None:
    with pytest.raises(NotFound) as caught, town.unit("admin") as unit:
        policy.set_(unit, "start_red_day", 9)
    assert "start_red_days" in str(caught.value.values["near"])
    for name in ("softened", "preset", "mood-of-the-day"):
        with pytest.raises(NotFound), town.unit("admin") as unit:
            policy.set_(unit, name, "light")


def test_what_changes_nothing_is_not_journalled(town: Store) -> None:
    with town.unit("admin") as unit:
        assert policy.set_(unit, "start_days", 30).settings == ()
        assert policy.preset(unit, "standard").settings == ()
        assert policy.reset(unit).settings == ()
    assert (_kept(town)[:2], _told(town)) == (("standard", None), [])


def test_thresholds_move_together_one_after_the_other(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.set_(unit, "start_red_days", 200)
        policy.set_(unit, "start_yellow_days", 100)
    with pytest.raises(Invalid), town.unit("admin") as unit:
        policy.reset(unit, "start_red_days")  # 90 would stand below the yellow 100
    assert _policy(town).start_red_days == 200


def test_the_youth_office_is_kept_in_its_own_column_and_outlives_a_reset(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.set_(unit, "youth_office", value=False)
        assert (unit.town.youth_office, unit.town.policy) == (False, None)
        policy.set_(unit, "start_days", 40)
        policy.reset(unit)
        assert policy.policy(unit.town) == Policy(youth_office=False)
        policy.reset(unit, "youth_office")
        assert unit.town.youth_office


def test_a_setting_a_condition_and_a_step_go_back_one_by_one(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.soften(unit, "area_missing")
        policy.soften(unit, "lead_missing")
        policy.narrow(unit, "approve", ("committee_clerk",))
        policy.narrow(unit, "defer", ("committee_clerk",))
        policy.set_(unit, "start_days", 40)
        policy.reset(unit, "area_missing")
        policy.reset(unit, "approve")
        policy.reset(unit, "start_days")
    here = _policy(town)
    assert here.softened == {"lead_missing"}
    assert (here.roles, here.start_days) == ({"defer": ("committee_clerk",)}, 30)
    with pytest.raises(NotFound), town.unit("admin") as unit:
        policy.reset(unit, "mood")
    with town.unit("admin") as unit:
        assert policy.reset(unit, "end_red_days").settings == ()  # as the preset says already
        policy.reset(unit)
    assert _policy(town) == Policy()


def test_a_softened_condition_is_passed_and_owed(town: Store) -> None:
    with town.unit("admin") as unit:
        made = policy.soften(unit, "finding_missing")
        assert made.owed_now == ("finding_missing",)
    key = a_measure(town)
    with pytest.raises(Refused) as caught, town.unit("planner") as unit:
        moves.move(unit, key, "target")
    assert "finding_missing" not in {reason.guard for reason in caught.value.reasons}
    with town.unit("admin") as unit:
        assert policy.block(unit, "finding_missing").blocking_now == ("finding_missing",)
    with pytest.raises(Refused) as caught, town.unit("planner") as unit:
        moves.move(unit, key, "target")
    assert "finding_missing" in {reason.guard for reason in caught.value.reasons}


def test_under_light_a_condition_can_block_all_the_same(store: Store) -> None:
    makers.a_town(store, preset="light")
    with store.unit("admin") as unit:
        assert policy.block(unit, "no_finding").blocking_now == ("no_finding",)
    with pytest.raises(Refused) as caught, store.unit("planner") as unit:
        cycles.advance(unit, "Z-2026")
    assert [reason.guard for reason in caught.value.reasons] == ["no_finding"]
    with store.unit("admin") as unit:
        policy.soften(unit, "no_finding")
    with store.unit("planner") as unit:
        cycles.advance(unit, "Z-2026")
        assert "no_finding" in {o.guard for o in lookup.every(unit, Owed)}


# Roles


def test_a_step_of_a_measure_is_left_to_fewer_roles(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.narrow(unit, "cancel", ("committee_clerk",))
    key = a_measure(town)
    with pytest.raises(Forbidden) as caught, town.unit("planner") as unit:
        moves.move(unit, key, "cancel", Ask(code="entered_in_error"))
    assert caught.value.code == "roles_narrowed"
    assert caught.value.values["roles"] == "committee_clerk"
    with pytest.raises(Forbidden) as caught, town.unit("reader") as unit:
        moves.move(unit, key, "cancel", Ask(code="entered_in_error"))
    assert caught.value.code == Forbidden.code
    with town.unit("clerk") as unit:
        done = moves.move(unit, key, "cancel", Ask(code="entered_in_error"))
        assert done.state == "cancelled"


def test_to_log_is_left_to_fewer_roles(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.narrow(unit, "log", ("planner",))
    with pytest.raises(Forbidden) as caught, town.unit("youth") as unit:
        makers.a_measure(unit)
    assert caught.value.code == "roles_narrowed"
    with town.unit("planner") as unit:
        assert makers.a_measure(unit).state == "draft"


def test_a_step_of_a_round_has_a_name_of_its_own(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.narrow(unit, "reopen", ("planner",))  # that of a measure
        policy.narrow(unit, "round.open", ("planner",))
    with town.unit("planner") as unit:
        cycles.take_over(unit, title="Alt", start=date(2020, 1, 1), stage="goal", source="Plan")
    with town.unit("steering") as unit:
        assert cycles.reopen(unit, "Z-2020", "report", reason=WHY).stage == "report"


def test_a_role_narrowed_away_past_the_checks_still_may_not(town: Store) -> None:
    _write_past_the_store(town, '{"roles":{"round.advance":["finance"]}}')
    with pytest.raises(Forbidden) as caught, town.unit("planner") as unit:
        cycles.advance(unit, "Z-2026")
    assert caught.value.code == "roles_narrowed"


# Presets


def test_to_go_down_while_measures_run_is_allowed_and_told(town: Store) -> None:
    key = Town(town).a_measure("in_progress")
    with town.unit("admin") as unit:
        made = policy.preset(unit, "light")
        assert made.milder
        assert "area_missing" in made.owed_now
    assert Town(town).facts(key).policy.preset == "light"
    with town.unit("admin") as unit:
        assert not policy.preset(unit, "strict").milder


def test_a_town_that_softened_something_becomes_strict_only_without_it(town: Store) -> None:
    with town.unit("admin") as unit:
        policy.soften(unit, "area_missing")
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        policy.preset(unit, "strict")
    assert caught.value.values["name"] == "softened"
    with town.unit("admin") as unit:
        policy.reset(unit, "softened")
        policy.preset(unit, "strict")
    assert _policy(town).strict


def test_what_the_new_preset_says_anyway_is_no_longer_kept(store: Store) -> None:
    makers.a_town(store, preset="light")
    with store.unit("admin") as unit:
        policy.set_(unit, "status_interval_months", 6)
        assert unit.town.policy is not None
        policy.preset(unit, "standard")
        assert unit.town.policy is None


def test_a_policy_nobody_can_read_is_told_and_can_be_put_back(town: Store) -> None:
    key = a_measure(town)
    _write_past_the_store(town, "{broken")
    with pytest.raises(Unavailable) as caught, town.unit("planner") as unit:
        moves.move(unit, key, "target")
    assert caught.value.code == "policy_unreadable"
    with pytest.raises(Unavailable), town.unit("admin") as unit:
        policy.set_(unit, "start_days", 40)
    with town.unit("admin") as unit:
        policy.reset(unit)
    assert (_policy(town), len(_told(town))) == (Policy(), 1)
