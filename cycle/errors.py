"""What can go wrong, told without a door.

    KreislaufError
    ├── NotFound      nothing is known by that key, or the caller may not see it
    ├── Conflict      changed meanwhile, or there already
    ├── Forbidden     the account may not do this
    ├── Invalid       the words given are wrong: every fault with its place
    ├── Refused       the machine does not make the move: every reason at once
    └── Unavailable   the store is missing, locked, read-only or of another revision

A sentence is an English template, marked with `N_`, and the values that fill it; a door
translates the template and fills it in its own language. No error knows an exit code or an
HTTP status.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong word in what was given: where it stands, what is wrong with it, how to mend it."""

    pointer: str  # a flag, a JSON pointer or "row 7, column beginn"
    code: str
    says: str  # template
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is missing before a move: the guard's id and the values of its sentence."""

    guard: str
    values: Mapping[str, object]
    waivable: bool
    who: str  # a role, or "lead" for the measure's own department


class KreislaufError(Exception):
    """Something the caller can read and mend."""

    code = "failed"

    def __init__(self, says: str, /, *, code: str = "", fix: str = "", **values: object) -> None:
        """Keep the template, the template of the fix and the values of both."""
        super().__init__(says)
        self.says = says
        self.fix = fix
        self.values = values
        self.code = code or type(self).code

    def __str__(self) -> str:
        """Fill the English sentence; doors that speak another language translate first."""
        return self.says.format(**self.values)


class NotFound(KreislaufError):
    """Nothing is known by that key, or the caller may not see it."""

    code = "not_found"


class Conflict(KreislaufError):
    """The record changed meanwhile (`stale`) or exists already (`duplicate`)."""

    code = "stale"


class Forbidden(KreislaufError):
    """The account may not do this."""

    code = "forbidden"


class Invalid(KreislaufError):
    """What was given is wrong; `faults` name every place."""

    code = "invalid"

    def __init__(
        self, says: str, /, *, faults: tuple[Fault, ...] = (), fix: str = "", **values: object
    ) -> None:
        """Keep every fault, not only the first."""
        super().__init__(says, code=type(self).code, fix=fix, **values)
        self.faults = faults


class Refused(KreislaufError):
    """The machine does not make this move now; `reasons` are all that is missing."""

    code = "refused"

    def __init__(
        self, says: str, /, *, machine: str, key: str, move: str, reasons: tuple[Reason, ...]
    ) -> None:
        """Keep what was to be moved, how, and every reason against it."""
        super().__init__(says, key=key, move=move)
        self.machine = machine
        self.key = key
        self.move = move
        self.reasons = reasons


class Unavailable(KreislaufError):
    """The store cannot be used as it is."""

    code = "unavailable"
