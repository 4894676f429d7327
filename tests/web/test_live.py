"""Keeping a page up to date: cheap while nothing happens, and never in anybody's way."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from cycle.reading.door import Reader
from cycle.usecases import measures
from tests.api.serving import Served
from tests.makers import DAY
from tests.makers_measures import Town
from tests.web.browsing import Browser, Seen, browser, signed_in
from tests.web.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


def followed(seen: Seen) -> str:
    """Give the address a page asks for what is new."""
    for each in seen.root.iter():
        if found := each.get("hx-get"):
            return found
    raise AssertionError(seen.text)


def log(served: Served, lead: str = "51") -> None:
    with served.store.unit("planner", day=DAY) as unit:
        measures.log(unit, title="Lesepaten", lead=lead)


@contextmanager
def counted(patch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note every statement that is read."""
    sent: list[str] = []
    run = Reader._run

    def noted(self: Reader, sql: str, values: object) -> object:
        sent.append(sql)
        return run(self, sql, values)  # type: ignore[arg-type] # handed on as it came

    with patch.context() as inside:
        inside.setattr(Reader, "_run", noted)
        yield sent


def polled(here: Browser, address: str) -> tuple[int, str]:
    found = here.client.get(address, headers={"HX-Request": "true"})
    return found.status_code, found.text


def test_nothing_new_costs_one_statement_and_no_page(
    pages_on_both: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = signed_in(pages_on_both.address, "planner", "en")
    ask = followed(here.open("/board"))
    with counted(monkeypatch) as sent:
        assert polled(here, ask) == (204, "")
    assert sum("'journal'" in sql for sql in sent) == 1
    assert not [sql for sql in sent if "FROM measure" in sql or "FROM event" in sql]


def test_what_came_is_counted_and_the_page_fetched_anew(pages: Served) -> None:
    here = signed_in(pages.address, "planner", "en")
    ask = followed(here.open("/board?department=51"))
    log(pages)
    status, text = polled(here, ask)
    assert status == 200
    assert "1 change since you opened this page" in text
    assert 'hx-select="#live-part"' in text
    assert 'hx-get="/board?department=51"' in text
    assert "<main" not in text


def test_what_is_out_of_sight_is_not_counted(pages: Served) -> None:
    here = signed_in(pages.address, "schools", "en")
    ask = followed(here.open("/board"))
    log(pages)
    status, text = polled(here, ask)
    assert status == 200
    assert "keeps itself up to date" in text
    assert "#live-part" not in text


def test_a_page_that_asks_by_itself_does_not_keep_anybody_signed_in(
    pages: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[object] = []
    monkeypatch.setattr("cycle.store.sessions.touch", lambda *given: touched.append(given))
    here = signed_in(pages.address, "planner", "en")
    seen = here.open("/board")
    touched.clear()
    polled(here, followed(seen))
    assert touched == []


def test_whoever_is_signed_out_is_told_and_not_asked_again(pages: Served) -> None:
    ask = followed(signed_in(pages.address, "planner", "en").open("/cycles/Z-2026"))
    status, text = polled(browser(pages.address, "en"), ask)
    assert status == 200
    assert "You are signed out" in text
    assert "hx-get" not in text


@pytest.mark.parametrize("after", ["", "x", "-1", "99999999", "9" * 40, "1e3"])
def test_a_number_that_is_none_ends_it(pages: Served, after: str) -> None:
    here = signed_in(pages.address, "planner", "en")
    status, text = polled(here, f"/live?at=//evil.example&after={after}")
    assert status == 200
    assert "can no longer be kept up to date" in text
    assert 'href="/"' in text


def test_it_can_be_held_without_scripts(pages: Served) -> None:
    here = signed_in(pages.address, "planner", "en")
    seen = here.open("/board?department=51")
    seen = here.follow(seen, "Do not update by itself")
    assert seen.path == "/board?department=51&live=off"
    assert "hx-get" not in seen.response.text
    assert "Load anew" in seen.links()
    assert here.follow(seen, "Update by itself").path == "/board?department=51"


def test_a_page_that_renews_itself_keeps_focus_and_what_was_opened(
    pages: Served, chromium: "Chromium"
) -> None:
    Town(pages.store).a_measure("approved")
    seen = Window(chromium, pages.address, "planner")
    seen.open("/cycles/Z-2026")
    page = seen.page
    page.click("#circle summary")
    page.focus("#states tbody a")
    at = page.evaluate("document.activeElement.id")
    log(pages)
    page.wait_for_selector(".figures li:first-child strong:text-is('2')")
    assert page.evaluate("document.activeElement.id") == at
    assert page.evaluate("document.querySelector('#circle details').open")
    page.focus("#circle summary")
    log(pages)
    page.wait_for_selector(".figures li:first-child strong:text-is('3')")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert seen.wrong == []


def test_what_came_of_a_form_has_the_focus(pages: Served, chromium: "Chromium") -> None:
    seen = Window(chromium, pages.address, "youth")
    seen.open("/measures/new")
    seen.page.fill("[name=title]", "Lesepaten")
    seen.page.click("main form button[type=submit]")
    seen.page.wait_for_selector("[data-told]")
    assert "ist als M-2026-001 eingetragen" in seen.page.evaluate(
        "document.activeElement.innerText"
    )


def test_a_group_of_answers_is_tied_to_what_is_wrong_with_it(
    pages: Served, chromium: "Chromium"
) -> None:
    seen = Window(chromium, pages.address, "clerk")
    seen.open("/decisions/new")
    seen.page.click("main form button[type=submit]")
    group = seen.page.locator("fieldset[aria-invalid=true]").first
    assert group.get_attribute("aria-describedby") == "f-result-error"
    assert group.get_attribute("role") == "radiogroup"
    assert seen.page.locator("#f-result-error").count() == 1
    assert seen.page.title().startswith("Fehler: ")
