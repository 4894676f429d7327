"""One page looked at in every way."""

from tests.web.walls import screens
from tests.web.window import Window


def all_wrong(window: Window, source: str, *, walk: bool = True) -> list[str]:
    """Give all that is wrong with a page; `walk` reads its source and goes over it by keyboard."""
    page = window.page
    found = screens.html(source) if walk else []
    found += screens.axe(page)
    found += screens.narrow(page)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    found += [f"in forced colours: {each}" for each in screens.axe(page)]
    page.emulate_media(forced_colors="none", color_scheme="light")
    if walk:
        found += screens.by_keyboard(page)
    return found + window.wrong
