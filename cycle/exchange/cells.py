"""What stands in a cell: days, numbers, amounts and words as towns write them."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from cycle.exchange.outcome import Wrong
from cycle.i18n import N_
from cycle.store.checks import tidy

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?")
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_BLANKS = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")  # 1 234, 1'234; \s knows the narrow blanks
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+")
_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?")
_UNCLEAR = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
_LISTED = re.compile(r"\s*\|\s*")
_FORMULA = re.compile(r"'(?=[=+\-@\t\r＝＋－＠])")  # noqa: RUF001 - full-width signs are meant
LONGEST = 60  # characters of a wrong cell that are shown again

YES = {"ja": True, "j": True, "yes": True, "y": True, "true": True, "wahr": True, "1": True,
       "x": True, "nein": False, "n": False, "no": False, "false": False, "falsch": False,
       "0": False}  # fmt: skip


def text(cell: str) -> str:
    """Compose accents, trim, and take off the sign our own export puts before formulas."""
    return tidy(_FORMULA.sub("", cell, count=1) if cell.startswith("'") else cell)


def day(cell: str) -> date:
    """Read 2026-11-22 or 22.11.2026."""
    iso, german = _ISO.fullmatch(cell), _GERMAN.fullmatch(cell)
    try:
        if iso:
            return date(*(int(part) for part in iso.groups()))
        if german:
            return date(*(int(part) for part in reversed(german.groups())))
    except ValueError:
        pass
    raise Wrong(
        "not_a_date",
        N_("{value} is no day."),
        N_("Write it as 22.11.2026 or 2026-11-22."),
        value=shown(cell),
    )


def decimal(cell: str, *, dot: bool = False) -> Decimal:
    """Read 1.234,5 or 1234,5; `dot` says that the file writes decimals with a dot.

    1.234 alone is refused where the file does not tell: it may be a thousand or a fraction.
    """
    plain = _BLANKS.sub("", cell.replace("\u2212", "-").removesuffix("%").strip())
    if not dot and _UNCLEAR.fullmatch(plain):
        raise Wrong(
            "unclear_number",
            N_("{value} can be read in two ways."),
            N_("Write {thousands} or {fraction}."),
            value=shown(cell),
            thousands=plain.replace(".", ""),
            fraction=plain.replace(".", ","),
        )
    plain = _with_dot(plain, dot=dot)
    if not _PLAIN.fullmatch(plain):
        raise Wrong(
            "not_a_number",
            N_("{value} is no number."),
            N_("Write digits and at most one decimal comma, such as 12,5."),
            value=shown(cell),
        )
    return Decimal(plain)


def _with_dot(plain: str, *, dot: bool) -> str:
    if dot:
        return plain
    before, comma, after = plain.partition(",")
    if _THOUSANDS.fullmatch(before) and (comma or before.count(".") > 1):
        before = before.replace(".", "")
    return f"{before}.{after}" if comma else before


def whole(cell: str, *, dot: bool = False) -> int:
    """Read a whole number."""
    number = decimal(cell, dot=dot)
    if number != number.to_integral_value():
        raise Wrong(
            "not_whole",
            N_("{value} is no whole number."),
            N_("Write a number without decimals."),
            value=shown(cell),
        )
    return int(number)


def cents(cell: str, *, dot: bool = False) -> int:
    """Read an amount in euros as cents: 1.234,50 € is 123450."""
    plain = cell.removesuffix("€").removesuffix("EUR").removesuffix("Euro").strip()
    if not dot and _UNCLEAR.fullmatch(plain):
        plain = plain.replace(".", "")  # money has two decimals, never three
    amount = decimal(plain, dot=dot) * 100
    if amount != amount.to_integral_value():
        raise Wrong(
            "not_an_amount",
            N_("{value} has parts of a cent."),
            N_("Write euros with at most two decimals, such as 1234,50."),
            value=shown(cell),
        )
    return int(amount)


def yes(cell: str) -> bool:
    """Read ja or nein."""
    return bool(word(cell, YES, named=("ja", "nein")))


def listed(cell: str) -> tuple[str, ...]:
    """Read a list joined with |."""
    return tuple(dict.fromkeys(part for part in _LISTED.split(cell.strip()) if part))


def word(cell: str, words: Mapping[str, object], *, named: tuple[str, ...] = ()) -> object:
    """Read one of the words of a table, however it is capitalised."""
    found = {alike(known): value for known, value in words.items()}
    if alike(cell) in found:
        return found[alike(cell)]
    near = get_close_matches(alike(cell), list(found), n=1, cutoff=0.6)
    likely = [known for known in words if alike(known) in near]
    known = ", ".join(named or tuple(words))
    if likely:
        raise Wrong(
            "unknown_word",
            N_("{value} is not one of: {words}."),
            N_("Did you mean {near}?"),
            value=shown(cell),
            words=known,
            near=likely[0],
        )
    raise Wrong(
        "unknown_word",
        N_("{value} is not one of: {words}."),
        N_("Write one of these words, or translate yours in the map under [values.{ours}]."),
        value=shown(cell),
        words=known,
    )


def alike(name: str) -> str:
    """Give what two spellings of a name share: case, umlauts and signs do not count."""
    plain = tidy(name).casefold()
    for sign, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        plain = plain.replace(sign, letters)
    return re.sub(r"[^0-9a-z]+", "_", plain).strip("_") or plain


def code_of(name: str) -> str:
    """Make a code out of a name: Bildung und Teilhabe becomes BILDUNG-UND-TEILHABE."""
    return alike(name).upper().replace("_", "-")[:40].rstrip("-")


def shown(cell: str) -> str:
    """Give a wrong cell back, shortened and without signs that could move a terminal."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in cell)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
