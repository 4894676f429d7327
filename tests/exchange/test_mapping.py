import pytest

from cycle.errors import Invalid
from cycle.exchange.mapping import load
from tests.exchange.files import a_map


def pointers(text: str) -> list[str]:
    with pytest.raises(Invalid) as refused:
        load(a_map(text))
    return [fault.pointer for fault in refused.value.faults]


def test_it_reads_columns_constants_values_and_what_to_leave_out() -> None:
    found = load(
        a_map(
            'ignore = ["Lfd"]\n[columns]\ntitel = "Was"\n[constants]\nvorlage = "12/26"\n'
            '[values.Status]\n"in Arbeit" = "in_progress"\n'
        )
    )
    assert (found.columns, found.constants) == ({"titel": "Was"}, {"vorlage": "12/26"})
    assert found.ignore == ("Lfd",)
    assert found.translated(("status",), "IN ARBEIT") == "in_progress"
    assert found.translated(("status",), "anders") == "anders"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("colums = 1\n", ["colums"]),
        ("columns = 1\nvalues = 2\n", ["columns", "values"]),
        ("[constants]\njahr = 2026\n", ["constants.jahr"]),
        ("[values]\nstatus = 1\n", ["values.status"]),
        ("[values.status]\nfertig = true\n", ["values.status.fertig"]),
        ('ignore = "Lfd"\n', ["ignore"]),
        ("ignore = [1]\n", ["ignore"]),
    ],
)
def test_it_refuses_what_no_map_has(text: str, found: list[str]) -> None:
    assert pointers(text) == found


def test_it_says_what_is_no_toml() -> None:
    with pytest.raises(Invalid, match="is no TOML"):
        load(a_map("[columns\n"))
