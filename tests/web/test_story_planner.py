"""The planner's day in a real browser: a decision comes in, an open end closes, it is printed."""

from typing import TYPE_CHECKING

import pytest

from tests.api.serving import Served
from tests.makers_measures import Town
from tests.web.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_decision_closes_the_open_end_and_is_printed_with_the_others(
    pages: Served, chromium: "Browser", *, script: bool
) -> None:
    key = Town(pages.store).a_measure("proposed")
    planner = Window(chromium, pages.address, "planner", script=script)
    planner.open("/open/overdue")
    assert key in planner.text  # proposed in January, not decided for more than ninety days

    for body, role in (("JHA", "preparatory"), ("SR", "deciding")):
        planner.open(f"/decisions/new?measure={key}")
        planner.choose("measures", key)
        planner.fill("paper", "0482/2026")
        planner.choose("body", body)
        planner.fill("on", "20.11.2026")
        planner.choose("role", role)
        planner.choose("result", "adopted")
        planner.save()
        assert "ist eingetragen" in planner.text, planner.text[:600]

    planner.open("/open/overdue")
    assert "Wartet auf einen Beschluss" not in planner.text
    planner.open(f"/measures/{key}")
    assert "beschlossen" in planner.text

    planner.open("/control?body=SR")
    assert key in planner.text
    planner.page.emulate_media(media="print")
    assert not planner.page.locator("nav").first.is_visible()
    assert planner.page.get_by_text(key).first.is_visible()
    paper = planner.page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert planner.wrong == []
    planner.close()
