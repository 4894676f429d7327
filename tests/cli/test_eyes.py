"""What each account may see and do at the command line, and what it hears first."""

import pytest

from cycle.store.store import Store
from cycle.usecases import cycles, decisions, goals, lookup, measures, papers
from tests import makers
from tests.cli.calls import Cycle

SECRET = "Nur für uns"  # the title of a draft, which no reader may find anywhere
READING = (
    "status", "gaps --all", "journal", "measure list", "decision list", "decision open",
    "paper list", "body list", "goal list", "finding list", "report list", "round list",
    "recommendation list", "evaluation list", "waiver list", "department list", "area list",
    "progress asked", "progress table --half 2026-2", "board", "board --by department", "agenda",
    "overdue", "decision to-confirm", "goal show G-2026-001", "round show Z-2026",
    "circle", "round burn-up", "calendar --months 24",
)  # fmt: skip


@pytest.fixture
def secret(stored: Store) -> str:
    """Log a draft that a public and a closed paper speak of."""
    with stored.unit("planner", day=makers.DAY) as unit:
        goal = goals.add(unit, text="Mehr Kinder sprechen altersgerecht").ref
        key = makers.a_measure(unit, title=SECRET, goal=goal).ref
        decisions.add(
            unit, on=makers.DAY, result="adopted", body="SR", paper="7/2026", measures=[key]
        )
        papers.consult(unit, "7/2026", body="SR", on=makers.DAY, public=True)
        lookup.paper(unit, "7/2026").public = True
        papers.add(unit, "8/2026", f"{SECRET}: Vorlage")
        cycles.link(unit, "Z-2026", papers=["8/2026"])
    return key


@pytest.mark.parametrize("words", READING)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_no_list_shows_a_reader_what_is_internal(
    cycle: Cycle, secret: str, words: str, form: str
) -> None:
    said = cycle(*words.split(), "--actor", "reader", "--format", form)
    assert said.code == 0
    assert SECRET not in said.out + said.err
    assert secret not in said.out + said.err
    assert "8/2026" not in said.out


@pytest.mark.parametrize(
    "words", ["status", "board", "agenda", "overdue", "gaps --all", "circle", "calendar"]
)
@pytest.mark.parametrize("form", ["table", "json"])
def test_no_past_day_shows_a_reader_what_is_internal(
    cycle: Cycle, secret: str, words: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CYCLE_TODAY", "2026-12-31")
    day = makers.DAY.isoformat()
    said = cycle(*words.split(), "--as-of", day, "--actor", "reader", "--format", form)
    assert said.code == 0, said.err
    assert SECRET not in said.out + said.err
    assert secret not in said.out + said.err


@pytest.mark.parametrize(
    "words", ["measure show @", "measure show @last", "measure can @", "trace @",
              "decision list --measure @", "paper show 8/2026", "trace 8/2026"],
)  # fmt: skip
def test_a_draft_is_not_there_for_a_reader(cycle: Cycle, secret: str, words: str) -> None:
    typed = words.replace("@", secret) if "@last" not in words else words
    said = cycle(*typed.split(), "--actor", "reader")
    assert said.code == 3
    assert SECRET not in said.err
    assert cycle(*typed.split(), "--actor", "planner").code == 0


def test_a_reader_is_shown_no_account(cycle: Cycle) -> None:
    assert cycle("account", "list", "--actor", "reader").code == 4
    assert cycle("account", "show", "planner", "--actor", "reader").code == 4
    assert cycle("account", "list", "--actor", "planner").code == 0


def test_who_may_not_hears_that_before_the_version(cycle: Cycle, secret: str) -> None:
    move = ("measure", "target", secret)
    for name, version, code in (
        ("reader", "99", 4), ("schools", "99", 4), ("planner", "99", 5), ("planner", "1", 6),
    ):  # fmt: skip
        said = cycle(*move, "--actor", name, "--expect-version", version)
        assert (name, said.code) == (name, code), said.err
    edit = ("measure", "edit", secret, "--priority", "7", "--expect-version", "99")
    assert cycle(*edit, "--actor", "reader").code == 4
    assert cycle(*edit, "--actor", "planner").code == 5
    unknown = ("measure", "edit", "M-1999-001", "--priority", "7")
    assert cycle(*unknown, "--actor", "reader").code == 3


def test_only_social_planning_records_for_others(cycle: Cycle, secret: str) -> None:
    edit = ("measure", "edit", secret, "--description", "neu")
    assert cycle(*edit, "--actor", "youth", "--for", "40").code == 4
    assert cycle(*edit, "--actor", "youth", "--for", "51").code == 0
    assert cycle(*edit, "--actor", "planner", "--for", "40").code == 0


def test_what_no_department_leads_is_for_social_planning(cycle: Cycle, stored: Store) -> None:
    with stored.unit("planner", day=makers.DAY) as unit:
        key = measures.log(unit, title="Aus der Liste", by_import=True).ref
    edit = ("measure", "edit", key, "--lead", "51")
    assert cycle(*edit, "--actor", "youth").code == 4
    assert cycle(*edit, "--actor", "planner").code == 0
    assert cycle(*edit, "--actor", "youth").code == 0


def test_what_a_body_resolved_is_not_for_steering_to_correct(cycle: Cycle, secret: str) -> None:
    words = ("decision", "correct", "D-2026-001", "--reason", "anders", "--kind", "administrative",
             "--document", "Verfügung", "--department", "51")  # fmt: skip
    assert cycle(*words, "--actor", "steering").code == 4


@pytest.mark.parametrize("words", [
    "board", "board --by department", "gaps --all", "overdue", "agenda", "calendar --months 24",
    "trace G-2026-001", "trace 7/2026", "goal list", "goal show G-2026-001", "decision list",
    "decision show D-2026-001", "paper show 7/2026", "budget list", "progress table --half 2026-2",
    "round burn-up",
])  # fmt: skip
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_nothing_names_a_draft_to_another_department(
    cycle: Cycle, secret: str, words: str, form: str
) -> None:
    said = cycle(*words.split(), "--actor", "schools", "--format", form)
    assert said.code == 0, said.err
    assert secret not in said.out + said.err


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_draft_is_for_its_own_department_and_those_who_work_on_all(
    cycle: Cycle, secret: str, form: str
) -> None:
    for name, sees in (("youth", True), ("planner", True), ("schools", False)):
        listed = cycle("measure", "list", "--actor", name, "--format", form)
        shown = cycle("measure", "show", secret, "--actor", name, "--format", form)
        can = cycle("measure", "can", secret, "--actor", name)
        assert (SECRET in listed.out) is sees, name
        assert shown.code == can.code == (0 if sees else 3), name
