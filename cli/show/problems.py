"""Errors as people read them: every reason, and the command that mends it."""

import json

from cycle.errors import Fault, Invalid, KreislaufError, Reason, Refused
from cycle.i18n import Tongue
from cycle.machine import words
from cycle.reading import problems


def as_text(error: KreislaufError, tongue: Tongue) -> str:
    """Say what is wrong, all of it, and how to go on."""
    if isinstance(error, Refused):
        return _refusal(error, tongue)
    lines = [problems.detail(error, tongue)]
    if isinstance(error, Invalid):
        lines += [f"  {_placed(fault, tongue)}" for fault in error.faults]
    if error.fix:
        lines.append(problems.fix(error, tongue))
    return "\n".join(lines)


def as_json(error: KreislaufError, tongue: Tongue) -> str:
    """Give a problem object (RFC 9457), the same at every door."""
    return json.dumps(problems.problem(error, tongue), ensure_ascii=False)


def missing(reasons: tuple[Reason, ...], tongue: Tongue) -> list[str]:
    """Write every missing thing with the command that supplies it."""
    lines = []
    for each in reasons:
        lines.append(f"  - {words.guard_says(each.guard, tongue.lang, each.values)}")
        lines.append(f"    {_remedy(each, tongue)}")
    return lines


def _remedy(each: Reason, tongue: Tongue) -> str:
    command = words.guard_command(each.guard, tongue.lang, each.values)
    return tongue.say("What to do: `{command}`", command=command)


def _refusal(error: Refused, tongue: Tongue) -> str:
    headline = words.refusal(error.machine, error.move, error.key, tongue.lang)
    if len(error.reasons) > 1:
        return "\n".join([headline, *missing(error.reasons, tongue)])
    (only,) = error.reasons
    says = words.guard_says(only.guard, tongue.lang, only.values)
    return f"{headline} {says}\n{_remedy(only, tongue)}"


def _placed(fault: Fault, tongue: Tongue) -> str:
    says = problems.fault(fault, tongue)
    return says if says.startswith(fault.pointer) else f"{fault.pointer}: {says}"
