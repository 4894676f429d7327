"""What is overdue in the demo city: each rule, the rows of the scenarios, and the whole list."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from cycle import demo
from cycle.demo import town
from cycle.machine.overdue import BY_CODE
from cycle.reading import measures, overdue, proof, status
from cycle.reading.door import Reader, open_reader
from cycle.reading.lights import lights
from cycle.reading.overdue import OverdueRow
from cycle.reading.town import town as the_town
from tests.cli.calls import Cycle
from tests.conftest import STORES, FreshUrl

LIST = Path(__file__).with_name("overdue.txt")
RENEW = (
    "cycle demo --reset; COLUMNS=80 uv run cycle --demo overdue --lang de > tests/demo/overdue.txt"
)

# rule, key, day by which it was owed, days since then
ROWS = (
    ("O14", "SCHWIMMEN", "2024-04-26", 940),
    ("O13", "R-2024-001", "2024-07-14", 861),
    ("O19", "Z-2023", "2025-06-10", 530),
    ("O9", "M-2025-003", "2026-01-31", 295),
    ("O18", "M-2024-004", "2026-04-30", 206),
    ("O1", "F-2026-001", "2026-08-13", 101),
    ("O8", "M-2025-013", "2026-09-02", 81),
    ("O6", "M-2026-001", "2026-10-01", 52),
    ("O4", "M-2026-011", "2026-10-05", 48),
    ("O17", "Z-2024", "2026-10-16", 37),
    ("O3", "G-2026-001", "2026-10-23", 30),
    ("O7", "M-2024-005", "2026-10-27", 26),
    ("O11", "M-2026-010", "2026-10-27", 26),
    ("O2", "B-2026-02", "2026-10-30", 23),
    ("O16", "M-2025-003", "2026-10-30", 23),
    ("O10", "M-2025-011", "2026-10-31", 22),
    ("O12", "M-2024-009", "2026-11-15", 7),
    ("O5", "M-2025-005", "2026-11-17", 5),
    ("O15", "M-2025-018", "2027-03-31", -129),
)
# measure of a scenario → all it owes: rule, which one, day by which, days since then, who
SCENARIOS = {
    "M-2024-003": [],
    "M-2024-011": [("O9", "2", "2026-10-31", 22, "LSA")],
    "M-2024-012": [],
    "M-2025-004": [],
    "M-2025-009": [],
    "M-2025-030": [],
    "M-2026-021": [("O10", "", "2026-09-30", 53, "50"), ("O9", "1", "2026-10-15", 38, "50")],
    "M-2028-001": [],
}


@pytest.fixture(params=STORES)
def reader(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Reader]:
    with closing(open_reader(fresh_url(request.param, demo.build))) as opened:
        yield opened


@pytest.fixture
def cycle(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fresh_url: FreshUrl
) -> Cycle:
    monkeypatch.setenv("COLUMNS", "80")
    return Cycle(capsys, fresh_url("sqlite", demo.build))


def listed(reader: Reader) -> list[OverdueRow]:
    return overdue.listed(reader, today=town.TODAY, lang="de")


def test_each_rule_finds_something_with_its_days(reader: Reader) -> None:
    assert {rule for rule, *_ in ROWS} == set(BY_CODE)
    found = {(row.rule, row.key, str(row.due), row.days) for row in listed(reader)}
    assert set(ROWS) <= found
    counted = status.status(reader, today=town.TODAY)["overdue"]
    assert set(counted) == set(BY_CODE)
    assert sum(counted.values()) == len([row for row in listed(reader) if not row.done])


def test_the_measures_of_the_scenarios_owe_exactly_this(reader: Reader) -> None:
    found: dict[str, list[object]] = {key: [] for key in SCENARIOS}
    for row in listed(reader):
        if row.key in found:
            told = (row.rule, row.which, str(row.due), row.days, row.department)
            found[row.key].append(told)
    assert found == SCENARIOS


def test_something_was_passed_on_and_something_of_that_is_done(reader: Reader) -> None:
    told = {row.key: (row.rule, row.released, row.done) for row in listed(reader) if row.released}
    assert told == {"M-2025-003": ("O9", "body", False), "M-2025-010": ("O8", "steering", True)}


def test_the_city_agrees_with_itself(reader: Reader) -> None:
    assert proof.discrepancies(reader) == []


def test_the_whole_list_is_as_it_was(cycle: Cycle) -> None:
    told = cycle.done("overdue", "--lang", "de")
    assert told == LIST.read_text("utf-8").strip(), f"if that is meant, renew it: {RENEW}"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_list_tells_programs_the_same(cycle: Cycle, lang: str) -> None:
    told = cycle("overdue", "--json", "--lang", lang).json
    assert set(ROWS) <= {(row["rule"], row["key"], row["due"], row["days"]) for row in told}


def _rows(cycle: Cycle, day: str, key: str) -> list[tuple[str, int]]:
    told = cycle("overdue", "--as-of", day, "--json").json
    return [(row["rule"], row["days"]) for row in told if row["key"] == key]


@pytest.mark.parametrize(
    ("day", "owed"),
    [
        ("2026-03-31", []),
        ("2026-04-01", [("O16", 1)]),
        ("2026-05-19", [("O16", 49)]),
        ("2026-05-20", []),
    ],
)
def test_the_freeze_waits_to_be_looked_at_until_the_council_repeals(
    cycle: Cycle, day: str, owed: list[tuple[str, int]]
) -> None:
    assert _rows(cycle, day, "M-2024-012") == owed


@pytest.mark.parametrize(
    ("day", "owed"),
    [
        ("2026-05-29", []),
        ("2026-05-30", [("O8", 15)]),
        ("2026-06-20", [("O8", 36)]),
        ("2026-07-01", []),
    ],
)
def test_the_home_visits_are_silent_until_they_are_merged(
    cycle: Cycle, day: str, owed: list[tuple[str, int]]
) -> None:
    assert _rows(cycle, day, "M-2025-004") == owed


def test_lists_show_the_lights_that_follow_from_the_records(reader: Reader) -> None:
    rows = measures.listed(reader, today=town.TODAY)
    policy = the_town(reader).policy
    told = lights(reader, [row.key for row in rows], today=town.TODAY, policy=policy)
    wanted = {key: {name: each["light"] for name, each in lit.items()} for key, lit in told.items()}
    assert {row.key: asdict(row.lights) for row in rows if row.lights} == wanted
    assert len(rows) > len({row.state for row in rows}) > 10
