"""What a word on the command line means: days, numbers, money, shares, votes.

Each reader takes the text and the tongue; a wrong text is told with the way to write it.
"""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from cycle.i18n import N_, Tongue

if TYPE_CHECKING:
    from fractions import Fraction

Take = Callable[[str, Tongue], object]
# Patterns are read when they are used: few commands are given a day, and every one begins here.
_GERMAN_DAY = r"(\d{1,2})\.(\d{1,2})\.(\d{4})"
_YEAR = r"\d{4}"
_GROUPED = r"[1-9]\d{0,2}([.,]\d{3})+"
_VOTES = (2, 3, 4)  # yes, no, then abstentions, then those excused
_DIGITS = 40  # more than any number of a town has; 1e999999 takes minutes to write out
_SPACES = str.maketrans("", "", " \u00a0\u202f_€%")


def _wrong(tongue: Tongue, template: str, text: str) -> ArgumentTypeError:
    return ArgumentTypeError(tongue.say(template, text=text))


def day(text: str, tongue: Tongue) -> date:
    """Read 2026-11-22 or 22.11.2026."""
    try:
        if german := re.fullmatch(_GERMAN_DAY, text.strip()):
            return date(*map(int, reversed(german.groups())))
        return date.fromisoformat(text.strip())
    except ValueError:
        says = N_("{text} is no day; write it like 2026-11-22 or 22.11.2026.")
        raise _wrong(tongue, says, text) from None


def first_day(text: str, tongue: Tongue) -> date:
    """Read a day, or a year where no day is known: then its first."""
    return date(int(text), 1, 1) if re.fullmatch(_YEAR, text.strip()) else day(text, tongue)


def whole(text: str, tongue: Tongue) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError:
        says = N_("{text} is no whole number; write it like 14.")
        raise _wrong(tongue, says, text) from None


def number(text: str, tongue: Tongue) -> Decimal:
    """Read a number with the decimal sign of either language; refuse what could be both."""
    own, other = (",", ".") if tongue.lang == "de" else (".", ",")
    plain = text.translate(_SPACES)
    both = own in plain and other in plain
    if not both and other in plain and re.fullmatch(_GROUPED, plain):
        if plain.count(other) == 1:
            says = N_("{text} may mean two things; write it without dots and commas between digits,"
                      " or with all decimals.")  # fmt: skip
            raise _wrong(tongue, says, text)
        plain = plain.replace(other, "")
    elif both:
        decimal = max(own, other, key=plain.rfind)
        plain = plain.replace("," if decimal == "." else ".", "")
    return _decimal(plain.replace(",", "."), text, tongue)


def _decimal(plain: str, text: str, tongue: Tongue) -> Decimal:
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite() or abs(found.adjusted()) > _DIGITS:
        raise _wrong(tongue, N_("{text} is no number; write it like 25 or 25.5."), text)
    return found


def money(text: str, tongue: Tongue) -> int:
    """Read an amount of euros into cents."""
    cents = number(text, tongue) * 100
    if cents != cents.to_integral_value():
        says = N_("{text} is no amount; write euros with at most two decimals.")
        raise _wrong(tongue, says, text)
    return int(cents)


def hundredths(text: str, tongue: Tongue) -> int:
    """Read posts such as 3.5 into hundredths of a post."""
    return int((number(text, tongue) * 100).to_integral_value())


def share(text: str, tongue: Tongue) -> "Fraction":
    """Read a share of the whole: 0.6, 0,6, 60 % or 3/5."""
    from fractions import Fraction

    plain = text.strip().replace(",", ".")
    percent = plain.endswith("%")
    try:
        found = Fraction(plain.removesuffix("%").strip()) / (100 if percent else 1)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if not 0 < found <= 1:
        raise _wrong(tongue, N_("{text} is no share; write it like 0.6, 60% or 3/5."), text)
    return found


def part(text: str, tongue: Tongue) -> tuple[str, "Fraction"]:
    """Read CODE=SHARE."""
    code_, said = pair(text, tongue)
    return code_, share(said, tongue)


def step(text: str, tongue: Tongue) -> tuple[date, Decimal]:
    """Read DATE=VALUE."""
    due, said = pair(text, tongue)
    return day(due, tongue), number(said, tongue)


def votes(text: str, tongue: Tongue) -> tuple[int, ...]:
    """Read yes:no:abstentions, and those excused where they were counted."""
    counts = text.split(":")
    if len(counts) not in _VOTES or not all(c.strip().isdigit() for c in counts):
        says = N_("{text} is no vote; write yes:no:abstentions like 31:4:2.")
        raise _wrong(tongue, says, text)
    return tuple(map(int, [*counts, "0", "0"][: _VOTES[-1]]))


def listed(text: str, tongue: Tongue) -> tuple[str, ...]:  # noqa: ARG001 - as every reader
    """Read words between commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def pair(text: str, tongue: Tongue) -> tuple[str, str]:
    """Read NAME=VALUE."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise _wrong(tongue, N_("{text} lacks its value; write NAME=VALUE."), text)
    return name.strip(), value.strip()


def code(text: str, tongue: Tongue) -> str:  # noqa: ARG001 - as every reader
    """Read a code word; a hyphen may stand for the underscore."""
    return text.strip().replace("-", "_")
