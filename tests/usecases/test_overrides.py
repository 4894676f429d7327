from datetime import date, timedelta

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.machine.policy import PRESETS
from cycle.machine.standing import LIGHT
from cycle.model.duties import LightOverride
from cycle.model.journal import Event
from cycle.reading.light_facts import lamps
from cycle.reading.lights import entries, lights
from cycle.reading.shapes import Json
from cycle.store.store import Store
from cycle.usecases import lookup, overrides
from tests.makers import DAY
from tests.makers_duties import a_cancelled_measure, a_running_measure

WHY = "Die Zahl stammt aus der Zeit vor dem Umzug der Kita."
POLICY = PRESETS["standard"]
LAST = DAY + timedelta(days=99)  # a hundred days with the first


def _shown(town: Store, key: str, day: date = DAY, *, internal: bool = True) -> Json:
    with town.unit("reader") as unit:
        return lights(
            unit.reading(), [key], today=day, policy=POLICY, lang="de", sees_internal=internal
        )[key]


def _set(town: Store, key: str, light: str = "effect", colour: str = "yellow", **more: str) -> None:
    with town.unit("planner", day=DAY) as unit:
        overrides.set_light(unit, key, light, colour, **{"reason": WHY} | more)


def test_a_light_set_by_hand_stands_beside_the_computed_one(town: Store) -> None:
    key = a_running_measure(town)
    before = _shown(town, key)
    _set(town, key)
    shown = _shown(town, key)
    assert shown["effect"].pop("manual") == {
        "light": "yellow", "reason": WHY, "until": LAST.isoformat(),
    }  # fmt: skip
    assert shown == before


def test_those_who_read_only_see_the_computed_light(town: Store) -> None:
    key = a_running_measure(town)
    _set(town, key)
    assert "manual" not in _shown(town, key, internal=False)["effect"]


def test_it_counts_up_to_the_day_before_it_expires(town: Store) -> None:
    key = a_running_measure(town)
    _set(town, key)
    assert "manual" not in _shown(town, key, DAY - timedelta(days=1))["effect"]
    assert "manual" in _shown(town, key, LAST)["effect"]
    assert "manual" not in _shown(town, key, LAST + timedelta(days=1))["effect"]


def test_what_is_counted_stays_the_computed_light(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("planner") as unit:
        reader = unit.reading()
        before = entries(reader, POLICY, lamps(reader, "1 = 1", {}))
    _set(town, key, "delivery", "red")
    with town.unit("planner") as unit:
        reader = unit.reading()
        assert entries(reader, POLICY, lamps(reader, "1 = 1", {})) == before
    assert {entry.topic for entry in before} == {
        LIGHT + each for each in ("delivery", "effect", "data")
    }


@pytest.mark.parametrize("actor", ["planner", "steering"])
def test_it_is_told_in_the_journal_with_role_and_reason(town: Store, actor: str) -> None:
    key = a_running_measure(town)
    with town.unit(actor, day=DAY) as unit:
        made = overrides.set_light(unit, key, "data", "grey", reason=f"  {WHY} ")
        assert (made.reason, made.by_role, made.set_on) == (WHY, actor, DAY)
        assert made.expires_on == DAY + timedelta(days=100)
    with town.unit("planner") as unit:
        told = lookup.every(unit, Event, key=key, action="light_set")
        assert [(each.entity, each.role) for each in told] == [("light_override", actor)]


@pytest.mark.parametrize("actor", ["youth", "finance", "clerk", "statistician", "admin", "reader"])
def test_nobody_else_sets_or_lifts_a_light(town: Store, actor: str) -> None:
    key = a_running_measure(town)
    _set(town, key)
    with pytest.raises(Forbidden), town.unit(actor) as unit:
        overrides.set_light(unit, key, "effect", "green", reason=WHY)
    with pytest.raises(Forbidden), town.unit(actor) as unit:
        overrides.lift_light(unit, key, "effect")
    assert _shown(town, key)["effect"]["manual"]["light"] == "yellow"


@pytest.mark.parametrize(
    ("light", "colour", "reason", "pointers"),
    [
        ("effect", "yellow", " ", ["reason"]),
        ("effect", "blue", WHY, ["colour"]),
        ("overall", "", "", ["light", "colour", "reason"]),
    ],
)
def test_without_light_colour_and_reason_nothing_is_set(
    town: Store, light: str, colour: str, reason: str, pointers: list[str]
) -> None:
    key = a_running_measure(town)
    with pytest.raises(Invalid) as caught, town.unit("planner") as unit:
        overrides.set_light(unit, key, light, colour, reason=reason)
    assert [fault.pointer for fault in caught.value.faults] == pointers
    assert "cycle measure light" in caught.value.fix
    with town.unit("planner") as unit:
        assert lookup.every(unit, LightOverride) == []


def test_setting_it_again_ends_what_was_set_before(town: Store) -> None:
    key = a_running_measure(town)
    _set(town, key)
    _set(town, key, "data", "red")
    _set(town, key, colour="green", reason="Neuere Zahlen liegen vor.")
    shown = _shown(town, key)
    assert (shown["effect"]["manual"]["light"], shown["data"]["manual"]["light"]) == (
        "green", "red",
    )  # fmt: skip
    with town.unit("planner") as unit:
        ended = lookup.every(unit, LightOverride, light="effect", colour="yellow")
        assert [each.expires_on for each in ended] == [DAY]


def test_lifting_leaves_the_computed_light_alone(town: Store) -> None:
    key = a_running_measure(town)
    _set(town, key)
    with town.unit("steering", day=DAY) as unit:
        overrides.lift_light(unit, key, "effect")
    assert "manual" not in _shown(town, key)["effect"]
    with town.unit("planner") as unit:
        assert len(lookup.every(unit, Event, key=key, action="light_lifted")) == 1


def test_what_is_not_set_cannot_be_lifted(town: Store) -> None:
    key = a_running_measure(town)
    _set(town, key)
    with pytest.raises(Conflict) as caught, town.unit("planner") as unit:
        overrides.lift_light(unit, key, "data")
    assert caught.value.code == "not_set"
    with pytest.raises(Conflict), town.unit("planner", day=LAST + timedelta(days=1)) as unit:
        overrides.lift_light(unit, key, "effect")
    with pytest.raises(Invalid), town.unit("planner") as unit:
        overrides.lift_light(unit, key, "overall")


def test_only_a_measure_on_the_circle_has_a_light_set(town: Store) -> None:
    gone = a_cancelled_measure(town)
    with pytest.raises(Conflict), town.unit("planner") as unit:
        overrides.set_light(unit, gone, "effect", "red", reason=WHY)
    with pytest.raises(NotFound), town.unit("planner") as unit:
        overrides.set_light(unit, "M-1999-001", "effect", "red", reason=WHY)
