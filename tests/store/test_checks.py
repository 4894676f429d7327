"""What cannot be kept is told before the database is asked, every fault at once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.errors import Invalid
from cycle.model.duties import ParticipationGroup, Progress
from cycle.model.goals import GoalTarget
from cycle.model.measures import Measure
from cycle.model.town import Account, OrgUnit
from cycle.store.checks import LARGEST, check, tidy
from cycle.store.store import Store
from cycle.store.unit import Unit
from tests.store.deeds import content


def _measure(**changes: Any) -> Measure:  # noqa: ANN401 - the columns of a measure
    sound: dict[str, Any] = {
        "municipality_id": "a", "ref": "M-2026-001", "title": "Sprachförderkräfte", "cycle_id": "z",
        "lineage_id": "l",
    }  # fmt: skip
    return Measure(**sound | changes)


def _faults(record: object) -> list[tuple[str, str]]:
    assert isinstance(record, (Measure, GoalTarget, Progress, ParticipationGroup, Account))
    with pytest.raises(Invalid) as refused:
        check(record)
    for fault in refused.value.faults:
        assert fault.pointer in fault.says.format(**fault.values)
        assert fault.pointer in str(refused.value)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def test_what_is_sound_passes() -> None:
    check(_measure(description="Zeile\n\tzwei – „100 %“ für alle 👩\u200d👧", costs_cents=LARGEST))


@pytest.mark.parametrize(
    "sign", ["\0", "\x07", "\x1b", "\r", "\x7f", "\x9b", "\ud800", "\u202e", "\u2066"]
)
def test_signs_that_harm_a_screen_or_a_database_are_refused(sign: str) -> None:
    assert _faults(_measure(title=f"Kita{sign}")) == [("title", "control_character")]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": "x" * 91}, ("title", "too_long")),
        ({"state": "nonsense"}, ("state", "unknown_word")),
        ({"state": "targeted\0"}, ("state", "unknown_word")),
        ({"priority": 0}, ("priority", "too_small")),
        ({"priority": 4}, ("priority", "too_large")),
        ({"costs_cents": -1}, ("costs_cents", "too_small")),
        ({"costs_cents": 2**63}, ("costs_cents", "too_large")),
        ({"costs_cents": 2**70}, ("costs_cents", "too_large")),
        ({"created_at": datetime(2026, 1, 1)}, ("created_at", "no_zone")),  # noqa: DTZ001
    ],
)
def test_what_a_column_does_not_hold_is_refused(
    changes: dict[str, object], fault: tuple[str, str]
) -> None:
    assert _faults(_measure(**changes)) == [fault]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Decimal("NaN"), "no_number"),
        (Decimal("Infinity"), "no_number"),
        (0.1, "no_number"),
        (Decimal(1).scaleb(61), "too_long"),
        (Decimal(1).scaleb(-60), "too_long"),
        (Decimal("1E+1000000"), "too_long"),
    ],
)
def test_a_figure_is_a_number_that_fits(value: Decimal, code: str) -> None:
    target = GoalTarget(goal_id="g", indicator_version_id="i", target_value=value)
    assert _faults(target) == [("target_value", code)]


def test_a_figure_of_thirty_digits_passes() -> None:
    value = Decimal("-123456789012345.678901234567890")
    check(GoalTarget(goal_id="g", indicator_version_id="i", target_value=value))


def test_all_faults_are_told_at_once() -> None:
    record = _measure(title="x" * 91, state="nonsense", priority=9, legal_basis="\0")
    assert {name for name, _ in _faults(record)} == {"title", "state", "priority", "legal_basis"}


def test_a_column_of_another_name_is_checked_too() -> None:
    record = ParticipationGroup(participation_id="p", group="nonsense")
    assert _faults(record) == [("group", "unknown_word")]


def test_a_percentage_ends_at_a_hundred() -> None:
    record = Progress(measure_id="m", as_of=date(2026, 1, 1), course="done", percent=101)
    assert _faults(record) == [("percent", "too_large")]


def test_a_moment_with_its_zone_passes() -> None:
    check(Account(name="local", disabled_at=datetime(2026, 1, 1, tzinfo=UTC)))


def test_a_faulty_record_does_not_reach_the_database(office: Store) -> None:
    before = content(office.engine)

    def add(unit: Unit) -> None:
        unit.add(OrgUnit(code="51", name="x" * 301))
        unit.tell(unit.town, "grown")

    def change(unit: Unit) -> None:
        unit.town.name = "\ud800"

    for deed in (add, change):
        with pytest.raises(Invalid) as refused:
            office.perform(deed)
        assert refused.value.faults[0].pointer == "name"
    assert content(office.engine) == before


def test_signs_that_cannot_be_looked_for_are_invalid_words(office: Store) -> None:
    with pytest.raises(Invalid), office.unit("\ud800"):
        pass


def test_the_same_word_is_the_same_text() -> None:
    assert tidy(" Mu\u0308hlviertel\t\n") == "M\u00fchlviertel"
    assert tidy("eins\r\nzwei\rdrei\n") == "eins\nzwei\ndrei"


@given(st.text())
def test_what_is_tidy_stays_tidy(words: str) -> None:
    assert tidy(tidy(words)) == tidy(words)


def test_whatever_passes_comes_back_sign_by_sign(office: Store) -> None:
    with office.unit() as unit:
        reader = unit.reading()

        @settings(deadline=None)
        @given(st.text(max_size=300))
        def come_back(words: str) -> None:
            try:
                check(OrgUnit(code="51", name=words))
            except Invalid:
                return
            assert reader.value("SELECT CAST(:words AS TEXT)", words=words) == words

        come_back()
