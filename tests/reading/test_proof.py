from collections.abc import Callable

import pytest
from sqlalchemy import text

from cycle.reading.proof import SAYS, discrepancies
from cycle.store.store import Store
from cycle.usecases import journal
from tests import makers
from tests.makers import DAY
from tests.makers_measures import Town


@pytest.fixture
def full(town: Store) -> Store:
    place = Town(town)
    for state in ("draft", "proposed", "in_progress"):
        place.a_measure(state)
    return town


def _codes(store: Store) -> list[str]:
    with store.unit("planner", day=DAY) as unit:
        return [each.code for each in discrepancies(unit.reading())]


def test_a_store_that_was_only_written_through_its_doors_agrees_with_itself(full: Store) -> None:
    assert _codes(full) == []


def test_it_still_does_when_words_were_blacked_out(full: Store) -> None:
    with full.unit("planner", day=DAY) as unit:
        makers.a_measure(unit)
    with full.unit("admin", day=DAY) as unit:
        n = unit.reading().value("SELECT MAX(n) FROM event")
        journal.black_out(unit, n, reason="Name", second="planner")
    assert _codes(full) == []


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE tally SET n = n + 1 WHERE topic = 'state' AND name = 'draft'", "tally_wrong"),
        ("DELETE FROM tally WHERE topic = 'state' AND name = 'draft'", "tally_wrong"),
        ("DELETE FROM standing WHERE topic = 'state' AND name = 'draft'", "standing_missing"),
        ("UPDATE standing SET name = 'targeted' WHERE topic = 'state'", "standing_wrong"),
        ("UPDATE measure SET title = 'Anders' WHERE state = 'draft'", "row_changed"),
        ("DELETE FROM milestone", "row_missing"),
        (("INSERT INTO account_role SELECT municipality_id, account_id, 'reader' FROM account_role"
          " WHERE role = 'finance' AND account_id IN (SELECT id FROM account"
          " WHERE name = 'finance')"), "row_foreign"),
    ],
)  # fmt: skip
def test_it_finds_what_somebody_changed_past_the_journal(full: Store, sql: str, code: str) -> None:
    with full.engine.begin() as connection:
        connection.execute(text(sql))
    assert code in _codes(full)


def test_every_discrepancy_can_be_told() -> None:
    told: dict[str, Callable[..., str]] = {code: says.format for code, says in SAYS.items()}
    values = dict.fromkeys(("noun", "what", "topic", "name", "counted", "there", "table",
                            "columns"), "x")  # fmt: skip
    assert all(says(**values) for says in told.values())
