"""The words of an indicator's chart, and the signs that stand for its values."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cli.show import tables
from cli.show.scales import figure
from cycle.i18n import N_
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Found = Mapping[str, Any]
KNOWN, PROVISIONAL, ESTIMATED, UNCERTAIN = "●", "○", "◇", "?"
HIDDEN, TARGET, BREAK = "×", "◎", "┊"
SIGNS: Final = {
    "provisional": PROVISIONAL, "estimated": ESTIMATED, "interpolated": ESTIMATED,
    "uncertain": UNCERTAIN,
}  # fmt: skip
_PLAIN: Final = {KNOWN: "*", PROVISIONAL: "o", ESTIMATED: "e", HIDDEN: "x", TARGET: "@",
                 BREAK: "!"}  # fmt: skip
_BREAKS: Final = {
    "definition": N_("{sign} {day}: counted otherwise from here on"),
    "boundaries": N_("{sign} {day}: other boundaries from here on"),
}


def heading(desk: "Desk", found: Found) -> str:
    """Name the indicator, its unit, the area, and when it is better."""
    here, place = found["indicator"], found["area"]
    title = " ".join(here["name"].split())
    says = desk.say(
        "{code} {title}, in {unit}: {area}", code=here["code"], title=title, unit=here["unit"],
        area=place["name"],
    )  # fmt: skip
    if here["polarity"] != "context":
        better = words.name("polarity", here["polarity"], desk.tongue.lang)
        says += f"\n{desk.say('Better when')}: {better}"
    return "\n".join(tables.wrap(desk.look.spell(says), desk.look.width))


def no_values(desk: "Desk", found: Found) -> str:
    """Say that there is nothing to draw, and where there is."""
    if not found["areas"]:
        says = desk.say("It has no values yet.")
    else:
        says = desk.say("It has no values there, but in: {areas}", areas=found["areas"])
    return "\n".join(tables.wrap(desk.look.spell(says), desk.look.width))


def targets(desk: "Desk", found: Found) -> Iterator[str]:
    """Say in a line what each target wants."""
    for target in found["targets"]:
        if target["target_value"] is None or target["target_date"] is None:
            continue
        unit = found["indicator"]["unit"]
        kind = words.name("target_kind", target["kind"], desk.tongue.lang)
        says = desk.say(
            "{sign} {goal}: {kind} {value} {unit} by {day}", sign=sign_of(desk, TARGET),
            goal=target["goal"], kind=kind, value=_aim(desk, target, unit),
            unit=unit, day=day_of(target["target_date"]),
        )  # fmt: skip
        if target["baseline_value"] is not None and target["baseline_date"]:
            says += desk.say(
                ", dotted the way from {value} on {day}", day=day_of(target["baseline_date"]),
                value=figure(desk, target["baseline_value"], unit),
            )  # fmt: skip
        yield from tables.wrap(desk.look.spell(says), desk.look.width)


def _aim(desk: "Desk", target: Found, unit: str) -> str:
    """Write what is aimed at, with how far it may be off."""
    told = figure(desk, target["target_value"], unit)
    spread = target["tolerance"]
    around = "+/-" if desk.look.ascii else "±"
    return f"{told} {around} {figure(desk, spread, unit)}" if spread else told


def breaks(desk: "Desk", found: Found) -> Iterator[str]:
    """Say from when on values do not compare with those before, and why."""
    for each in found["breaks"]:
        day = day_of(each["on"])
        template = _BREAKS[each["kind"]]
        says = desk.say(template, sign=sign_of(desk, BREAK), day=day)
        why = f" ({' '.join(each['reason'].split())})" if each["reason"] else ""
        yield from tables.wrap(desk.look.spell(f"{says}{why}"), desk.look.width)


def legend(desk: "Desk", found: Found) -> Iterator[str]:
    """Say what a sign means, where there is one that is not plain."""
    lang, told = desk.tongue.lang, {}
    for each in found["values"]:
        if number_of(each) is None:
            told[words.name("value_status", each["status"], lang)] = HIDDEN
        elif each["status"] in SIGNS:
            told[words.name("value_status", each["status"], lang)] = SIGNS[each["status"]]
        elif each["basis"] in SIGNS:
            told[words.name("basis", each["basis"], lang)] = SIGNS[each["basis"]]
    if told:
        signs = " · ".join(f"{sign_of(desk, sign)} {word}" for word, sign in told.items())
        yield desk.look.spell(signs)


def sign_of(desk: "Desk", sign: str) -> str:
    """Give a sign as the screen takes it."""
    return _PLAIN.get(sign, sign) if desk.look.ascii else sign


def day_of(text: str) -> date:
    """Read a day of JSON."""
    return date.fromisoformat(text)


def number_of(each: Found) -> float | None:
    """Give the number to draw; exactly nothing is a zero."""
    value = 0 if each["status"] == "nil" else each["value"]
    return None if value is None else float(value)
