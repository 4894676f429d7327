"""What is counted of the things that follow from records, so that a board costs no more later."""

from collections.abc import Collection, Iterator
from typing import Final

from cycle.machine.standing import LIGHT, OVERDUE, STATE, Entry

_IN: Final = "@"


def in_state(topic: str, state: str) -> str:
    """Name the count of lights, or of what is overdue, among the measures of a state."""
    return f"{topic}{_IN}{state}"


def tallied(entries: Collection[Entry]) -> Iterator[Entry]:
    """Give all that is counted: every entry, and those of a measure once more by its state."""
    states = {e.subject: e.name for e in entries if e.noun == "measure" and e.topic == STATE}
    for entry in entries:
        yield entry
        shines = entry.topic == OVERDUE or entry.topic.startswith(LIGHT)
        if shines and entry.noun == "measure" and entry.subject in states:
            yield _within(entry, states[entry.subject])


def _within(entry: Entry, state: str) -> Entry:
    """Give an entry as one of a state; `replace` takes six times as long."""
    return Entry(
        entry.noun, entry.subject, in_state(entry.topic, state), entry.name, entry.day, entry.n,
        entry.about, entry.since, entry.unit, entry.cycle,
    )  # fmt: skip
