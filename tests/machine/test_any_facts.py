"""Whatever the facts are: judging them never fails, and an offer keeps its word."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cycle.errors import Reason, Refused
from cycle.machine.core import F, Machine, Offer
from cycle.machine.cycles import ROUNDS, CycleFacts
from cycle.machine.facts import Ask, MeasureFacts
from cycle.machine.measures import LIVE, MEASURES
from cycle.machine.policy import PRESETS, Policy
from cycle.machine.words import guard_fix, guard_says

IDS = sorted({g.id for m in (MEASURES, ROUNDS) for t in m.transitions for g in t.guards})
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
POLICIES = st.sampled_from(sorted(PRESETS.values(), key=lambda p: p.preset))
WAIVED = st.frozensets(st.sampled_from(IDS))
ASKS = st.builds(Ask, on=st.none() | DAYS, shares=st.just(()), title=st.none() | st.text())
MEASURE_FACTS = st.builds(
    MeasureFacts,
    today=DAYS,
    policy=POLICIES,
    waived=WAIVED,
    ask=ASKS,
    actual_start=st.none() | DAYS,
    suspended_on=st.none() | DAYS,
    adopted=st.booleans(),
    countersigned=st.booleans(),
    open_consequences=st.sampled_from([(), ("built",)]),
    goals=st.integers(0, 2),
    main_goals=st.integers(0, 2),
    main_goal_targets=st.integers(0, 2),
    binding=st.sampled_from(["council_resolution", "administrative", "contract"]),
    evaluation=st.none() | st.just("E-2026-031"),
    outcome=st.none() | st.sampled_from(["deferred", "rejected"]),
    is_ongoing=st.booleans(),
    milestones=st.integers(0, 1),
    shares=st.none() | st.fractions(),
)
CYCLE_FACTS = st.builds(
    CycleFacts,
    today=DAYS,
    policy=POLICIES,
    waived=WAIVED,
    ask=ASKS,
    findings=st.integers(0, 1),
    unsourced_findings=st.sampled_from([(), ("F-1",)]),
    open_measures=st.sampled_from([(), ("M-1", "M-2")]),
    decision=st.booleans(),
)


def keeps_its_word(machine: Machine[F], state: str | None, facts: F, policy: Policy) -> None:
    for offer in machine.offers(state, facts, policy):
        transition = machine.find(state, offer.name, offer.to)
        assert transition is not None
        known = {g.id for g in transition.guards if not g.asked}
        told = refused(machine, state, offer, facts, policy)
        assert tuple(r for r in told if r.guard in known) == offer.blocked_by
        for reason in told:
            assert guard_says(reason.guard, "de", reason.values)
            assert guard_fix(reason.guard, "en", reason.values)


def refused(
    machine: Machine[F], state: str | None, offer: Offer, facts: F, policy: Policy
) -> tuple[Reason, ...]:
    """Return why the offered move is not made; nothing where it is."""
    try:
        machine.step(state, offer.name, facts, policy, to=offer.to)
    except Refused as refusal:
        return refusal.reasons
    return ()


def softens_only_the_waivable(machine: Machine[F], state: str | None, facts: F) -> None:
    light = machine.offers(state, facts, PRESETS["light"])
    standard = machine.offers(state, facts, PRESETS["standard"])
    for soft, hard in zip(light, standard, strict=True):
        assert not any(r.waivable for r in soft.blocked_by)
        assert all(r.waivable for r in soft.owed)
        assert {r.guard for r in (*soft.blocked_by, *soft.owed)} == {
            r.guard for r in hard.blocked_by
        }


@given(st.none() | st.sampled_from(LIVE), MEASURE_FACTS, POLICIES)
def test_a_measure_steps_where_an_offer_says_so(
    state: str | None, facts: MeasureFacts, policy: Policy
) -> None:
    keeps_its_word(MEASURES, state, facts, policy)
    softens_only_the_waivable(MEASURES, state, facts)


@given(st.none() | st.sampled_from([s.name for s in ROUNDS.states]), CYCLE_FACTS, POLICIES)
def test_a_round_steps_where_an_offer_says_so(
    state: str | None, facts: CycleFacts, policy: Policy
) -> None:
    keeps_its_word(ROUNDS, state, facts, policy)
    softens_only_the_waivable(ROUNDS, state, facts)
