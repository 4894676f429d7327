import json
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from cli.tokens import lifetime
from cycle import clock, token_text
from cycle.i18n import Tongue
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.cli.calls import Cycle
from tests.makers import DAY

SURVEY = ("token", "create", "--name", "survey", "--role", "evaluator")


def test_a_token_stands_alone_on_standard_output_and_opens_the_account(
    cycle: Cycle, stored: Store
) -> None:
    said = cycle(*SURVEY, "--department", "51", "--expires", "90d")
    assert said.code == 0
    assert said.out.count("\n") == 1
    read = token_text.parse(said.out.strip())
    assert read is not None
    assert said.out.strip() not in said.err
    assert read.secret not in said.err
    assert "shown this once" in said.err
    with stored.unit("survey", day=DAY) as unit:
        assert unit.actor.roles == {"evaluator"}
        assert unit.actor.units == {"51"}
        record = lookup.token(unit, "survey")
        assert read.fits(record.secret_hash)
        assert record.expires_at is not None
        rest = record.expires_at - clock.now()
        assert timedelta(days=89, hours=23) < rest < timedelta(days=90)


def test_json_holds_the_token_and_what_show_tells(cycle: Cycle) -> None:
    made = cycle(*SURVEY, "--read-only", "--json").json
    assert token_text.parse(made.pop("token")) is not None
    assert made == cycle("token", "show", "survey", "--json").json
    assert made["read_only"] is True


def test_the_secret_is_in_no_table_and_on_no_later_screen(cycle: Cycle, stored: Store) -> None:
    shown = cycle.done(*SURVEY)
    read = token_text.parse(shown)
    assert read is not None
    with stored.engine.connect() as connection:
        rows = [
            str(tuple(row))
            for name in SQLModel.metadata.tables
            for row in connection.execute(text(f"SELECT * FROM {name}"))
        ]
    screens = [
        cycle(*words)
        for words in (
            ("token", "list"), ("token", "list", "--json"), ("token", "show", "survey"),
            ("token", "list", "--format", "csv"), ("journal", "--json"), ("journal",),
            ("token", "revoke", "survey", "--json"), (*SURVEY, "--json"), ("account", "list"),
        )
    ]  # fmt: skip
    for told in (*rows, *(said.out + said.err for said in screens)):
        assert read.secret not in told
    assert any(read.hashed in row for row in rows)
    assert not any(read.hashed in said.out + said.err for said in screens)


def test_tokens_are_listed_shown_and_revoked(cycle: Cycle) -> None:
    cycle.done(*SURVEY, "--department", "51", "--expires", "2027-01-31")
    table = cycle("token", "list").out
    assert all(word in table for word in ("survey", "evaluator", "51", "2027-02-01"))
    assert all(len(line) <= 80 for line in table.splitlines())
    assert cycle("token", "list", "--json").json[0]["departments"] == ["51"]
    assert "evaluator" in cycle("token", "show", "survey").out
    assert cycle("token", "revoke", "survey").code == 0
    ended = cycle("token", "revoke", "survey", "--json").json
    assert ended["revoked_at"] is not None
    assert ended == cycle("token", "show", "survey", "--json").json


def test_a_revocation_may_name_the_version_that_was_seen(cycle: Cycle) -> None:
    cycle.done(*SURVEY)
    assert cycle("token", "revoke", "survey", "--expect-version", "7").code == 5
    assert cycle("token", "show", "survey", "--json").json["revoked_at"] is None
    assert cycle("token", "revoke", "survey", "--expect-version", "1").code == 0


def test_only_admin_sees_and_makes_tokens(cycle: Cycle) -> None:
    cycle.done(*SURVEY)
    for words in (
        ("token", "list"), ("token", "show", "survey"), ("token", "revoke", "survey"),
        ("token", "create", "--name", "mine", "--account", "planner"),
    ):  # fmt: skip
        said = cycle(*words, "--actor", "planner")
        assert said.code == 4
        assert said.out == ""


@pytest.mark.parametrize(
    ("words", "code", "flag"),
    [
        (("--name", "a", "--role", "evaluator", "--expires", "367d"), 2, "--expires"),
        (("--name", "a", "--role", "evaluator", "--expires", "0d"), 2, "--expires"),
        (("--name", "a", "--role", "evaluator", "--expires", "soon"), 2, "--expires"),
        (("--name", "a", "--role", "evaluator", "--expires", "90"), 2, "--expires"),
        (("--name", "a", "--role", "evaluator", "--expires", "999999999d"), 2, "--expires"),
        (("--name", "a", "--role", "mayor"), 2, "--role"),
        (("--name", "a", "--account", "youth", "--role", "planner"), 2, "--role"),
        (("--name", "a", "--account", "youth", "--department", "40"), 2, "--department"),
        (("--name", "a"), 2, "--role"),
        (("--role", "evaluator"), 2, "--name"),
        (("--name", "planner", "--role", "planner"), 5, "--account planner"),
        (("--name", "a", "--account", "nobody"), 3, "nobody"),
        (("--name", "a", "--role", "evaluator", "--department", "99"), 3, "99"),
    ],
    ids=lambda value: "-".join(value).replace("--", "") if isinstance(value, tuple) else None,
)
def test_what_cannot_be_is_told_with_its_flag(
    cycle: Cycle, words: tuple[str, ...], code: int, flag: str
) -> None:
    said = cycle("token", "create", *words)
    assert (said.code, said.out) == (code, "")
    assert flag in said.err
    assert cycle("token", "list", "--json").json == []


def test_a_lifetime_is_days_or_a_last_day() -> None:
    assert lifetime(" 90d ", Tongue("en")) == 90
    assert lifetime("22.11.2026", Tongue("de")) == lifetime("2026-11-22", Tongue("en")) == DAY


def test_a_deputy_is_named_listed_and_ended(cycle: Cycle) -> None:
    days = ("--from", "2026-11-23", "--to", "6.12.2026")
    made = cycle("account", "deputy", "schools", "--for", "youth", *days, "--json").json
    assert made == {
        "account": "schools", "for_account": "youth", "from_day": "2026-11-23",
        "to_day": "2026-12-06", "ended_on": None,
    }  # fmt: skip
    assert cycle("account", "deputies", "--json").json == [made]
    assert cycle("account", "deputies", "--json", "--actor", "youth").json == [made]
    assert cycle("account", "deputies", "--json", "--actor", "reader").json == []
    table = cycle("account", "deputies").out
    assert all(word in table for word in ("schools", "youth", "2026-11-23", "2026-12-06"))
    said = cycle("account", "end-deputy", "schools", "--for", "youth", "--json")
    assert said.json == [made | {"ended_on": "2026-11-22"}]
    assert "schools" in said.err
    again = cycle("account", "end-deputy", "schools", "--for", "youth")
    assert again.code == 3
    assert "cycle account deputies" in again.err


def test_what_is_wrong_with_a_deputy_is_told_with_its_flag(cycle: Cycle) -> None:
    name = ("account", "deputy", "schools", "--for", "youth")
    said = cycle(*name, "--from", "2026-11-21", "--to", "2028-01-01")
    assert said.code == 2
    assert "--from" in said.err
    assert "--to" in said.err
    said = cycle(*name, "--from", "2026-11-23", "--to", "2026-11-30", "--actor", "schools")
    assert said.code == 4
    said = cycle("account", "deputy", "nobody", "--for", "youth", "--from", "2026-11-23",
                 "--to", "2026-11-30")  # fmt: skip
    assert said.code == 3


def test_an_account_gets_other_roles_and_departments(cycle: Cycle) -> None:
    edit = ("account", "edit", "youth")
    found = cycle(*edit, "--role", "planner", "--role", "reader", "--json").json
    assert (found["roles"], found["departments"]) == (["planner", "reader"], ["51"])
    found = cycle(*edit, "--department", "40", "--department", "53", "--json").json
    assert (found["roles"], found["departments"]) == (["planner", "reader"], ["40", "53"])
    found = cycle(*edit, "--no-departments", "--json").json
    assert (found["roles"], found["departments"]) == (["planner", "reader"], [])
    assert cycle(*edit).code == 2
    assert cycle(*edit, "--role", "mayor").code == 2
    assert cycle(*edit, "--role", "reader", "--expect-version", "1").code == 5
    assert json.loads(cycle("account", "show", "youth", "--json").out)["roles"][0] == "planner"


def test_the_last_admin_stays_one(cycle: Cycle) -> None:
    assert cycle("account", "disable", "admin").code == 0
    said = cycle("account", "edit", "local", "--role", "planner")
    assert said.code == 4
    assert "--role admin" in said.err
