"""Every page of the web door."""

from typing import Final

from api.web.frame import Page
from api.web.pages import help as help_pages
from api.web.pages import (
    account,
    area_map,
    board,
    control,
    cycles,
    decisions,
    evaluations,
    findings,
    goals,
    indicators,
    live,
    open_ends,
    papers,
    progress,
    recommendations,
    reports,
    sign_in,
    today,
)

PAGES: Final[tuple[Page, ...]] = (
    *sign_in.PAGES,
    *account.PAGES,
    *today.PAGES,
    *progress.PAGES,
    *area_map.PAGES,
    *open_ends.PAGES,
    *board.PAGES,
    *cycles.PAGES,
    *live.PAGES,
    *reports.PAGES,
    *findings.PAGES,
    *goals.PAGES,
    *indicators.PAGES,
    *decisions.PAGES,
    *papers.PAGES,
    *control.PAGES,
    *evaluations.PAGES,
    *recommendations.PAGES,
    *help_pages.PAGES,
)
