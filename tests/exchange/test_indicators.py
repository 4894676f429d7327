import pytest

from cycle.exchange.indicators import type_of
from cycle.model.indicators import IndicatorVersion
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.exchange.files import brought, faults, marks

LIST = (
    "Code;Name;Einheit;Basis;Richtung;Quelle\n"
    "KITA-Q;Betreuungsquote;Prozent;Kinder unter 3 Jahren;mehr ist besser;Amt 51\n"
    "KITA-N;Betreute Kinder;persons;;context;Amt 51\n"
)


def test_it_adds_indicators_with_their_base_and_what_they_measure(town: Store) -> None:
    assert marks(brought(town, "indicators", LIST)) == (2, 0, 0, 0)
    with town.unit() as unit:
        share, number = (lookup.indicator(unit, code) for code in ("KITA-Q", "KITA-N"))
        version = lookup.by(unit, IndicatorVersion, indicator_id=share.id)
    assert version is not None
    assert (share.unit, share.measure_type, share.polarity) == ("%", "share", "higher_better")
    assert (number.unit, number.measure_type) == ("Personen", "count")
    assert (version.denominator, version.source) == ("Kinder unter 3 Jahren", "Amt 51")


@pytest.mark.parametrize(
    ("unit_of", "found"), [("%", "share"), ("je 1.000", "rate"), ("Plätze", "count")]
)
def test_the_unit_tells_what_is_measured(unit_of: str, found: str) -> None:
    assert type_of(unit_of) == found


def test_it_changes_a_name_and_a_source(town: Store) -> None:
    brought(town, "indicators", LIST)
    changed = LIST.replace("Betreuungsquote", "Quote U3").replace(
        "context;Amt 51", "context;Amt 50"
    )
    assert marks(brought(town, "indicators", changed)) == (0, 2, 0, 0)
    assert marks(brought(town, "indicators", changed + "\n")) == (0, 0, 2, 0)


def test_another_meaning_is_left_to_a_person(town: Store) -> None:
    brought(town, "indicators", LIST)
    changed = LIST.replace("unter 3", "unter 6").replace("persons", "Plätze")
    assert faults(brought(town, "indicators", changed)) == [
        ("row 2, column Basis", "other_meaning"),
        ("row 3, column Einheit", "other_meaning"),
    ]


def test_words_fields_and_doubles_are_checked(town: Store) -> None:
    text = (
        "code;name;unit;source;polarity;frequency;field;result_level\n"
        "A;A;%;Amt;besser;jährlich;BIL;9\nB;B;%;Amt;;nie;BILD;\nC;C;%;Amt;;;JUGD;\n"
        "D;D;%;Amt;;;;9\nE;E;%;Amt;;;BIL;5\nE;E;%;Amt;;;BIL;5\n"
    )
    outcome = brought(town, "indicators", text, skip_errors=True)
    assert faults(outcome) == [
        ("row 2, column polarity", "unknown_word"),
        ("row 3, column frequency", "unknown_word"),
        ("row 4, column field", "not_found"),
        ("row 5, column result_level", "no_level"),
    ]
    assert marks(outcome) == (1, 0, 1, 4)
