"""What somebody waits for: that a record comes to stand where it is wanted."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from cycle.errors import Invalid
from cycle.i18n import N_
from cycle.machine.core import Machine
from cycle.machine.cycles import ROUNDS
from cycle.machine.measures import MEASURES
from cycle.reading.door import Reader, many
from cycle.reading.keys import NOUNS, find, unknown
from cycle.reading.records import seen
from cycle.reading.sight import Sight


@dataclass(frozen=True, slots=True)
class Place:
    """Where records of a noun can stand: what that is called, and its words."""

    noun: str
    word: str
    words: tuple[str, ...]
    names: str  # the kind under which the words have their names
    machine: Machine[Any] | None = None  # which steps lead from one to another


PLACES: Final = {  # by the letter of their keys
    "M": Place("measure", "state", tuple(s.name for s in MEASURES.states), "state", MEASURES),
    "Z": Place("round", "stage", tuple(s.name for s in ROUNDS.states), "stage", ROUNDS),
    "G": Place("goal", "status", ("draft", "agreed", "adopted", "achieved", "missed", "dropped"),
               "goal_status"),
    "B": Place("report", "status", ("draft", "approved", "presented", "published"),
               "report_status"),
    "E": Place("evaluation", "status", ("planned", "running", "draft", "final", "corrected"),
               "evaluation_status"),
    "F": Place("finding", "response", ("goal", "no_action", "deferred_to_next_round"),
               "response"),
    "R": Place("recommendation", "response", ("accepted", "partly", "rejected"), "response"),
}  # fmt: skip
_NOUNS: Final = {letter: place.noun for letter, place in PLACES.items()} | {"D": "decision"}
_KEY: Final = re.compile(r"([A-Z])-(\d{4}-)?\d+", re.IGNORECASE)
WRITES: Final = N_("Write {word}=…, with what is to come behind it.")
_PASSED: Final = """
SELECT e.to_state FROM event e WHERE e.municipality_id = :m AND e.entity = :table
  AND e.key = :key AND e.n > :after AND e.to_state IN ({wanted}) ORDER BY e.n LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record, and where it is wanted."""

    place: Place
    key: str
    words: tuple[str, ...]


def wanted(reader: Reader, typed: str, word: str, words: Collection[str], sight: Sight) -> Wanted:
    """Make sure that such a record is in sight and can stand there.

    `state` is understood for every noun. Raises NotFound for the key, Invalid for words that
    are none, with those that are like it.
    """
    place = _place(typed.strip())
    if word not in (place.word, "state"):
        says = N_("{key} has no {said}; what it has is its {word}.")
        raise Invalid(says, fix=WRITES, key=typed, said=word, word=place.word)
    for each in words:
        if each not in place.words:
            raise _wrong(N_("{said} is no {word} of {key}."), typed, each, place)
    where, values = seen(place.noun, sight)
    return Wanted(place, find(reader, place.noun, typed, where=where, **values), tuple(words))


def named(reader: Reader, typed: str, sight: Sight) -> str:
    """Give the whole key of a record that is in sight; what has no letter is taken as typed."""
    found = _KEY.fullmatch(typed.strip())
    noun = _NOUNS.get(found[1].upper()) if found else None
    if noun is None:
        return typed.strip()
    where, values = seen(noun, sight)
    return find(reader, noun, typed, where=where, **values)


def _place(typed: str) -> Place:
    found = _KEY.fullmatch(typed)
    letter = found[1].upper() if found else "M"
    if letter not in _NOUNS:
        raise unknown("measure", typed)
    if letter in PLACES:
        return PLACES[letter]
    says = N_("{key} has no state one could wait for; these have: {known}.")
    raise Invalid(
        says, fix=N_("`cycle watch` tells of everything that happens."), key=typed,
        known=", ".join(f"{letter}-…" for letter in PLACES),
    )  # fmt: skip


def _wrong(says: str, key: str, said: str, place: Place) -> Invalid:
    near = get_close_matches(said, place.words, n=3, cutoff=0.5)
    fix = N_("Did you mean {near}?") if near else N_("There are: {known}.")
    return Invalid(says, fix=fix, key=key, said=said, word=place.word, near=tuple(near),
                   known=place.words)  # fmt: skip


def standing(reader: Reader, what: Wanted, sight: Sight) -> str | None:
    """Tell where the record stands now; NotFound where it went out of sight."""
    where, values = seen(what.place.noun, sight)
    find(reader, what.place.noun, what.key, where=where, **values)
    table, column = NOUNS[what.place.noun]
    sql = f"SELECT {what.place.word} FROM {table} WHERE municipality_id = :m AND {column} = :key"
    found = reader.value(sql, key=what.key)
    return None if found is None else str(found)


def passed(reader: Reader, what: Wanted, after: int) -> str | None:
    """Tell at which wanted place it has been since an event, even where it went on from there."""
    listed, values = many("wanted", what.words)
    table, _ = NOUNS[what.place.noun]
    found = reader.value(
        _PASSED.format(wanted=listed), table=table, key=what.key, after=after, **values
    )
    return None if found is None else str(found)


def can_come(what: Wanted, now: str | None) -> bool:
    """Tell whether steps lead from where it stands to where it is wanted."""
    machine = what.place.machine
    if machine is None:
        return True
    open_, known = [now], {now}
    while open_:
        for step in machine.leaving(open_.pop()):
            if step.to in what.words:
                return True
            if step.to not in known:
                known.add(step.to)
                open_.append(step.to)
    return False
