"""Calls made from the table of routes: the smallest body that fits, and addresses that exist."""

import re
from typing import Any

from api.frame import Route
from cycle.store.unit import Unit
from cycle.usecases import goals, measures
from tests.makers import DAY

KEYS = {  # what stands for a name in an address, where no record has to be there
    "kind": "built",
    "no": "1",
    "year": "2026",
    "light": "delivery",
    "rule": "O1",
    "guard": "finding_missing",
    "name": "unknown",
    "indicator": "SGB2_KIND",
    "n": "1",
    "stage": "goal",
}


def named(route: Route) -> str:
    """Name a route in the list of tests."""
    return f"{route.method} {route.path}"


def smallest(route: Route) -> Any:  # noqa: ANN401 - JSON
    """Give the smallest body the route takes; None where it takes none."""
    if route.body is None:
        return None
    if route.example is not None:
        return route.example
    schema = route.body.model_json_schema()
    return _sample(schema, schema.get("$defs", {}))


def _sample(schema: dict[str, Any], parts: dict[str, Any]) -> Any:  # noqa: ANN401, PLR0911 - JSON
    if "$ref" in schema:
        return _sample(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0], parts)
    kind = schema.get("type")
    if kind == "object":
        needed = schema.get("required", ())
        return {name: _sample(schema["properties"][name], parts) for name in needed}
    if kind == "array":
        return [_sample(schema["items"], parts)] * schema.get("minItems", 0)
    if kind in {"integer", "number"}:
        return schema.get("minimum", 1)
    if kind == "boolean":
        return True
    if schema.get("format") == "date":
        return DAY.isoformat()
    return "x" * max(schema.get("minLength", 1), 1)


def address(route: Route, **known: str) -> str:
    """Fill in an address."""

    def fill(found: re.Match[str]) -> str:
        return known.get(found[1]) or KEYS.get(found[1], "none")

    return re.sub(r"\{(\w+)\}", fill, route.path)


def a_draft(unit: Unit) -> str:
    """Log a draft of department 51 for the department itself, with a goal of the round."""
    goal = goals.add(unit, text="Kinder sprechen gut Deutsch").ref
    return measures.log(unit, title="Sprachförderkräfte", lead="51", goal=goal).ref
