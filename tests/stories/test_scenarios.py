"""Scenarios 1 to 3 of the demo city: every number, date and code, as each day knew them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pytest

from cycle import demo
from cycle.demo.town import TODAY
from cycle.reading import goals, journal, measures
from cycle.reading.asof import known_on
from cycle.reading.door import Reader, open_reader
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl

LANGUAGE, LEAVERS = "G-2024-003", "G-2024-005"
SUPPORT, HEIR = "M-2024-003", "M-2028-001"
WARNING, CLASSES = "M-2024-011", "M-2024-012"
SOUTH, EAST, VISITS = "M-2025-004", "M-2025-009", "M-2026-021"


class Way(NamedTuple):
    """How far a goal had come by what was known on a day."""

    goal: str
    measure: str
    day: str
    attained: float
    expected: float
    gap: float
    light: str

    def is_told_by(self, aim: dict[str, Any]) -> bool:
        told = (aim["attained"], aim["expected"], round(aim["gap"], 3), aim["light"]["light"])
        return told == (self.attained, self.expected, self.gap, self.light)


WAYS = (
    Way(LANGUAGE, SUPPORT, "2025-02-10", 0.0285, 0.2505, -0.222, "yellow"),
    Way(LANGUAGE, SUPPORT, "2026-02-16", 0.4783, 0.5003, -0.022, "green"),
    Way(LANGUAGE, SUPPORT, "2026-10-12", 0.3586, 0.6872, -0.329, "red"),
    Way(LEAVERS, WARNING, "2024-10-14", -0.1645, 0.2003, -0.365, "red"),
    Way(LEAVERS, WARNING, "2025-10-13", -0.2746, 0.4001, -0.675, "red"),
    Way("G-2025-003", VISITS, "2026-07-20", 0.4248, 0.3737, 0.051, "green"),
)


@dataclass(frozen=True)
class City:
    """Saalestadt as it stands today, and as it was known on any day before."""

    reader: Reader

    def on(self, day: str) -> "City":
        return City(known_on(self.reader, date.fromisoformat(day), today=TODAY))

    def measure(self, key: str, day: str = "2026-11-22") -> dict[str, Any]:
        on = date.fromisoformat(day)
        return dict(measures.show(self.reader, key, on, "de"))

    def money(self, key: str, amount: str) -> int:
        found = self.reader.value(
            f"SELECT SUM(l.{amount}_cents) FROM budget_line l"
            " JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id"
            " WHERE l.municipality_id = :m AND me.ref = :key",
            key=key,
        )
        return int(found)


@pytest.fixture(params=STORES)
def city(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[City]:
    with closing(open_reader(fresh_url(request.param, demo.build))) as reader:
        yield City(reader)


@pytest.fixture
def cycle(capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl) -> Cycle:
    return Cycle(capsys, fresh_url("sqlite", demo.build))


def reasons(seen: dict[str, Any], light: str) -> list[str]:
    return [each["code"] for each in seen["lights"][light]["reasons"]]


@pytest.mark.parametrize("way", WAYS)
def test_a_goal_is_as_far_as_the_newest_value_says(city: City, way: Way) -> None:
    then = city.on(way.day)
    (aim,) = goals.show(then.reader, way.goal, date.fromisoformat(way.day))["targets"]
    assert way.is_told_by(aim), aim
    assert then.measure(way.measure, way.day)["lights"]["effect"]["light"] == way.light


@pytest.mark.parametrize("way", WAYS)
def test_the_command_tells_the_same_of_that_day(cycle: Cycle, way: Way) -> None:
    (aim,) = cycle("goal", "show", way.goal, "--as-of", way.day, "--json").json["targets"]
    assert way.is_told_by(aim), aim
    told = cycle("measure", "show", way.measure, "--as-of", way.day, "--json").json
    assert told["lights"]["effect"]["light"] == way.light


def test_a_sample_too_small_to_be_sure_softens_red_since_the_town_asks_for_it(city: City) -> None:
    before = city.on("2026-11-15").measure(SUPPORT, "2026-11-15")
    assert before["lights"]["effect"]["light"] == "red"
    after = city.measure(SUPPORT)
    assert after["lights"]["effect"]["light"] == "yellow"
    assert reasons(after, "effect") == ["uncertain", "far_behind"]
    says = after["lights"]["effect"]["reasons"][0]["says"]
    assert all(number in says for number in ("25,34", "35,86", "27,61"))


def test_the_language_support_was_finished_and_then_evaluated(city: City) -> None:
    finished = city.on("2026-10-29").measure(SUPPORT, "2026-10-29")
    assert (finished["state"], finished["actual_end"]) == ("implemented", "2026-07-31")
    evaluated = city.on("2026-10-30")
    assert evaluated.measure(SUPPORT, "2026-10-30")["state"] == "evaluated"
    found = evaluated.reader.pairs(
        "SELECT e.purpose, e.overall, e.concluded_on, e.external_id, me.disposition_due"
        " FROM evaluation e"
        " JOIN evaluation_measure l ON l.municipality_id = :m AND l.evaluation_id = e.id"
        " JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id"
        " WHERE e.municipality_id = :m AND me.ref = :key",
        key=SUPPORT,
    )
    wanted = ("summative", "partly_effective", "2026-10-30", "2026-0087", "2027-01-28")
    assert found == [wanted]


def test_its_finding_waits_in_the_report_of_the_second_round(city: City) -> None:
    evaluated = city.on("2026-10-30").reader
    found = evaluated.pairs(
        "SELECT c.ref, c.round, f.kind, f.response FROM finding f"
        " JOIN measure me ON me.municipality_id = :m AND me.id = f.origin_measure_id"
        " JOIN report r ON r.municipality_id = :m AND r.id = f.report_id"
        " JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id"
        " WHERE f.municipality_id = :m AND me.ref = :key",
        key=SUPPORT,
    )
    assert found == [("Z-2028", 2, "evaluation_result", None)]


def test_it_goes_on_with_a_module_for_parents_in_five_nurseries(city: City) -> None:
    assert city.measure(SUPPORT)["state"] == "reported"
    heir = city.measure(HEIR)
    assert (heir["state"], heir["cycle"]) == ("draft", "Z-2028")
    assert heir["title"] == "Sprachförderkräfte mit Elternmodul in 5 Kitas"
    assert {each["state"] for each in heir["consequences"].values()} == {"open"}
    assert city.measure(SUPPORT)["lineage"]["successors"] == [HEIR]
    assert heir["lineage"]["predecessors"] == [SUPPORT]
    choice = city.reader.value(
        "SELECT d.choice FROM disposition d"
        " JOIN measure me ON me.municipality_id = :m AND me.id = d.measure_id"
        " WHERE d.municipality_id = :m AND me.ref = :key",
        key=SUPPORT,
    )
    assert choice == "adapt"


def test_the_freeze_hit_the_family_classes_only(city: City) -> None:
    frozen = city.on("2025-10-01")
    classes = frozen.measure(CLASSES, "2025-10-01")
    assert (classes["state"], classes["actual_start"]) == ("suspended", "2024-09-01")
    assert classes["lights"]["delivery"]["light"] == "grey"
    assert frozen.measure(WARNING, "2025-10-01")["state"] == "in_progress"
    told = journal.events(city.reader, key=CLASSES, sees_internal=True)
    (suspended,) = [each for each in told if each.to_state == "suspended"]
    assert str(suspended.day) == "2025-10-01"
    assert dict(suspended.changes or {})["review_on"] == "2026-03-31"


def test_what_was_spent_until_the_council_repealed_it_stays_spent(city: City) -> None:
    assert city.on("2026-05-19").measure(CLASSES, "2026-05-19")["state"] == "suspended"
    repealed = city.on("2026-05-20")
    assert repealed.measure(CLASSES, "2026-05-20")["state"] == "cancelled"
    assert city.money(CLASSES, "spent") == 198_500_00
    votes = city.reader.pairs(
        "SELECT d.votes_yes, d.votes_no, d.votes_abstain FROM decision d"
        " JOIN decision old ON old.municipality_id = :m AND old.id = d.repeals_id"
        " JOIN decision_subject s ON s.municipality_id = :m AND s.decision_id = old.id"
        " JOIN measure me ON me.municipality_id = :m AND me.id = s.measure_id"
        " WHERE d.municipality_id = :m AND me.ref = :key",
        key=CLASSES,
    )
    assert votes == [(22, 15, 1)]
    assert goals.show(repealed.reader, LEAVERS, date(2026, 5, 20))["uncovered"] is False


def test_home_visits_were_silent_while_they_worked(city: City) -> None:
    seen = city.on("2026-06-20").measure(SOUTH, "2026-06-20")
    assert (seen["state"], seen["actual_start"]) == ("in_progress", "2025-09-01")
    assert seen["lights"]["delivery"]["light"] == "yellow"
    assert reasons(seen, "delivery") == ["report_missing"]
    assert "15.05.2026" in seen["lights"]["delivery"]["reasons"][0]["says"]
    assert seen["lights"]["effect"]["light"] == "green"


def test_two_measures_became_one_that_was_under_way_at_once(city: City) -> None:
    merged = city.on("2026-07-01")
    for key in (SOUTH, EAST):
        seen = merged.measure(key, "2026-07-01")
        assert (seen["state"], seen["lineage"]["successors"]) == ("superseded", [VISITS])
        assert seen["actual_start"] == "2025-09-01"
    one = merged.measure(VISITS, "2026-07-01")
    assert (one["state"], one["actual_start"]) == ("in_progress", "2026-07-01")
    shares = merged.reader.pairs(
        "SELECT b.ref, l.kind, l.share FROM measure_link l"
        " JOIN measure b ON b.municipality_id = :m AND b.id = l.predecessor_id"
        " JOIN measure a ON a.municipality_id = :m AND a.id = l.successor_id"
        " WHERE l.municipality_id = :m AND a.ref = :key ORDER BY b.ref",
        key=VISITS,
    )
    assert [(key, kind, float(share)) for key, kind, share in shares] == [
        (SOUTH, "merged", 0.6),
        (EAST, "merged", 0.4),
    ]


def test_the_one_has_the_money_of_both(city: City) -> None:
    before = city.on("2026-06-30")
    assert before.money(SOUTH, "approved") == 72_000_00
    assert before.money(EAST, "approved") == 48_000_00
    assert city.money(VISITS, "approved") == 120_000_00


def test_its_end_slipped_and_the_planned_one_is_kept(city: City) -> None:
    seen = city.measure(VISITS)
    assert (seen["planned_end"], seen["forecast_end"]) == ("2026-09-30", "2027-01-31")
    assert seen["first_planned_end"] == "2026-09-30"
    assert seen["lights"]["delivery"]["light"] == "yellow"
    assert reasons(seen, "delivery") == ["end_past", "end_moved", "step_late"]
    told = seen["lights"]["delivery"]["reasons"]
    assert "15.10.2026" in told[2]["says"]
    assert seen["lights"]["effect"]["light"] == "green"


# words of the command, day, where it stands in the answer, what stands there
ANSWERS = (
    (("measure", "show", SUPPORT), "2026-10-29", "state", "implemented"),
    (("measure", "show", SUPPORT), "2026-10-30", "state", "evaluated"),
    (("measure", "show", SUPPORT), "2026-11-22", "state", "reported"),
    (("measure", "show", SUPPORT), "2026-11-22", "lineage.successors", [HEIR]),
    (("measure", "show", HEIR), "2026-11-22", "state", "draft"),
    (("measure", "show", CLASSES), "2025-09-30", "state", "in_progress"),
    (("measure", "show", CLASSES), "2025-10-01", "state", "suspended"),
    (("measure", "show", CLASSES), "2026-05-19", "state", "suspended"),
    (("measure", "show", CLASSES), "2026-05-20", "state", "cancelled"),
    (("measure", "show", WARNING), "2026-05-20", "state", "in_progress"),
    (("goal", "show", LEAVERS), "2026-05-20", "uncovered", False),
    (("measure", "show", SOUTH), "2026-06-20", "lights.delivery.light", "yellow"),
    (("measure", "show", SOUTH), "2026-06-20", "lights.effect.light", "green"),
    (("measure", "show", SOUTH), "2026-07-01", "state", "superseded"),
    (("measure", "show", EAST), "2026-07-01", "lineage.successors", [VISITS]),
    (("measure", "show", VISITS), "2026-07-01", "state", "in_progress"),
    (("measure", "show", VISITS), "2026-08-30", "forecast_end", None),
    (("measure", "show", VISITS), "2026-08-31", "forecast_end", "2027-01-31"),
    (("measure", "show", VISITS), "2026-11-22", "planned_end", "2026-09-30"),
    (("measure", "show", VISITS), "2026-11-22", "lights.delivery.light", "yellow"),
)


@pytest.mark.parametrize(("words", "day", "path", "wanted"), ANSWERS)
def test_the_command_answers_for_each_day(
    cycle: Cycle, words: tuple[str, ...], day: str, path: str, wanted: object
) -> None:
    told = cycle(*words, "--as-of", day, "--json").json
    for name in path.split("."):
        told = told[name]
    assert told == wanted
