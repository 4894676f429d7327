"""The places of a measure on the circle; apart from its moves, for those who only count."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class State:
    """A place on the circle; `stage` is None off the circle."""

    name: str
    stage: str | None
    final: bool = False


STATES: Final = (
    State("draft", "report"),
    State("targeted", "goal"),
    State("proposed", "measure"),
    State("deferred", "measure"),
    State("approved", "measure"),
    State("in_progress", "measure"),
    State("suspended", "measure"),
    State("implemented", "evaluation"),
    State("evaluated", "evaluation"),
    State("reported", "report", final=True),
    State("rejected", None, final=True),
    State("cancelled", None, final=True),
    State("superseded", None, final=True),
)
