"""How any machine judges: all reasons at once, and what policy and waivers do to them."""

from dataclasses import dataclass

import pytest

from cycle.errors import Refused
from cycle.machine.core import Guard, Machine, Offer, Transition, judge
from cycle.machine.policy import PRESETS
from cycle.machine.states import State

STANDARD, LIGHT = PRESETS["standard"], PRESETS["light"]


@dataclass(frozen=True, slots=True)
class Door:
    """The smallest thing with a state."""

    lacking: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()
    key: str = "T-1"


def guard(name: str, *, waivable: bool = True, asked: bool = False) -> Guard[Door]:
    return Guard(
        name, lambda d: {"of": name} if name in d.lacking else None, waivable, "planner", asked
    )


KEY, OIL = guard("key", waivable=False), guard("oil")
HAND = guard("hand", waivable=False, asked=True)
PLANNER = frozenset({"planner"})
DOOR = Machine(
    "door",
    (State("shut", "report"), State("wide", None, final=True), State("ajar", "goal", final=True)),
    (
        Transition("1", "hang", (), "shut", PLANNER),
        Transition(
            "2",
            "push",
            ("shut",),
            "wide",
            PLANNER | {"steering"},
            (KEY, OIL, HAND),
            only_if={"steering": lambda d: "oil" not in d.lacking},
        ),
        Transition("3", "move", ("shut",), "ajar", PLANNER, chosen=True),
        Transition("3", "move", ("shut",), "wide", PLANNER, chosen=True),
    ),
)
ALL_LACKING = Door(frozenset({"key", "oil", "hand"}))


def names(offer: Offer) -> tuple[list[str], list[str]]:
    return [r.guard for r in offer.blocked_by], [r.guard for r in offer.owed]


def test_a_refusal_tells_every_reason_at_once() -> None:
    with pytest.raises(Refused) as caught:
        DOOR.step("shut", "push", ALL_LACKING, STANDARD)
    refused = caught.value
    assert [r.guard for r in refused.reasons] == ["key", "oil", "hand"]
    assert (refused.machine, refused.key, refused.move) == ("door", "T-1", "push")
    assert refused.reasons[0].values == {"of": "key", "move": "push"}
    assert str(refused) == "T-1: the move push is not open yet."


def test_a_light_policy_softens_what_can_be_waived_and_nothing_else() -> None:
    (offer, *_) = DOOR.offers("shut", ALL_LACKING, LIGHT)
    assert names(offer) == (["key"], ["oil"])
    assert not offer.allowed


def test_a_standard_policy_softens_nothing() -> None:
    (offer, *_) = DOOR.offers("shut", ALL_LACKING, STANDARD)
    assert names(offer) == (["key", "oil"], [])


def test_an_offer_leaves_out_what_only_the_move_can_be_asked() -> None:
    (offer, *_) = DOOR.offers("shut", Door(frozenset({"hand"})), STANDARD)
    assert offer.allowed


def test_a_waiver_lets_a_guard_pass_and_is_named() -> None:
    step = DOOR.step("shut", "push", Door(frozenset({"oil"}), frozenset({"oil"})), STANDARD)
    assert step.waived == ("oil",)
    assert step.owed == ()
    assert step.transition.to == "wide"


def test_a_waiver_counts_before_a_light_policy() -> None:
    step = DOOR.step("shut", "push", Door(frozenset({"oil"}), frozenset({"oil"})), LIGHT)
    assert (step.waived, step.owed) == (("oil",), ())


def test_a_waiver_not_needed_is_not_used_up() -> None:
    step = DOOR.step("shut", "push", Door(waived=frozenset({"oil"})), STANDARD)
    assert step.waived == ()


def test_nobody_waives_what_cannot_be_waived() -> None:
    facts = Door(frozenset({"key"}), frozenset({"key"}))
    assert [r.guard for r in judge([KEY], facts, LIGHT).blocked] == ["key"]


def test_light_leaves_owed_what_it_let_pass() -> None:
    step = DOOR.step("shut", "push", Door(frozenset({"oil"})), LIGHT)
    assert [r.guard for r in step.owed] == ["oil"]


def test_a_move_the_state_does_not_know_names_those_it_knows() -> None:
    with pytest.raises(Refused) as caught:
        DOOR.step("shut", "hang", Door(), STANDARD)
    (reason,) = caught.value.reasons
    assert reason.guard == "not_offered"
    assert not reason.waivable
    assert reason.values["offered"] == ("push", "move")
    assert reason.values["variant"] is None


def test_a_move_with_several_targets_wants_one_of_them() -> None:
    with pytest.raises(Refused) as caught:
        DOOR.step("shut", "move", Door(), STANDARD)
    (reason,) = caught.value.reasons
    assert reason.values["targets"] == ("ajar", "wide")
    assert reason.values["variant"] == "target"
    assert DOOR.step("shut", "move", Door(), STANDARD, to="ajar").transition.to == "ajar"
    assert DOOR.find("shut", "move", "shut") is None


def test_what_comes_from_nothing_is_offered_only_before_the_first_state() -> None:
    assert [o.name for o in DOOR.offers(None, Door(), STANDARD)] == ["hang"]
    assert DOOR.offers("wide", Door(), STANDARD) == ()


def test_a_role_may_do_a_move_only_under_its_condition() -> None:
    push = DOOR.find("shut", "push")
    assert push is not None
    assert push.may(["planner"], ALL_LACKING)
    assert push.may(["steering"], Door())
    assert not push.may(["steering"], ALL_LACKING)
    assert not push.may(["reader"], Door())


def test_a_state_is_found_by_its_name() -> None:
    assert DOOR.state("wide").final
    with pytest.raises(KeyError):
        DOOR.state("locked")
