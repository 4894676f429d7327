from typing import TYPE_CHECKING, Any

import pytest

from api.web.assets import SHEETS, STATIC
from api.web.charts.area_map import area_map
from api.web.charts.circle import circle
from api.web.charts.course import course
from api.web.charts.drawing import Drawn
from api.web.charts.lights import lights
from api.web.charts.time_series import time_series
from api.web.shown import templates
from cycle.i18n import Tongue
from tests.web.charts import invented
from tests.web.charts.test_area_map import a_map
from tests.web.charts.test_lights import COUNTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DE = Tongue("de")
DRAWN = {
    "series": time_series(invented.a_series(), DE),
    "circle": circle(invented.circle(), DE, "Z-2024"),
    "course": course(invented.months(), DE),
    "lights": lights(COUNTS, DE),
    "map": area_map(a_map("5", "9", "12", "30"), DE),
}
_MEASURED = """() => [...document.querySelectorAll('svg[role=img]')]
  .filter(svg => svg.getBoundingClientRect().width > 0).map(svg => {
    const v = svg.viewBox.baseVal, words = [...svg.querySelectorAll('text')];
    const boxes = words.map(w => [w.textContent, w.getBBox()]), wrong = [];
    boxes.forEach(([one, a], i) => {
      if (a.x < -1 || a.x + a.width > v.width + 1) wrong.push(one + ' sticks out');
      boxes.slice(i + 1).forEach(([two, b]) => {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        if (across > 0.5 && down > 3) wrong.push(one + ' meets ' + two);
      });
    });
    return {kind: svg.getAttribute('class'), wrong,
            size: parseFloat(getComputedStyle(svg).fontSize) * svg.clientWidth / v.width};
  })"""


def shown(drawn: Drawn) -> str:
    """Write a chart as a page does."""
    source = '{% from "charts.html" import chart with context %}{{ chart(drawn, "it") }}'
    words: dict[str, Any] = {"say": DE.say, "plural": DE.plural, "drawn": drawn}
    sheets = "\n".join((STATIC / each).read_text("utf-8") for each in SHEETS)
    page = templates().from_string(source).render(words)
    return f"<!doctype html><html lang=de><style>{sheets}</style><main>{page}</main>"


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize(("width", "kind"), [(1000, "chart__wide"), (320, "chart__narrow")])
def test_one_layout_is_shown_its_words_can_be_read_and_none_collide(
    chromium: "Browser", name: str, width: int, kind: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.set_content(shown(DRAWN[name]))
    (found,) = page.evaluate(_MEASURED)
    room = page.evaluate("() => document.documentElement.scrollWidth")
    page.close()
    assert found["kind"] == kind
    assert found["wrong"] == []
    assert found["size"] >= 12
    assert room <= width
