"""What people read, in German and in English.

The source holds the English sentence as a template, marked with `N_` or said at once with
`Tongue.say`; `locale/de/LC_MESSAGES/kreislauf.po` holds the German one. Names of states and
sentences of guards stand beside the machine, in `cycle/machine/words.py`.

    N_("{key} is not known.")                        marks, translates nothing
    Tongue("de").say("{key} is not known.", key=k)   translates and fills
"""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from string import Formatter

from cycle import clock
from cycle.i18n.catalogue import Catalogue

LANGUAGES = ("de", "en")
LOCALE = os.path.join(os.path.dirname(__file__), "locale")
MOST = 2000  # signs of one value in a sentence; whoever typed more knows what it was
_SWAP = str.maketrans(".,", ",.")
_HARMFUL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


def N_(template: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Mark a template for the catalogue; whoever shows it translates it."""
    return template


class Tongue:
    """One language a door speaks: sentences, days, numbers and money as its readers write them."""

    def __init__(self, lang: str) -> None:
        """Take `de` or `en`; any other language is answered in English."""
        self.lang = lang if lang in LANGUAGES else "en"
        self._filler = _Filler(self)

    def say(self, template: str, /, **values: object) -> str:
        """Translate a template and fill it; a value that is missing stays visible as {name}."""
        known = _catalogue("kreislauf", self.lang)
        return self._fill(known.gettext(template) if known else template, values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """As `say`, with the template that fits the number, which fills {n}."""
        known = _catalogue("kreislauf", self.lang)
        said = known.ngettext(one, many, n) if known else _own(one, many, n)
        return self._fill(said, {"n": n, **values})

    def date(self, day: date) -> str:
        """Write a day: 22.11.2026, or 2026-11-22 in English."""
        return f"{day:%d.%m.%Y}" if self.lang == "de" else f"{day:%Y-%m-%d}"

    def moment(self, instant: datetime) -> str:
        """Write an aware instant as the town hall's clock shows it: 22.11.2026 14:05."""
        at = clock.local(instant)
        return f"{self.date(at)} {at:%H:%M}"

    def number(self, value: Decimal | float, places: int | None = None) -> str:
        """Write a number: 1.234,5, or 1,234.5 in English; rounded only where places are given."""
        if places is not None:
            text = f"{value:,.{places}f}"
        elif isinstance(value, Decimal):
            text = f"{value:,f}"
        else:
            text = f"{value:,}"
        return text.translate(_SWAP) if self.lang == "de" else text

    def money(self, cents: int) -> str:
        """Write an amount given in cents: 1.234,50 €, or €1,234.50 in English."""
        amount = self.number(Decimal(abs(cents)) / 100, 2)
        sign = "-" if cents < 0 else ""
        return f"{sign}{amount}\u00a0€" if self.lang == "de" else f"{sign}€{amount}"

    def _fill(self, template: str, values: Mapping[str, object]) -> str:
        try:
            return self._filler.vformat(template, (), values)
        except (AttributeError, LookupError, TypeError, ValueError):
            return template  # a sentence with its braces still helps; a crash would not


class _Filler(Formatter):
    """Fills a template as str.format does, with days and decimals as the language writes them."""

    def __init__(self, tongue: Tongue) -> None:
        self._tongue = tongue

    def get_value(
        self,
        key: int | str,
        args: Sequence[object],  # noqa: ARG002 - string.Formatter hands it over
        kwargs: Mapping[str, object],
    ) -> object:
        """Find a value, or show its name in braces."""
        return kwargs.get(str(key), f"{{{key}}}")

    def format_field(self, value: object, format_spec: str) -> str:
        """Write a value; where the template says how, it is obeyed."""
        if format_spec:
            return format(value, format_spec)
        if isinstance(value, datetime):
            return self._tongue.moment(value)
        if isinstance(value, date):
            return self._tongue.date(value)
        if isinstance(value, (Decimal, float)):
            return self._tongue.number(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(self.format_field(each, "") for each in value)
        return legible(str(value))  # whole numbers too: a year has no thousands


def legible(text: str) -> str:
    """Write what somebody typed so that it can neither steer a terminal nor fill it."""
    shown = text if len(text) <= MOST else f"{text[:MOST]}…"
    return shown if shown.isprintable() else re.sub(_HARMFUL, "\ufffd", shown)


def teach_argparse(lang: str) -> None:
    """Make argparse speak; call this before parsers are made.

    Its German lies in `argparse.po`, which covers every Python this package runs on. Argparse has
    its two functions from gettext under these names since it was written; what gettext does at
    each call (look for files by every name of the locale) took 4 ms of a command.
    """
    import argparse  # noqa: PLC0415 - only the command line has it

    known = _catalogue("argparse", lang)
    argparse._ = known.gettext if known else str  # type: ignore[attr-defined] # as told above
    argparse.ngettext = known.ngettext if known else _own  # type: ignore[attr-defined] # the same


def _own(one: str, many: str, n: int) -> str:
    return one if n == 1 else many


@cache
def _catalogue(name: str, lang: str) -> Catalogue | None:
    """Open a catalogue; English stands in the source."""
    if lang == "en":
        return None
    return Catalogue(os.path.join(LOCALE, lang, "LC_MESSAGES", f"{name}.mo"))
