"""`cycle policy`: what a town sets, what it may not set, and what is shown of it."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cycle.store.store import Store
from cycle.usecases import policy
from tests import makers
from tests.cli.calls import Cycle

WIDTH = 80


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("CYCLE_TODAY", "2026-11-22")


def _settings(cycle: Cycle) -> dict[str, object]:
    shown = cycle("policy", "show", "--json").json
    return {row["name"]: row["value"] for row in shown["settings"]}


def _town(cycle: Cycle) -> tuple[object, object]:
    shown = cycle("policy", "show", "--json").json
    return shown["preset"], [row for row in shown["settings"] if row["origin"] == "town"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_all_settings_are_shown_in_eighty_columns_with_meaning_and_origin(
    cycle: Cycle, lang: str
) -> None:
    cycle.done("policy", "set", "start_red_days", "60")
    cycle.done("policy", "soften", "area-missing")
    cycle.done("policy", "soften", "financial_not_countersigned")
    cycle.done("policy", "soften", "participation_missing")
    cycle.done("policy", "roles", "approve", "committee-clerk", "planner")
    text = cycle.done("policy", "show", "--lang", lang)
    assert max(map(len, text.splitlines())) <= WIDTH
    for name in _settings(cycle):
        assert f"\n  {name}" in text
    german = lang == "de"
    assert ("gesetzt 22.11.2026 (Voreinstellung: 90 Tage)" in text) == german
    assert ("set 2026-11-22 (preset: 90 days)" in text) == (not german)
    assert ("Verspäteter Beginn: ab hier rot" in text) == german
    assert "approve: committee_clerk, planner" in text


def test_one_setting_is_shown_in_every_form(cycle: Cycle) -> None:
    cycle.done("policy", "set", "attained", "85%")
    (row,) = cycle("policy", "show", "attained", "--json").json["settings"]
    assert (row["value"], row["usual"], row["origin"], row["since"]) == (
        0.85, 0.9, "town", "2026-11-22",
    )  # fmt: skip
    told = cycle.done("policy", "show", "attained", "--format", "csv")
    (line,) = csv.DictReader(io.StringIO(told))
    assert (line["value"], line["origin"], line["since"]) == ("0.85", "town", "2026-11-22")
    told = cycle.done("policy", "show", "attained", "--format", "ndjson")
    assert json.loads(told)["name"] == "attained"
    told = cycle.done("policy", "show", "attained", "--format", "md", "--lang", "en")
    assert "| attained | 85\u00a0% | set 2026-11-22 (preset: 90\u00a0%) |" in told
    assert "Value: 85" in cycle.done("policy", "show", "attained", "--format", "plain")
    assert cycle("policy", "show", "mood").code == 3


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("start_days", "40", 40),
        ("start-days", "40", 40),
        ("effect_red", "-0.4", -0.4),
        ("effect_red", "-40%", -0.4),
        ("attained", "85 %", 0.85),
        ("money_red", "1.25", 1.25),
        ("council_interval_months", "3", 3),
        ("wilson", "yes", True),
        ("wilson", "ja", True),
        ("four_eyes", "nein", False),
        ("youth_office", "no", False),
        ("escalation", "off", "off"),
    ],
)
def test_a_value_is_written_as_people_write_it(
    cycle: Cycle, name: str, typed: str, value: object
) -> None:
    said = cycle.raw("policy", "set", "--db", cycle.url, "--", name, typed)
    assert said.code == 0, said.err
    found = _settings(cycle)[name.replace("-", "_")]
    assert (type(found), found) == (type(value), value)


def test_a_decimal_comma_stands_behind_two_hyphens(cycle: Cycle) -> None:
    words = ("policy", "set", "effect_red", "--lang", "de", "--db", cycle.url)
    assert cycle.raw(*words, "--", "-0,45").code == 0
    assert _settings(cycle)["effect_red"] == -0.45
    cycle.done("policy", "set", "council_interval_months", "3")
    cycle.done("policy", "set", "council_interval_months", "none")
    assert _settings(cycle)["council_interval_months"] is None


@pytest.mark.parametrize(
    ("words", "exit_code", "code", "says"),
    [
        ("soften consequence_open", 2, "not_waivable", "holds for every town"),
        ("soften mood", 2, "unknown_guard", "There is no condition mood"),
        ("set start_red_days 30", 2, "out_of_order", "start_yellow_days (30)"),
        ("set effect_yellow 0.1", 2, "out_of_range", "it goes from -1 to 0"),
        ("set suppression_k 2", 2, "out_of_range", "it goes from 3"),
        ("set money_red 1", 2, "out_of_range", "more than 1"),
        ("set start_days soon", 2, "wrong_type", "whole number"),
        ("set attained much", 2, "wrong_type", "a number"),
        ("set wilson perhaps", 2, "wrong_type", "yes or no"),
        ("set escalation everyone", 2, "wrong_type", "off, list"),
        ("roles approve reader", 2, "widened", "cannot go to reader"),
        ("roles approve steering", 2, "emptied", "nobody could always do it"),
        ("roles fly planner", 2, "unknown_move", "There is no step fly"),
        ("set mood good", 3, "", ""),
        ("reset mood", 3, "", ""),
        ("preset lax", 2, "", ""),
    ],
)
def test_a_bad_policy_is_refused_with_the_reason_and_changes_nothing(
    cycle: Cycle, words: str, exit_code: int, code: str, says: str
) -> None:
    before = _town(cycle)
    said = cycle("policy", *words.split(), "--json", "--lang", "en")
    assert said.code == exit_code
    if code:
        (error,) = said.problem["errors"]
        assert error["code"] == code
        assert says in error["says"]
        assert said.problem["fix"].startswith("Nothing was changed.")
    assert _town(cycle) == before == ("standard", [])


def test_a_dry_run_tells_what_would_change_and_changes_nothing(cycle: Cycle) -> None:
    before = _town(cycle)
    said = cycle("policy", "preset", "light", "--dry-run", "--lang", "en")
    assert said.code == 0
    assert "preset: standard → light" in said.err
    assert "Only noted as owed from now on: amendment_unconfirmed" in said.err
    assert "milder" in said.err
    assert "This was a dry run" in said.err
    told = cycle("policy", "soften", "area_missing", "--dry-run", "--json").json
    assert (told["owed_now"], told["dry_run"]) == (["area_missing"], True)
    assert _town(cycle) == before
    assert cycle("policy", "soften", "consequence_open", "--dry-run").code == 2


def test_a_change_is_told_and_stands_in_the_journal(cycle: Cycle) -> None:
    said = cycle("policy", "set", "wilson", "yes", "--json")
    assert said.json == {
        "settings": [{"name": "wilson", "was": False, "is": True}],
        "owed_now": [], "blocking_now": [], "dry_run": False,
    }  # fmt: skip
    assert "wilson: no → yes" in said.err
    assert "Nothing changes" in cycle("policy", "set", "wilson", "yes", "--lang", "en").err
    said = cycle("policy", "preset", "light", "--lang", "en")
    assert "status_interval_months: 6\u00a0months → 12\u00a0months" in said.err
    said = cycle("policy", "block", "no_finding", "--lang", "en")
    assert "Blocking from now on: no_finding." in said.err
    said = cycle("policy", "reset", "--lang", "en")
    assert "wilson: yes → no" in said.err
    events = cycle("journal", "--json").json
    assert [e["action"] for e in events if e["entity"] == "municipality"] == [
        "founded", "policy_set", "policy_set", "policy_set", "policy_set",
    ]  # fmt: skip
    told = " ".join(cycle.done("journal", "16999000", "--format", "plain", "--lang", "en").split())
    assert "municipality policy changed" in told


def test_only_admin_sets_it_and_everyone_may_see_it(cycle: Cycle) -> None:
    assert cycle("policy", "set", "start_days", "40", "--actor", "planner").code == 4
    assert cycle("policy", "preset", "light", "--actor", "steering", "--dry-run").code == 4
    assert cycle("policy", "show", "--actor", "reader").code == 0


def test_the_conditions_are_listed_with_what_the_policy_makes_of_them(cycle: Cycle) -> None:
    cycle.done("policy", "soften", "area_missing")
    rules = {row["guard"]: row["rule"] for row in cycle("policy", "guards", "--json").json}
    assert (rules["area_missing"], rules["consequence_open"], rules["no_finding"]) == (
        "owed", "never", "blocks",
    )  # fmt: skip
    text = cycle.done("policy", "guards", "--lang", "de")
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "hält in jeder" in text
    assert "nur vermerkt" in cycle.done("policy", "guards", "--lang", "de", "--format", "md")


def test_a_store_with_a_policy_nobody_can_read_tells_so_and_is_put_back(
    cycle: Cycle, break_policy: Callable[[], None]
) -> None:
    break_policy()
    said = cycle("measure", "log", "Sprachförderung", "--lead", "51", "--json")
    assert (said.code, said.problem["code"]) == (7, "policy_unreadable")
    assert "cycle policy reset" in said.problem["fix"]
    cycle.done("policy", "reset")
    assert cycle("policy", "show", "--json").json["settings"]
    cycle.done("measure", "log", "Sprachförderung", "--lead", "51")


@pytest.fixture
def break_policy(stored: Store) -> Callable[[], None]:
    """Write past the store, as somebody with the file in hand would."""

    def deed() -> None:
        with stored.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE municipality SET policy = '{'")

    return deed


# One measure raised, exceptions by decision, the strict preset


def test_init_takes_the_strict_preset(nowhere: Cycle, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    said = nowhere("init", "--name", "K", "--ags", "08212000", "--preset", "strict", "--db", url)
    assert said.code == 0
    assert nowhere("policy", "show", "--json", "--db", url).json["preset"] == "strict"


def test_one_measure_is_raised_and_shows_it(cycle: Cycle) -> None:
    key = cycle.done("measure", "log", "Sprachförderung", "--lead", "51")
    assert cycle("measure", "show", key, "--json").json["policy"] == {
        "preset": "standard", "origin": "town",
    }  # fmt: skip
    assert cycle("measure", "raise", key, "--to", "strict").code == 2
    said = cycle("measure", "raise", key, "--to", "strict", "--reason", "Der Rat", "--json")
    assert said.json["policy"] == {"preset": "strict", "origin": "measure"}
    text = cycle.done("measure", "show", key, "--lang", "de")
    assert "streng" in text
    assert "für diese Maßnahme angehoben" in text
    said = cycle("measure", "raise", key, "--to", "standard", "--reason", "Zurück", "--json")
    assert (said.code, said.problem["errors"][0]["code"]) == (2, "not_above")
    assert cycle("measure", "raise", key, "--to", "light", "--reason", "Zurück").code == 2


def test_a_strict_town_waives_by_decision_only(cycle: Cycle, stored: Store) -> None:
    cycle.done("policy", "preset", "strict")
    key = cycle.done("measure", "log", "Sprachförderung", "--lead", "51")
    words = ("waiver", "grant", key, "area_missing", "--reason", "Ganze Stadt")
    said = cycle(*words, "--json")
    assert (said.code, said.problem["code"]) == (4, "decision_needed")
    with stored.unit("clerk", day=makers.DAY) as unit:
        ref = makers.a_resolution(unit).ref
    assert cycle(*words, "--decision", ref).code == 0
    (waiver,) = cycle("waiver", "list", key, "--json").json
    assert waiver["reason"] == f"Ganze Stadt ({ref})"


def test_a_step_the_town_narrowed_tells_so(cycle: Cycle) -> None:
    cycle.done("policy", "roles", "cancel", "committee_clerk")
    key = cycle.done("measure", "log", "Sprachförderung", "--lead", "51")
    words = ("measure", "cancel", key, "--code", "entered_in_error", "--actor", "planner")
    said = cycle(*words, "--json")
    assert (said.code, said.problem["code"]) == (4, "roles_narrowed")
    assert "committee_clerk" in said.problem["detail"]


def test_who_closes_a_round_lightly_is_offered_more(light: Cycle) -> None:
    for _ in ("goal", "measure", "evaluation"):
        assert "policy preset" not in light("round", "advance", "Z-2026").err
    said = light("round", "advance", "Z-2026", "--lang", "en")
    assert light("round", "show", "Z-2026", "--json").json["stage"] == "closed"
    assert "`cycle policy preset standard`" in said.err


def test_a_day_of_origin_stays_where_the_day_of_today_moves(cycle: Cycle, stored: Store) -> None:
    with stored.unit("admin", day=date(2026, 1, 5)) as unit:
        policy.set_(unit, "start_days", 40)
    assert "2026-01-05" in cycle.done("policy", "show", "start_days", "--lang", "en")
