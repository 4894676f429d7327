"""A machine drawn for a reader, a browser, a printer and a program."""

import json
from typing import Any

import pytest

from cycle.machine.core import Machine
from cycle.machine.cycles import ROUNDS
from cycle.machine.drawing import as_dict, as_dot, as_mermaid, as_text
from cycle.machine.measures import MEASURES

BOTH = pytest.mark.parametrize("machine", [MEASURES, ROUNDS], ids=lambda m: m.name)


@BOTH
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_text_fits_eighty_columns(machine: Machine[Any], lang: str) -> None:
    assert all(len(line) <= 80 for line in as_text(machine, lang).splitlines())


def test_the_text_names_states_moves_and_who_makes_them() -> None:
    text = as_text(MEASURES, "de")
    assert text.startswith("noch nicht angelegt\n  Maßnahme anlegen (log) → Entwurf\n")
    assert "  Zur Überarbeitung zurückgeben (send-back) → Ziel zugeordnet\n" in text
    assert "      Fachamt, Sozialplanung\n" in text
    assert "Nächsten Abschnitt beginnen (advance) → Ziele" in as_text(ROUNDS, "de")


@BOTH
def test_mermaid_draws_every_state_from_begin_to_end(machine: Machine[Any]) -> None:
    drawn = as_mermaid(machine)
    assert drawn.startswith("stateDiagram-v2\n    [*] --> ")
    for state in machine.states:
        assert f"--> {state.name}: " in drawn
        assert (f"    {state.name} --> [*]\n" in drawn) is state.final


def test_mermaid_draws_two_moves_between_the_same_states_as_one_line() -> None:
    assert "    draft --> targeted: target / take_over\n" in as_mermaid(MEASURES)


@BOTH
def test_dot_gives_final_states_a_double_rim(machine: Machine[Any]) -> None:
    drawn = as_dot(machine)
    assert drawn.startswith(f"digraph {machine.name} {{\n")
    assert drawn.endswith("}\n")
    for state in machine.states:
        assert f"    {state.name} [shape={'doublecircle' if state.final else 'box'}];" in drawn
    assert "    begin -> " in drawn


@BOTH
def test_the_data_is_plain_json_of_states_and_transitions(machine: Machine[Any]) -> None:
    data = as_dict(machine)
    assert json.loads(json.dumps(data)) == data
    assert list(data) == ["states", "transitions"]


def test_the_data_tells_a_row_as_the_contract_does() -> None:
    states: Any = as_dict(MEASURES)["states"]
    rows: Any = as_dict(MEASURES)["transitions"]
    assert states[0] == {"name": "draft", "stage": "report", "final": False}
    assert len(states) == 13
    assert rows[0] == {
        "name": "log",
        "from": [],
        "to": "draft",
        "roles": ["department_head", "planner"],
        "guards": [
            {"id": "title_missing", "waivable": False},
            {"id": "cycle_not_open", "waivable": False},
        ],
    }
