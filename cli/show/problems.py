"""Errors as people and programs read them: every reason, and the command that mends it."""

import json
from collections.abc import Mapping

from cycle.errors import Fault, Invalid, KreislaufError, Reason, Refused
from cycle.i18n import N_, Tongue
from cycle.machine import words

TITLES = {
    "KreislaufError": N_("It failed."),
    "Invalid": N_("What was given cannot be used."),
    "NotFound": N_("Nothing was found."),
    "Forbidden": N_("This is not allowed."),
    "Conflict": N_("It has changed meanwhile or exists already."),
    "Refused": N_("Something is still missing."),
    "Unavailable": N_("The store cannot be used."),
}

NAMED = {"state": "state", "light": "label"}  # values that are codes → the kind of their name


def as_text(error: KreislaufError, tongue: Tongue) -> str:
    """Say what is wrong, all of it, and how to go on."""
    if isinstance(error, Refused):
        return _refusal(error, tongue)
    lines = [tongue.say(error.says, **_named(error.values, tongue))]
    if isinstance(error, Invalid):
        lines += [f"  {_placed(fault, tongue)}" for fault in error.faults]
    if error.fix:
        lines.append(_fix(error, tongue))
    return "\n".join(lines)


def as_json(error: KreislaufError, tongue: Tongue) -> str:
    """Give a problem object (RFC 9457), the same at every door."""
    problem: dict[str, object] = {
        "type": f"/problems/{error.code}",
        "title": tongue.say(TITLES[type(error).__name__]),
        "detail": _detail(error, tongue),
        "code": error.code,
    }
    if error.fix:
        problem["fix"] = _fix(error, tongue)
    if isinstance(error, Invalid):
        problem["errors"] = [
            {"pointer": f.pointer, "code": f.code, "says": _fault(f, tongue)} for f in error.faults
        ]
    if isinstance(error, Refused):
        problem["blocked_by"] = [reason(each, tongue.lang) for each in error.reasons]
    return json.dumps(problem, ensure_ascii=False)


def reason(each: Reason, lang: str) -> dict[str, object]:
    """Shape one thing that is missing as every door gives it."""
    return {
        "guard": each.guard,
        "says": words.guard_says(each.guard, lang, each.values),
        "who": words.guard_who(each.who, lang, each.values),
        "fix": words.guard_fix(each.guard, lang, each.values),
        "waivable": each.waivable,
    }


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


def _detail(error: KreislaufError, tongue: Tongue) -> str:
    if isinstance(error, Refused):
        return words.refusal(error.machine, error.move, error.key, tongue.lang).rstrip(":") + "."
    return tongue.say(error.says, **_named(error.values, tongue))


def _fix(error: KreislaufError, tongue: Tongue) -> str:
    return tongue.say(error.fix, **error.values)


def _named(values: Mapping[str, object], tongue: Tongue) -> dict[str, object]:
    """Give the values of a sentence with states by their names, roles with the code behind them."""
    values = {
        name: words.name(NAMED[name], str(value), tongue.lang) if name in NAMED else value
        for name, value in values.items()
    }
    given = values.get("roles", ())
    roles = given.split(", ") if isinstance(given, str) else given
    if not isinstance(roles, (list, tuple)):
        return dict(values)
    told = [f"{words.name('role', each, tongue.lang)} ({each})" for each in roles if each]
    return {**values, "roles": ", ".join(told)} if told else dict(values)


def _placed(fault: Fault, tongue: Tongue) -> str:
    says = _fault(fault, tongue)
    return says if says.startswith(fault.pointer) else f"{fault.pointer}: {says}"


def _fault(fault: Fault, tongue: Tongue) -> str:
    return tongue.say(fault.says, **fault.values)
