"""The circle on one line: report, goals, measures, evaluation and the report again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from cli.show import tables
from cycle.machine import words
from cycle.machine.states import STATES

if TYPE_CHECKING:
    from cli.desk import Desk

HERE: Final = "◆\u00a0"
AGAIN: Final = "again"  # where a result stands in a report
ROUND: Final = ("report", "goal", "measure", "evaluation", AGAIN)


def line(desk: "Desk", here: str | None, counts: Mapping[str, int] | None = None) -> list[str]:
    """Write the way round with a sign where it stands, and how many measures stand where."""
    told = []
    for place in ROUND:
        name = words.name("stage", "report" if place == AGAIN else place, desk.tongue.lang)
        count = f"\u00a0{counts[place]}" if counts else ""
        told.append(f"{HERE if place == here else ''}{name}{count}")
    return tables.told("\u00a0→ ".join(told), desk.look, 2)


def of_round(stage: str) -> str:
    """Tell where a round stands; one that is closed has come round."""
    return AGAIN if stage == "closed" else stage


def of_measure(state: str) -> str | None:
    """Tell where a measure stands; None where it has left the circle."""
    return AGAIN if state == "reported" else _STAGES[state]


def counted(states: Mapping[str, int]) -> dict[str, int]:
    """Count the measures at each place of the circle."""
    return {
        place: sum(n for state, n in states.items() if of_measure(state) == place)
        for place in ROUND
    }


_STAGES: Final = {state.name: state.stage for state in STATES}
