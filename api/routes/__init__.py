"""Every address of the API."""

from typing import Final

from api.frame import Route
from api.routes import (
    accounts,
    areas,
    batches,
    board,
    bodies,
    changes,
    cycles,
    decisions,
    departments,
    evaluations,
    health,
    indicators,
    journal,
    measures,
    observations,
    overview,
    papers,
    policy,
    progress_requests,
    sittings,
    tokens,
    webhooks,
)

ROUTES: Final[tuple[Route, ...]] = (
    *measures.ROUTES,
    *evaluations.ROUTES,
    *overview.ROUTES,
    *changes.ROUTES,
    *batches.ROUTES,
    *cycles.ROUTES,
    *decisions.ROUTES,
    *papers.ROUTES,
    *bodies.ROUTES,
    *sittings.ROUTES,
    *indicators.ROUTES,
    *observations.ROUTES,
    *areas.ROUTES,
    *departments.ROUTES,
    *board.ROUTES,
    *progress_requests.ROUTES,
    *policy.ROUTES,
    *accounts.ROUTES,
    *tokens.ROUTES,
    *journal.ROUTES,
    *webhooks.ROUTES,
    *health.ROUTES,
)
