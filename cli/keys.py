"""Keys from standard input: words, or any of our own lists; and short keys made whole."""

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from cycle.errors import Invalid, NotFound
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit

INPUT: Final = "-"
_NAMES: Final = ("key", "code", "name", "number")  # by which a record of a list is known
_RULE: Final = re.compile(r"-+( +-+)*")
_BLOCK: Final = re.compile(r"([^\s:#][^:#]*): (\S+)")
_OF: Final = {  # which noun's key is said by an argument
    "goal": "goal", "side_goals": "goal",
    "measure": "measure", "measures": "measure", "successor": "measure",
    "finding": "finding", "findings": "finding", "report": "report",
    "decision": "decision", "cycle": "round", "move_to": "round",
    "lead": "department", "owner": "department", "partners": "department",
    "areas": "area", "fields": "field", "indicator": "indicator",
}  # fmt: skip


def typed(words: str | Sequence[str]) -> tuple[str, ...]:
    """Give the keys that were typed, `-` standing for those on standard input; each once."""
    found: list[str] = []
    for word in (words,) if isinstance(words, str) else words:
        found += from_input() if word == INPUT else (word,)
    return tuple(dict.fromkeys(found))


def from_input() -> tuple[str, ...]:
    """Read keys from standard input; Invalid where there are none."""
    found = tuple(dict.fromkeys(read(sys.stdin.read())))
    if not found:
        raise Invalid(
            N_("No key came on standard input."),
            fix=N_("Write one key a line, or send a list there: `cycle measure list | …`."),
        )
    return found


def one(word: str) -> str:
    """Give the one key that was typed; Invalid where standard input brings several."""
    found = typed(word)
    if len(found) != 1:
        raise Invalid(
            N_("One key was expected on standard input, there are {count}."),
            fix=N_("Call the command once for every key, for example with xargs."),
            count=len(found),
        )
    return found[0]


def read(text: str) -> Iterator[str]:
    """Pick the keys out of words, lines, JSON, NDJSON, CSV, Markdown or a table of ours."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    first, second = (*lines, "", "")[:2]
    for fits, pick in _WAYS:
        if fits(first.strip(), second.strip()):
            yield from pick(text, lines)
            return


def _json(text: str, lines: Sequence[str]) -> Iterator[str]:
    try:
        found = json.loads(text)
    except ValueError:
        found = [_line(each) for each in lines]
    yield from _named(found)


def _line(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        raise Invalid(
            N_("What came on standard input begins like JSON, but cannot be read."),
            fix=N_("Send a whole list there: `cycle measure list --json | …`."),
        ) from None


def _named(found: object) -> Iterator[str]:
    """Give the keys in JSON: of a record, of a list, of what was moved."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        for each in found:
            yield from _named(each)
    elif isinstance(found, dict):
        known = next((found[name] for name in _NAMES if found.get(name)), None)
        yield from _named(found.get("moved") if known is None else str(known))


def _csv(text: str, lines: Sequence[str]) -> Iterator[str]:  # noqa: ARG001 - as every way
    for row in csv.DictReader(lines):
        if key := row.get("key"):
            yield key


def _blocks(text: str, lines: Sequence[str]) -> Iterator[str]:  # noqa: ARG001 - as every way
    label = lines[0].partition(":")[0]
    for line in lines:
        if (found := _BLOCK.fullmatch(line.strip())) and found[1] == label:
            yield found[2]


def _table(text: str, lines: Sequence[str]) -> Iterator[str]:  # noqa: ARG001 - as every way
    body = text.removeprefix("\ufeff").strip("\n").partition("\n\n")[0].splitlines()
    for line in body[2:]:
        if line[:1].strip():  # a line that goes on begins with blanks
            yield line.split()[0]


def _markdown(text: str, lines: Sequence[str]) -> Iterator[str]:  # noqa: ARG001 - as every way
    for line in lines[2:]:
        if line.startswith("|") and (key := line.split("|")[1].strip()):
            yield key


def _words(text: str, lines: Sequence[str]) -> Iterator[str]:  # noqa: ARG001 - as every way
    for line in lines:
        yield from line.partition("#")[0].split()


_Way = tuple[Callable[[str, str], object], Callable[[str, Sequence[str]], Iterator[str]]]
_WAYS: Final[tuple[_Way, ...]] = (
    (lambda first, _: first[:1] in ("[", "{"), _json),
    (lambda first, _: "key" in first.split(",") and "," in first, _csv),
    (lambda first, second: first.startswith("|") and second.startswith("| -"), _markdown),
    (lambda _, second: _RULE.fullmatch(second), _table),
    (lambda first, _: _BLOCK.fullmatch(first), _blocks),
    (lambda *_: True, _words),
)


def known(unit: "Unit", noun: str, key: str) -> str:
    """Give the whole key of a record that is there, as the use case takes it.

    Near ones are named as far as the account sees them. What it does not see is told by the use
    case, which knows what may be said of it.
    """
    from cycle.reading.keys import NOUNS, exact, find
    from cycle.reading.records import seen

    if noun not in NOUNS:
        return key
    where, values = seen(noun, unit.actor.sight)
    try:
        return find(unit.reading(), noun, key, where=where, **values)
    except NotFound as unseen:
        try:
            return exact(unit.reading(), noun, key)
        except NotFound:
            raise unseen from None


def all_known(unit: "Unit", noun: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Give the whole keys of several; NotFound names every one that is not there."""
    found, wrong = [], []
    for key in keys:
        try:
            found.append(known(unit, noun, key))
        except NotFound as unknown:
            wrong.append((key, unknown))
    if len(wrong) == 1:
        raise wrong[0][1]
    if wrong:
        raise NotFound(
            N_("Nothing is known by these keys: {keys}."),
            fix=N_("`cycle {noun} list` shows what there is; nothing was changed."),
            keys=", ".join(key for key, _ in wrong),
            noun=noun,
        )
    return tuple(dict.fromkeys(found))


def whole(unit: "Unit", noun: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was said of a noun with the keys in it whole: `--goal 3`, `--lead stp`."""
    nouns = {**_OF, "parent": noun}  # above a goal stands a goal, above an area an area
    return {
        name: _whole(unit, nouns[name], said) if name in nouns and said else said
        for name, said in words.items()
    }


def _whole(unit: "Unit", noun: str, said: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(said, str):
        return known(unit, noun, said)
    return all_known(unit, noun, said)
