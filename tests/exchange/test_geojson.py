"""GeoJSON that is none, or not quite: every area that cannot be drawn is named."""

import json
from typing import Any

import pytest

from cycle.errors import Invalid
from cycle.exchange import geojson
from tests.exchange.geo import collection, square


def read(content: Any) -> Any:  # noqa: ANN401 - any JSON
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return geojson.outlines(data, "city.geojson")


def feature(geometry: Any, code: Any = "01") -> Any:  # noqa: ANN401 - any JSON
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def test_polygons_and_multipolygons_are_read() -> None:
    several = {"type": "MultiPolygon", "coordinates": [square(0), square(3)]}
    one = {"type": "Polygon", "coordinates": square(5)}
    found = read({"features": [feature(several), feature(one, 2)]})
    assert {code: len(outline) for code, outline in found.items()} == {"01": 2, "2": 1}


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"[]", b"{}", b'{"features": 7}', b'{"features": []}', b"[" * 100_000,
     b'{"features": [NaN]}', b"PK\x03\x04", b'{"features": [' + b"1" * 5000 + b"]}"],
)  # fmt: skip
def test_what_is_no_collection_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="no GeoJSON"):
        read(content)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(Invalid, match="larger than 5 MB"):
        read(b" " * (geojson.LARGEST + 1))


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (7, "unnamed"), ({"properties": 7}, "unnamed"), (feature(None, code=True), "unnamed"),
        (feature(None), "empty"), (feature({"type": "Point", "coordinates": [1, 2]}), "empty"),
        (feature({"type": "Polygon"}), "empty"), (feature({"type": []}), "empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_named_by_its_place(broken: Any, code: str) -> None:  # noqa: ANN401 - any JSON
    good = {"type": "Polygon", "coordinates": square(0)}
    with pytest.raises(Invalid) as caught:
        read({"features": [feature(good, "00"), broken]})
    assert [(fault.pointer, fault.code) for fault in caught.value.faults] == [("features/1", code)]


def test_an_area_named_twice_is_refused_and_never_half_read() -> None:
    twice = collection({"01": square(0)})
    twice["features"] *= 2
    with pytest.raises(Invalid) as caught:
        read(twice)
    assert [fault.code for fault in caught.value.faults] == ["twice"]
