"""Titles come from anybody: no sign in one steers the screen of who reads it."""

import json
import sqlite3

import pytest

from cli.show.look import escaped, harmless
from tests.cli.calls import Cycle

NASTY = "Kita\x1b[2J\x1b]0;x\x07 \x1b[8mWest\x9b31m \u202egpj.exe\u2066 \x7f Süd\rOst"
STEERING = {chr(n) for n in (*range(10), *range(11, 32), *range(0x7F, 0xA0))} | set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029"
)
SCREENS = (
    ("status",), ("board",), ("gaps",), ("gaps", "--all"), ("overdue",), ("agenda",), ("journal",),
    ("measure", "list"), ("measure", "show", "M-2026-001"), ("measure", "can", "M-2026-001"),
    ("trace", "M-2026-001"), ("round", "list"), ("round", "show", "Z-2026"), ("report", "list"),
    ("report", "show", "B-2026-01"), ("goal", "list"), ("goal", "show", "G-2026-001"),
    ("trace", "B-2026-01"), ("trace", "G-2026-001"), ("finding", "list"),
)  # fmt: skip


@pytest.fixture
def nasty(light: Cycle) -> Cycle:
    """Give a town whose titles somebody wrote past the store, which refuses such signs."""
    light.done("report", "add", "Bericht", "--kind", "social_report")
    light.done("finding", "add", "Befund", "--report", "B-2026-01", "--severity", "act")
    light.done("goal", "add", "Ziel", "--finding", "F-2026-001")
    light.done("measure", "log", "Maßnahme", "--lead", "51", "--goal", "G-2026-001")
    store = sqlite3.connect(light.url.removeprefix("sqlite:///"))
    for column in ("measure.title", "cycle.title", "report.title", "goal.text", "finding.text",
                   "municipality.name", "org_unit.name"):  # fmt: skip
        table, name = column.split(".")
        store.execute(f"UPDATE {table} SET {name} = ?", (NASTY,))
    store.commit()
    store.close()
    return light


@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
@pytest.mark.parametrize("output", ["", "plain", "md", "json", "ndjson"])
def test_no_screen_lets_a_title_steer_it(nasty: Cycle, words: tuple[str, ...], output: str) -> None:
    said = nasty(*words, *(["--format", output] if output else []))
    assert said.code == 0, said.err
    assert not STEERING & set(said.out + said.err)


@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
def test_nor_does_one_with_colours(
    nasty: Cycle, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")
    said = nasty(*words)
    assert said.code == 0, said.err
    assert not STEERING - {"\x1b"} & set(said.out)
    for stolen in ("\x1b[2J", "\x1b]", "\x1b[8m"):
        assert stolen not in said.out


def test_json_says_what_is_stored_all_the_same(nasty: Cycle) -> None:
    assert nasty("measure", "show", "M-2026-001", "--json").json["title"] == NASTY
    said = nasty("measure", "show", "M-2026-001", "--json", "--ascii")
    assert said.out.isascii()
    assert said.json["title"] == NASTY


def test_what_steers_is_shown_as_a_sign() -> None:
    assert harmless("a\x1b[2Jb\x07\u202ec\x9b") == "a␛[2Jb␇\ufffdc\ufffd"
    assert harmless("zwei\nZeilen\tund –", coloured=True) == "zwei\nZeilen\tund –"
    assert harmless("eine Zeile\r\nnoch eine\r") == "eine Zeile\r\nnoch eine␍"
    assert harmless("\x1b[1;38;5;30mA\x1b[0m\x1b[8mB", coloured=True) == (
        "\x1b[1;38;5;30mA\x1b[0m␛[8mB"
    )
    text = json.dumps("😀 \x85\u2028", ensure_ascii=False)
    assert escaped(text) == '"😀 \\u0085\\u2028"'
    assert escaped(text, plain_signs=True) == '"\\ud83d\\ude00 \\u0085\\u2028"'
