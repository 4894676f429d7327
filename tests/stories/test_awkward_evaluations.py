"""Awkward cases of evaluations and of periods in words: one test a row, at the command line."""

import pytest

from cycle.model.evaluations import Disposition
from cycle.store.store import Store
from cycle.usecases import lookup
from tests.cli.calls import Cycle

KEPT = ("--source", "Maßnahmenliste", "--source-date", "2026-01-15")


def _running(cycle: Cycle, state: str = "in_progress", *words: str) -> str:
    key = cycle.done("measure", "log", "Sprachförderkräfte in vier Kitas", "--lead", "51", *words)
    cycle.done("measure", "take-over", key, "--state", state, "--start", "2024", *KEPT)
    return key


def _state(cycle: Cycle, key: str) -> str:
    return str(cycle("measure", "show", key, "--json").json["state"])


def test_a_round_with_an_unevaluated_measure_closes_only_by_exception_and_shows_it(
    cycle: Cycle,
) -> None:
    key = cycle.done("measure", "log", "Sprache", "--lead", "51")
    cycle.done("measure", "take-over", key, "--state", "implemented", "--start", "2024", *KEPT)
    for guard in ("report_not_presented", "no_finding", "finding_without_response",
                  "goal_not_adopted"):  # fmt: skip
        cycle.done("waiver", "grant", "Z-2026", guard, "--reason", "Übergang")
    for _ in range(3):
        cycle.done("round", "advance", "Z-2026")
    cycle.done("disposition", "set", key, "--choice", "stop", "--reason", "Niemand misst")
    said = cycle("round", "advance", "Z-2026", "--json")
    assert (said.code, [b["guard"] for b in said.problem["blocked_by"]]) == (6, ["evaluation_owed"])
    assert cycle("round", "show", "Z-2026", "--json").json["without_evaluation"] == [key]
    cycle.done("waiver", "grant", key, "evaluation_owed", "--reason", "Daten sind verloren")
    cycle.done("round", "advance", "Z-2026")
    shown = cycle("round", "show", "Z-2026", "--json").json
    assert (shown["stage"], shown["without_evaluation"]) == ("closed", [key])
    assert key in cycle.done("round", "show", "Z-2026")


def test_a_measure_not_begun_is_evaluated_only_beforehand_and_that_moves_nothing(
    cycle: Cycle,
) -> None:
    key = cycle.done("measure", "log", "Sprache", "--lead", "51")
    judged = ("evaluation", "add", key, "--overall", "effective", "--text", "Es wirkt.")
    said = cycle(*judged, "--json")
    assert (said.code, said.problem["code"]) == (5, "evaluation_before_start")
    cycle.done(*judged, "--purpose", "ex_ante")
    assert _state(cycle, key) == "draft"
    assert cycle("finding", "list", "--json").json == []


def test_an_evaluation_posted_twice_is_the_same_one_and_another_content_is_refused(
    cycle: Cycle,
) -> None:
    key = _running(cycle)
    sent = ("evaluation", "add", key, "--source", "Auswertung", "--external-id", "17", "--overall",
            "effective", "--no-move", "--text")  # fmt: skip
    first = cycle.done(*sent, "Es wirkt.")
    assert cycle.done(*sent, "Es wirkt.") == first
    said = cycle(*sent, "Es wirkt nicht.", "--json")
    assert (said.code, said.problem["code"]) == (5, "evaluation_differs")
    second = cycle.done(*sent, "Es wirkt nicht.", "--corrects", first)
    assert second != first
    assert cycle("evaluation", "show", first, "--json").json["status"] == "corrected"


def test_evidence_after_closing_is_kept_as_late_and_its_finding_goes_to_the_open_round(
    cycle: Cycle,
) -> None:
    key = cycle.done("measure", "log", "Sprache", "--lead", "51")
    for guard in ("report_not_presented", "no_finding", "finding_without_response",
                  "goal_not_adopted"):  # fmt: skip
        cycle.done("waiver", "grant", "Z-2026", guard, "--reason", "Übergang")
    cycle.done("measure", "take-over", key, "--state", "implemented", "--start", "2024", *KEPT)
    for _ in range(3):
        cycle.done("round", "advance", "Z-2026")
    cycle.done("disposition", "set", key, "--choice", "complete", "--reason", "Ziel erreicht")
    cycle.done("waiver", "grant", key, "evaluation_owed", "--reason", "Kommt später")
    cycle.done("round", "advance", "Z-2026")
    following = cycle.done("round", "open", "--title", "Zwei", "--start", "2027", "--predecessor",
                           "Z-2026")  # fmt: skip
    made = cycle.done("evaluation", "add", key, "--overall", "not_effective", "--text", "Kaum.")
    shown = cycle("evaluation", "show", made, "--json").json
    assert (shown["late"], _state(cycle, key)) == (True, "evaluated")
    (finding,) = shown["findings"]
    assert cycle("finding", "show", finding, "--json").json["cycle"] == following
    store = Store.open(cycle.url)
    with store.unit("reader") as unit:
        (kept,) = lookup.every(unit, Disposition)
        assert (kept.choice, kept.evaluation_id) == ("complete", None)
    store.close()


def test_an_early_evaluation_waits_until_the_measure_is_done(cycle: Cycle) -> None:
    key = _running(cycle)
    judged = ("evaluation", "add", key, "--overall", "effective", "--text", "Es wirkt.", "--rating",
              "effectiveness=3")  # fmt: skip
    cycle.done(*judged, "--purpose", "formative")
    cycle.done(*judged)
    assert _state(cycle, key) == "in_progress"
    said = cycle("measure", "evaluate", key, "--json")
    assert "not_yet_due" in [b["guard"] for b in said.problem["blocked_by"]]
    cycle.done("progress", "report", key, "--course", "done")
    cycle.done("measure", "finish", key)
    blocked = cycle("measure", "can", key, "evaluate", "--json").json[0]["blocked_by"]
    assert "evaluation_not_final" not in {b["guard"] for b in blocked}
    assert "evaluation_before_start" not in {b["guard"] for b in blocked}


# School year deadlines · "laufend", "2022 ff."


def test_a_school_year_begins_in_august_and_ends_in_july(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Sprache", "--lead", "51", "--period", "Schuljahr 2026/27")
    shown = cycle("measure", "show", key, "--json").json
    days = (shown["planned_start"], shown["planned_end"], shown["period_text"])
    assert days == ("2026-08-01", "2027-07-31", "Schuljahr 2026/27")
    cycle.done("measure", "edit", key, "--period", "ab Schuljahr 2027/28", "--planned-end",
               "2030-07-31")  # fmt: skip
    shown = cycle("measure", "show", key, "--json").json
    assert (shown["planned_start"], shown["planned_end"]) == ("2027-08-01", "2030-07-31")


@pytest.mark.parametrize(
    ("period", "start"), [("laufend", None), ("2022 ff.", "2022-01-01"), ("irgendwann", None)]
)
def test_what_runs_on_has_no_end_and_is_evaluated_every_two_years(
    cycle: Cycle, period: str, start: str | None
) -> None:
    key = cycle.done("measure", "log", "Sprache", "--lead", "51", "--period", period)
    cycle.done("measure", "take-over", key, "--state", "approved", *KEPT)
    shown = cycle("measure", "show", key, "--json").json
    assert shown["period_text"] == period
    assert shown["is_ongoing"] is (period != "irgendwann")
    assert (shown["planned_start"], shown["planned_end"]) == (start, None)
    assert shown["next_evaluation_due"] == "2028-11-22"
