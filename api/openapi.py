"""The description of the API (OpenAPI 3.1): what FastAPI makes of the routes, and the rest.

FastAPI describes parameters and bodies; added here are what every call shares: who may call, the
headers, the answers with their shapes, every problem, links from what was made to what shows it,
and the webhooks.
"""

import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from api.answers import RECORDS
from api.descriptions import HEADERS, INTRODUCTION, PATHS, PROBLEM, TAGS, WEBHOOKS
from api.frame import NOBODY, Door, Route, install
from api.problems import KINDS
from api.routes import ROUTES

VERSION: Final = version("kreislauf")
REF: Final = "#/components/schemas/{model}"
_SAYS: Final[Mapping[int, str]] = {
    **{kind.status: kind.title for kind in KINDS.values()},
    403: "The account may not do this.",
    404: "Nothing is known by that key, or the caller may not see it.",
    409: "Refused, changed meanwhile, or there already; `code` tells which.",
    422: "What was sent does not fit; `errors` names every place.",
    503: "The store cannot be used now; try again.",
}
_GOOD: Final[Mapping[int, str]] = {
    200: "Done; the answer.",
    201: "Made; `Location` tells where it is.",
    204: "Done; nothing to tell, as `Prefer: return=minimal` asks.",
    304: "Nothing has changed since the answer with this tag.",
}


class _Numbers(GenerateJsonSchema):
    """Describes decimals as what leaves: numbers."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic calls it so
        """Give a number."""
        return {"type": "number"}


def described(app: FastAPI) -> dict[str, Any]:
    """Give the description, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _described(app)
    return app.openapi_schema


def _described(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title, version=app.version, description=INTRODUCTION, routes=app.routes,
        tags=TAGS, license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    )  # fmt: skip
    parts = found.setdefault("components", {})
    schemas: dict[str, Any] = parts.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    parts["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    parts["headers"] = HEADERS
    for route in app.routes:
        if isinstance(route, Door):
            told: Route = route.endpoint.route  # type: ignore[attr-defined] # `install` put it there
            _complete(found["paths"][route.path_format][told.method.lower()], told, schemas)
    found["security"] = [{"bearer": []}]
    found["webhooks"] = WEBHOOKS
    return found


def _complete(operation: dict[str, Any], route: Route, schemas: dict[str, Any]) -> None:
    """Add to what FastAPI knows of a route all that every call shares."""
    operation["tags"] = [
        route.path.split("/")[2].partition(":")[0] if "/v1/" in route.path else "server"
    ]
    if route.rights == NOBODY:
        operation["security"] = []
    else:
        roles = ", ".join(f"`{role}`" for role in sorted(route.rights))
        operation["description"] = f"{route.tells}\n\nRoles: {roles}.".strip()
    given = operation.setdefault("parameters", [])
    for each in given:
        if each["in"] == "path":
            each["schema"] = PATHS.get(each["name"], each["schema"])
    given.extend(_headers(route))
    if route.body and route.method == "PATCH":
        content = operation["requestBody"]["content"]
        content["application/merge-patch+json"] = content["application/json"]
    if route.example is not None:
        for media in operation["requestBody"]["content"].values():
            media["example"] = route.example
    operation["responses"] = _answers(route, schemas)


def _tag(path: str) -> str:
    """Give the noun an address is about."""
    _, first, *rest = path.split("/")
    return rest[0].partition(":")[0] if first == "v1" else "server"


def _headers(route: Route) -> list[dict[str, Any]]:
    """Give the headers a call may carry."""
    if route.rights == NOBODY:
        return []
    text = {"type": "string"}
    found = [_header("Accept-Language", "de or en.", text)]
    if route.matches:
        says = "The ETag of the version the change was decided on, or `*`."
        found.append(_header("If-Match", says, text | {"minLength": 1}, required=True))
    if route.method == "GET":
        found.append(_header("If-None-Match", "The ETag of an answer that is known.", text))
    if route.method == "POST":
        says = "Any text of 1 to 255 visible ASCII characters: the call is then safe to repeat."
        bounds = {"minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}
        found.append(_header("Idempotency-Key", says, text | bounds))
    return found


def _header(
    name: str, says: str, schema: dict[str, Any], *, required: bool = False
) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": says, "required": required,
            "schema": schema}  # fmt: skip


def _answers(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    """Give every answer of a route."""
    told = {route.status, *route.also}
    if route.secret:
        told.add(200)  # to a repeated call, without what is told once
    found = {str(status): _good(status, route, schemas) for status in sorted(told)}
    if route.rights == NOBODY:
        return found | {str(status): _bad(status) for status in route.problems}
    if route.writes:
        found.setdefault("204", {"description": _GOOD[204]})
    else:
        found["304"] = {"description": _GOOD[304]}
    found |= {str(status): _bad(status) for status in _problems(route)}
    if route.whole and route.writes:  # a batch that is refused tells so line by line
        found["409"]["content"][route.media] = {"schema": _shape(route, schemas)}
    return found


def _problems(route: Route) -> list[int]:
    found = {401, 403, 404, 422, 429, 500, 503, *route.problems}
    if route.writes:
        found |= {400, 409, 413, 415}
    if route.matches:
        found |= {412, 428}
    return sorted(found)


def _good(status: int, route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    says = _GOOD.get(status, "Done; the answer.")
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", "RateLimit")}
    if status == 201:  # noqa: PLR2004 - HTTP's
        headers["Location"] = {"$ref": "#/components/headers/Location"}
    found: dict[str, Any] = {"description": says, "headers": headers}
    found["content"] = {route.media: {"schema": _shape(route, schemas)}}
    if status == 201 and (shows := route.shown_by):  # noqa: PLR2004 - HTTP's
        found["links"] = {
            shows: {"operationId": shows, "parameters": {"key": "$response.body#/key"}}
        }
    return found


def _bad(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": _SAYS[status],
        "content": {"application/problem+json": {"schema": schema}},
    }


def _shape(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    """Describe what leaves; the shapes it is made of go to the components."""
    kind = route.answer if route.answer is not Any else RECORDS.get(route.noun, Any)
    if kind is Any:
        return {}
    made: dict[str, Any] = TypeAdapter(kind).json_schema(
        ref_template=REF, schema_generator=_Numbers
    )
    schemas.update(made.pop("$defs", {}))
    return made


def text() -> str:
    """Give the description as the file beside this one holds it."""
    app = FastAPI(title="Kreislauf", version=VERSION)
    install(app, ROUTES)
    return json.dumps(described(app), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    print(text(), end="")  # noqa: T201 - `python -m api.openapi > api/openapi.json`
