import pytest

from tests.cli.calls import Cycle

ALL = ("built", "staffing", "organisational", "financial")


@pytest.fixture
def key(light: Cycle) -> str:
    """A measure before the committees."""
    light.done("body", "add", "SR", "Stadtrat", "--kind", "council")
    key = light.done("measure", "log", "Sprache", "--lead", "51", "--goal-text", "Alle sprechen",
                     "--citywide")  # fmt: skip
    light.done("measure", "target", key)
    light.done("consequence", "set", key, *ALL, "--none")
    light.done("measure", "propose", key)
    return key


def _state(light: Cycle, key: str) -> str:
    return str(light("measure", "show", key, "--json").json["state"])


def test_a_move_says_where_the_measure_is_now(light: Cycle, key: str) -> None:
    said = light("measure", "send_back", key, "--reason", "noch einmal", "--lang", "en")
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith(f"{key} is now: tied to a goal.\n")
    said = light("measure", "propose", key, "--json")
    assert said.json["state"] == "proposed"


def test_what_a_body_decided_comes_along_with_the_approval(light: Cycle, key: str) -> None:
    light.done("measure", "approve", key, "--paper", "2026/0123", "--body", "SR", "--on",
               "1.5.2026", "--votes", "31:4:2")  # fmt: skip
    assert _state(light, key) == "approved"
    (decision,) = light("decision", "list", "--measure", key, "--json").json
    assert (decision["result"], decision["paper"], decision["body"]) == (
        "adopted", "2026/0123", "SR",
    )  # fmt: skip
    assert [decision[f"votes_{v}"] for v in ("yes", "no", "abstain")] == [31, 4, 2]
    assert decision["decided_on"] == "2026-05-01"


def test_a_refused_approval_leaves_no_decision_behind(light: Cycle, key: str) -> None:
    said = light("measure", "approve", key, "--paper", "2026/0123", "--body", "SR", "--on",
                 "2026-05-01", "--result", "rejected")  # fmt: skip
    assert said.code == 6
    assert light("decision", "list", "--json").json == []
    assert light("paper", "list", "--json").json == []


@pytest.mark.parametrize(("move", "state"), [("defer", "deferred"), ("reject", "rejected")])
def test_it_is_put_off_or_rejected_in_one_go(light: Cycle, key: str, move: str, state: str) -> None:
    light.done("measure", move, key, "--paper", "2026/0123", "--body", "SR", "--on", "2026-05-01")
    assert _state(light, key) == state
    (decision,) = light("decision", "list", "--json").json
    assert decision["result"] == state


def test_where_no_body_decides_a_document_does(light: Cycle, key: str) -> None:
    light.done("measure", "edit", key, "--binding", "administrative")
    light.done("measure", "send-back", key, "--reason", "geändert")
    light.done("measure", "propose", key)
    light.done("measure", "approve", key, "--document", "Verfügung OB", "--department", "51")
    (decision,) = light("decision", "list", "--json").json
    assert (decision["kind"], decision["document"]) == ("administrative", "Verfügung OB")


def test_it_is_cancelled_by_a_decision_that_repeals_the_first(light: Cycle, key: str) -> None:
    words = ("--paper", "2026/0123", "--body", "SR", "--on", "2026-05-01")
    light.done("measure", "approve", key, *words)
    light.done("measure", "cancel", key, "--code", "no_need", "--paper", "2026/0200", "--body",
               "SR", "--on", "2026-06-01")  # fmt: skip
    assert _state(light, key) == "cancelled"
    first, second = light("decision", "list", "--json").json
    assert second["repeals"] == first["key"]


def test_a_draft_is_cancelled_with_a_reason_only(light: Cycle) -> None:
    key = light.done("measure", "log", "Doppelt", "--lead", "51")
    said = light("measure", "cancel", key)
    assert said.code == 6
    light.done("measure", "cancel", key, "--code", "entered_in_error")
    assert _state(light, key) == "cancelled"


def test_what_was_running_is_taken_over(light: Cycle) -> None:
    key = light.done("measure", "log", "Läuft schon", "--lead", "51")
    light.done("measure", "take-over", key, "--state", "in_progress", "--source", "Maßnahmenliste",
               "--source-date", "2026-01-10", "--start", "2024")  # fmt: skip
    shown = light("measure", "show", key, "--json").json
    assert (shown["state"], shown["taken_over"]) == ("in_progress", True)
    assert shown["actual_start"] == "2024-01-01"


def test_measures_are_merged_and_split(light: Cycle) -> None:
    one, two, into = (light.done("measure", "log", t, "--lead", "51") for t in ("A", "B", "C"))
    said = light("measure", "merge", one, two, "--into", into, "--share", "0,6", "--share", "0,3",
                 "--json")  # fmt: skip
    assert said.code == 6
    assert "shares_not_one" in [r["guard"] for r in said.problem["blocked_by"]]
    light.done("measure", "merge", one, two, "--into", into, "--share", "0.6", "--share", "0.4")
    assert _state(light, one) == _state(light, two) == "superseded"
    lineage = light("measure", "show", into, "--json").json["lineage"]
    assert lineage["predecessors"] == [one, two]
    left, right = (light.done("measure", "log", t, "--lead", "51") for t in ("D", "E"))
    light.done("measure", "split", into, "--into", left, "--into", right, "--share", "1/2",
               "--share", "1/2")  # fmt: skip
    assert _state(light, into) == "superseded"


def test_it_goes_round_to_the_report_in_few_words(light: Cycle, key: str) -> None:
    light.done("measure", "approve", key, "--paper", "2026/0123", "--body", "SR", "--on",
               "2026-05-01")  # fmt: skip
    light.done("measure", "start", key, "--on", "2026-06-01")
    light.done("measure", "suspend", key, "--code", "budget_freeze")
    light.done("measure", "resume", key, "--forecast-end", "31.12.2026")
    light.done("measure", "finish", key, "--on", "2026-10-31")
    light.done("measure", "reopen", key, "--reason", "noch nicht ganz")
    light.done("measure", "finish", key)
    light.done("evaluation", "add", key, "--overall", "effective", "--text", "Es wirkt.")
    assert _state(light, key) == "evaluated"
    light.done("report", "add", "Zwischenbericht", "--kind", "progress_report")
    light.done(
        "measure", "report-back", key, "--disposition", "adapt", "--reason", "ein Modul mehr"
    )
    assert _state(light, key) == "reported"
