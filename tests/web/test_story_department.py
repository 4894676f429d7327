"""A head of department who has never seen it: from signing in to a measure in the committees."""

from typing import TYPE_CHECKING

import pytest

from tests.api.serving import Served
from tests.makers_measures import Town
from tests.web.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_head_of_department_logs_a_measure_with_one_typed_field_and_two_clicks(
    pages: Served, chromium: "Browser", *, script: bool
) -> None:
    head = Window(chromium, pages.address, "youth", script=script)
    head.click("Maßnahme eintragen")
    head.type("Was wollen Sie tun?", "Sprachförderung in vier Kitas")
    head.click("Maßnahme eintragen")
    assert head.path == "/measures/M-2026-001"
    assert "M-2026-001 eingetragen" in head.text
    assert (head.typed, head.clicks) == (1, 2)
    assert head.wrong == []
    head.close()


def test_a_measure_goes_to_the_committees_by_its_task_list(
    pages: Served, chromium: "Browser", *, script: bool
) -> None:
    goal = Town(pages.store).a_goal()
    head = Window(chromium, pages.address, "youth", script=script)
    finance = Window(chromium, pages.address, "finance", script=script)
    head.click("Maßnahme eintragen")
    head.type("Was wollen Sie tun?", "Sprachförderung in vier Kitas")
    head.choose("goal", goal)
    head.choose("areas", "*")
    head.fill("planned_end", "31.12.2027")
    head.click("Maßnahme eintragen")
    here = head.path
    assert "Ziel" in head.text
    for task in ("built", "staffing", "organisational", "financial"):
        _answer(head, here, task, {"text": "keine, weil alles vorhanden ist"}, {"state": "none"})
    _involve(head, here)
    _answer(head, here, "evaluation", {"due": "31.3.2028", "question": "Sprechen sie besser?"})

    head.open(f"{here}/moves/target")
    head.save()
    assert "Ziel zugeordnet" in head.text
    head.open(f"{here}/moves/propose")
    assert "Es fehlt die Mitzeichnung der Kämmerei (20)." in head.text

    finance.open(f"{here}/tasks/countersign")
    finance.save()
    assert finance.path == here, finance.text
    head.open(here)
    head.click("In die Gremien geben")
    head.save()
    assert "ist jetzt: in Beratung" in head.text
    assert head.wrong + finance.wrong == []
    head.close()
    finance.close()


def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(
    pages: Served, chromium: "Browser", *, script: bool
) -> None:
    head = Window(chromium, pages.address, "youth", script=script)
    head.open("/measures/new")
    head.fill("planned_end", "31.02.2027")
    head.fill("title", "Lesepaten")
    head.save()
    assert "Das ist kein gültiges Datum. Schreiben Sie es zum Beispiel so: 31.12.2027." in head.text
    assert head.page.input_value("#f-title") == "Lesepaten"
    assert head.page.input_value("#f-planned_end") == "31.02.2027"
    head.page.locator("#faults a").first.click()
    head.fill("planned_end", "31.12.2027")
    head.save()
    assert head.path == "/measures/M-2026-001"
    head.close()


def _involve(head: Window, here: str) -> None:
    head.open(f"{here}/tasks/participation")
    head.choose("format", "survey")
    head.choose("level", "consult")
    head.choose("groups", "residents", "independent_providers")
    head.save()
    head.fill("held_from", "5.3.2026")
    head.fill("summary", "412 Eltern haben geantwortet.")
    head.save()
    assert head.path == here, head.text


def _answer(
    window: Window,
    measure: str,
    task: str,
    typed: dict[str, str],
    chosen: dict[str, str | tuple[str, ...]] | None = None,
) -> None:
    window.open(f"{measure}/tasks/{task}")
    for name, value in (chosen or {}).items():
        window.choose(name, *([value] if isinstance(value, str) else value))
    for name, value in typed.items():
        window.fill(name, value)
    window.save()
    assert window.path == measure, window.text[:500]
