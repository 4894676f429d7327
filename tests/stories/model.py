"""What the trade says of a measure, in a few lines that know nothing of the machine.

It keeps where each measure stands and counts its moves; a step its table does not name is a fault.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

ORDER = (
    "draft", "targeted", "proposed", "deferred", "approved", "in_progress", "suspended",
    "implemented", "evaluated", "reported", "rejected", "cancelled", "superseded",
)  # fmt: skip
LIVE, FINAL = ORDER[:9], frozenset(ORDER[9:])
_LATER = ("proposed", "deferred", "approved", "in_progress", "suspended")

# The move, its word in the journal, from where, to where.
_TABLE = (
    ("log", "logged", (None,), ("draft",)),
    ("target", "targeted", ("draft",), ("targeted",)),
    ("propose", "proposed", ("targeted",), ("proposed",)),
    ("send_back", "sent_back", ("proposed",), ("targeted",)),
    ("approve", "approved", ("proposed",), ("approved",)),
    ("defer", "deferred", ("proposed",), ("deferred",)),
    ("resubmit", "resubmitted", ("deferred",), ("proposed",)),
    ("reject", "rejected", ("proposed", "deferred"), ("rejected",)),
    ("start", "started", ("approved",), ("in_progress",)),
    ("suspend", "suspended", ("in_progress",), ("suspended",)),
    ("resume", "resumed", ("suspended",), ("in_progress",)),
    ("finish", "finished", ("in_progress",), ("implemented",)),
    ("reopen", "reopened", ("implemented",), ("in_progress",)),
    ("evaluate", "evaluated", ("implemented", "in_progress"), ("evaluated",)),
    ("report_back", "reported_back", ("evaluated",), ("reported",)),
    ("cancel", "cancelled", ("draft", "targeted", *_LATER), ("cancelled",)),
    ("supersede", "superseded", LIVE, ("superseded",)),
    ("take_over", "taken_over", ("draft",), ("targeted", "proposed", "approved", "in_progress",
                                            "suspended", "implemented")),
)  # fmt: skip
WAYS = frozenset((told, a, b) for _, told, sources, to in _TABLE for a in sources for b in to)
MOVES = {name: told for name, told, _, _ in _TABLE if name not in {"log", "supersede"}}


def offered(state: str) -> list[str]:
    """Name the moves the table knows from a state, those of one measure alone."""
    return [name for name, _, sources, _ in _TABLE if name in MOVES and state in sources]


@dataclass(frozen=True)
class Told:
    """What the journal tells of a measure that moved."""

    key: str
    action: str
    before: str | None
    after: str


@dataclass
class Places:
    """Where the measures of a town stand, followed deed by deed."""

    states: dict[str, str] = field(default_factory=dict)
    moves: dict[str, int] = field(default_factory=dict)

    def follow(self, deed: Iterable[Told]) -> None:
        """Follow one deed; AssertionError where the table does not know a step of it."""
        left: list[str] = []  # where those stood that this deed led off the circle
        for told in deed:
            assert self.states.get(told.key) == told.before, told
            if told.action == "succeeded":  # T17: the least advanced state of the predecessors
                assert told.before not in FINAL, told
                assert told.after == min(left, key=ORDER.index), told
            else:
                assert (told.action, told.before, told.after) in WAYS, told
                self.moves[told.key] = self.moves.get(told.key, -1) + 1
            if told.before and told.after == "superseded":
                left.append(told.before)
            self.states[told.key] = told.after
