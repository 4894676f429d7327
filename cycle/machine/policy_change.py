"""What a change of the policy brings about, told before or after it is made."""

from dataclasses import dataclass
from typing import Any

from cycle.machine.policy import ORDER, Policy
from cycle.machine.policy_faults import owing
from cycle.machine.policy_fields import FIELDS, GUARD_SETS, ROLES_OF

NAMES = ("preset", *FIELDS, *GUARD_SETS, ROLES_OF)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it was and as it is."""

    name: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Change:
    """Everything that differs between two policies of a town."""

    settings: tuple[Setting, ...]
    owed_now: tuple[str, ...]  # guards that blocked and are only noted from now on
    blocking_now: tuple[str, ...]  # guards that were only noted and block from now on
    milder: bool  # the preset itself went down


def change(before: Policy, after: Policy) -> Change:
    """Compare two policies."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in NAMES)
    was, now = owing(before), owing(after)
    return Change(
        tuple(Setting(*each) for each in pairs if each[1] != each[2]),
        tuple(sorted(now - was)),
        tuple(sorted(was - now)),
        milder=ORDER.index(after.preset) < ORDER.index(before.preset),
    )
