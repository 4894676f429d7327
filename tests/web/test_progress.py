"""Reporting the Sachstand on one page: clicks and typed fields are counted, nothing is invented."""

from datetime import date

from cycle.machine.facts import Ask
from cycle.reading import progress as reading
from cycle.reading.door import open_reader
from cycle.usecases import measures, moves, progress
from tests.api.serving import Served
from tests.makers import DAY
from tests.makers_duties import a_running_measure
from tests.web.browsing import Browser, Seen, signed_in

ALL = "Report: all run as planned"
OTHERS = "Report: all others run as planned"
MARKED = "Report only what is marked"


def running(served: Served, count: int, planned_end: date | None = None) -> list[str]:
    """Let department 51 run so many measures."""
    return [
        a_running_measure(served.store, title=f"Maßnahme {n}", planned_end=planned_end)
        for n in range(count)
    ]


def told(served: Served) -> dict[str, tuple[str, str | None, date]]:
    """Give what was reported of each measure last."""
    with served.store.unit("planner", day=DAY) as unit:
        rows = reading.listed(unit.reading())
        return {row.measure: (row.course, row.text, row.as_of) for row in rows}


def at_the_sheet(served: Served, name: str = "youth", asked: str = "") -> tuple[Browser, Seen]:
    here = signed_in(served.address, name, "en")
    return here, here.open(f"/progress{asked}")


def slug(key: str) -> str:
    return key.replace("-", "_")


def test_a_head_reports_everything_with_one_click_and_nothing_typed(
    pages_on_both: Served,
) -> None:
    keys = running(pages_on_both, 3)
    here, seen = at_the_sheet(pages_on_both)
    seen = here.send(seen, button=ALL)
    assert (here.clicks, here.typed) == (1, 0)
    assert seen.status == 200, seen.text
    assert {key: course for key, (course, _, day) in told(pages_on_both).items()} == dict.fromkeys(
        keys, "on_track"
    )
    assert "All is reported. Thank you." in seen.text
    assert all(key in seen.text for key in keys)


def test_the_return_key_reports_only_what_is_marked(pages: Served) -> None:
    running(pages, 2)
    here, seen = at_the_sheet(pages)
    first = next(seen.forms()[-1].iter("button"))
    assert (first.get("name"), first.get("value")) == ("do", "marked")
    seen = here.send(seen, button=MARKED)
    assert seen.status == 422
    assert seen.faults() == ["Nothing is marked yet: say how a measure stands."]
    assert told(pages) == {}


def test_what_is_marked_goes_as_marked_and_the_others_as_planned(pages: Served) -> None:
    late, other = running(pages, 2)
    here, seen = at_the_sheet(pages)
    words = {
        f"course_{slug(late)}": "delayed", f"until_{slug(late)}": "31.3.2027",
        f"why_{slug(late)}": "Der Aufzug fehlt.",
    }  # fmt: skip
    seen = here.send(seen, words, button=ALL)
    assert seen.status == 200, seen.text
    assert told(pages)[late] == ("delayed", "Der Aufzug fehlt.", DAY)
    assert told(pages)[other][0] == "on_track"
    assert "delayed until 2027-03-31" in seen.text


def test_a_fault_in_one_row_writes_nothing_and_keeps_all_that_was_typed(pages: Served) -> None:
    late, halted, other = running(pages, 3)
    here, seen = at_the_sheet(pages)
    words = {
        f"course_{slug(late)}": "delayed", f"until_{slug(late)}": "31.3.2026",
        f"why_{slug(late)}": "Der Aufzug fehlt.",
        f"course_{slug(halted)}": "suspended",
    }  # fmt: skip
    seen = here.send(seen, words, button=ALL)
    assert seen.status == 422
    assert len(seen.faults()) == 2
    assert f"{halted}, Why, and what is done about it?: Please say why." in seen.faults()
    filled = seen.filled(ALL)
    assert filled[f"why_{slug(late)}"] == ["Der Aufzug fehlt."]
    assert filled[f"course_{slug(halted)}"] == ["suspended"]
    assert f"course_{slug(other)}" not in filled
    assert told(pages) == {}


def test_what_is_late_or_has_not_begun_is_never_called_on_course_by_the_one_click(
    pages: Served,
) -> None:
    (fine,) = running(pages, 1)
    (past,) = running(pages, 1, planned_end=date(2026, 10, 1))
    (slow,) = running(pages, 1)
    with pages.store.unit("youth", day=DAY.replace(month=10)) as unit:
        progress.report(
            unit, slow, course="delayed", text="Es hakt.", forecast_end=date(2027, 5, 1)
        )
    here, seen = at_the_sheet(pages)
    seen = here.send(seen, button=OTHERS)
    assert set(told(pages)) == {fine, slow}
    assert told(pages)[slow][2] != DAY
    assert past in seen.text
    seen = here.send(seen, {f"course_{slug(slow)}": "unchanged"}, button=MARKED)
    assert told(pages)[slow] == ("delayed", "Es hakt.", DAY)


def test_a_measure_that_was_reported_meanwhile_or_is_gone_is_left_alone(pages: Served) -> None:
    one, other = running(pages, 2)
    here, seen = at_the_sheet(pages)
    with pages.store.unit("planner", day=DAY) as unit:
        progress.report(unit, one, course="done", text="Fertig.")
        moves.move(unit, one, "finish", Ask(on=DAY))
    seen = here.send(seen, button=ALL)
    assert told(pages)[one][0] == "done"
    assert told(pages)[other][0] == "on_track"


def test_sent_twice_it_is_written_once(pages: Served) -> None:
    running(pages, 1)
    here, seen = at_the_sheet(pages)
    sent = seen.filled(ALL) | {"do": ["all"]}
    here.post("/progress", sent)
    here.post("/progress", sent)
    with pages.store.unit("planner", day=DAY) as unit:
        assert len(reading.listed(unit.reading())) == 1


def test_a_planner_reports_on_behalf_of_a_department(pages: Served) -> None:
    (key,) = running(pages, 1)
    here, seen = at_the_sheet(pages, "planner")
    assert "51 Jugend und Bildung" in seen.text
    seen = here.follow(seen, "51 Jugend und Bildung")
    assert "On behalf of department 51" in seen.text
    seen = here.send(seen, button=ALL)
    assert seen.path == "/progress?department=51"
    with pages.store.unit("planner", day=DAY) as unit:
        (row,) = reading.listed(unit.reading(), measure=key)
        assert row.department == "51"


def test_a_head_sees_the_own_department_whichever_is_asked_for(pages: Served) -> None:
    (key,) = running(pages, 1)
    here, seen = at_the_sheet(pages, "schools", "?department=51")
    assert key not in seen.text
    assert "No measure of yours is under way." in seen.text
    sent = {"_csrf": _token(here), "shown": [key], f"course_{slug(key)}": "done", "do": "all"}
    assert here.post("/progress?department=51", sent).status == 422
    assert told(pages) == {}


def _token(here: Browser) -> str:
    for form in here.open("/").root.iter("form"):
        for field in form.iter("input"):
            if field.get("name") == "_csrf":
                return field.get("value", "")
    raise AssertionError


def test_the_sheet_has_sixty_measures_a_page(
    pages: Served,
) -> None:
    with pages.store.unit("planner", day=DAY) as unit:
        for n in range(62):
            measures.log(unit, title=f"Maßnahme {n}", lead="51")
    with pages.store.unit("planner", day=DAY) as unit:
        unit.session.connection().exec_driver_sql("UPDATE measure SET state = 'in_progress'")
        unit.note("municipality", unit.town.id, "", "arranged", {})
    here, seen = at_the_sheet(pages)
    assert len(seen.filled(ALL)["shown"]) == 60
    seen = here.follow(seen, "Further")
    assert len(seen.filled(ALL)["shown"]) == 2


def test_departments_are_asked_and_reminded(pages: Served) -> None:
    running(pages, 1)
    here = signed_in(pages.address, "planner", "en")
    seen = here.open("/progress/requests")
    seen = here.send(seen, {"departments": ["51"], "due": "6.12.2026"}, button="Ask")
    assert "Asked: 51." in seen.text
    assert "0 of 1" in seen.text
    head = signed_in(pages.address, "youth", "en")
    assert "asked department 51" in head.open("/progress").text
    assert "asks for it by 2026-12-06" in head.open("/").text
    seen = here.send(here.open("/progress/requests"), {"due": "1.1.2020"}, button="Ask")
    assert seen.status == 422
    assert signed_in(pages.address, "schools").open("/progress/requests").status == 403


def test_the_sheet_reads_with_few_statements(pages: Served) -> None:
    from cycle.reading import progress_sheet  # noqa: PLC0415 - for this one

    running(pages, 2)
    reader = open_reader(pages.house.settings.db)
    progress_sheet.sheet(reader, ["51"], today=DAY)
    assert reader.statements == 1
    reader.close()
