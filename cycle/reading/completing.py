"""Keys somebody has begun to type, each with what it stands for: what a shell offers at TAB."""

from collections.abc import Sequence
from typing import Final

from cycle.reading.accounts import actor
from cycle.reading.door import Reader, many, open_reader
from cycle.reading.filters import Condition, Filters, condition
from cycle.reading.keys import NOUNS, fits
from cycle.reading.sight import Sight

MOST: Final = 50  # keys of a noun; where there are more, the last of all stands behind the first
TITLE: Final = 120  # signs of a title
LETTERS: Final = {
    "Z": "round", "B": "report", "F": "finding", "R": "recommendation", "G": "goal",
    "M": "measure", "E": "evaluation", "D": "decision",
}  # fmt: skip
_LETTER_OF: Final = {noun: letter for letter, noun in LETTERS.items()}
_MANY: Final = frozenset({*_LETTER_OF, "paper"})  # the others are few and are read whole
_TABLES: Final = {
    **NOUNS, "measure": ("measure me", "ref"), "scheme": ("area_scheme", "code"),
}  # fmt: skip
_EVALUATED: Final = (
    "(SELECT MIN(me.title) FROM evaluation_measure l STRAIGHT JOIN measure me"
    " ON me.municipality_id = :m AND me.id = l.measure_id"
    " WHERE l.municipality_id = :m AND l.evaluation_id = evaluation.id AND {drafts})"
)
_TITLES: Final = {  # of all else it is the name
    "measure": "title", "round": "title", "report": "title", "goal": "text", "finding": "text",
    "recommendation": "text", "decision": "text", "evaluation": _EVALUATED, "account": "kind",
    "token": "''", "webhook": "''",
}  # fmt: skip
_WIDTHS: Final = (2, 3)  # digits of a counter; longer ones are typed whole
_BEHIND: Final = "z"  # whatever a key goes on with stands before it

Keys = dict[str, str]  # key → title


def load_driver(url: str) -> None:
    """Load what the store needs, so that from now on it is the store one waits for."""
    if url.startswith("postgresql"):
        import psycopg  # noqa: F401, PLC0415 - loaded for the door, only where it is used


def begun(url: str, nouns: Sequence[str], typed: str, account: str) -> tuple[Keys, bool]:
    """Give the keys in a store that begin with what was typed, and whether these are not all.

    Where none does, it may be a shortened key: then all that it may stand for. Only what the
    account sees is given.
    """
    reader = open_reader(url)
    try:
        return keys(reader, nouns, typed, _sight(reader, account))
    finally:
        reader.close()


def _sight(reader: Reader, account: str) -> Sight:
    found = actor(reader, account)
    if found is None or found.disabled_at:
        return Sight(frozenset())
    return Sight(frozenset(found.roles), frozenset(found.departments))


def keys(reader: Reader, nouns: Sequence[str], typed: str, sight: Sight) -> tuple[Keys, bool]:
    """Do the same with a reader and with the eyes of somebody."""
    found: Keys = {}
    cut = False
    for noun in nouns:
        sql, values = _query(reader, noun, sight)
        here = _behind(reader, sql, values, typed) if noun in _MANY else _few(reader, sql, typed)
        cut = cut or len(here) > MOST
        found |= here
    if not found and typed:
        for noun in nouns:
            found |= _short(reader, noun, typed, sight)
    return found, cut


def _query(reader: Reader, noun: str, sight: Sight) -> Condition:
    """Give the query for the keys of a noun that somebody sees, and its values."""
    table, key = _TABLES[noun]
    drafts, values = _drafts(reader, sight)
    title = _TITLES.get(noun, "name")
    shown = f"SUBSTR(COALESCE({title.format(drafts=drafts)}, ''), 1, {TITLE})"
    seen = drafts if noun == "measure" else _published(noun, sight)
    bound = values if drafts in f"{seen}{shown}" else {}
    return f"SELECT {key}, {shown} FROM {table} WHERE municipality_id = :m AND {seen}", bound


def _drafts(reader: Reader, sight: Sight) -> Condition:
    """Give the condition on the measures (alias `me`) that somebody sees."""
    own = None if sight.whole else tuple(sorted(sight.units))
    return condition(reader, Filters(drafts_of=own))


def _published(noun: str, sight: Sight) -> str:
    """Give the condition on the records of another noun that somebody sees."""
    if sight.internal:
        return "1 = 1"
    from cycle.reading.records import seen  # noqa: PLC0415 - heavy, and few see so little

    return seen(noun, sight)[0]


def _behind(reader: Reader, sql: str, values: dict[str, object], typed: str) -> Keys:
    """Give the first keys that begin so, by their index, and the last of all if there are more."""
    typed = typed.upper()
    part = f"{sql} AND ref >= :typed AND ref <= :behind"
    given = {**values, "typed": typed, "behind": typed + _BEHIND}
    first = reader.pairs(f"{part} ORDER BY ref LIMIT {MOST + 1}", **given)
    if len(first) > MOST:  # so that what all have in common is right
        first[MOST:] = reader.pairs(f"{part} ORDER BY ref DESC LIMIT 1", **given)
    return {key: title for key, title in first if key.startswith(typed)}


def _few(reader: Reader, sql: str, typed: str) -> Keys:
    wanted = typed.casefold()
    found = {key: title for key, title in reader.pairs(sql) if key.casefold().startswith(wanted)}
    return dict(sorted(found.items()))


def _short(reader: Reader, noun: str, typed: str, sight: Sight) -> Keys:
    """Give the keys a shortened one may stand for, looked up one by one: none is far."""
    letter, digits = _LETTER_OF.get(noun), typed.rpartition("-")[2]
    if letter is None or not (digits.isascii() and digits.isdecimal()):
        return {}
    numbers = [digits, *(f"{int(digits):0{width}}" for width in _WIDTHS)]
    years = ["", *(f"{year}-" for year in _years(reader, noun))]
    near = fits(typed, {f"{letter}-{year}{number}" for year in years for number in numbers})
    listed, keys = many("near", near)
    sql, values = _query(reader, noun, sight)
    return dict(reader.pairs(f"{sql} AND ref IN ({listed}) ORDER BY ref", **values, **keys))


def _years(reader: Reader, noun: str) -> range:
    """Give the years of the first and the last key, and those between."""
    ends = f"SELECT MIN(ref), MAX(ref) FROM {NOUNS[noun][0]} WHERE municipality_id = :m"
    told = [int(ref[2:6]) for ref in reader.pairs(ends)[0] if ref and ref[2:6].isdecimal()]
    return range(min(told), max(told) + 1) if told else range(0)
