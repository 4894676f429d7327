"""Deeds of the demo city, told as data: who does what on which day, through the use cases."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from cycle.machine.facts import Ask
from cycle.model.measures import Measure
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import moves

Verb = Callable[..., Any]
Progress = Callable[[int, int], object]  # how many of how many deeds are done
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: on its day an account does it; what it makes may bear a name.

    In its words `@name` stands for the key of what bears that name, 2024-08-01 for the day.
    """

    on: date
    actor: str  # an account; planner/50 acts on behalf of department 50
    verb: Verb
    about: tuple[object, ...]
    words: Mapping[str, object]
    name: str = ""


def deed(
    on: str, actor: str, verb: Verb, /, *about: object, name: str = "", **words: object
) -> Deed:
    """Tell a deed in one line."""
    return Deed(date.fromisoformat(on), actor, verb, about, words, name)


def move(unit: Unit, key: str, name: str, *, to: str | None = None, **asked: Any) -> Measure:  # noqa: ANN401 - the fields of Ask
    """Make a move of a measure with what it asks for."""
    return moves.move(unit, key, name, Ask(**asked), to=to)


def do(store: Store, deeds: Iterable[Deed], keys: dict[str, str], progress: Progress) -> None:
    """Do the deeds in the order of their days, and note the keys of what they make.

    What one account does in a row on one day is one sitting at the desk: one unit.
    """
    todo = sorted(deeds, key=lambda each: each.on)
    done = 0
    for (on, actor), sitting in groupby(todo, key=lambda each: (each.on, each.actor)):
        account, _, office = actor.partition("/")
        with store.unit(account, day=on, for_unit=office or None) as unit:
            for each in sitting:
                made = each.verb(unit, *_said(each.about, keys), **_said(each.words, keys))
                if each.name:
                    keys[each.name] = made.ref
                done += 1
        progress(done, len(todo))


def _said(word: Any, keys: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever a deed says
    """Put keys for names and days for their spelling, however deep they stand."""
    if isinstance(word, str) and word.startswith("@"):
        return keys[word[1:]]
    if isinstance(word, str) and _DAY.fullmatch(word):
        return date.fromisoformat(word)
    if isinstance(word, Mapping):
        return {name: _said(value, keys) for name, value in word.items()}
    if isinstance(word, tuple):
        return tuple(_said(each, keys) for each in word)
    return word
