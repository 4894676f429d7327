"""What somebody typed: days, numbers and amounts as people write them, in either language."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from cycle.errors import Fault
from cycle.i18n import N_, Tongue

_GERMAN: Final = re.compile(r"(\d{1,2})\s?\.\s?(\d{1,2})\s?\.\s?(\d{4}|\d{2})", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NAMED: Final = re.compile(r"(\d{1,2})\.?\s+([^\W\d]{3,})\.?\s+(\d{4})")
_MONTHS: Final = (
    "jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez",
)  # fmt: skip
_OTHERS: Final = {"mar": 3, "may": 5, "oct": 10, "dec": 12, "mrz": 3, "mae": 3}
_SPACES: Final = str.maketrans("", "", " \u00a0\u202f\u2009'’€%")
_TIMES: Final = {"t": 10**3, "tsd": 10**3, "mio": 10**6, "million": 10**6, "k": 10**3}
_AMOUNT: Final = re.compile(r"([-+]?[\d.,]+)(?:([a-z]+)\.?)?(?:euro|eur)?", re.IGNORECASE)
_GROUPED: Final = re.compile(r"[-+]?\d{1,3}(?:[.,]\d{3})+")
_BIDI: Final = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EARLIEST, _LATEST = 1800, 2999
_DIGITS: Final = 18


class Unreadable(Exception):
    """A word that cannot be read; the template says how to write it."""

    def __init__(self, code: str, says: str, **values: object) -> None:
        """Keep what a fault is made of."""
        super().__init__(says)
        self.code, self.says, self.values = code, says, values

    def at(self, name: str) -> Fault:
        """Give the fault of the field of that name."""
        return Fault(name, self.code, self.says, self.values)


def text(raw: str, most: int, *, lines: bool = False) -> str:
    """Take a text: composed accents, no signs that steer anything, not too long."""
    found = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    kept = "\n\t" if lines else ""
    if not lines:
        found = " ".join(found.split())
    if any(s not in kept and _steers(s) for s in found):
        raise Unreadable(
            "control_character",
            N_("This text holds signs that cannot be shown. Type it anew, or paste it as text."),
        )
    if len(found) > most:
        says = N_("This text has {n} characters, {most} fit here. Please shorten it.")
        raise Unreadable("too_long", says, n=len(found), most=most)
    return found


def _steers(sign: str) -> bool:
    return sign in _BIDI or unicodedata.category(sign) in {"Cc", "Cs"}


def day(raw: str) -> date:
    """Read 31.12.2027, 31.12.27, 2027-12-31 or 31. Dezember 2027."""
    plain = raw.strip()
    try:
        if german := _GERMAN.fullmatch(plain):
            d, m, y = (int(part) for part in german.groups())
            return _sane(date(y + 2000 if y < 100 else y, m, d))  # noqa: PLR2004 - two digits
        if iso := _ISO.fullmatch(plain):
            return _sane(date(*(int(part) for part in iso.groups())))
        if (named := _NAMED.fullmatch(plain)) and (month := _month(named[2])):
            return _sane(date(int(named[3]), month, int(named[1])))
    except ValueError:
        pass
    raise Unreadable("no_day", N_("This is no day. Write it like 31.12.2027."))


def number(raw: str, tongue: Tongue) -> Decimal:
    """Read 1.234,5 or 1,234.5: a single dot before three digits groups in German, as typed."""
    plain = raw.translate(_SPACES).replace("\u2212", "-")
    own, other = (",", ".") if tongue.lang == "de" else (".", ",")
    if own in plain and other in plain:
        decimal = max(own, other, key=plain.rfind)
        plain = plain.replace("," if decimal == "." else ".", "")
    elif other in plain and _GROUPED.fullmatch(plain):
        plain = plain.replace(other, "")
    elif plain.count(own) > 1 and _GROUPED.fullmatch(plain):
        plain = plain.replace(own, "")
    try:
        found = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite() or abs(found.adjusted()) > _DIGITS:
        raise Unreadable("no_number", N_("This is no number. Write it like 1.234,5."))
    return found


def whole(raw: str, tongue: Tongue) -> int:
    """Read a whole number, with dots between the thousands or without."""
    try:
        found = number(raw, tongue)
    except Unreadable:
        found = Decimal("0.5")
    if found != found.to_integral_value():
        raise Unreadable("no_whole_number", N_("This is no whole number. Write it like 412."))
    return int(found)


def cents(raw: str, tongue: Tongue) -> int:
    """Read an amount in euros: 231.000, 231.000,50 €, 231 T€, 1,5 Mio. €."""
    plain = raw.translate(_SPACES).lower()
    found = _AMOUNT.fullmatch(plain)
    unit = (found[2] or "").removesuffix("euro").removesuffix("eur") if found else ""
    says = N_("This is no amount. Write it in euros, like 231.000 or 1.234,50.")
    if found is None or (unit and unit not in _TIMES):
        raise Unreadable("no_amount", says)
    try:
        amount = number(found[1], tongue) * _TIMES.get(unit, 1) * 100
    except Unreadable:
        raise Unreadable("no_amount", says) from None
    if amount != amount.to_integral_value():
        raise Unreadable("no_amount", says)
    return int(amount)


def _month(name: str) -> int | None:
    short = name.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else _OTHERS.get(short)


def _sane(found: date) -> date:
    if not _EARLIEST <= found.year <= _LATEST:
        raise ValueError
    return found
