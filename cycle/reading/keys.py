"""Keys as people type them: whole, shortened where that is unique, or the last one used."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.reading.door import Reader

NOUNS = {  # what people call it → table and the column of its key
    "measure": ("measure", "ref"),
    "goal": ("goal", "ref"),
    "round": ("cycle", "ref"),
    "report": ("report", "ref"),
    "finding": ("finding", "ref"),
    "recommendation": ("recommendation", "ref"),
    "evaluation": ("evaluation", "ref"),
    "decision": ("decision", "ref"),
    "paper": ("paper", "ref"),
    "indicator": ("indicator", "code"),
    "area": ("area", "code"),
    "department": ("org_unit", "code"),
    "field": ("field_of_action", "code"),
    "body": ("body", "short_name"),
    "account": ("account", "name"),
    "token": ("token", "name"),
    "webhook": ("webhook", "name"),
}
LAST = "@last"
_SHORT = r"(?:([A-Za-z])-)?(?:(\d{4})-)?(\d{1,6})"
_KEY = r"([A-Z])-(?:(\d{4})-)?(\d+)"


def find(reader: Reader, noun: str, typed: str, *, where: str = "1 = 1", **values: object) -> str:
    """Give the whole key of what was typed: `M-2026-014` for it, for `M-14` and for `14`.

    `where` and its values narrow the table to what the caller may see. Raises NotFound, with the
    keys near it or the several that fit.
    """
    typed = typed.strip().replace("~", "/")
    table, column = NOUNS[noun]
    source = f"FROM {table} WHERE municipality_id = :m AND ({where})"
    if typed == LAST:
        return _last(reader, noun, table, f"SELECT {column} {source}", values)
    if reader.value(f"SELECT 1 {source} AND {column} = :typed", typed=typed, **values):
        return typed
    known = [key for (key,) in reader.pairs(f"SELECT {column} {source}", **values)]
    fitting = fits(typed, known)
    if len(fitting) == 1:
        return fitting[0]
    raise unknown(noun, typed, fitting or _like(typed, known))


def _like(typed: str, known: Sequence[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - most keys are right: a fast start

    return get_close_matches(typed, known, n=3, cutoff=0.6)


def exact(reader: Reader, noun: str, key: str, *, where: str = "1 = 1", **values: object) -> str:
    """Give a key that is there, as programs write it; NotFound for any other, shortened ones too.

    No near ones are named: whoever may not see a record learns nothing of it.
    """
    table, column = NOUNS[noun]
    sql = f"SELECT 1 FROM {table} WHERE municipality_id = :m AND ({where}) AND {column} = :key"
    if reader.value(sql, key=key, **values) is None:
        raise unknown(noun, key)
    return key


def fits(typed: str, known: Iterable[str]) -> list[str]:
    """Give the keys a shortened one may stand for: letter and year may be left out."""
    short = re.fullmatch(_SHORT, typed)
    if short is None:
        return sorted({key for key in known if key.casefold() == typed.casefold()})
    letter, year, digits = short.groups()
    form = re.compile(_KEY)
    return sorted(
        key
        for key in known
        if (whole := form.fullmatch(key))
        and (letter is None or letter.upper() == whole[1])
        and (year is None or year == whole[2])
        and int(digits) == int(whole[3])
    )


def unknown(noun: str, typed: str, near: Iterable[str] = ()) -> NotFound:
    """Say that nothing is known by this key, and which ones may have been meant."""
    listed = ", ".join(list(near)[:5])
    if listed:
        fix = N_("Did you mean {near}?")
        says = N_("Nothing is known by the key {key}.")
        return NotFound(says, fix=fix, key=typed, near=listed)
    fix = N_("`cycle {noun} list` shows what there is.")
    return NotFound(N_("Nothing is known by the key {key}."), fix=fix, key=typed, noun=noun)


def _last(reader: Reader, noun: str, table: str, seen: str, values: Mapping[str, object]) -> str:
    found = reader.value(
        "SELECT key FROM event WHERE municipality_id = :m AND entity = :table"
        f" AND key IN ({seen}) ORDER BY n DESC LIMIT 1",
        table=table,
        **values,
    )
    if found is None:
        raise unknown(noun, LAST)
    return str(found)
