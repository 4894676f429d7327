import sqlite3

import pytest

from tests.cli.calls import Cycle


@pytest.fixture
def key(light: Cycle) -> str:
    return light.done("measure", "log", "Sprache", "--lead", "51")


def test_it_tells_who_did_what(light: Cycle, key: str) -> None:
    (event,) = light("journal", key, "--json").json
    assert (event["action"], event["to_state"]) == ("logged", "draft")
    assert key in light.done("journal", "--lang", "de")


def test_it_tells_what_was_done_since(light: Cycle, key: str) -> None:
    assert light("journal", "--since", "7d", "--json").json
    assert light("journal", "--since", "1.1.2999", "--json").json == []
    said = light("journal", "--since", "gestern")
    assert said.code == 2
    assert "7d" in said.err


def test_a_whole_journal_is_said_to_be_whole(light: Cycle, key: str) -> None:
    said = light("journal", "--verify")
    assert said.code == 0
    assert "whole" in said.err
    assert light("journal", "--verify", "--json").json == []


def test_a_tampered_event_is_found_by_its_number(light: Cycle, key: str) -> None:
    store = sqlite3.connect(light.url.removeprefix("sqlite:///"))
    store.execute("UPDATE event SET action = 'approved' WHERE n = 3")
    store.commit()
    store.close()
    said = light("journal", "--verify", "--lang", "en")
    assert said.code == 1
    assert "Event 3" in said.out
    assert {each["n"] for each in light("journal", "--verify", "--json").json} == {3}


def test_what_must_not_be_kept_is_blacked_out_by_two(light: Cycle, key: str) -> None:
    light.done("account", "add", "lenkung", "--role", "steering")
    n = light("journal", key, "--json").json[0]["n"]
    light.done("journal", "blackout", str(n), "--reason", "Name im Text", "--second", "lenkung")
    event = light("journal", key, "--json").json[0]
    assert (event["changes"], event["blacked_out_reason"]) == (None, "Name im Text")
    assert light("journal", "--verify").code == 0
    assert light("journal", "blackout", "9999", "--reason", "x", "--second", "lenkung").code == 3
    assert light("journal", "blackout", "1", "--reason", "x").code == 2


def test_accounts_are_named_to_the_administration_only(light: Cycle, key: str) -> None:
    light.done("account", "add", "anna", "--role", "department_head", "--department", "51")
    assert "local" in light.done("journal", key, "--lang", "de")
    told = light.done("journal", key, "--lang", "de", "--actor", "anna")
    assert "local" not in told
    assert "angelegt (Entwurf)" in told
