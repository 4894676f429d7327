"""A problem as programs read it (RFC 9457): the same object at every door."""

from collections.abc import Mapping
from typing import Final

from cycle.errors import Fault, Invalid, KreislaufError, Reason, Refused
from cycle.i18n import N_, Tongue
from cycle.machine import words
from cycle.reading.shapes import Json

TITLES: Final = {
    "KreislaufError": N_("It failed."),
    "Invalid": N_("What was given cannot be used."),
    "NotFound": N_("Nothing was found."),
    "Forbidden": N_("This is not allowed."),
    "Conflict": N_("It has changed meanwhile or exists already."),
    "Refused": N_("Something is still missing."),
    "Unavailable": N_("The store cannot be used."),
}
NAMED: Final = {"state": "state", "light": "label"}  # values that are codes → the kind of name


def problem(error: KreislaufError, tongue: Tongue) -> dict[str, Json]:
    """Give an error as type, title, detail and code, with all its faults or reasons."""
    found: dict[str, Json] = {
        "type": f"/problems/{error.code}",
        "title": tongue.say(TITLES[type(error).__name__]),
        "detail": detail(error, tongue),
        "code": error.code,
    }
    if error.fix:
        found["fix"] = fix(error, tongue)
    if isinstance(error, Invalid):
        found["errors"] = [
            {"pointer": f.pointer, "code": f.code, "says": fault(f, tongue)} for f in error.faults
        ]
    if isinstance(error, Refused):
        found["blocked_by"] = [reason(each, tongue.lang) for each in error.reasons]
    return found


def reason(each: Reason, lang: str) -> Json:
    """Shape one thing that is missing as every door gives it."""
    return {
        "guard": each.guard,
        "says": words.guard_says(each.guard, lang, each.values),
        "who": words.guard_who(each.who, lang, each.values),
        "fix": words.guard_fix(each.guard, lang, each.values),
        "waivable": each.waivable,
    }


def detail(error: KreislaufError, tongue: Tongue) -> str:
    """Say what is wrong in one sentence."""
    if isinstance(error, Refused):
        return words.refusal(error.machine, error.move, error.key, tongue.lang).rstrip(":") + "."
    return tongue.say(error.says, **named(error.values, tongue))


def fix(error: KreislaufError, tongue: Tongue) -> str:
    """Say how to go on."""
    return tongue.say(error.fix, **error.values)


def fault(found: Fault, tongue: Tongue) -> str:
    """Say what is wrong with one word that was given."""
    return tongue.say(found.says, **found.values)


def _role(code: str, lang: str) -> str:
    name = words.name("role", code, lang)
    return name if name == code else f"{name} ({code})"  # it may be named already


def named(values: Mapping[str, object], tongue: Tongue) -> dict[str, object]:
    """Give the values of a sentence with states by their names, roles with the code behind them."""
    values = {
        name: words.name(NAMED[name], str(value), tongue.lang) if name in NAMED else value
        for name, value in values.items()
    }
    given = values.get("roles", ())
    roles = given.split(", ") if isinstance(given, str) else given
    if not isinstance(roles, (list, tuple)):
        return dict(values)
    told = [_role(each, tongue.lang) for each in roles if each]
    return {**values, "roles": ", ".join(told)} if told else dict(values)
