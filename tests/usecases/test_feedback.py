from datetime import date
from typing import Any

import pytest

from cycle.machine.facts import Ask
from cycle.model.reports import (
    Finding,
    FindingArea,
    FindingField,
    FindingObservation,
    Report,
)
from cycle.store.store import Store
from cycle.usecases import (
    budgets,
    cycles,
    dispositions,
    evaluations,
    findings,
    lookup,
    moves,
    reports,
    waivers,
)
from tests.makers_duties import a_measure, a_running_measure, take_over
from tests.makers_evaluations import a_measure_with_a_goal

SHORT: dict[str, Any] = {"overall": "effective", "text": "Die Kinder sprechen mehr."}


def _a_round_before(town: Store) -> str:
    """Take over the round before Z-2026, and log a measure in it that is done."""
    with town.unit("planner") as unit:
        cycles.take_over(unit, title="2022 bis 2025", start=date(2022, 1, 1), stage="evaluation",
                         end=date(2025, 12, 31), source="Plan 2022")  # fmt: skip
        cycles.link(unit, "Z-2026", predecessor="Z-2022")
    return a_measure(town, cycle="Z-2022")


def _evaluate(town: Store, *keys: str, **words: Any) -> str:  # noqa: ANN401
    with town.unit("evaluator") as unit:
        return evaluations.add(unit, measures=keys, **SHORT | words).ref


def _findings(town: Store) -> list[Finding]:
    with town.unit("reader") as unit:
        found = lookup.every(unit, Finding, kind="evaluation_result")
        unit.session.expunge_all()
    return sorted(found, key=lambda f: f.ref)


def _report_of(town: Store, finding: Finding) -> str | None:
    with town.unit("reader") as unit:
        return unit.get(Report, finding.report_id).ref if finding.report_id else None


def test_it_says_what_was_found_in_plain_sentences(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    _evaluate(
        town, key, overall="partly_effective", period_end=date(2026, 9, 30),
        text="Der Anteil sank langsamer als geplant.",
        ratings={"sustainability": 2, "effectiveness": 3},
        results=[{"period_end": date(2025, 12, 31), "text": "auf dem Weg"}],
        recommendations=["Elternbaustein ergänzen", "fünf Kitas"],
    )  # fmt: skip
    (finding,) = _findings(town)
    assert finding.text == (
        f"{key} „Sprachförderkräfte in vier Kitas“, evaluiert vom 01.02.2025 bis 30.09.2026: "
        "teilweise wirksam. Bewertung von 1 bis 4: Wirksamkeit 3, Nachhaltigkeit 2. "
        "Ergebnisse: Auffällige Sprache, Neustadt: 29,4 % am 31.12.2025 (auf dem Weg). "
        "Der Anteil sank langsamer als geplant. "
        "Empfehlungen: Elternbaustein ergänzen; fünf Kitas"
    )


def test_it_carries_place_field_values_and_source(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    made = _evaluate(town, key, results=[{"period_end": date(2025, 12, 31)}])
    (finding,) = _findings(town)
    with town.unit("reader") as unit:
        for model in (FindingArea, FindingField, FindingObservation):
            assert len(lookup.every(unit, model, finding_id=finding.id)) == 1
        assert finding.source == f"Evaluation {made}"
        assert finding.origin_measure_id == lookup.measure(unit, key).id


@pytest.mark.parametrize(
    ("overall", "severity"),
    [
        ("effective", "watch"),
        ("partly_effective", "act"),
        ("not_effective", "act"),
        ("not_assessable", "watch"),
        (None, "watch"),
    ],
)
def test_what_did_not_work_is_to_be_acted_on(
    town: Store, overall: str | None, severity: str
) -> None:
    _evaluate(town, a_running_measure(town), overall=overall)
    assert [f.severity for f in _findings(town)] == [severity]


def test_every_measure_has_a_finding_of_its_own(town: Store) -> None:
    one, two = a_measure_with_a_goal(town), a_running_measure(town)
    own = {two: {"overall": "not_effective", "text": "Niemand kam."}}
    _evaluate(town, one, two, each=own, results=[{"text": "besser"}])
    first, second = _findings(town)
    assert (first.severity, second.severity) == ("watch", "act")
    assert "besser" in first.text
    assert "besser" not in second.text
    assert "Niemand kam." in second.text


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ({"purpose": "formative"}, 1),
        ({"purpose": "ex_ante"}, 0),
        ({"status": "draft"}, 0),
        ({"status": "running"}, 0),
    ],
)
def test_only_what_is_final_and_not_beforehand_is_fed_back(
    town: Store, words: dict[str, str], count: int
) -> None:
    _evaluate(town, a_running_measure(town), **words)
    assert len(_findings(town)) == count


# Where it is filed


def test_it_goes_into_the_first_report_of_the_next_round(town: Store) -> None:
    key = _a_round_before(town)
    take_over(town, key)
    with town.unit("planner") as unit:
        reports.add(unit, cycle="Z-2026", title="Noch einer")
    _evaluate(town, key)
    assert [_report_of(town, f) for f in _findings(town)] == ["B-2026-01"]


def test_a_report_a_body_heard_takes_no_more(town: Store) -> None:
    key = _a_round_before(town)
    take_over(town, key)
    with town.unit("planner") as unit:
        findings.add(unit, report="B-2026-01", text="Bedarf", source="Statistik")
        reports.present(unit, "B-2026-01", body="SozA", on=date(2026, 11, 3))
    _evaluate(town, key)
    assert [_report_of(town, f) for f in _findings(town)] == [None]
    with town.unit("planner") as unit:
        later = reports.add(unit, cycle="Z-2026", title="Nachtrag").ref
    assert [_report_of(town, f) for f in _findings(town)] == [later]


def test_without_a_next_round_a_progress_report_holds_it(town: Store) -> None:
    early, late = a_running_measure(town), a_running_measure(town)
    _evaluate(town, early)
    assert [_report_of(town, f) for f in _findings(town)] == [None]
    with town.unit("planner") as unit:
        reports.add(unit, cycle="Z-2026", title="Zwischenbericht", kind="progress_report")
    _evaluate(town, late)
    assert [_report_of(town, f) for f in _findings(town)] == ["B-2026-02", "B-2026-02"]


def test_after_the_round_is_closed_it_is_late_evidence(town: Store) -> None:
    key = _a_round_before(town)
    take_over(town, key)
    with town.unit("steering") as unit:
        dispositions.decide(unit, key, choice="complete", reason="Daten kommen erst später")
        waivers.grant(unit, key, "evaluation_owed", reason="Daten kommen erst später")
        cycles.advance(unit, "Z-2022")
    made = _evaluate(town, key)
    with town.unit("reader") as unit:
        assert lookup.evaluation(unit, made).late
    assert [_report_of(town, f) for f in _findings(town)] == ["B-2026-01"]


def test_late_evidence_passes_over_closed_rounds_to_the_open_one(town: Store) -> None:
    key = _a_round_before(town)
    take_over(town, key)
    with town.unit("planner") as unit:
        lookup.cycle(unit, "Z-2026").stage = "evaluation"
        unit.tell(lookup.cycle(unit, "Z-2026"), "edited")
        third = cycles.open_round(unit, title="Drei", start=date(2030, 1, 1), predecessor="Z-2026")
        lookup.cycle(unit, "Z-2026").stage = "closed"
        (wanted,) = lookup.every(unit, Report, cycle_id=third.id)
        wanted_key = wanted.ref
    _evaluate(town, key)
    assert [_report_of(town, f) for f in _findings(town)] == [wanted_key]


def test_evidence_on_a_closed_measure_is_late_too(town: Store) -> None:
    key = a_running_measure(town)
    with town.unit("steering") as unit:
        for guard in ("repeal_missing", "evaluation_owed"):
            waivers.grant(unit, key, guard, reason="Grundsatzbeschluss")
    with town.unit("finance") as unit:
        budgets.set_line(unit, key, 2026, spent=1)
    with town.unit("planner") as unit:
        moves.move(unit, key, "cancel", Ask(code="budget_withdrawn"))
    made = _evaluate(town, key)
    with town.unit("reader") as unit:
        assert lookup.evaluation(unit, made).late
        assert lookup.measure(unit, key).state == "cancelled"


# When it is put right


def test_a_correction_mends_a_finding_nobody_dealt_with(town: Store) -> None:
    key = a_measure_with_a_goal(town)
    first = _evaluate(town, key)
    (before,) = _findings(town)
    second = _evaluate(town, key, corrects=first, overall="not_effective")
    (after,) = _findings(town)
    assert (after.ref, after.severity) == (before.ref, "act")
    assert after.source == f"Evaluation {second}"
    assert "nicht wirksam" in after.text


def test_a_finding_that_was_read_stays_and_the_correction_is_a_new_one(town: Store) -> None:
    key = _a_round_before(town)
    take_over(town, key)
    first = _evaluate(town, key)
    with town.unit("planner") as unit:
        (found,) = lookup.every(unit, Finding, kind="evaluation_result")
        findings.acknowledge(unit, found.ref)
    _evaluate(town, key, corrects=first, overall="not_effective")
    assert [f.severity for f in _findings(town)] == ["watch", "act"]


def test_a_finding_a_body_heard_stays_and_the_correction_waits(town: Store) -> None:
    key = _a_round_before(town)
    take_over(town, key)
    first = _evaluate(town, key)
    with town.unit("planner") as unit:
        reports.present(unit, "B-2026-01", body="SozA", on=date(2026, 11, 3))
    _evaluate(town, key, corrects=first, overall="not_effective")
    assert [_report_of(town, f) for f in _findings(town)] == ["B-2026-01", None]
