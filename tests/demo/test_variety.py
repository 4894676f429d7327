"""How varied the demo city is: every kind of measure, every open end, all that goes wrong."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from cycle import demo
from cycle.machine.gaps import BY_ID
from cycle.reading.door import Reader, open_reader
from tests.conftest import STORES, FreshUrl

FIELDS = (
    "SELECT DISTINCT f.code FROM measure_field l"
    " JOIN field_of_action f ON f.municipality_id = :m AND f.id = l.field_id"
    " WHERE l.municipality_id = :m"
)
AREAS = (
    "SELECT DISTINCT a.code FROM measure_area l"
    " JOIN area a ON a.municipality_id = :m AND a.id = l.area_id WHERE l.municipality_id = :m"
)
KINDS: dict[str, set[object]] = {
    "mandate": {"statutory", "voluntary"},
    "prevention_level": {"universal", "selective", "indicated"},
    "binding": {
        "council_resolution",
        "committee_resolution",
        "administrative",
        "voluntary_commitment",
    },
    "is_ongoing": {True, False},
    "taken_over": {True, False},
}
# what goes wrong → where it is written down
TROUBLES = {
    "entered in error": "measure WHERE municipality_id = :m AND reason_code = 'entered_in_error'",
    "wanted again": "measure_link WHERE municipality_id = :m AND kind = 'replaced'",
    "urgent decision": "decision WHERE municipality_id = :m AND kind = 'urgent'",
    "budget cut": "deadline WHERE municipality_id = :m AND code = 'budget_choice'"
    " AND met_on IS NULL",
    "grant that ends": "budget_line WHERE municipality_id = :m AND grant_end = '2027-03-31'",
    "department dissolved": "org_unit WHERE municipality_id = :m AND active_to = '2026-03-31'",
    "handed over": "event WHERE municipality_id = :m AND action = 'handed_over'",
    "light by hand": "light_override WHERE municipality_id = :m AND expires_on > '2026-11-22'",
    "policy of its own": "event WHERE municipality_id = :m AND action = 'policy_set'",
    "stepped path": "goal_target WHERE municipality_id = :m AND path = 'stepped'",
    "target to restate": "goal_target WHERE municipality_id = :m AND replaced_on IS NULL"
    " AND not_comparable_since IS NOT NULL",
    "value revised": "observation WHERE municipality_id = :m AND vintage = 2",
    "round from paper": "cycle c JOIN cycle_paper p ON p.municipality_id = :m"
    " AND p.cycle_id = c.id WHERE c.municipality_id = :m AND c.taken_over",
    "council elected": "council_term WHERE municipality_id = :m",
    "measure raised": "measure WHERE municipality_id = :m AND raised_to = 'strict'",
    "round with an exception": "waiver WHERE municipality_id = :m AND cycle_id IS NOT NULL",
}


@pytest.fixture(params=STORES)
def reader(request: pytest.FixtureRequest, fresh_url: FreshUrl) -> Iterator[Reader]:
    with closing(open_reader(fresh_url(request.param, demo.build))) as opened:
        yield opened


def test_measures_are_of_every_kind(reader: Reader) -> None:
    fields = {row[0] for row in reader.pairs(FIELDS)}
    assert fields == {"JUG", "ALT", "BEH", "PSY", "BIL"}
    areas = {row[0] for row in reader.pairs(AREAS)}
    assert areas == {"01", "02", "03", "04", "05", "06"}
    for column, words in KINDS.items():
        found = reader.pairs(
            f"SELECT DISTINCT {column} FROM measure WHERE municipality_id = :m"
            f" AND {column} IS NOT NULL"
        )
        assert {row[0] for row in found} >= words, column


def test_every_open_end_that_a_town_of_its_kind_can_have_is_there(reader: Reader) -> None:
    found = reader.pairs(
        "SELECT DISTINCT name FROM standing WHERE municipality_id = :m AND topic = 'gap'"
    )
    rounds_are_whole = {"participation_missing", "strand_unlinked", "owed_round"}
    nothing_unknown = {"state_unknown"}
    assert {row[0] for row in found} == set(BY_ID) - rounds_are_whole - nothing_unknown


@pytest.mark.parametrize(("what", "sql"), TROUBLES.items())
def test_what_goes_wrong_in_towns_goes_wrong_here(reader: Reader, what: str, sql: str) -> None:
    assert reader.value(f"SELECT COUNT(*) FROM {sql}") >= 1, what
