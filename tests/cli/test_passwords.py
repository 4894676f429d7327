"""`cycle account password`: typed twice unseen at a terminal, or read from standard input."""

import io

import pytest

from cycle import clock
from cycle.errors import Forbidden
from cycle.store.store import Store
from cycle.usecases import signing_in
from tests.cli.calls import Cycle
from tests.cli.terminals import typed

PASSWORD = "Fünf Brücken am Fluss"
WORDS = ("account", "password", "youth", "--lang", "en")


def opens(stored: Store, password: str = PASSWORD) -> bool:
    try:
        return bool(
            signing_in.sign_in(stored, "youth", password, address="192.0.2.1", now=clock.now())
        )
    except Forbidden:
        return False


def test_a_password_is_typed_twice_and_never_shown(cycle: Cycle, stored: Store) -> None:
    answers = [("New password:", f"{PASSWORD}\n"), ("Once more:", f"{PASSWORD}\n")]
    code, shown = typed([*WORDS, "--db", cycle.url], answers)
    assert code == 0, shown
    assert "Brücken" not in shown
    assert "youth signs in with the new password" in shown
    assert opens(stored)


def test_two_that_differ_change_nothing(cycle: Cycle, stored: Store) -> None:
    answers = [("New password:", f"{PASSWORD}\n"), ("Once more:", "Fünf Brücken im Fluss\n")]
    code, shown = typed([*WORDS, "--db", cycle.url], answers)
    assert code == 2
    assert "not the same" in shown
    assert not opens(stored)


def test_a_password_comes_from_standard_input(
    cycle: Cycle, stored: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\r\nsomething else\n"))
    said = cycle(*WORDS, "--stdin")
    assert (said.code, said.out) == (0, "")
    assert "Brücken" not in said.err
    assert opens(stored)


@pytest.mark.parametrize("weak", ["", "kurz\n", "youth am Fluss 27\n"])
def test_a_weak_password_is_refused_without_being_repeated(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(weak))
    said = cycle(*WORDS, "--stdin")
    assert said.code == 2
    assert "kurz" not in said.err
    assert "Fluss" not in said.err


def test_nobody_is_asked_where_nobody_sits(cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    said = cycle(*WORDS)
    assert said.code == 2
    assert "--stdin" in said.err


def test_an_account_that_is_not_there_is_not_found(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    said = cycle("account", "password", "nobody", "--stdin")
    assert said.code == 3


def test_only_the_administration_gives_passwords(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    assert cycle(*WORDS, "--stdin", "--actor", "schools").code == 4
