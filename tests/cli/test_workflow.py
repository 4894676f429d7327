import json

import pytest

from cycle.machine import drawing
from cycle.machine.cycles import ROUNDS
from cycle.machine.measures import MEASURES
from tests.cli.calls import Cycle


def test_a_program_gets_states_and_steps(nowhere: Cycle) -> None:
    found = nowhere("workflow", "measure", "--format", "json").json
    assert found == json.loads(json.dumps(drawing.as_dict(MEASURES)))
    assert nowhere("workflow", "--json").json == found
    assert nowhere("workflow", "cycle", "--json").json == drawing.as_dict(ROUNDS)


@pytest.mark.parametrize(
    ("form", "begins"), [("mermaid", "stateDiagram"), ("dot", "digraph"), ("text", "noch")]
)
def test_it_is_drawn(nowhere: Cycle, form: str, begins: str) -> None:
    assert nowhere.done("workflow", "--format", form, "--lang", "de").startswith(begins)


def test_another_form_is_refused(nowhere: Cycle) -> None:
    assert nowhere("workflow", "--format", "csv").code == 2
