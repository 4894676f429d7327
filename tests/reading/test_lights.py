"""What the lights are judged by, as it stands in the records, on both databases."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cycle.machine.policy import PRESETS
from cycle.machine.standing import ALWAYS, Entry
from cycle.model.duties import BudgetLine, Deadline, Milestone, Progress
from cycle.model.indicators import IndicatorVersion
from cycle.model.measures import MeasureGoal
from cycle.reading.door import Reader
from cycle.reading.light_facts import lamps
from cycle.reading.lights import Colours, colours, entries, goal_lights, lights
from cycle.reading.shapes import Json
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.reading.light_rows import (
    POLICY,
    a_goal,
    a_running_measure,
    a_sign,
    a_target,
    settled_quarter,
)
from tests.reading.rows import TODAY, City, Column, building, looking


def _shown(store: Store, key: str, **more: Column) -> Json:
    with looking(store) as reader:
        return lights(reader, [key], today=TODAY, policy=POLICY, lang="de", **more)[key]


def test_the_lights_of_a_measure_are_told_with_their_reasons(town: Store) -> None:
    with building(town) as city:
        key = a_running_measure(
            city, a_goal(city, settled_quarter(city)), planned_end=date(2026, 10, 31)
        ).ref
    shown = _shown(town, key)
    assert shown == {
        "delivery": {
            "light": "yellow",
            "reasons": [
                {"code": "end_past",
                 "says": "Das Ende war für den 31.10.2026 geplant und wurde nicht eingehalten."},
            ],
        },
        "effect": {"light": "green", "reasons": []},
        "data": {"light": "green", "reasons": []},
    }  # fmt: skip


def test_a_goal_tells_how_far_each_target_has_come(town: Store) -> None:
    with building(town) as city:
        goal = a_goal(city, settled_quarter(city))
        version = lookup.every(city.unit, IndicatorVersion)[0]
        before = {"replaced_on": TODAY, "replaced_reason": "Neu"}
        old = a_target(city, goal, version, target_value=Decimal(20), **before)
    with looking(town) as reader:
        found = goal_lights(reader, [goal.ref], today=TODAY, policy=POLICY)
        assert goal_lights(reader, ["G-1999-001"], today=TODAY, policy=POLICY) == {}
    assert old.id not in found
    ((_, shown),) = found.items()
    assert (shown["attained"], shown["expected"], shown["gap"]) == (0.4783, 0.5003, -0.0221)
    assert (shown["light"]["light"], shown["data"]["light"]) == ("green", "green")


def test_where_nothing_can_be_said_no_number_is_told_either(town: Store) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        a_sign(city, version, date(2026, 3, 31), "confidential_or_unknown")
        goal = a_goal(city, version)
    with looking(town) as reader:
        (shown,) = goal_lights(reader, [goal.ref], today=TODAY, policy=POLICY).values()
    assert (shown["light"]["light"], shown["data"]["light"]) == ("grey", "grey")
    assert (shown["attained"], shown["expected"], shown["gap"]) == (None, None, None)


def test_only_the_main_goal_judges_a_measure(town: Store) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        side = a_goal(city, version)
        main = city.goal(qualitative_criterion="Eltern fühlen sich begleitet.")
        measure = a_running_measure(city, main)
        city.add(MeasureGoal(measure_id=measure.id, goal_id=side.id, contribution="side"))
        bare = a_running_measure(city, city.goal())
        lost = a_running_measure(city)
    codes = [
        _shown(town, each.ref)["effect"]["reasons"][0]["code"] for each in (measure, bare, lost)
    ]
    assert codes == ["qualitative", "target_missing", "goal_missing"]


def test_several_targets_are_told_apart_by_name(town: Store) -> None:
    with building(town) as city:
        version = settled_quarter(city)
        goal = a_goal(city, version)
        a_target(city, goal, version, area_id=None, baseline_id=None)
        key = a_running_measure(city, goal).ref
    shown = _shown(town, key)["effect"]
    assert shown["light"] == "green"
    assert [reason["says"] for reason in shown["reasons"]] == [
        "Anteil SPRACHE, ganze Stadt: Der Ausgangswert fehlt."
    ]


def test_what_hangs_on_a_measure_judges_its_delivery(town: Store) -> None:
    with building(town) as city:
        measure = a_running_measure(city, planned_end=date(2027, 6, 30))
        for no, (due, done, dropped) in enumerate(
            [(date(2026, 11, 21), None, None), (date(2026, 1, 1), TODAY, None),
             (date(2026, 1, 1), None, TODAY)], 1,
        ):  # fmt: skip
            city.add(
                Milestone(measure_id=measure.id, no=no, title=f"Schritt {no}", due=due,
                          done_on=done, dropped_on=dropped, drop_reason="x" if dropped else None)
            )  # fmt: skip
        for funding, planned, approved, spent in (
            ("own", 100, 100, 90), ("state", 50, 40, 60), ("esf", 900, 0, 0),
        ):  # fmt: skip
            city.add(
                BudgetLine(measure_id=measure.id, year=2026, funding=funding,
                           planned_cents=planned, approved_cents=approved, spent_cents=spent)
            )  # fmt: skip
        city.add(Deadline(measure_id=measure.id, code="budget_choice", due=TODAY))
        city.add(Deadline(measure_id=measure.id, code="progress_due", due=date(2026, 11, 1)))
        city.add(Progress(measure_id=measure.id, as_of=date(2026, 4, 1), course="on_track"))
        city.add(Progress(measure_id=measure.id, as_of=date(2026, 3, 1), course="on_track"))
        a_running_measure(city)
    with looking(town) as reader:
        facts = lamps(reader, "1 = 1", {})[0].facts.delivery
    assert [step.title for step in facts.open_steps] == ["Schritt 1"]
    (money,) = facts.money
    assert (money.planned, money.approved, money.spent) == (150, 140, 150)
    assert (facts.choice_due, facts.first_report_due) == (TODAY, date(2026, 11, 1))
    assert facts.last_report == date(2026, 4, 1)
    codes = [reason["code"] for reason in _shown(town, measure.ref)["delivery"]["reasons"]]
    assert codes == ["report_missing", "step_late", "money_over", "budget_choice", "budget_cut"]


def test_what_was_met_is_asked_no_more(town: Store) -> None:
    with building(town) as city:
        measure = a_running_measure(city)
        city.add(Deadline(measure_id=measure.id, code="budget_choice", due=TODAY, met_on=TODAY))
    assert _shown(town, measure.ref)["delivery"] == {"light": "green", "reasons": []}


def test_a_list_tells_the_colours_only(town: Store) -> None:
    with building(town) as city:
        key = a_running_measure(city, a_goal(city, settled_quarter(city))).ref
    with looking(town) as reader:
        found = colours(reader, "me.ref = :key", {"key": key}, today=TODAY, policy=POLICY)
    assert found == {key: Colours("green", "green", "green")}


def test_what_follows_is_told_for_all_days_by_department_and_round(town: Store) -> None:
    with building(town) as city:
        measure = a_running_measure(city, planned_end=date(2026, 11, 22))
        unit, round_ = measure.lead_id, measure.cycle_id
    with looking(town) as reader:
        found = entries(reader, POLICY, lamps(reader, "me.id = :id", {"id": measure.id}))
    delivery = [entry for entry in found if entry.topic == "light:delivery"]
    made = [
        (ALWAYS, "green", 1), (date(2026, 11, 23), "green", -1), (date(2026, 11, 23), "yellow", 1),
        (date(2027, 2, 21), "yellow", -1), (date(2027, 2, 21), "red", 1),
    ]  # fmt: skip
    assert delivery == [
        Entry("measure", measure.id, "light:delivery", colour, day, n, unit=unit, cycle=round_)
        for day, colour, n in made
    ]
    assert {entry.topic for entry in found} == {"light:delivery", "light:effect", "light:data"}


def test_what_is_final_has_no_lights_to_count(town: Store) -> None:
    with building(town) as city:
        live = a_running_measure(city)
        city.measure(state="cancelled", reason_code="entered_in_error")
        for state in ("rejected", "superseded", "reported"):
            city.measure(state=state)
    with looking(town) as reader:
        found = lamps(reader, "1 = 1", {})
        assert len(found) == 5
        assert {entry.subject for entry in entries(reader, POLICY, found)} == {live.id}
        assert lamps(reader, "me.ref = 'M-0'", {}) == []


def test_a_measure_raised_above_the_town_is_judged_by_its_own_policy(town: Store) -> None:
    with building(town) as city:
        city.unit.town.preset = "light"
        began = date(2026, 1, 1)
        mild = a_running_measure(city, actual_start=began)
        strict = a_running_measure(city, actual_start=began, raised_to="standard")
    with looking(town) as reader:
        found = lights(reader, [mild.ref, strict.ref], today=TODAY, policy=PRESETS["light"])
    assert [found[each.ref]["delivery"]["light"] for each in (mild, strict)] == ["green", "yellow"]


def _many(city: City, version: IndicatorVersion, count: int) -> None:
    for n in range(count):
        goal = a_goal(city, version)
        measure = a_running_measure(city, goal)
        city.add(Milestone(measure_id=measure.id, no=1, title=f"S {n}", due=TODAY))
        city.add(BudgetLine(measure_id=measure.id, year=2026, approved_cents=1, planned_cents=1))
        city.add(Progress(measure_id=measure.id, as_of=date(2026, 11, 1), course="on_track"))


ASK: dict[str, Callable[[Reader, list[str]], object]] = {
    "entries": lambda r, _: entries(r, POLICY, lamps(r, "1 = 1", {})),
    "lights": lambda r, keys: lights(r, keys, today=TODAY, policy=POLICY),
    "colours": lambda r, _: colours(r, "1 = 1", {}, today=TODAY, policy=POLICY),
    "goals": lambda r, _: goal_lights(r, ["G-2026-001"], today=TODAY, policy=POLICY),
}


def test_two_hundred_measures_cost_as_many_statements_as_one(town: Store) -> None:
    def asked() -> dict[str, int]:
        counted = {}
        with looking(town) as reader:
            keys = [key for (key,) in reader.pairs("SELECT ref FROM measure")]
            for name, ask in ASK.items():
                before = reader.statements
                assert ask(reader, keys)
                counted[name] = reader.statements - before
        return counted

    with building(town) as city:
        version = settled_quarter(city)
        _many(city, version, 1)
    few = asked()
    with building(town) as city:
        city.start_at(2)
        _many(city, lookup.every(city.unit, IndicatorVersion)[0], 199)
    assert asked() == few == {"entries": 3, "lights": 4, "colours": 2, "goals": 1}
