import json
from pathlib import Path

import pytest
from fastapi import FastAPI
from openapi_spec_validator import validate

import api
from api import openapi
from api.frame import Route, install
from api.routes import ROUTES

COMMITTED = Path(api.__file__).parent / "openapi.json"


def test_the_description_beside_the_code_is_the_one_that_is_served() -> None:
    told = "run `python -m api.openapi > api/openapi.json`"
    assert COMMITTED.read_text(encoding="utf-8") == openapi.text(), told


def test_the_description_is_sound() -> None:
    validate(json.loads(openapi.text()))


def test_every_operation_has_a_name_of_its_own_and_a_line_that_says_what_it_does() -> None:
    names = [route.name for route in ROUTES]
    assert len(set(names)) == len(names)
    assert all(route.says[0].isupper() and not route.says.endswith(".") for route in ROUTES)


def test_a_route_that_names_no_right_is_not_served() -> None:
    for rights in (frozenset(), frozenset({"mayor"})):
        bare = Route(
            method="GET", path="/v1/x", name="x", says="X", rights=rights, run=lambda _call: {}
        )
        with pytest.raises(ValueError, match="does not say who may call it"):
            install(FastAPI(), [bare])


def test_changes_name_a_version_and_what_creates_does_not() -> None:
    for route in ROUTES:
        if route.method in {"PATCH", "PUT", "DELETE"} or route.path.endswith("/transitions"):
            assert route.matches or not route.writes, route.name
        if route.method == "POST" and route.status == 201:
            assert not route.matches or route.path.endswith("/lineage"), route.name


def test_what_a_repeated_call_is_told_is_described_too() -> None:
    told = json.loads(openapi.text())["paths"]["/v1/webhooks"]["post"]["responses"]
    for status in ("200", "201"):
        shape = told[status]["content"]["application/json"]["schema"]
        assert "secret" in shape["properties"].keys() - set(shape["required"])


def test_a_batch_that_is_refused_is_described_line_by_line() -> None:
    told = json.loads(openapi.text())["paths"]["/v1/evaluations:batch"]["post"]["responses"]
    assert told["409"]["content"].keys() == {"application/problem+json", "application/x-ndjson"}
