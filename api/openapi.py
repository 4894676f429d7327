"""The description of the API (OpenAPI 3.1): what FastAPI makes of the routes, and the rest."""

from importlib.metadata import version
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

VERSION: Final = version("kreislauf")


def described(app: FastAPI) -> dict[str, Any]:
    """Give the description."""
    return get_openapi(title=app.title, version=app.version, routes=app.routes)
