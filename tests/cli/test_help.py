from pathlib import Path

import pytest

from cli.help import TOPICS
from cli.nouns import NOUNS
from tests.cli.calls import Cycle

GOLDEN = Path(__file__).with_name("help.txt")


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")


def test_the_help_is_the_one_that_was_agreed_on(nowhere: Cycle) -> None:
    assert nowhere("--help").out == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_help_names_every_command_in_eighty_columns(nowhere: Cycle, lang: str) -> None:
    text = nowhere("--help", "--lang", lang).out
    assert max(map(len, text.splitlines())) <= 80
    for word in NOUNS:
        assert f"\n  {word} " in text


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("noun", NOUNS)
def test_the_help_of_a_noun_fits_eighty_columns(nowhere: Cycle, noun: str, lang: str) -> None:
    said = nowhere(noun, "--help", "--lang", lang)
    assert said.code == 0
    assert max(map(len, said.out.splitlines())) <= 80


def test_what_a_command_does_goes_on_below_itself(nowhere: Cycle) -> None:
    lines = nowhere("decision", "--help", "--lang", "de").out.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  open "))
    assert lines[at + 1].startswith(" " * 16)
    assert lines[at + 1].strip()


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_topic_is_told_in_eighty_columns(nowhere: Cycle, topic: str, lang: str) -> None:
    said = nowhere("help", topic, "--lang", lang)
    assert said.code == 0
    assert max(map(len, said.out.splitlines())) <= 80


def test_every_exit_code_is_told(nowhere: Cycle) -> None:
    text = nowhere("help", "exit-codes", "--lang", "en").out
    for code in (0, 1, 2, 3, 4, 5, 6, 7, 8, 130):
        assert f"\n  {code:3}  " in text


def test_help_alone_is_the_help_of_all(nowhere: Cycle) -> None:
    assert nowhere("help").out == nowhere("--help").out
    assert nowhere("help", "me").code == 2
