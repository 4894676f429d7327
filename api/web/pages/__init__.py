"""Every page of the web door."""

from typing import Final

from api.web.frame import Page
from api.web.pages import help as help_pages
from api.web.pages import progress, sign_in, today

PAGES: Final[tuple[Page, ...]] = (
    *sign_in.PAGES,
    *today.PAGES,
    *progress.PAGES,
    *help_pages.PAGES,
)
