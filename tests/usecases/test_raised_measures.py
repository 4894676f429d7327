"""One measure stands above its town's policy: only upwards, and for good."""

import pytest

from cycle.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from cycle.store.store import Store
from cycle.usecases import measures, moves, policy
from tests import makers
from tests.makers_duties import a_cancelled_measure, a_measure
from tests.makers_measures import Town

WHY = "Der Rat hat danach gefragt"


def test_a_measure_is_raised_above_the_town_and_only_upwards(store: Store) -> None:
    makers.a_town(store, preset="light")
    key = a_measure(store)
    with store.unit("planner") as unit:
        assert measures.raise_policy(unit, key, "standard", reason=WHY).raised_to == "standard"
    assert Town(store).facts(key).policy.preset == "standard"
    with pytest.raises(Refused) as caught, store.unit("planner") as unit:
        moves.move(unit, key, "target")
    assert "finding_missing" in {reason.guard for reason in caught.value.reasons}
    for to in ("standard", "light", "lax"):
        with pytest.raises(Invalid) as refused, store.unit("planner") as unit:
            measures.raise_policy(unit, key, to, reason=WHY)
        assert [fault.code for fault in refused.value.faults] == ["not_above"]
    with store.unit("steering") as unit:
        measures.raise_policy(unit, key, "strict", reason=WHY)
    with store.unit("admin") as unit:
        policy.preset(unit, "standard")
    assert Town(store).facts(key).policy.preset == "strict"


def test_a_raised_measure_follows_a_town_that_becomes_stricter(store: Store) -> None:
    makers.a_town(store, preset="light")
    key = a_measure(store)
    with store.unit("planner") as unit:
        measures.raise_policy(unit, key, "standard", reason=WHY)
    with store.unit("admin") as unit:
        policy.preset(unit, "strict")
    assert Town(store).facts(key).policy.preset == "strict"


def test_what_the_town_made_milder_is_not_so_for_a_raised_measure(town: Store) -> None:
    key, other = a_measure(town), a_measure(town)
    with town.unit("admin") as unit:
        policy.soften(unit, "area_missing")
        policy.set_(unit, "four_eyes", value=False)
        policy.set_(unit, "review_days", 99)
    with town.unit("planner") as unit:
        measures.raise_policy(unit, key, "strict", reason=WHY)
    raised, usual = Town(town).facts(key).policy, Town(town).facts(other).policy
    assert (raised.softened, usual.softened) == (frozenset(), frozenset({"area_missing"}))
    assert (raised.four_eyes, raised.review_days) == (True, 99)
    assert (usual.four_eyes, usual.review_days) == (False, 99)


def test_raising_takes_a_reason_a_role_and_an_open_measure(town: Store) -> None:
    key, closed = a_measure(town), a_cancelled_measure(town)
    with pytest.raises(Invalid), town.unit("planner") as unit:
        measures.raise_policy(unit, key, "strict", reason=" ")
    for name in ("youth", "admin", "clerk"):
        with pytest.raises(Forbidden), town.unit(name) as unit:
            measures.raise_policy(unit, key, "strict", reason=WHY)
    with pytest.raises(Conflict), town.unit("planner") as unit:
        measures.raise_policy(unit, closed, "strict", reason=WHY)
    with pytest.raises(NotFound), town.unit("planner") as unit:
        measures.raise_policy(unit, "M-2026-999", "strict", reason=WHY)
