"""How a guard of a measure is made: what it judges, whether it can be waived, who mends it.

A rule returns what is missing, as values for the sentence, or None where nothing is.
"""

from collections.abc import Callable

from cycle.machine.core import Guard, Lack
from cycle.machine.facts import MeasureFacts

G = Guard[MeasureFacts]
Rule = Callable[[MeasureFacts], Lack | None]


def values(f: MeasureFacts, **more: object) -> Lack:
    """Return what every sentence about this measure may name, and more."""
    return {"key": f.key, "cycle": f.cycle, "lead": f.lead, "finance": f.finance_unit, **more}


def unless(holds: Callable[[MeasureFacts], object], **more: object) -> Rule:
    """Make a rule of a plain yes or no."""
    return lambda f: None if holds(f) else values(f, **more)


def must(name: str, who: str, rule: Rule, *, asked: bool = False) -> G:
    """Make a guard nobody can waive."""
    return Guard(name, rule, waivable=False, who=who, asked=asked)


def may(name: str, who: str, rule: Rule, *, asked: bool = False) -> G:
    """Make a guard that can be waived or softened."""
    return Guard(name, rule, waivable=True, who=who, asked=asked)
