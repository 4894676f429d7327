"""The little script of the pages: what it makes easier, and that nothing else changes."""

from typing import TYPE_CHECKING

import pytest

from api.web import assets

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BODY = """<main><div id="faults" tabindex="-1">Titel fehlt</div>
<form method="post" action="/x"><button>Speichern</button></form>
<form method="get" action="/x"><button>Suchen</button></form>
<button type="button" data-holds="feed" aria-pressed="false" hidden>Anhalten</button>
<div id="feed"><a href="#">neu</a></div></main>"""
SENT_TWICE = """method => [1, 2].map(() => {
  const sent = new Event('submit', {bubbles: true, cancelable: true});
  document.querySelector(`form[method=${method}]`).dispatchEvent(sent);
  return !sent.defaultPrevented;
})"""

ASKED = """() => {
  const ask = new Event('htmx:beforeRequest', {bubbles: true, cancelable: true});
  document.querySelector('#feed a').dispatchEvent(ask);
  return !ask.defaultPrevented;
}"""


@pytest.fixture(scope="module")
def page(chromium: "Browser") -> "Page":
    shown = chromium.new_page()
    shown.set_content(BODY)
    shown.add_script_tag(content=assets.shelf()["kreislauf.js"].body.decode())
    return shown


def test_what_is_wrong_has_the_focus(page: "Page") -> None:
    assert page.evaluate("document.activeElement.id") == "faults"


def test_a_form_goes_out_once_until_one_comes_back_to_it(page: "Page") -> None:
    assert page.evaluate(SENT_TWICE, "post") == [True, False]
    page.evaluate("dispatchEvent(new Event('pageshow'))")
    assert page.evaluate(SENT_TWICE, "post") == [True, False]


def test_a_search_may_be_sent_as_often_as_one_likes(page: "Page") -> None:
    assert page.evaluate(SENT_TWICE, "get") == [True, True]


def test_what_changes_by_itself_can_be_held_and_let_go(page: "Page") -> None:
    assert page.evaluate(ASKED)
    page.click("[data-holds]")
    assert page.get_attribute("[data-holds]", "aria-pressed") == "true"
    assert not page.evaluate(ASKED)
    page.click("[data-holds]")
    assert page.evaluate(ASKED)
