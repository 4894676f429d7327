import json
from decimal import Decimal

import pytest

from api import bodies
from api.shapes.areas import PartIn
from api.shapes.base import Day, In, Query
from cycle.errors import Invalid


class Written(In):
    on: Day


class Asked(Query):
    on: Day


@pytest.mark.parametrize(
    "text",
    ["0", "86400", "-86400", "1e3", "20261122", "2026-11-22T00:00:00", "2026-1-2", "2026-W47-7", "",
     "\uff12\uff10\uff12\uff16-11-22", "0001-01-01", "9999-12-31", "2026-02-30"],
)  # fmt: skip
def test_a_day_is_written_like_2026_11_22_and_not_otherwise(text: str) -> None:
    with pytest.raises(Invalid) as body:
        bodies.body(json.dumps({"on": text}).encode(), Written)
    with pytest.raises(Invalid) as query:
        bodies.query({"on": [text]}, Asked)
    (said,), (asked,) = body.value.faults, query.value.faults
    assert (said.pointer, asked.pointer) == ("/on", "?on")
    assert said.code == asked.code
    assert said.code in {"no_day", "too_small", "too_large"}


def test_a_day_written_so_is_read() -> None:
    assert bodies.query({"on": ["2028-02-29"]}, Asked).on.isoformat() == "2028-02-29"
    assert bodies.body(b'{"on":"2028-02-29"}', Written)[0].on.isoformat() == "2028-02-29"


@pytest.mark.parametrize("share", ['"0.5"', '""', '" 1"', '"1_0"', "true", "null", "NaN", "2", "0"])
def test_a_decimal_is_a_number_and_no_text_that_looks_like_one(share: str) -> None:
    with pytest.raises(Invalid):
        bodies.fitting(f'{{"area":"07","share":{share}}}'.encode(), PartIn)


@pytest.mark.parametrize("share", ["0.1", "1", "0.333333333333", "1e-3"])
def test_a_decimal_is_taken_as_it_is_written(share: str) -> None:
    found = bodies.fitting(f'{{"area":"07","share":{share}}}'.encode(), PartIn)
    assert found.share == Decimal(share)


def test_a_decimal_is_described_as_a_number() -> None:
    told = PartIn.model_json_schema()["properties"]["share"]
    assert told["type"] == "number"
    assert (told["exclusiveMinimum"], told["maximum"]) == (0, 1)
