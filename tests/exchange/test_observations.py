from decimal import Decimal

import pytest

from cycle.exchange.observations import figures
from cycle.exchange.outcome import Wrong
from cycle.model.indicators import Observation
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.exchange.files import a_map, brought, faults, marks

INDICATORS = "code;name;unit;source\nKITA-Q;Betreuungsquote;%;Amt 51\n"
HEAD = "indicator;area;period_end;value;status\n"


@pytest.fixture
def ready(town: Store) -> Store:
    brought(town, "areas", "code;name\n06;West\n07;Ost\n")
    brought(town, "indicators", INDICATORS)
    return town


def known(store: Store) -> list[tuple[Decimal | None, str, int]]:
    with store.unit() as unit:
        found = lookup.every(unit, Observation)
    return sorted(((o.value, o.status, o.vintage) for o in found), key=lambda o: (o[2], str(o[0])))


@pytest.mark.parametrize(
    ("cell", "status", "value", "found"),
    [
        ("24,0", "", "24.0", "final"),
        ("11,1", "provisional", "11.1", "provisional"),
        ("11,1 p", "", "11.1", "provisional"),
        ("11,1r", "revidiert", "11.1", "revised"),
        ("(7)", "", "7", "uncertain"),
        ("-", "", None, "nil"),
        (".", "confidential_or_unknown", None, "confidential_or_unknown"),
        ("*", "geheim", None, "confidential_or_unknown"),
        ("...", "", None, "pending"),
        ("/", "", None, "unreliable"),
        ("x", "", None, "not_applicable"),
        ("", ".", None, "confidential_or_unknown"),
    ],
)
def test_it_reads_the_signs_of_official_tables(
    cell: str, status: str, value: str | None, found: str
) -> None:
    told = figures(cell, status, dot=False)
    assert told["status"] == found
    assert told.get("value") == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("cell", "status", "at"),
    [(".", "final", "status"), ("12 p", "final", "status"), ("12", "gut", "status"),
     ("viel", "", "value")],
)  # fmt: skip
def test_it_refuses_signs_that_contradict(cell: str, status: str, at: str) -> None:
    with pytest.raises(Wrong) as wrong:
        figures(cell, status, dot=False)
    assert wrong.value.at == at


def test_a_withheld_value_stays_withheld(ready: Store) -> None:
    text = HEAD + "KITA-Q;06;31.12.2024;24,0;\nKITA-Q;07;2024-12-31;.;confidential_or_unknown\n"
    town_map = a_map('[constants]\nprotected_at_source = "ja"\n')
    assert marks(brought(ready, "observations", text, mapping=town_map)) == (2, 0, 0, 0)
    assert known(ready) == [
        (Decimal("24.0"), "final", 1),
        (None, "confidential_or_unknown", 1),
    ]
    with ready.unit() as unit:
        found = lookup.every(unit, Observation)
    assert all(o.protected_at_source and o.import_batch_id for o in found)


def test_a_value_that_differs_is_a_new_vintage(ready: Store) -> None:
    text = HEAD + "KITA-Q;06;31.12.2024;24,0;\nKITA-Q;07;31.12.2024;25,0;\n"
    brought(ready, "observations", text)
    again = brought(ready, "observations", text.replace("25,0;", "25,5;r"))
    assert marks(again) == (0, 1, 1, 0)
    assert known(ready)[-1] == (Decimal("25.5"), "revised", 2)


def test_what_is_unknown_is_told_with_what_is_near(ready: Store) -> None:
    text = HEAD + (
        "KITA-O;06;31.12.2024;24,0;\nKITA-Q;99;31.12.2024;24,0;\nKITA-Q;06;31.12.2027;24,0;\n"
        "KITA-Q;06;31.12.2023;;\nKITA-Q;06;31.12.2022;24,0;nil\n"
    )
    outcome = brought(ready, "observations", text)
    assert faults(outcome) == [
        ("row 2, column indicator", "not_found"),
        ("row 3, column area", "not_found"),
        ("row 4, column period_end", "observation_in_future"),
        ("row 5, column value", "missing"),
        ("row 6, column status", "figures_with_sign"),
    ]
    assert outcome.faults[0].values["near"] == "KITA-Q"


def test_a_cell_told_twice_must_say_the_same(ready: Store) -> None:
    text = HEAD + "KITA-Q;06;31.12.2024;24,0;\n" * 2 + "KITA-Q;06;31.12.2024;25,0;\n"
    outcome = brought(ready, "observations", text, skip_errors=True)
    assert (marks(outcome), faults(outcome)) == ((1, 0, 1, 1), [("row 4", "row_twice")])


def test_numerator_and_denominator_make_the_value(ready: Store) -> None:
    text = "indicator,area,period_start,period_end,numerator,denominator\nKITA-Q,06,2024-01-01,2024-12-31,1,4\n"  # noqa: E501
    brought(ready, "observations", text)
    assert known(ready) == [(Decimal("25.0000"), "final", 1)]
    upside_down = text.replace("2024-01-01,2024-12-31", "2024-12-31,2024-01-01")
    assert [code for _, code in faults(brought(ready, "observations", upside_down))] == [
        "ends_before_it_begins"
    ]
