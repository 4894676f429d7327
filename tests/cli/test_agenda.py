"""`cycle agenda`: the next sittings on any screen, for people and for programs."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from cycle.model.decisions import Condition
from cycle.store.store import Store
from tests.cli.calls import Cycle
from tests.reading.rows import TODAY, City, building

SR, LATER = date(2026, 12, 16), date(2027, 1, 27)


def _fill(city: City) -> None:
    plain: dict[str, Any] = {
        "fields": ("ALT",),
        "citywide": True,
        "title": "Treffpunkt im Stadtteil",
    }
    plain["citywide"] = True
    on_agenda = city.measure(state="proposed", **plain)  # M-2026-001
    city.measure(state="proposed", **plain)
    city.measure(state="deferred", **plain | {"lead": None})
    city.measure(state="targeted", title="Geheimer Plan")  # M-2026-004
    paper = city.paper("2026/0100", name="Treffpunkt für den Stadtteil West")
    put_off = city.consultation(paper, "SR", date(2026, 9, 16), "deferred")
    city.decision(put_off, on_agenda)
    city.consultation(paper, "SR", SR, "pending")
    closed = city.paper("2026/0101", name="Grundstück", public=False)
    city.consultation(closed, "SR", SR, "pending", role="unknown")
    noted = city.paper("2026/0102", name="Sitzungskalender")
    city.consultation(noted, "SR", TODAY, "noted", role="information")
    old = city.paper("2025/0007", name="Bericht zur Kinderarmut")
    at = city.consultation(old, "SR", date(2026, 11, 21), "referred")
    city.add(
        Condition(
            decision_id=city.decision(at, on_agenda, result="adopted").id, code="report_due",
            text="Bericht nach einem Jahr", due=SR,
        )
    )  # fmt: skip


@pytest.fixture
def full(cycle: Cycle, stored: Store, monkeypatch: pytest.MonkeyPatch) -> Cycle:
    """Call the command on a town with sittings to come, on the day of the tests."""
    with building(stored) as city:
        _fill(city)
    monkeypatch.setenv("CYCLE_TODAY", TODAY.isoformat())
    return cycle


def test_a_sitting_tells_what_is_ready_and_what_is_not_and_why(full: Cycle) -> None:
    today, council = full.done("agenda", "--lang", "en").split("\n\n")
    assert today.splitlines() == [
        "2026-11-22 · SR · Stadtrat",
        "  Agenda (1)",
        "    2026/0102 Sitzungskalender (information, noted)",
        "  Dealt with and never came back (1)",
        "    2025/0007 Bericht zur Kinderarmut: referred, 1 day",
    ]
    lines = council.splitlines()
    assert lines[:9] == [
        "2026-12-16 · SR · Stadtrat",
        "  Agenda (2)",
        "    2026/0100 Treffpunkt für den Stadtteil West (decision) · M-2026-001",
        "    2026/0101 Grundstück (not public)",
        "  Ready (2)",
        "    M-2026-001 Treffpunkt im Stadtteil (51): 2026/0100",
        "    M-2026-002 Treffpunkt im Stadtteil (51): not on an agenda yet",
        "      cycle paper consult NUMBER --body SR --on 2026-12-16 --measure M-2026-002",
        "  Not ready yet, because … (2)",
    ]
    assert lines[9] == "    M-2026-003 Treffpunkt im Stadtteil"
    assert "        cycle consequence countersign M-2026-003" in lines
    assert lines[-4:] == [
        "  Conditions due by then (1)",
        "    2026-12-16 report due: Bericht nach einem Jahr (D-2026-002, M-2026-001)",
        "  Dealt with and never came back (1)",
        "    2026/0102 Sitzungskalender: noted, 0 days",
    ]


def test_the_command_it_names_puts_the_measure_on_the_agenda(full: Cycle) -> None:
    full.done("paper", "add", "2026/0200", "Treffpunkt Süd")
    full.done(
        "paper", "consult", "2026/0200", "--body", "SR", "--on", "2026-12-16",
        "--measure", "M-2026-002",
    )  # fmt: skip
    found = full("agenda", "--json").json
    council = next(each for each in found if each["on"] == "2026-12-16")
    assert [(each["key"], each["paper"]) for each in council["ready"]] == [
        ("M-2026-001", "2026/0100"), ("M-2026-002", "2026/0200"),
    ]  # fmt: skip
    assert full("paper", "show", "2026/0200", "--json").json["measures"] == ["M-2026-002"]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_agenda_fits_its_screen(
    full: Cycle, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for more in ((), ("--ascii",), ("--format", "plain")):
        text = full.done("agenda", "--lang", lang, *more)
        assert max(len(line) for line in text.splitlines()) <= width
        assert "\x1b" not in text
        assert more != ("--ascii",) or text.isascii()


def test_much_that_waits_is_told_in_few_lines(full: Cycle, stored: Store) -> None:
    with building(stored) as city:
        city.start_at(50)
        for _ in range(9):
            city.measure(state="proposed", fields=("ALT",), citywide=True)
    text = full.done("agenda", "--lang", "en", "--until", "2026-12-31")
    assert "  Ready (11)" in text
    assert "    and 3 more" in text.splitlines()
    assert "M-2026-055" in text
    assert "M-2026-056" not in text


def test_what_finds_no_sitting_and_a_town_where_nothing_waits_say_so(
    full: Cycle, stored: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with building(stored) as city:
        city.start_at(50)
        city.measure(state="proposed", fields=("ALT",), binding="committee_resolution")
        city.measure(state="proposed", fields=("JUG",))
    text = full.done("agenda", "--lang", "en")
    assert "\n\nAny body: no sitting is planned\n" in text
    assert "JHA · Jugendhilfeausschuss: no sitting is planned" in text
    assert "--body BODY --on DATE" in " ".join(text.replace("\\", "").split())
    assert full.done("agenda", "--body", "LG", "--lang", "en") == (
        "No sitting is planned, and nothing waits for one."
    )


def test_programs_get_the_agenda_in_every_format(full: Cycle) -> None:
    found = full("agenda", "--json").json
    assert list(found[0]) == [
        "on", "body", "body_name", "kind", "papers", "ready", "not_ready", "conditions",
        "follow_up",
    ]  # fmt: skip
    assert found[1]["not_ready"][0]["because"][0]["guard"]
    lines = full.done("agenda", "--format", "ndjson").splitlines()
    assert [json.loads(line)["on"] for line in lines] == ["2026-11-22", "2026-12-16"]
    rows = list(csv.DictReader(io.StringIO(full.done("agenda", "--format", "csv"))))
    assert [(row["key"], row["ready"], row["next_step"]) for row in rows] == [
        ("M-2026-001", "true", ""), ("M-2026-002", "true", "consult"),
        ("M-2026-003", "false", "resubmit"), ("M-2026-004", "false", "propose"),
    ]  # fmt: skip
    heads = full.done("agenda", "--format", "md", "--lang", "en").splitlines()[0]
    assert heads == "| On | Body | Key | Lead | Ready | Paper | Next step | Because |"


@pytest.mark.parametrize("form", ["table", "json", "csv", "md", "ndjson", "plain"])
def test_a_reader_sees_nothing_that_is_internal(full: Cycle, form: str) -> None:
    said = full("agenda", "--format", form, "--actor", "reader")
    assert said.code == 0
    for secret in ("2026/0101", "Grundstück", "M-2026-004", "Geheimer Plan"):
        assert secret not in said.out + said.err
        assert secret in full.done("agenda", "--json")
    assert "M-2026-001" in said.out


def test_a_body_or_a_day_nobody_knows_is_refused(full: Cycle) -> None:
    assert full("agenda", "--body", "Kreistag").code == 3
    assert full("agenda", "--until", "31.02.2026").code == 2
