from typing import Any

import pytest

from cycle.errors import Invalid
from cycle.exchange.fitting import Fitted, fit, readable
from cycle.exchange.layouts import Column, Layout
from cycle.exchange.mapping import load
from cycle.exchange.outcome import Outcome
from cycle.exchange.tables import table
from tests.exchange.files import a_map

LAYOUT = Layout(
    "things",
    (
        Column("titel", "title", ("name", "maßnahme"), needed=True),
        Column("beginn", "start", (), "day"),
        Column("kosten", "cost", (), "cents"),
        Column("art", "kind", ("sorte",), words={"groß": "big", "klein": "small"}),
    ),
)


def fitted(text: str, town_map: str = "") -> Fitted:
    return fit(LAYOUT, table(text.encode(), "list.csv"), load(a_map(town_map)))


def rows(text: str, town_map: str = "") -> tuple[list[dict[str, Any]], Outcome]:
    outcome = Outcome("things")
    laid = fitted(text, town_map)
    found = readable(table(text.encode(), "list.csv").lines, laid, outcome)
    return [row.values for row in found], outcome


def wrong(text: str, town_map: str = "") -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        fitted(text, town_map)
    return [(fault.code, str(fault.values["column"])) for fault in refused.value.faults]


def test_headers_are_known_without_case_and_signs() -> None:
    found, _ = rows(" MASSNAHME ;Beginn;Art\nSpielplatz;1.2.2026;GROSS\n")
    assert found[0]["title"] == "Spielplatz"
    assert found[0]["kind"] == "big"


def test_an_unknown_column_is_named_with_the_near_one() -> None:
    with pytest.raises(Invalid) as refused:
        fitted("titel;begin;Farbe\n")
    near, strange = refused.value.faults
    assert near.values["near"] == "beginn"
    assert strange.values["known"] == "titel, beginn, kosten, art"


def test_columns_may_be_missing_doubled_or_without_a_name() -> None:
    assert wrong("beginn\n") == [("column_missing", "titel")]
    assert wrong("titel;name\n") == [("column_twice", "name")]
    assert wrong("titel;;art\n") == [("column_unnamed", "")]


def test_a_map_names_columns_constants_and_words() -> None:
    found, _ = rows(
        "Was;Wann;Lfd;Sorte\nTreff;2026-02-01;1;riesig\nKurs;;2;\n",
        'ignore = ["lfd"]\n[columns]\ntitel = "Was"\nbeginn = "Wann"\n'
        '[constants]\nbeginn = "1.1.2027"\n[values.sorte]\nriesig = "groß"\n',
    )
    assert [(str(row["start"]), row.get("kind")) for row in found] == [
        ("2026-02-01", "big"),
        ("2027-01-01", None),
    ]


@pytest.mark.parametrize(
    ("town_map", "said"),
    [
        ('[columns]\nfarbe = "Was"\n', "The map names farbe"),
        ('[constants]\nfarbe = "rot"\n', "The map names farbe"),
        ('[values.farbe]\nrot = "grün"\n', "The map names farbe"),
        ('[columns]\ntitel = "Wass"\n', "has no such column"),
    ],
)
def test_a_map_that_does_not_fit_is_refused(town_map: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        fitted("Was\n", town_map)


def test_every_wrong_cell_of_a_row_is_told_with_its_place() -> None:
    found, outcome = rows("Name;Beginn;Kosten;Art\n;bald;viel;mittel\nTreff;;1.000 €;klein\n")
    assert found == [{"title": "Treff", "cost": 100_000, "kind": "small"}]
    assert outcome.rows_skipped == 1
    assert [(fault.pointer, fault.code) for fault in outcome.faults] == [
        ("row 2, column Name", "missing"),
        ("row 2, column Beginn", "not_a_date"),
        ("row 2, column Kosten", "not_a_number"),
        ("row 2, column Art", "unknown_word"),
    ]
    assert all(fault.fix for fault in outcome.faults)
    assert outcome.faults[-1].values["ours"] == "art"


def test_cells_beyond_the_last_column_are_a_fault() -> None:
    _, outcome = rows("titel;art\nTreff;klein;mehr\n")
    assert [(fault.pointer, fault.code) for fault in outcome.faults] == [("row 2", "cells_beyond")]
