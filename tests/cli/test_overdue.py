"""`cycle overdue` on the screen and for programs, and what else tells that something is late."""

import csv
from io import StringIO

import pytest

from cli.main import parsed
from cycle.i18n import Tongue
from cycle.machine.overdue import BY_CODE, UNREPORTED, command
from tests.cli.calls import Cycle
from tests.conftest import FreshUrl
from tests.reading.test_overdue import APPROVED, FINDING, FUNDED, RUNNING, build

FILLED = {
    "DATE": "2026-11-01", "VALUE": "1", "EUR": "1", "YEAR": "2027", "RESPONSE": "accepted",
    "OVERALL": "effective", "COURSE": "on_track", "CHOICE": "complete",
}  # fmt: skip


@pytest.fixture
def city(
    capsys: pytest.CaptureFixture[str], fresh_url: FreshUrl, monkeypatch: pytest.MonkeyPatch
) -> Cycle:
    """Call the command on a town in which every rule finds something."""
    monkeypatch.setenv("CYCLE_TODAY", "2026-11-22")
    monkeypatch.setenv("COLUMNS", "80")
    return Cycle(capsys, fresh_url("sqlite", build))


def test_the_screen_tells_who_owes_what_since_when_and_the_command(city: Cycle) -> None:
    text = city.done("overdue", "--lang", "de", "--state", "approved")
    assert text.splitlines()[0] == "Überfällig · 22.11.2026 · 2"
    block = text.split("\n\n")[1].splitlines()
    assert block[0] == f"O6   {APPROVED}  Sprachförderkräfte in vier Kitas"
    assert block[1] == "     Die Maßnahme ist beschlossen und hat nicht begonnen."
    assert "01.02.2026" in block[2]
    assert "294" in block[2]
    assert block[3].startswith("     Fachamt (51): Den Beginn melden")
    assert block[-1] == f"     cycle measure start {APPROVED} --on DATUM"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_screen_fits_eighty_columns(city: Cycle, lang: str) -> None:
    text = city.done("overdue", "--lang", lang)
    assert max(map(len, text.splitlines())) <= 80


def test_what_is_told_beforehand_lies_ahead(city: Cycle) -> None:
    text = city.done("overdue", "--lang", "en")
    (grant,) = [part for part in text.split("\n\n") if part.startswith("O15")]
    assert "on 2026-12-31, in 39 days" in grant
    assert "passed on" not in grant


def test_what_is_owed_today_says_so(city: Cycle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CYCLE_TODAY", "2026-12-31")
    text = city.done("overdue", "--lang", "en")
    (grant,) = [part for part in text.split("\n\n") if part.startswith("O15")]
    assert "owed today, 2026-12-31" in grant


def test_programs_get_every_field(city: Cycle) -> None:
    found = city("overdue", "--json").json
    (row,) = [r for r in found if (r["rule"], r["key"]) == ("O9", RUNNING)]
    assert row["due"] == "2026-05-01"
    assert row["days"] == 205
    assert (row["id"], row["noun"], row["which"]) == ("milestone_overdue", "measure", "1")
    assert (row["escalation"], row["released"], row["done"]) == ("body", None, False)
    lines = city.done("overdue", "--format", "ndjson").splitlines()
    assert len(lines) == len(found)
    rows = list(csv.DictReader(StringIO(city.done("overdue", "--format", "csv"))))
    assert [r["rule"] for r in rows] == [r["rule"] for r in found]
    assert city.done("overdue", "--format", "md").startswith("| ")
    assert RUNNING in city.done("overdue", "--format", "table")
    assert f": {RUNNING}" in city.done("overdue", "--format", "plain")


def test_the_filters_narrow_it(city: Cycle) -> None:
    assert {r["key"] for r in city("overdue", "--state", "approved", "--json").json} == {APPROVED}
    assert city("overdue", "--department", "20", "--json").json == []
    assert city.done("overdue", "--department", "20", "--lang", "en") == "Nothing is overdue."
    assert city("overdue", "--department", "99").code == 3


def test_late_measures_can_be_listed_alone(city: Cycle) -> None:
    late = {r["key"] for r in city("measure", "list", "--late", "--json").json}
    every = {r["key"] for r in city("measure", "list", "--json").json}
    assert RUNNING in late < every
    assert city("status", "--late", "--json").json["states"]["evaluated"] == 0
    assert {r["key"] for r in city("overdue", "--late", "--json").json} >= late


def test_status_ends_with_eight_when_something_is_overdue(city: Cycle) -> None:
    assert city("status", "--exit-code").code == 8
    assert city("status", "--exit-code", "--json").code == 8
    assert city("status").code == 0
    assert city("status", "--exit-code", "--department", "20").code == 0


def test_an_item_is_passed_on_and_noted_once_it_is_done(city: Cycle) -> None:
    city.done("overdue", "release", "O9", RUNNING, "--level", "steering", "--note", "dringend")
    text = city.done("overdue", "--lang", "en", "--state", "in_progress")
    (step,) = [p for p in text.split("\n\n") if p.startswith(f"O9   {RUNNING}")]
    assert "passed on to: steering group" in step
    assert "may be passed on to: body" in step
    city.done("milestone", "done", RUNNING, "1")
    text = city.done("overdue", "--lang", "en")
    assert f"cycle overdue noted O9 {RUNNING} --about 1" in text
    city.done("overdue", "noted", "O9", RUNNING, "--about", "1")
    assert f"noted O9 {RUNNING}" not in city.done("overdue", "--lang", "en")


def test_a_settled_finding_needs_no_word_of_which(city: Cycle) -> None:
    city.done("overdue", "release", "O1", FINDING, "--level", "superior")
    city.done("finding", "respond", FINDING, "--response", "no_action", "--reason", "kein Bedarf")
    text = city.done("overdue", "--lang", "en")
    assert f"cycle overdue noted O1 {FINDING}\n" in f"{text}\n"


def test_a_release_that_goes_too_far_is_refused(city: Cycle) -> None:
    assert city("overdue", "release", "O15", FUNDED, "--level", "superior").code == 2
    assert city("overdue", "release", "O9", "M-1999-001", "--level", "superior").code == 3
    assert city("overdue", "release", "O12", RUNNING, "--level", "superior").code == 5
    assert city("overdue", "noted", "O9", RUNNING).code == 5
    assert city("overdue", "release", "O99", RUNNING, "--level", "superior").code == 2
    assert city("overdue", "release", "O9", RUNNING).code == 2


def test_a_round_and_its_goals_are_known_by_their_letter(city: Cycle) -> None:
    for key in ("Z-2026", "G-2026-003", "B-2026-04"):
        city.done("overdue", "release", "O11", key, "--level", "superior")


def test_a_stage_is_planned(city: Cycle) -> None:
    city.done("round", "plan", "Z-2026", "--stage", "report", "--until", "2026-06-30")
    (row,) = [r for r in city("overdue", "--json").json if r["rule"] == "O17"]
    assert (row["key"], row["due"], row["days"]) == ("Z-2026", "2026-06-30", 145)
    assert city("round", "plan", "Z-2026", "--stage", "closed", "--until", "2026-06-30").code == 2


@pytest.mark.parametrize("code", [*BY_CODE, f"O19.{UNREPORTED}"])
def test_the_command_of_every_rule_is_one_that_there_is(code: str) -> None:
    rule, _, about = code.partition(".")
    which = about or "1"
    typed = command(rule, "en", which, key="KEY-1", noun=BY_CODE[rule].nouns[0]).split()[1:]
    if rule == "O1":
        typed[-1] = "no_action"
    verb, args = parsed([FILLED.get(word, word) for word in typed], Tongue("en"))
    assert verb.name in typed
    assert "KEY-1" in str(vars(args))
