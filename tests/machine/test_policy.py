"""What a town can set: whatever is set, what holds for every town holds, and faults are found."""

from dataclasses import fields, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.errors import Unavailable
from cycle.machine.policy import LOOSENING, ORDER, PRESETS, Policy, chosen, raised
from cycle.machine.policy_change import NAMES, change
from cycle.machine.policy_faults import MACHINES, faults, guards, moves, owing
from cycle.machine.policy_fields import ASCENDING, FIELDS, Field
from cycle.machine.policy_text import read, written
from cycle.machine.words import names

EVERYWHERE = frozenset(name for name, waivable in guards().items() if not waivable)
ALL = [g for m in MACHINES for t in m.transitions for g in t.guards]
Set = dict[str, Any]


def _any_value(field: Field) -> st.SearchStrategy[Any]:
    if field.kind is bool:
        return st.booleans()
    if field.kind is str:
        return st.sampled_from([*field.words, "loud"])
    most = int(field.most or 0) + 1
    if field.kind is int:
        values: st.SearchStrategy[Any] = st.integers(-1, most)
        return values | st.none() if field.empty else values
    return st.decimals(-2, most, places=2)


ROLES = st.sampled_from(["planner", "department_head", "committee_clerk", "steering", "reader"])
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        **{name: _any_value(field) for name, field in FIELDS.items()},
        "softened": st.frozensets(st.sampled_from([*sorted(guards()), "unheard_of"]), max_size=3),
        "blocking": st.frozensets(st.sampled_from(sorted(guards())), max_size=3),
        "roles": st.dictionaries(
            st.sampled_from([*sorted(moves()), "fly"]),
            st.lists(ROLES, unique=True).map(tuple),
            max_size=2,
        ),
        "mood": st.just("good"),
    },
)


def _policy(preset: str, settings: Set) -> Policy:
    return chosen(preset, youth_office=True, overrides=settings)


def _codes(settings: Set, preset: str = "standard") -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in faults(settings, preset)]


@given(st.sampled_from(ORDER), SETTINGS)
def test_no_policy_softens_what_holds_for_every_town(preset: str, settings: Set) -> None:
    settings.pop("mood", None)
    assert not owing(_policy(preset, settings)) & EVERYWHERE  # not even one with faults
    if not faults(settings, preset):
        assert not settings.get("softened", frozenset()) & EVERYWHERE


@given(st.sampled_from(ORDER), SETTINGS)
def test_roles_are_only_ever_narrowed(preset: str, settings: Set) -> None:
    settings.pop("mood", None)
    policy = _policy(preset, settings)
    for name, rows in moves().items():
        for row in rows:
            left = policy.narrowed(name, row.roles)
            assert left <= row.roles
            if not faults(settings, preset):
                assert left - set(row.only_if), "somebody can always do it"


@given(st.sampled_from(ORDER), SETTINGS)
def test_what_has_no_fault_is_right_in_every_point(preset: str, settings: Set) -> None:
    wrong = {pointer for pointer, _ in _codes(settings, preset)}
    bad = {name for name in settings if not _fits(name, settings[name], preset)}
    assert bad <= wrong
    if wrong:
        return
    policy = _policy(preset, settings)
    for chain in ASCENDING:
        for low, high in pairwise(chain):
            assert getattr(policy, low) < getattr(policy, high)
    assert policy.suppression_k >= 3
    assert 0 <= policy.attained <= 1 < policy.money_red
    assert not policy.softened & policy.blocking


def _fits(name: str, value: Any, preset: str) -> bool:  # noqa: ANN401 - any setting
    if name == "softened":
        right = {guard for guard, waivable in guards().items() if waivable}
        return value <= right and not (value and preset == "strict")
    if name == "roles":
        return all(move in moves() and roles for move, roles in value.items())
    if name == "blocking":
        return True
    field = FIELDS.get(name)
    if field is None:
        return False
    if field.words:
        return value in field.words
    if value is None or field.kind is bool:
        return not (preset == "strict" and name in LOOSENING and value is False)
    low = field.above is None or value > field.above
    most = field.most if field.most is not None else value
    return bool(low and (field.least is None or value >= field.least) and value <= most)


def _mended(settings: Set, preset: str) -> Set:
    """Leave out what has a fault."""
    while wrong := {fault.pointer for fault in faults(settings, preset)}:
        settings = {name: value for name, value in settings.items() if name not in wrong}
    return settings


@given(st.sampled_from(ORDER), SETTINGS)
def test_what_is_kept_is_read_again_as_it_was(preset: str, settings: Set) -> None:
    settings = _mended(settings, preset)
    policy = _policy(preset, settings)
    text = written(settings, preset)
    roles = {move: tuple(sorted(held)) for move, held in policy.roles.items()}
    assert _policy(preset, dict(read(text))) == replace(policy, roles=roles)
    assert text == written(read(text), preset)


@given(st.sampled_from(ORDER), st.sampled_from(ORDER), SETTINGS)
def test_a_raised_measure_is_never_judged_more_mildly_than_its_town(
    preset: str, to: str, settings: Set
) -> None:
    settings = _mended(settings, preset)
    town = _policy(preset, settings)
    policy = raised(preset, to, youth_office=True, overrides=settings)
    assert ORDER.index(policy.preset) == max(ORDER.index(preset), ORDER.index(to))
    assert owing(policy) <= owing(town)
    assert policy.four_eyes >= town.four_eyes
    assert policy.none_needs_text >= town.none_needs_text
    assert (policy.roles, policy.start_red_days) == (town.roles, town.start_red_days)


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"start_red_days": 31}, []),
        ({"start_red_days": 30}, [("start_red_days", "out_of_order")]),
        ({"start_yellow_days": 90}, [("start_yellow_days", "out_of_order")]),
        ({"effect_red": Decimal("-0.11")}, []),
        ({"effect_red": Decimal("-0.10")}, [("effect_red", "out_of_order")]),
        ({"effect_yellow": Decimal(0)}, []),
        ({"effect_yellow": Decimal("0.01")}, [("effect_yellow", "out_of_range")]),
        ({"grant_warning_days": 364}, []),
        ({"grant_warning_days": 365}, [("grant_warning_days", "out_of_order")]),
        ({"escalate_steering_days": 90}, [("escalate_steering_days", "out_of_order")]),
        ({"escalate_steering_days": 30}, [("escalate_steering_days", "out_of_order")]),
        ({"money_low": Decimal("0.75")}, [("money_low", "out_of_order")]),
        ({"suppression_k": 3}, []),
        ({"suppression_k": 2}, [("suppression_k", "out_of_range")]),
        ({"attained": Decimal(1)}, []),
        ({"attained": Decimal("1.01")}, [("attained", "out_of_range")]),
        ({"money_red": Decimal("1.01")}, []),
        ({"money_red": Decimal(1)}, [("money_red", "out_of_range")]),
        ({"grace_days": 0}, []),
        ({"start_days": 0}, [("start_days", "out_of_range")]),
        ({"attained": Decimal("0.12345")}, [("attained", "wrong_type")]),
        ({"attained": Decimal("NaN")}, [("attained", "wrong_type")]),
        ({"attained": 0.5}, [("attained", "wrong_type")]),
        ({"start_days": True}, [("start_days", "wrong_type")]),
        ({"start_days": None}, [("start_days", "wrong_type")]),
        ({"council_interval_months": None}, []),
        ({"council_interval_months": 3}, []),
        ({"wilson": "yes"}, [("wilson", "wrong_type")]),
        ({"escalation": "everyone"}, [("escalation", "wrong_type")]),
        ({"preset": "strict"}, [("preset", "unknown_setting")]),
        ({"softened": frozenset({"area_missing"})}, []),
        ({"softened": frozenset({"consequence_open"})}, [("softened", "not_waivable")]),
        ({"softened": frozenset({"mood"})}, [("softened", "unknown_guard")]),
        ({"blocking": frozenset({"mood"})}, [("blocking", "unknown_guard")]),
        ({"softened": "area_missing"}, [("softened", "wrong_type")]),
        ({"blocking": [1]}, [("blocking", "wrong_type")]),
        ({"softened": frozenset({"area_missing"}), "blocking": frozenset({"area_missing"})},
         [("softened", "both")]),
        ({"roles": {"approve": ("committee_clerk",)}}, []),
        ({"roles": {"approve": ("steering",)}}, [("roles", "emptied")]),
        ({"roles": {"approve": ()}}, [("roles", "emptied")]),
        ({"roles": {"approve": ("finance", "planner")}}, [("roles", "widened")]),
        ({"roles": {"fly": ("planner",)}}, [("roles", "unknown_move")]),
        ({"roles": {"cancel": ("department_head",)}}, [("roles", "emptied")]),
        ({"roles": {"round.reopen": ("steering",)}}, []),
        ({"roles": ["planner"]}, [("roles", "wrong_type")]),
        ({"roles": {"approve": "planner"}}, [("roles", "wrong_type")]),
    ],
)  # fmt: skip
def test_every_fault_is_found_and_nothing_else(settings: Set, found: list[tuple[str, str]]) -> None:
    assert _codes(settings) == found


def test_a_threshold_that_is_no_number_is_told_once() -> None:
    assert _codes({"start_red_days": "soon", "start_yellow_days": 400}) == [
        ("start_red_days", "wrong_type")
    ]


def test_both_thresholds_may_move_together() -> None:
    assert _codes({"start_yellow_days": 100, "start_red_days": 200}) == []


@pytest.mark.parametrize("loose", [
    {"softened": frozenset({"area_missing"})}, {"four_eyes": False}, {"none_needs_text": False},
])  # fmt: skip
def test_the_strict_preset_takes_nothing_that_makes_it_milder(loose: Set) -> None:
    assert [code for _, code in _codes(loose, "strict")] == ["strict"]
    assert _codes(loose, "standard") == []


def test_light_notes_standard_blocks_and_a_town_may_differ() -> None:
    waivable = frozenset(guards()) - EVERYWHERE
    assert owing(PRESETS["light"]) == waivable
    assert owing(PRESETS["standard"]) == owing(PRESETS["strict"]) == frozenset()
    softened = _policy("standard", {"softened": frozenset({"area_missing"})})
    assert owing(softened) == {"area_missing"}
    firm = _policy("light", {"blocking": frozenset({"area_missing"})})
    assert owing(firm) == waivable - {"area_missing"}


def test_light_asks_less_often_and_passes_nothing_on() -> None:
    light = PRESETS["light"]
    assert (light.status_interval_months, light.none_needs_text, light.escalation) == (
        12, False, "off",
    )  # fmt: skip
    assert replace(PRESETS["strict"], preset="standard") == PRESETS["standard"]


def test_only_what_differs_from_the_preset_is_kept() -> None:
    assert written({"start_red_days": 90, "softened": frozenset(), "roles": {}}, "light") is None
    assert written({"status_interval_months": 6}, "standard") is None
    assert written({"status_interval_months": 6}, "light") == '{"status_interval_months":6}'
    kept = {"attained": Decimal("0.85"), "blocking": frozenset({"b", "a"}),
            "roles": {"start": ("planner",)}}  # fmt: skip
    assert written(kept, "light") == (
        '{"attained":"0.85","blocking":["a","b"],"roles":{"start":["planner"]}}'
    )


@pytest.mark.parametrize("text", [
    "{", "[]", "7", '{"mood":1}', '{"start_days":"30"}', '{"start_days":true}', '{"attained":0.9}',
    '{"attained":"much"}', '{"softened":"area_missing"}', '{"softened":[1]}', '{"roles":[]}',
    '{"roles":{"start":"planner"}}', '{"wilson":1}', "[" * 100_000,
])  # fmt: skip
def test_a_policy_nobody_can_read_is_told_so(text: str) -> None:
    with pytest.raises(Unavailable) as caught:
        read(text)
    assert caught.value.code == "policy_unreadable"
    assert "cycle policy reset" in caught.value.fix


def test_no_text_is_no_setting() -> None:
    assert read(None) == read("") == {}


def test_a_change_tells_what_blocks_and_what_is_only_noted_from_now_on() -> None:
    made = change(PRESETS["light"], PRESETS["standard"])
    assert [(s.name, s.was, s.now) for s in made.settings] == [
        ("preset", "light", "standard"),
        ("status_interval_months", 12, 6),
        ("escalation", "off", "list"),
        ("none_needs_text", False, True),
    ]
    assert (set(made.blocking_now), made.owed_now) == (set(guards()) - EVERYWHERE, ())
    assert not made.milder
    back = change(PRESETS["standard"], PRESETS["light"])
    assert (back.milder, back.owed_now) == (True, made.blocking_now)


def test_every_field_of_the_policy_can_be_set_and_is_explained() -> None:
    own = {field.name for field in fields(Policy)}
    assert own == set(NAMES)
    for lang in ("de", "en"):
        assert set(names("policy_field", lang)) == own - {"preset"}
        assert {field.group for field in FIELDS.values()} < set(names("policy_group", lang))
        assert {field.unit for field in FIELDS.values()} < set(names("policy_unit", lang))


def test_every_preset_keeps_to_its_own_ranges() -> None:
    for preset, policy in PRESETS.items():
        usual = {name: getattr(policy, name) for name in FIELDS}
        assert [f for f in _codes(usual, preset) if f[1] != "strict"] == []


def test_no_name_is_both_a_setting_a_condition_and_a_step() -> None:
    known = [*FIELDS, *guards(), *moves()]
    assert len(known) == len(set(known))


def test_a_guard_two_machines_share_is_waivable_only_in_both() -> None:
    for guard in ALL:
        assert guards()[guard.id] <= guard.waivable
