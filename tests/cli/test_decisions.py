import pytest

from tests.cli.calls import Cycle


@pytest.fixture
def sitting(light: Cycle) -> tuple[str, ...]:
    light.done("body", "add", "SR", "Stadtrat", "--kind", "council")
    return ("--paper", "2026/0123", "--body", "SR", "--on", "2026-02-01")


def test_a_decision_is_recorded_with_its_conditions(light: Cycle, sitting: tuple[str]) -> None:
    measure = light.done("measure", "log", "Sprache", "--lead", "51")
    key = light.done(
        "decision", "add", *sitting, "--result", "adopted", "--measure", measure, "--votes",
        "31:4:2", "--text", "Der Rat beschließt.", "--paper-name", "Sprachförderung",
        "--condition", "budget-reservation=vorbehaltlich Haushalt", "--due", "2026-12-31",
    )  # fmt: skip
    shown = light("decision", "show", key, "--json").json
    assert shown["conditions"][0]["code"] == "budget_reservation"
    assert shown["paper_name"] == "Sprachförderung"
    light.done("decision", "meet", key, "budget_reservation", "Haushalt beschlossen")
    assert light("decision", "show", key, "--json").json["conditions"][0]["met_note"]
    assert measure in light.done("decision", "list")


def test_a_wrong_decision_is_corrected_and_stays(light: Cycle, sitting: tuple[str]) -> None:
    key = light.done("decision", "add", *sitting, "--result", "adopted")
    new = light.done("decision", "correct", key, "--reason", "Zahlendreher", "--votes", "13:4:2")
    shown = light("decision", "show", key, "--json").json
    assert shown["corrected_by"] == new


def test_a_changed_text_is_confirmed(light: Cycle, sitting: tuple[str]) -> None:
    key = light.done("decision", "add", *sitting, "--result", "adopted_amended")
    assert light("decision", "confirm", key).code == 2
    light.done("decision", "confirm", key, "--text", "In fünf Kitas")
    assert light("decision", "show", key, "--json").json["changed_text"] == "In fünf Kitas"


def test_an_order_needs_no_body(light: Cycle) -> None:
    key = light.done("decision", "add", "--result", "adopted", "--on", "2026-01-07", "--document",
                     "Verfügung 3", "--department", "51")  # fmt: skip
    assert light("decision", "show", key, "--json").json["kind"] == "administrative"


def test_what_was_referred_and_never_came_back(light: Cycle, sitting: tuple[str]) -> None:
    light.done("paper", "add", "2026/0009", "Antrag")
    light.done("paper", "consult", "2026/0009", "--body", "SR", "--on", "2026-01-20", "--outcome",
               "referred", "--result-text", "verwiesen")  # fmt: skip
    rows = light("decision", "open", "--json").json
    assert [row["paper"] for row in rows] == ["2026/0009"]
    assert "verwiesen" in light.done("decision", "open", "--body", "SR", "--lang", "de")
    assert light("decision", "open", "--body", "nobody").code == 3
    light.done("paper", "consult", "2026/0009", "--body", "SR", "--outcome", "adopted", "--on",
               "2026-02-20")  # fmt: skip
    assert [
        c["outcome"] for c in light("paper", "show", "2026/0009", "--json").json["consultations"]
    ] == ["referred", "adopted"]
