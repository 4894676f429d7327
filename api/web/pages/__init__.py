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
    imports,
    indicators,
    live,
    measure_moves,
    measure_tasks,
    measures,
    open_ends,
    papers,
    progress,
    recommendations,
    reports,
    sign_in,
    today,
    undo,
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
    *measures.PAGES,
    *measure_tasks.PAGES,
    *measure_moves.PAGES,
    *reports.PAGES,
    *findings.PAGES,
    *goals.PAGES,
    *indicators.PAGES,
    *decisions.PAGES,
    *papers.PAGES,
    *control.PAGES,
    *evaluations.PAGES,
    *recommendations.PAGES,
    *imports.PAGES,
    *undo.PAGES,
    *help_pages.PAGES,
)
