"""What people do to keep the record of a measure true, and what the town arranges around it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from cycle.reading.overdue import listed
from cycle.store.unit import Unit
from cycle.usecases import (
    budgets,
    decisions,
    departments,
    indicators,
    lookup,
    measures,
    moves,
    observations,
    overrides,
    policy,
    progress,
    releases,
    restatements,
    terms,
)
from tests.makers_measures import WHOLE_TOWN
from tests.stories.pledges import WAIVABLE

Words = dict[str, Any]
Deed = tuple[Callable[..., object], Words]

_CUT = 4_000  # cents of 10,000: less than half
WHY = st.sampled_from([None, "weil es so ist", "weil es so ist"])
_HERE = st.sampled_from(["50", "51", "WV-A", "StP"])
_SETTINGS = st.sampled_from(
    [("start_yellow_days", 1), ("start_red_days", 2), ("status_interval_months", 1),
     ("council_interval_months", 2), ("small_number", 300), ("wilson", True),
     ("decide_days", 3), ("grace_days", 0), ("effect_yellow", Decimal("-0.01")),
     ("escalation", "off"), ("take_over_months", 1)]
)  # fmt: skip


def replan(unit: Unit, key: str, *, far: int, reason: str | None) -> None:
    measures.edit(unit, key, planned_end=unit.day + timedelta(days=far), reason=reason)


def spend(
    unit: Unit, key: str, *, year: int, spent: int, approved: int | None, why: str | None
) -> None:
    budgets.set_line(unit, key, unit.day.year + year, planned=10_000, approved=approved,
                     spent=spent, funding="state",
                     grant_end=date(unit.day.year, 12, 31))  # fmt: skip
    if why and approved == _CUT:
        budgets.keep(unit, key, reason=why)


def shine(
    unit: Unit, key: str, *, light: str, colour: str, reason: str | None, lifted: bool
) -> None:
    overrides.set_light(unit, key, light, colour, reason=reason or "")
    if lifted:
        overrides.lift_light(unit, key, light)


def put_right(unit: Unit, key: str, *, course: str, text: str | None, far: int) -> None:
    progress.report(unit, key, course="on_track", delay_reason=text)
    progress.correct(unit, key, course=course, text=text, delay_reason=text,
                     forecast_end=unit.day + timedelta(days=far))  # fmt: skip


def repeat(unit: Unit, key: str, *, first: str | None) -> None:
    if first:
        progress.report(unit, key, course="suspended", text=first, delay_reason=first)
    progress.unchanged(unit, [key])


def hand_over(unit: Unit, key: str, *, to: str, all_: bool) -> None:
    lead = moves.facts_of(unit, lookup.measure(unit, key)).lead or "51"
    departments.hand_over(unit, lead, to, [] if all_ else [key])


def lift(unit: Unit, key: str, *, to: str, reason: str | None) -> None:
    measures.raise_policy(unit, key, to, reason=reason or "")


def arrange(unit: Unit, key: str, *, setting: tuple[str, object]) -> None:
    policy.set_(unit, *setting)


def allow(unit: Unit, key: str, *, guard: str, soft: bool) -> None:
    (policy.soften if soft else policy.block)(unit, guard)


def narrow(unit: Unit, key: str, *, move: str, role: str) -> None:
    policy.narrow(unit, move, (role,))


def choose(unit: Unit, key: str, *, preset: str | None) -> None:
    policy.preset(unit, preset) if preset else policy.reset(unit)


def count(unit: Unit, key: str, *, cases: int | None, day: date) -> None:
    figures: Words = {"numerator": cases, "denominator": 288}
    observations.record(unit, "SPRACHE", area=WHOLE_TOWN, period_end=day,
                        **figures if cases else {"status": "confidential_or_unknown"})  # fmt: skip


def redefine(unit: Unit, key: str, *, comparable: str, value: int | None) -> None:
    factor = Decimal("1.5") if comparable == "with_factor" else None
    indicators.redefine(unit, "SPRACHE", definition="Ab vier Jahren", reason="Erlass",
                        comparable=comparable, factor=factor)  # fmt: skip
    if value:
        count(unit, key, cases=70, day=date(2025, 12, 31))
        restatements.restate(unit, "G-2026-002", reason="neu abgegrenzt", value=Decimal(value),
                             baseline=date(2025, 12, 31), date=date(2029, 12, 31))  # fmt: skip


def elect(unit: Unit, key: str) -> None:
    terms.begin(unit, unit.day, f"{unit.day.year}")


def reserve(unit: Unit, key: str, *, code: str, far: int, met: bool) -> None:
    due = unit.day + timedelta(days=far)
    made = decisions.add(unit, on=unit.day, result="adopted", measures=[key], body="SR",
                  paper=f"2029/{unit.next_number('walk')}",
                  conditions=[(code, "vorbehaltlich Haushalt", due)])  # fmt: skip
    if met:
        decisions.meet_condition(unit, made.ref, code, "liegt vor")


def correct(unit: Unit, key: str, *, no: int, result: str) -> None:
    decisions.correct(unit, f"D-2026-{no:03}", reason="Schreibfehler", result=result)


def hurry(unit: Unit, key: str) -> None:
    decisions.add(unit, on=unit.day, result="adopted", measures=[key], kind="urgent",
                  document="Eilentscheidung 3", department="StP")  # fmt: skip


def escalate(unit: Unit, key: str, *, every: int, noted: bool) -> None:
    """Send every so many of the overdue items on, as far as each may go; note what is done."""
    for item in listed(unit.reading(), today=unit.day, lang="de")[::every]:
        if item.escalation:
            releases.release(unit, item.rule, item.key, level=item.escalation, about=item.which)
        elif item.done and noted:
            releases.note_done(unit, item.rule, item.key, about=item.which)


def _may(does: Callable[..., object], **words: st.SearchStrategy[Any]) -> st.SearchStrategy[Deed]:
    return st.tuples(st.just(does), st.fixed_dictionaries(words))


_LIGHT = st.sampled_from(["delivery", "effect", "data"])
_FAR = st.sampled_from([0, -40, 5, 400])
_COUNTED = st.sampled_from([date(2023, 12, 31), date(2025, 12, 31), date(2026, 6, 30)])
UPKEEP: st.SearchStrategy[Deed] = st.one_of(
    _may(replan, far=_FAR, reason=WHY),
    _may(spend, year=st.integers(0, 1), spent=st.sampled_from([0, 9_000, 12_000]),
         approved=st.sampled_from([None, _CUT, 10_000]), why=WHY),
    _may(shine, light=_LIGHT, colour=st.sampled_from(["green", "red", "blue"]), reason=WHY,
         lifted=st.booleans()),
    _may(put_right, course=st.sampled_from(["on_track", "delayed", "done"]), text=WHY, far=_FAR),
    _may(repeat, first=WHY),
    _may(hand_over, to=_HERE, all_=st.booleans()),
    _may(lift, to=st.sampled_from(["light", "standard", "strict"]), reason=WHY),
    _may(arrange, setting=_SETTINGS),
    _may(allow, guard=st.sampled_from(sorted(WAIVABLE | {"decision_missing"})),
         soft=st.booleans()),
    _may(narrow, move=st.sampled_from(["approve", "start", "round.advance"]),
         role=st.sampled_from(["planner", "committee_clerk", "reader"])),
    _may(choose, preset=st.sampled_from([None, "light", "standard", "strict"])),
    _may(count, cases=st.sampled_from([None, 5, 70, 96]), day=_COUNTED),
    _may(redefine, comparable=st.sampled_from(["yes", "no", "with_factor"]),
         value=st.sampled_from([None, 20])),
    _may(elect),
    _may(reserve, code=st.sampled_from(["budget_reservation", "other"]), far=_FAR,
         met=st.booleans()),
    _may(correct, no=st.integers(1, 6), result=st.sampled_from(["adopted", "rejected"])),
    _may(hurry),
    _may(escalate, every=st.integers(1, 3), noted=st.booleans()),
)  # fmt: skip
