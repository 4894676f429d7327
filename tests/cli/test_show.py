"""How lists and records are drawn: formats, colours, widths, signs."""

import csv
import io
import json
from collections.abc import Callable

import pytest

from cli.show import hyphens, tables
from cli.show.bars import bar
from cli.show.labels import cell, head, spoken
from cli.show.look import PLAIN_SIGNS, Look, look
from cycle.i18n import Tongue
from tests.cli.calls import Cycle

PIPE = Look(terminal=False, colour=False, width=80, ascii=False)
SCREEN = Look(terminal=True, colour=True, width=80, ascii=False)
DE, EN = Tongue("de"), Tongue("en")


@pytest.fixture
def key(light: Cycle) -> str:
    return light.done("measure", "log", "=Sprache | für „alle“", "--lead", "51")


def test_a_list_is_given_in_every_format(light: Cycle, key: str) -> None:
    formats: dict[str, Callable[[str], object]] = {
        "json": lambda text: json.loads(text)[0]["key"],
        "ndjson": lambda text: json.loads(text.splitlines()[0])["key"],
        "csv": lambda text: next(iter(csv.DictReader(io.StringIO(text))))["key"],
        "md": lambda text: text.splitlines()[2].split(" | ")[0].removeprefix("| "),
        "plain": lambda text: text.splitlines()[0].removeprefix("Key: "),
        "table": lambda text: text.splitlines()[2].split()[0],
    }
    for name, read in formats.items():
        assert read(light.done("measure", "list", "--format", name)) == key, name


def test_a_spreadsheet_runs_nothing(light: Cycle, key: str) -> None:
    text = light.done("measure", "list", "--format", "csv")
    assert "'=Sprache" in text
    assert "\\|" in light.done("measure", "list", "--format", "md")


def test_an_empty_list_is_empty_for_a_program(light: Cycle) -> None:
    assert light("measure", "list", "--json").json == []
    assert light("measure", "list", "--format", "ndjson").out == ""
    assert light("measure", "list", "--format", "csv").out == "key,state,lead,lights,title\n"
    said = light("measure", "list")
    assert (said.code, said.out) == (0, "")
    assert "nothing" in said.err


def test_a_record_is_given_in_every_format(light: Cycle, key: str) -> None:
    assert light("measure", "show", key, "--format", "json").json["key"] == key
    assert json.loads(light.done("measure", "show", key, "--format", "ndjson"))["key"] == key
    told = light.done("measure", "show", key, "--format", "csv")
    assert told.startswith("key,title,description,state")
    assert "| M-2026-001 |" in light.done("measure", "show", key, "--format", "md")
    assert "Key" in light.done("measure", "show", key, "--format", "plain")


@pytest.mark.parametrize("words", [("status",), ("gaps",), ("gaps", "--all"), ("journal",)])
def test_screens_are_given_as_json_too(light: Cycle, words: tuple[str, ...]) -> None:
    assert light(*words, "--json").json
    assert light(*words, "--format", "ndjson").out
    assert light(*words, "--format", "md").code == 0


def test_ascii_writes_no_other_sign(light: Cycle, key: str) -> None:
    for words in (("measure", "show", key), ("status",), ("gaps",), ("help", "formats")):
        assert light.done(*words, "--ascii", "--lang", "de").isascii()
    assert light("measure", "shwo", "--ascii", "--lang", "de").err.isascii()
    assert "".join(PLAIN_SIGNS.values()).isascii()


def test_a_pipe_has_no_colour_and_a_terminal_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    assert look(environ={}) == Look(False, False, look(environ={}).width, False)  # noqa: FBT003
    assert look(environ={"CLICOLOR_FORCE": "1"}).colour
    assert not look(environ={"CLICOLOR_FORCE": "0"}).colour
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert look(environ={}).colour
    assert not look(environ={"NO_COLOR": "1"}).colour
    assert not look(environ={"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}).colour
    dumb = look(environ={"TERM": "dumb", "CLICOLOR_FORCE": "1"})
    assert not dumb.colour
    assert not dumb.terminal


def test_forced_colour_colours_a_list(
    light: Cycle, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    coloured = light.done("measure", "list")
    assert "\x1b[" in coloured
    assert key in coloured
    assert "\x1b[" not in light.done("measure", "list", "--format", "csv")


HEADS = ["Key", "Department", "Title"]
ROWS = [["M-2026-001", "51", "Ein langer Titel, der nicht in eine Zeile passt " * 4]]


def test_a_table_fits_its_screen_and_never_cuts_a_heading() -> None:
    for look_ in (PIPE, SCREEN):
        lines = tables.table(HEADS, ROWS, look_).splitlines()
        plain = [line for line in lines if "\x1b" not in line]
        assert max(map(len, plain), default=0) <= 80
    text = tables.table(HEADS, ROWS, PIPE)
    assert text.splitlines()[0].split() == HEADS
    assert text.rstrip().endswith("…")


def test_a_screen_too_narrow_for_a_table_gets_blocks() -> None:
    narrow = Look(terminal=False, colour=False, width=40, ascii=False)
    heads = [f"Heading {n}" for n in range(6)]
    text = tables.table(heads, [[str(n) for n in range(6)]], narrow)
    assert text.splitlines()[3] == "Heading 3: 3"


def test_values_are_written_as_people_read_them() -> None:
    assert spoken("measure", "planned_start", "2026-08-01", DE) == "01.08.2026"
    assert spoken("account", "disabled_at", "2026-08-01T10:00:00Z", DE) == "01.08.2026 12:00"
    assert spoken("goal", "value", 29.35, DE) == "29,35"
    assert spoken("budget", "annual_cents", 23_100_000, DE) == "231.000,00\u00a0€"
    assert spoken("measure", "state", "in_progress", DE) == "in Umsetzung"
    assert spoken("report", "kind", "social_report", DE) == "Sozialbericht"
    assert spoken("measure", "citywide", value=True, tongue=EN) == "yes"
    assert spoken("measure", "areas", ["01", "02"], EN) == "01, 02"
    assert spoken("measure", "lead", None, EN) == ""
    assert head("annual_cents", EN) == "Every year"
    assert head("planned_end", EN) == "Planned end"


def test_a_pipe_gets_no_bar(light: Cycle) -> None:
    class _Desk:
        json = False
        look = PIPE

    with bar(_Desk(), "Reading") as tick:  # type: ignore[arg-type] # all that a bar looks at
        tick(1, 2)


def test_a_terminal_gets_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    from cli.show.terminal import bar as drawn  # noqa: PLC0415 - Rich, which only this test needs

    with drawn("Reading", SCREEN) as tick:
        tick(1, 2)
        tick(2, 2)
    assert "Reading" in capsys.readouterr().err


def test_steps_that_differ_in_where_they_lead_are_one_line(light: Cycle) -> None:
    key = light.done("measure", "log", "Sprache")
    said = light.done("measure", "can", key, "--lang", "de")
    assert said.count("take-over") == 1
    assert f"`cycle measure take-over {key} --state STAND`" in said
    assert "Ziel zugeordnet, in Beratung, beschlossen" in said


def test_a_command_too_long_for_the_screen_can_still_be_copied() -> None:
    text = "cycle decision add --measure M-2026-001 --body BODY --paper PAPER --on DATE"
    first, second = tables.command(text, 60)
    assert first.endswith(" \\")
    assert f"{first.removesuffix(chr(92))}{second.strip()}" == text
    assert tables.command(text, 80) == [text]


def test_a_message_is_broken_but_no_command_in_it() -> None:
    text = "  - Hier fehlt sehr viel.\n    Weiter: `cycle measure can M-2026-001`"
    assert tables.prose(text, 24) == (
        "  - Hier fehlt sehr\n    viel.\n    Weiter:\n    `cycle measure can M-2026-001`"
    )


def test_no_word_of_a_table_is_broken_where_it_can_be_helped() -> None:
    heads, row = ["A", "B", "C"], ["Systemverwaltung", "wort " * 20, "wort " * 20]
    assert "Systemverwaltung" in tables.table(heads, [row], PIPE)


def test_a_percentage_has_one_decimal() -> None:
    row = {"value": 33.3333, "unit": "%"}
    assert cell("observation", "value", row, ["value", "unit"], DE) == "33,3"
    assert cell("observation", "value", row, ["value"], DE) == "33,3\u00a0%"
    assert cell("observation", "value", {"value": 1.3812, "unit": "je Frau"}, ["value"], DE) == (
        "1,38"
    )


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Ferienbetreuung", ["Ferienbe", "treuung"]),
        ("Dolmetschdienst", ["Dolmetsch", "dienst"]),
        ("Familienzentrum", ["Familienzen", "trum"]),
        ("Schule", ["Schule"]),
        ("x" * 20, ["x" * 13, "x" * 7]),
    ],
)
def test_a_long_word_is_parted_between_its_syllables(word: str, parts: list[str]) -> None:
    assert hyphens.parts(word, 14) == parts


def test_amounts_stand_under_one_another_and_are_never_broken() -> None:
    heads, rows = ["Schlüssel", "Federführung", "Geplant", "Bewilligt", "Ohne Deckung ab"], [
        ["M-2026-001", "51", "1.900.000,00\u00a0€", "9.000,00\u00a0€", "01.04.2027"],
        ["M-2026-002", "51", "400,00\u00a0€", "9.000,50\u00a0€", ""],
    ]  # fmt: skip
    narrow = Look(terminal=False, colour=False, width=65, ascii=False)
    assert tables.table(heads, rows, narrow).splitlines()[0::2] == [
        "                                                   Ohne Deckung",
        "----------  ------------  -----------  ----------  --------------",
        "M-2026-002  51                  400 €  9.000,50 €",
    ]  # fmt: skip
