import re
import subprocess
from importlib import import_module
from pathlib import Path
from shutil import which

import pytest

from cli.nouns import NOUNS
from cli.topics import TOPICS
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


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_topic_fits_a_screen_and_shows_an_example(nowhere: Cycle, topic: str, lang: str) -> None:
    lines = nowhere("help", topic, "--lang", lang).out.splitlines()
    assert len(lines) <= 40
    assert any(line.startswith("  ") for line in lines)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_names_only_commands_there_are(topic: str) -> None:
    for word in re.findall(r"(?:^|[`|(] ?| {2})cycle ([a-z][a-z-]*)", TOPICS[topic], re.MULTILINE):
        assert word in NOUNS, word


def test_help_on_a_command_is_its_own_help(nowhere: Cycle) -> None:
    assert nowhere("help", "measure").out == nowhere("measure", "--help").out
    assert nowhere("help", "exit_codes").out == nowhere("help", "exit-codes").out


def test_a_mistyped_topic_is_answered_by_those_like_it(nowhere: Cycle) -> None:
    said = nowhere("help", "scriptign", "--lang", "en")
    assert (said.code, "scripting" in said.err) == (2, True)
    assert "exit-codes" in nowhere("help", "zzzz", "--lang", "en").err


@pytest.mark.parametrize("lang", ["de", "en"])
def test_there_is_a_man_page_for_every_command_that_groff_takes(
    nowhere: Cycle, tmp_path: Path, lang: str
) -> None:
    said = nowhere("help", "man", "--to", str(tmp_path / "man"), "--lang", lang)
    assert said.code == 0
    made = {path.name: path for path in (tmp_path / "man").iterdir()}
    assert set(made) == {"cycle.1", *(f"cycle-{word}.1" for word in NOUNS)}
    groff = which("groff")
    for path in made.values():
        text = path.read_text("utf-8")
        assert text.isascii()
        assert _well_formed(text), path.name
        if groff:
            ran = subprocess.run(
                [groff, "-man", "-ww", "-z", str(path)], capture_output=True, text=True, check=False
            )
            assert (ran.returncode, ran.stderr) == (0, "")


def _well_formed(text: str) -> bool:
    known = (".TH ", ".SH ", ".SS ", ".TP", ".PP", ".nf", ".fi")
    commands = [line for line in text.splitlines() if line.startswith(("'", "."))]
    return text.startswith(".TH ") and all(line.startswith(known) for line in commands)


def test_a_man_page_tells_every_flag(nowhere: Cycle, tmp_path: Path) -> None:
    nowhere("help", "man", "--to", str(tmp_path), "--lang", "en")
    for noun in NOUNS.values():
        text = (tmp_path / f"cycle-{noun.word}.1").read_text().replace("\\-", "-")
        for verb in import_module(f"cli.{noun.module}").VERBS:
            for each in verb.args:
                if each.name.startswith("-"):
                    assert f"\\fB{each.name.split()[0]}\\fR" in text, (noun.word, each.name)


def test_the_page_of_all_commands_goes_to_a_pipe(nowhere: Cycle) -> None:
    assert nowhere("help", "man").out.startswith(".TH ")
