import argparse
import gettext
import struct
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cycle import i18n
from cycle.i18n import N_, Tongue
from cycle.i18n.catalogue import Catalogue

GERMAN, ENGLISH = Tongue("de"), Tongue("en")
NO_FILE = N_("There is no file {path}.")


def test_it_says_the_sentence_in_both_languages() -> None:
    assert GERMAN.say(NO_FILE, path="x") == "Die Datei x gibt es nicht."
    assert ENGLISH.say(NO_FILE, path="x") == "There is no file x."


def test_an_unknown_language_is_answered_in_english() -> None:
    assert Tongue("fr").lang == "en"
    assert Tongue("fr").say(NO_FILE, path="x") == "There is no file x."


def test_a_sentence_without_german_comes_in_english() -> None:
    template = "no catalogue {knows} this"
    assert GERMAN.say(template, knows="has") == "no catalogue has this"


def test_a_missing_value_stays_visible() -> None:
    assert GERMAN.say(NO_FILE) == "Die Datei {path} gibt es nicht."


@pytest.mark.parametrize(
    "template", ["{", "{a:.2f}", "{a.b.c}", "{a[x]}", "{a!x}", "{:d}", "{0} {}", "{a:{b}}"]
)
def test_a_broken_template_never_stops_the_one_who_speaks(template: str) -> None:
    assert ENGLISH.say(template, a="text")


def test_values_are_written_as_the_language_does() -> None:
    template = "{day} {at} {share} {fte} {year} {names} {exact:.3f}"
    values = {
        "day": date(2026, 11, 22),
        "at": datetime(2026, 11, 22, 13, 5, tzinfo=UTC),
        "share": Decimal("1234.50"),
        "fte": 0.5,
        "year": 2026,
        "names": ("Ada", date(2026, 1, 2)),
        "exact": 1.5,
    }
    german = "22.11.2026 22.11.2026 14:05 1.234,50 0,5 2026 Ada, 02.01.2026 1.500"
    english = "2026-11-22 2026-11-22 14:05 1,234.50 0.5 2026 Ada, 2026-01-02 1.500"
    assert GERMAN.say(template, **values) == german
    assert ENGLISH.say(template, **values) == english


def test_one_and_many_differ() -> None:
    assert ENGLISH.plural("{n} town, {x}", "{n} towns, {x}", 1, x="a") == "1 town, a"
    assert ENGLISH.plural("{n} town, {x}", "{n} towns, {x}", 0, x="a") == "0 towns, a"
    assert GERMAN.plural("{n} town", "{n} towns", 2) == "2 towns"


@pytest.mark.parametrize(
    ("value", "places", "german", "english"),
    [
        (1234567, None, "1.234.567", "1,234,567"),
        (1234.5, None, "1.234,5", "1,234.5"),
        (Decimal("1E+3"), None, "1.000", "1,000"),
        (Decimal("-0.50"), None, "-0,50", "-0.50"),
        (12.345, 1, "12,3", "12.3"),
        (3, 2, "3,00", "3.00"),
    ],
)
def test_numbers(value: Decimal | float, places: int | None, german: str, english: str) -> None:
    assert GERMAN.number(value, places) == german
    assert ENGLISH.number(value, places) == english


@pytest.mark.parametrize(
    ("cents", "german", "english"),
    [
        (123450, "1.234,50\u00a0€", "€1,234.50"),
        (-5, "-0,05\u00a0€", "-€0.05"),
        (12345678901234567, "123.456.789.012.345,67\u00a0€", "€123,456,789,012,345.67"),
    ],
)
def test_money_is_exact(cents: int, german: str, english: str) -> None:
    assert GERMAN.money(cents) == german
    assert ENGLISH.money(cents) == english


@pytest.fixture
def _german_argparse(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_", "ngettext"):
        monkeypatch.setattr(argparse, name, getattr(argparse, name))  # is put back
    i18n.teach_argparse("de")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cycle")
    parser.add_argument("key")
    parser.add_argument("--format", choices=["json", "csv"])
    parser.add_argument("--days", type=int)
    pair = parser.add_mutually_exclusive_group()
    pair.add_argument("--plain", action="store_true")
    pair.add_argument("--json", action="store_true")
    return parser


def _refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        _parser().parse_args(words)
    return capsys.readouterr().err


@pytest.mark.usefixtures("_german_argparse")
def test_help_speaks_german() -> None:
    text = _parser().format_help()
    for german in ("Aufruf: cycle", "Argumente:", "Optionen:", "zeigt diese Hilfe"):
        assert german in text
    for english in ("usage", "options", "positional", "show this"):
        assert english not in text


@pytest.mark.usefixtures("_german_argparse")
@pytest.mark.parametrize(
    ("words", "german"),
    [
        ([], "cycle: Fehler: es fehlt: key"),
        (["x", "--format", "xml"], "--format: 'xml' gibt es hier nicht (möglich: "),
        (["x", "--days", "many"], "--days: 'many' ist kein gültiger Wert (int)"),
        (["x", "--days"], "--days: braucht einen Wert"),
        (["x", "y"], "unbekannte Argumente: y"),
        (["x", "--plain", "--json"], "--json: geht nicht zusammen mit --plain"),
    ],
)
def test_wrong_usage_is_told_in_german(
    words: list[str], german: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert german in _refused(words, capsys)


@pytest.mark.usefixtures("_german_argparse")
def test_english_usage_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    i18n.teach_argparse("en")
    assert "the following arguments are required: key" in _refused([], capsys)


@pytest.mark.parametrize("name", ["kreislauf", "argparse"])
def test_every_sentence_is_found_as_gettext_finds_it(name: str) -> None:
    path = Path(i18n.LOCALE, "de", "LC_MESSAGES", f"{name}.mo")
    ours = Catalogue(str(path))
    with path.open("rb") as file:
        pythons = gettext.GNUTranslations(file)
    known = [said for said in vars(pythons)["_catalog"] if said]
    assert len(known) > 20
    for said in known:
        if isinstance(said, str):
            assert ours.gettext(said) == pythons.gettext(said)
        else:
            one, n = said[0], 1 if said[1] == 0 else 5
            assert ours.ngettext(one, "many", n) == pythons.ngettext(one, "many", n)
    for unknown in ("", "nobody said this", "\udc80"):
        assert ours.gettext(unknown) == unknown
    assert [ours.ngettext("a hedgehog", "hedgehogs", n) for n in (1, 2)] == [
        "a hedgehog",
        "hedgehogs",
    ]


def test_a_catalogue_of_the_other_byte_order_is_read(tmp_path: Path) -> None:
    said = [(b"", b"head"), (b"circle", b"Kreis")]
    texts, at = b"", 28 + 16 * len(said)
    tables = []
    for column in (0, 1):
        for pair in said:
            tables.append(struct.pack(">2I", len(pair[column]), at + len(texts)))
            texts += pair[column] + b"\0"
    head = struct.pack(">7I", 0x950412DE, 0, len(said), 28, 28 + 8 * len(said), 0, 0)
    file = tmp_path / "x.mo"
    file.write_bytes(head + b"".join(tables) + texts)
    assert Catalogue(str(file)).gettext("circle") == "Kreis"


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.mo"
    file.write_text("circle = Kreis")
    with pytest.raises(ValueError, match=r"x\.mo"):
        Catalogue(str(file))
