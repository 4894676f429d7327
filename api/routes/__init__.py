"""Every address of the API."""

from typing import Final

from api.frame import Route
from api.routes import (
    bodies,
    changes,
    cycles,
    decisions,
    evaluations,
    measures,
    overview,
    papers,
    sittings,
)

ROUTES: Final[tuple[Route, ...]] = (
    *measures.ROUTES,
    *evaluations.ROUTES,
    *overview.ROUTES,
    *cycles.ROUTES,
    *decisions.ROUTES,
    *papers.ROUTES,
    *bodies.ROUTES,
    *sittings.ROUTES,
    *changes.ROUTES,
)
