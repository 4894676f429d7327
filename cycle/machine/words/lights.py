"""What people read of the traffic lights: sign and word together, and the reasons as sentences."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from numbers import Rational
from typing import Final, NamedTuple

from cycle.machine.colours import LightReason
from cycle.machine.words import BLANK, language, lights_de, lights_en, name

SIGNS: Final = {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}  # differ without colour
_PLACES: Final = 2  # decimals of a value


class _Table(NamedTuple):
    lights: Mapping[str, str]
    colours: Mapping[str, str]
    reasons: Mapping[str, str]
    set_by_hand: str


_GERMAN: Final = _Table(
    lights_de.LIGHTS, lights_de.COLOURS, lights_de.REASONS, lights_de.SET_BY_HAND
)
_ENGLISH: Final = _Table(
    lights_en.LIGHTS, lights_en.COLOURS, lights_en.REASONS, lights_en.SET_BY_HAND
)


def label(light: str, lang: str) -> str:
    """Name a light: *Umsetzung*."""
    return _table(lang).lights[light]


def colour(code: str, lang: str) -> str:
    """Give a colour as sign and word: *▲ gelb/gefährdet*."""
    return f"{SIGNS[code]} {_table(lang).colours[code]}"


def says(reason: LightReason, lang: str) -> str:
    """Say why a light is not green, and of which indicator where there are several."""
    values = {key: _say(key, value, lang) for key, value in reason.values.items()}
    said = _table(lang).reasons[reason.code].format_map(values)
    return f"{reason.about}: {said}" if reason.about else said


def set_by_hand(until: date, lang: str) -> str:
    """Say that somebody set a light, and how long that counts."""
    return _table(lang).set_by_hand.format(until=_say("", until, lang))


def sayable(lang: str) -> Mapping[str, str]:
    """Give the sentences by the code of the reason."""
    return _table(lang).reasons


def _table(lang: str) -> _Table:
    return _GERMAN if lang[:2].lower() == "de" else _ENGLISH


def _say(key: str, value: object, lang: str) -> str:
    if value is None:
        return BLANK
    if isinstance(value, date):
        return value.strftime(language(lang).day)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Rational):  # a Fraction, which itself is slow to load
        return f"{100 * int(value.numerator) / int(value.denominator):.0f}\u00a0%"
    if isinstance(value, Decimal):
        return _number(value, language(lang).comma)
    return name("code", str(value), lang) if key == "code" else str(value)


def _number(value: Decimal, comma: str) -> str:
    rounded = round(value, _PLACES)
    return f"{rounded.normalize():f}".replace(".", comma)
