import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from cycle import clock, token_text
from cycle.errors import Conflict, Forbidden, Invalid, NotFound
from cycle.model.access import TokenRole, TokenUnit
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import accounts, lookup, tokens


def _roles(unit: Unit, token_id: str) -> set[str]:
    return {each.role for each in lookup.every(unit, TokenRole, token_id=token_id)}


def _units(unit: Unit, token_id: str) -> list[str]:
    return [each.org_unit_id for each in lookup.every(unit, TokenUnit, token_id=token_id)]


def _faults(caught: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    assert str(caught.value)
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def test_a_program_gets_a_service_account_of_its_name(town: Store) -> None:
    with town.unit("admin") as unit:
        record, shown = tokens.create(
            unit, " survey ", roles=["evaluator", "evaluator"], departments=["51"]
        )
    with town.unit("survey") as unit:
        assert unit.actor.roles == {"evaluator"}
        assert unit.actor.units == {"51"}
        assert lookup.account(unit, "survey").kind == "service"
        assert _roles(unit, record.id) == {"evaluator"}
        assert _units(unit, record.id) == [lookup.department(unit, "51").id]
    read = token_text.parse(shown)
    assert read is not None
    assert read.code == record.code
    assert read.fits(record.secret_hash)
    assert not record.read_only


def test_the_service_of_its_name_is_used_again_if_it_holds_what_is_asked(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.add(unit, "survey", roles=["evaluator", "reader"], departments=["51", "40"],
                     kind="service")  # fmt: skip
        record, _ = tokens.create(unit, "survey", roles=["reader"], departments=["40"])
        assert record.account_id == lookup.account(unit, "survey").id
        assert _roles(unit, record.id) == {"reader"}
        assert len(_units(unit, record.id)) == 1


def test_a_person_is_not_acted_for_unless_that_is_said(town: Store) -> None:
    with pytest.raises(Conflict) as caught, town.unit("admin") as unit:
        tokens.create(unit, "planner", roles=["planner"])
    assert "--account" in caught.value.fix
    with town.unit("admin") as unit:
        record, _ = tokens.create(unit, "planner", account="planner")
        assert _roles(unit, record.id) == {"planner"}
        assert _units(unit, record.id) == []  # as the account


@pytest.mark.parametrize("account", ["youth", None])
def test_a_token_narrows_and_never_widens(town: Store, account: str | None) -> None:
    with town.unit("admin") as unit:
        accounts.add(unit, "robot", roles=["department_head"], departments=["51"], kind="service")
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, "robot", account=account, roles=["planner", "finance"])
    assert _faults(caught) == [("role", "not_held"), ("role", "not_held")]
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, "robot", account=account, departments=["51", "40"])
    assert _faults(caught) == [("department", "not_held")]
    assert "cycle account show" in caught.value.fix


def test_nobody_is_narrowed_to_a_department_the_account_does_not_name(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, "one", account="evaluator", departments=["51"])
    assert _faults(caught) == [("department", "not_held")]
    with pytest.raises(NotFound), town.unit("admin") as unit:
        tokens.create(unit, "one", account="youth", departments=["99"])


def test_admin_and_steering_go_to_a_program_only_by_name(town: Store) -> None:
    with town.unit("admin") as unit:
        accounts.add(unit, "both", roles=["steering", "admin", "planner"])
        record, _ = tokens.create(unit, "all", account="both")
        assert _roles(unit, record.id) == {"planner"}
        record, _ = tokens.create(unit, "named", account="both", roles=["admin"])
        assert _roles(unit, record.id) == {"admin"}
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, "none", account="steering")
    assert _faults(caught) == [("role", "missing")]


@pytest.mark.parametrize(("expires", "days"), [(None, 90), (1, 1), (366, 366), (90, 90)], ids=str)
def test_it_lasts_for_days_from_now(town: Store, expires: int | None, days: int) -> None:
    with town.unit("admin") as unit:
        record, _ = tokens.create(unit, "one", account="planner", expires=expires)
        assert record.expires_at == unit.now + timedelta(days=days)


def test_it_lasts_to_the_end_of_its_last_day_in_the_town(town: Store) -> None:
    with town.unit("admin") as unit:
        unit.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        winter, _ = tokens.create(unit, "winter", account="planner", expires=date(2027, 3, 1))
        summer, _ = tokens.create(unit, "summer", account="planner", expires=date(2027, 6, 30))
        today, _ = tokens.create(unit, "today", account="planner", expires=date(2026, 11, 22))
        last, _ = tokens.create(unit, "last", account="planner", expires=date(2027, 11, 22))
        assert winter.expires_at == datetime(2027, 3, 1, 23, tzinfo=UTC)
        assert summer.expires_at == datetime(2027, 6, 30, 22, tzinfo=UTC)
        assert today.expires_at == datetime(2026, 11, 22, 23, tzinfo=UTC)
        assert last.expires_at == datetime(2027, 11, 22, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expires", "code"),
    [
        (0, "too_small"), (-5, "too_small"), (date(2000, 1, 1), "too_small"),
        (367, "too_large"), (10**30, "too_large"), (date.max, "too_large"),
    ],
    ids=str,
)  # fmt: skip
def test_it_neither_ends_before_it_begins_nor_lasts_for_ever(
    town: Store, expires: date | int, code: str
) -> None:
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, "one", account="planner", expires=expires)
    assert _faults(caught) == [("expires", code)]


def test_yesterday_is_over_and_a_year_and_two_days_are_too_long(town: Store) -> None:
    for days, code in ((-1, "too_small"), (366, "too_large")):
        day = clock.today() + timedelta(days=days)
        with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
            tokens.create(unit, "one", account="planner", expires=day)
        assert _faults(caught) == [("expires", code)]


@pytest.mark.parametrize("name", ["planner", "steering", "youth", "clerk", "reader", "evaluator"])
def test_only_an_admin_makes_and_revokes_tokens(town: Store, name: str) -> None:
    with town.unit("admin") as unit:
        tokens.create(unit, "one", account="planner")
    with pytest.raises(Forbidden), town.unit(name) as unit:
        tokens.create(unit, "mine", account=name)
    with pytest.raises(Forbidden), town.unit(name) as unit:
        tokens.revoke(unit, "one")


def test_a_name_is_taken_once_also_after_its_end(town: Store) -> None:
    with town.unit("admin") as unit:
        tokens.create(unit, "one", account="planner")
        tokens.revoke(unit, "one")
    with pytest.raises(Conflict) as caught, town.unit("admin") as unit:
        tokens.create(unit, "one ", account="planner")
    assert caught.value.code == "duplicate"


def test_what_is_missing_and_what_is_wrong_is_told_at_once(town: Store) -> None:
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, " ", roles=["mayor"])
    assert _faults(caught) == [("name", "missing"), ("role", "unknown_word")]
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, "new")
    assert _faults(caught) == [("role", "missing")]
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, "n" * 41, account="planner")
    with pytest.raises(NotFound), town.unit("admin") as unit:
        tokens.create(unit, "new", account="nobody")


@pytest.mark.parametrize("account", ["survey", None])
def test_nobody_acts_by_a_disabled_account(town: Store, account: str | None) -> None:
    with town.unit("admin") as unit:
        accounts.add(unit, "survey", roles=["evaluator"], kind="service")
        accounts.disable(unit, "survey")
    with pytest.raises(Invalid) as caught, town.unit("admin") as unit:
        tokens.create(unit, "survey", account=account, roles=["evaluator"])
    assert _faults(caught) == [("account", "disabled")]


def test_revoking_twice_is_revoking_once(town: Store) -> None:
    with town.unit("admin") as unit:
        tokens.create(unit, "one", account="planner")
        first = tokens.revoke(unit, "one").revoked_at
        assert first is not None
    with town.unit("admin") as unit:
        assert tokens.revoke(unit, "one").revoked_at == first
        assert unit.told == []
    with pytest.raises(NotFound) as caught, town.unit("admin") as unit:
        tokens.revoke(unit, "ones")
    assert caught.value.values["near"] == "one"


def test_the_journal_tells_of_it_and_the_secret_is_nowhere(town: Store) -> None:
    with town.unit("admin") as unit:
        record, shown = tokens.create(unit, "survey", roles=["evaluator"], departments=["51"])
        created = dict(unit.told[-1])
        tokens.revoke(unit, "survey")
        revoked = dict(unit.told[-1])
    assert [(e["entity"], e["action"], e["key"]) for e in (created, revoked)] == [
        ("token", "created", "survey"), ("token", "revoked", "survey"),
    ]  # fmt: skip
    assert created["payload"]["roles"] == ["evaluator"]
    assert created["payload"]["units"] == ["51"]
    read = token_text.parse(shown)
    assert read is not None
    kept = _everything(town)
    assert read.secret not in kept
    assert shown[-20:] not in kept
    assert read.code in kept
    contents = " ".join(row for name, row in _rows(town) if name == "event_payload")
    told = [each[0] for each in _contents(town)]
    assert "survey" in contents
    assert not any(record.secret_hash in each for each in told)


def _rows(store: Store) -> list[tuple[str, str]]:
    with store.engine.connect() as connection:
        return [
            (name, json.dumps([str(value) for value in row]))
            for name in SQLModel.metadata.tables
            for row in connection.execute(text(f"SELECT * FROM {name}"))
        ]


def _everything(store: Store) -> str:
    return " ".join(row for _, row in _rows(store))


def _contents(store: Store) -> list[tuple[str]]:
    with store.engine.connect() as connection:
        found = connection.execute(text("SELECT content FROM event_payload"))
        return [(str(row[0]),) for row in found]
