"""The demo city: complete, the same each time, and never in the way of a real town."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cycle import demo
from cycle.demo import deeds, town
from cycle.errors import Conflict, Refused, Unavailable
from cycle.machine.facts import Ask
from cycle.reading import journal, measures, status
from cycle.reading.door import Reader, open_reader
from cycle.store.store import Store
from cycle.usecases import moves, towns
from tests.conftest import STORES, FreshUrl, migrate

S1 = "M-2024-003"
HEIR = "M-2028-001"
NAMED = {
    "M-2024-003": "Sprachförderkräfte in 4 Kitas",
    "M-2024-011": "Frühwarnsystem Schulabsentismus",
    "M-2024-012": "Familienklassen an 3 Schulen",
    "M-2025-004": "Hausbesuche Süd",
    "M-2025-009": "Quartierslotsen Ost",
    "M-2025-030": "Wohnverbund für Menschen mit seelischer Erkrankung in Süd",
    "M-2026-021": "Präventive Hausbesuche ab 75 Jahren",
}


@dataclass
class City:
    """Saalestadt as it was built once for all tests of one database."""

    url: str
    reader: Reader

    def value(self, sql: str) -> Any:  # noqa: ANN401 - whatever SQL gives
        return self.reader.value(sql)

    def pairs(self, sql: str) -> list[tuple[Any, ...]]:
        return self.reader.pairs(sql)

    def measure(self, key: str) -> dict[str, Any]:
        return dict(measures.show(self.reader, key, today=town.TODAY))


@pytest.fixture(params=STORES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def city(fresh_url: FreshUrl, kind: str) -> Iterator[City]:
    url = fresh_url(kind, demo.build)
    with closing(open_reader(url)) as reader:
        yield City(url, reader)


def statuses(url: str) -> dict[str, Any]:
    with closing(open_reader(url)) as reader:
        return dict(status.status(reader, today=town.TODAY))


def keys_and_days(url: str) -> list[tuple[Any, ...]]:
    """Everything the journal tells of a city but its moments and hashes."""
    with closing(open_reader(url)) as reader:
        return reader.pairs(
            "SELECT e.n, e.day, e.entity, e.key, e.action, e.from_state, e.to_state, a.name"
            " FROM event e LEFT JOIN account a ON a.municipality_id = :m AND a.id = e.account_id"
            " WHERE e.municipality_id = :m ORDER BY e.n"
        )


def test_the_demo_stands_on_its_own_day_and_says_that_it_is_invented(city: City) -> None:
    found = city.pairs("SELECT name, ags, fictional, preset, day FROM municipality WHERE id = :m")
    name, ags, fictional, preset, day = found[0]
    assert (name, ags, bool(fictional), preset) == ("Saalestadt", "16999000", True, "standard")
    assert str(day) == "2026-11-22"
    assert demo.exists(city.url)


def test_every_state_of_the_machine_occurs_in_several_departments(city: City) -> None:
    told = statuses(city.url)
    assert all(told["states"].values()), told["states"]
    assert sum(told["states"].values()) == 73
    assert {"50", "51", "53", "65", "WVA", "TRB", "LSA", "JC"} <= {
        department["code"] for department in told["departments"]
    }


def test_one_round_is_evaluated_while_the_next_one_is_reported(city: City) -> None:
    told = statuses(city.url)
    assert told["cycles"] == ["Z-2024", "Z-2028"]
    assert (told["cycle"]["key"], told["cycle"]["round"]) == ("Z-2028", 2)
    stages = city.pairs("SELECT ref, stage FROM cycle WHERE municipality_id = :m ORDER BY ref")
    assert stages == [
        ("Z-2019", "closed"),
        ("Z-2023", "closed"),
        ("Z-2024", "evaluation"),
        ("Z-2028", "report"),
    ]


def test_early_language_support_has_come_full_circle(city: City) -> None:
    seen = city.measure(S1)
    assert seen["title"] == "Sprachförderkräfte in 4 Kitas"
    assert (seen["state"], seen["lead"], seen["areas"]) == ("reported", "51", ["06"])
    assert (seen["actual_start"], seen["actual_end"]) == ("2024-08-01", "2026-07-31")
    assert sorted(seen["partners"]) == ["TRB", "WVA"]
    assert seen["consequences"]["built"]["state"] == "none"
    assert seen["consequences"]["financial"]["countersigned"] is True
    assert seen["lineage"]["successors"] == [HEIR]


def test_its_figures_and_votes_are_those_of_the_scenario(city: City) -> None:
    values = city.pairs(
        "SELECT o.period_end, o.numerator, o.denominator FROM observation o"
        " JOIN indicator_version v ON v.municipality_id = :m AND v.id = o.indicator_version_id"
        " JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id"
        " JOIN area a ON a.municipality_id = :m AND a.id = o.area_id AND a.code = '06'"
        " WHERE o.municipality_id = :m AND i.code = 'SPRACHE' ORDER BY o.period_end"
    )
    assert [tuple(map(str, row)) for row in values] == [
        ("2023-12-31", "96", "288"),
        ("2024-12-31", "93", "281"),
        ("2025-12-31", "81", "276"),
        ("2026-09-30", "88", "290"),
    ]
    votes = city.pairs(
        "SELECT d.decided_on, d.votes_yes, d.votes_no, d.votes_abstain FROM decision d"
        " JOIN decision_subject s ON s.municipality_id = :m AND s.decision_id = d.id"
        " JOIN measure me ON me.municipality_id = :m AND me.id = s.measure_id"
        f" WHERE d.municipality_id = :m AND me.ref = '{S1}' ORDER BY d.decided_on"
    )
    assert [str(on) for on, *_ in votes] == ["2024-03-14", "2024-04-24"]
    assert votes[-1][1:] == (31, 4, 2)


def test_its_evaluation_made_a_finding_of_the_next_round_and_a_day_for_what_follows(
    city: City,
) -> None:
    found = city.pairs(
        "SELECT c.ref, f.kind, f.response FROM finding f"
        " JOIN measure me ON me.municipality_id = :m AND me.id = f.origin_measure_id"
        " JOIN report r ON r.municipality_id = :m AND r.id = f.report_id"
        " JOIN cycle c ON c.municipality_id = :m AND c.id = r.cycle_id"
        f" WHERE f.municipality_id = :m AND me.ref = '{S1}'"
    )
    assert found == [("Z-2028", "evaluation_result", "goal")]
    told = journal.events(city.reader, key=S1, sees_internal=True)
    evaluated = [each for each in told if each.to_state == "evaluated"]
    assert [str(each.day) for each in evaluated] == ["2026-10-30"]
    assert dict(evaluated[0].changes or {})["disposition_due"] == "2027-01-28"


def test_its_successor_is_a_draft_that_proposes_the_old_consequences(city: City) -> None:
    seen = city.measure(HEIR)
    assert (seen["state"], seen["cycle"]) == ("draft", "Z-2028")
    assert {each["state"] for each in seen["consequences"].values()} == {"open"}
    proposals = city.pairs(
        "SELECT k.kind, k.proposal FROM consequence k"
        " JOIN measure me ON me.municipality_id = :m AND me.id = k.measure_id"
        f" WHERE k.municipality_id = :m AND me.ref = '{HEIR}'"
    )
    assert dict(proposals)["built"] == "Räume vorhanden"
    assert all(text for _, text in proposals)


def test_the_council_took_the_family_classes_back(city: City) -> None:
    assert city.measure("M-2024-011")["title"] == "Frühwarnsystem Schulabsentismus"
    assert city.measure("M-2024-011")["state"] == "in_progress"
    assert city.measure("M-2024-012")["title"] == "Familienklassen an 3 Schulen"
    assert city.measure("M-2024-012")["state"] == "cancelled"
    spent = city.value(
        "SELECT SUM(l.spent_cents) FROM budget_line l"
        " JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id"
        " WHERE l.municipality_id = :m AND me.ref = 'M-2024-012'"
    )
    assert spent == 198_500_00
    waived = city.pairs(
        "SELECT w.guard, w.granted_by FROM waiver w"
        " JOIN measure me ON me.municipality_id = :m AND me.id = w.measure_id"
        " WHERE w.municipality_id = :m AND me.ref = 'M-2024-012'"
    )
    assert waived == [("evaluation_owed", "steering")]


def test_two_measures_for_older_people_became_one_with_the_money_of_both(city: City) -> None:
    one = city.measure("M-2025-004")["lineage"]["successors"][0]
    assert city.measure("M-2025-009")["state"] == "superseded"
    seen = city.measure(one)
    assert (seen["state"], seen["actual_start"]) == ("in_progress", "2026-07-01")
    approved = city.value(
        "SELECT SUM(l.approved_cents) FROM budget_line l"
        " JOIN measure me ON me.municipality_id = :m AND me.id = l.measure_id"
        f" WHERE l.municipality_id = :m AND me.ref = '{one}'"
    )
    assert approved == 120_000_00


def test_ends_are_left_open_for_gaps_to_show(city: City) -> None:
    told = statuses(city.url)["gaps"]
    assert {
        "finding_without_response",
        "recommendation_unanswered",
        "goal_without_measure",
        "evaluation_owed",
        "feedback_missing",
        "lead_missing",
        "observation_missing",
    } <= {rule for rule, count in told.items() if count}
    unread = city.value(
        "SELECT COUNT(*) FROM finding WHERE municipality_id = :m"
        " AND origin_evaluation_id IS NOT NULL AND acknowledged_on IS NULL"
    )
    assert unread > 0


def test_measures_have_their_keys_in_the_order_in_which_they_were_logged(city: City) -> None:
    found = city.pairs(
        "SELECT SUBSTR(me.ref, 3, 4), COUNT(*) FROM measure me WHERE me.municipality_id = :m"
        " GROUP BY SUBSTR(me.ref, 3, 4) ORDER BY 1"
    )
    assert found == [("2024", 14), ("2025", 30), ("2026", 29), ("2028", 2)]
    for key, title in NAMED.items():
        assert city.measure(key)["title"] == title


def test_the_cost_of_its_last_measure_is_still_open(city: City) -> None:
    seen = city.measure("M-2025-030")
    assert (seen["state"], seen["fields"], seen["areas"]) == ("targeted", ["PSY"], ["05"])
    states = {kind: each["state"] for kind, each in seen["consequences"].items()}
    assert states == {
        "built": "none",
        "staffing": "assessed",
        "organisational": "assessed",
        "financial": "open",
    }


def test_the_journal_of_the_city_verifies(city: City) -> None:
    assert journal.verify(city.reader) == []


def test_both_databases_tell_the_same_story(fresh_url: FreshUrl) -> None:
    here, there = (fresh_url(kind, demo.build) for kind in STORES)
    assert statuses(here) == statuses(there)
    assert [tuple(map(str, row)) for row in keys_and_days(here)] == [
        tuple(map(str, row)) for row in keys_and_days(there)
    ]


def test_a_second_build_refuses_and_changes_nothing(city: City) -> None:
    before = keys_and_days(city.url)
    with pytest.raises(Conflict) as caught:
        demo.build(city.url)
    assert caught.value.code == "duplicate"
    assert keys_and_days(city.url) == before


def test_without_the_countersignature_nothing_else_was_missing(store: Store) -> None:
    with store.unit(None, day=date.fromisoformat(town.FOUNDED)) as unit:
        town.found(unit)
    keys: dict[str, str] = {}
    until = date(2024, 2, 19)
    deeds.do(store, [d for d in demo.life() if d.on < until], keys, stop_after(sittings=0))
    with pytest.raises(Refused) as caught, store.unit("department_head", day=until) as unit:
        moves.move(unit, keys["sprache"], "propose", Ask())
    assert [reason.guard for reason in caught.value.reasons] == ["financial_not_countersigned"]


def stop_after(sittings: int) -> Callable[[int, int], None]:
    told: list[int] = []

    def progress(done: int, todo: int) -> None:
        assert done <= todo
        told.append(done)
        if len(told) == sittings:
            raise KeyboardInterrupt

    return progress


def test_a_build_that_is_interrupted_leaves_no_half_city(fresh_url: FreshUrl, kind: str) -> None:
    url = fresh_url(kind)
    with pytest.raises(KeyboardInterrupt):
        demo.build(url, progress=stop_after(3))
    assert not demo.exists(url)
    demo.reset(url)


def test_reset_takes_the_city_away(fresh_url: FreshUrl, kind: str) -> None:
    url = fresh_url(kind, demo.build)
    demo.reset(url)
    assert not demo.exists(url)
    if kind == "sqlite":
        assert not Path(url.removeprefix("sqlite:///")).exists()


def test_a_store_without_a_town_holds_no_demo(fresh_url: FreshUrl, kind: str) -> None:
    assert not demo.exists(fresh_url(kind))
    assert not demo.exists(fresh_url(kind, migrate))


def test_a_store_that_cannot_be_reached_is_not_taken_for_an_empty_one() -> None:
    with pytest.raises(Unavailable):
        demo.exists("postgresql://nobody@/nothing?host=/nowhere")


def test_a_real_town_is_neither_built_over_nor_taken_away(store: Store) -> None:
    with store.unit(None, day=town.TODAY) as unit:
        towns.found(unit, name="Musterstadt", ags="16000000")
    url = store.engine.url.render_as_string(hide_password=False)
    url = url.replace("postgresql+psycopg", "postgresql")
    with pytest.raises(Conflict):
        demo.build(url)
    with pytest.raises(Conflict) as caught:
        demo.reset(url)
    assert caught.value.code == "not_demo"
    assert not demo.exists(url)
    with store.unit() as unit:
        assert unit.town.name == "Musterstadt"
