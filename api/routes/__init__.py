"""Every address of the API."""

from typing import Final

from api.frame import Route
from api.routes import evaluations, measures, overview

ROUTES: Final[tuple[Route, ...]] = (
    *measures.ROUTES,
    *evaluations.ROUTES,
    *overview.ROUTES,
)
