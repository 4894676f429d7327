"""One measure is found without looking through all others: SQLite tells how it would look."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from cycle.reading import measures
from cycle.reading.door import Reader, open_reader
from cycle.reading.facts import facts
from tests.conftest import FreshUrl
from tests.reading.rows import TODAY, City, settled

# Of these a town has few, or they are asked for only where a measure has links.
_FEW = {"account_unit", "area_1", "area_succession", "decision_repeals_id", "evaluation_measure",
        "measure_link"}  # fmt: skip
_ALL_ROWS = re.compile(r"^\w+ \w+ USING (?:COVERING )?INDEX (\w+) \(municipality_id=\?\)$")
Ask = Callable[[Reader], object]
ASK: dict[str, Ask] = {
    "facts": lambda reader: facts(reader, today=TODAY, keys=("M-2026-001",)),
    "show": lambda reader: measures.show(reader, "M-2026-001", TODAY, "de"),
}


def _one_measure(city: City) -> None:
    finding = city.finding(city.report(), text="Befund")
    measure = city.measure(goal=city.goal((finding,)), state="approved")
    city.observation(city.indicator("I1"), "16999000", date(2025, 12, 31), "1")
    city.evaluation(measure)


class Explaining(Reader):
    """Asks how each statement would be carried out, before it is."""

    def __init__(self, of: Reader) -> None:
        super().__init__(of.connection, of.dialect, of.municipality_id)
        self.whole: list[str] = []

    def _run(self, sql: str, values: dict[str, object]) -> object:  # type: ignore[override] # any
        told = super()._run(f"EXPLAIN QUERY PLAN {sql}", values)
        self.whole += [found[1] for row in told if (found := _ALL_ROWS.match(row[3]))]
        return super()._run(sql, values)


@pytest.mark.parametrize("name", ASK)
def test_one_measure_is_found_without_looking_through_all(fresh_url: FreshUrl, name: str) -> None:
    with closing(open_reader(fresh_url("sqlite", settled(_one_measure)))) as reader:
        explaining = Explaining(reader)
        assert ASK[name](explaining)
    assert [index for index in explaining.whole if not any(few in index for few in _FEW)] == []
