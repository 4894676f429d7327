"""How far a town has come, as everyone may see it: by round, state and light."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from cycle.machine.states import STATES
from cycle.reading.door import Reader
from cycle.reading.lights import Colours, colours
from cycle.reading.public import PublicRound, rounds
from cycle.reading.public_lights import dimmed
from cycle.reading.public_measures import VISIBLE
from cycle.reading.town import town

LIGHTS: Final = ("delivery", "effect", "data")
COLOURS: Final = ("green", "yellow", "red", "grey")
AT_ONCE: Final = 5_000  # measures a statement names

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RoundOverview:
    """A round of which a report is published, and how many of its measures stand where."""

    round: PublicRound
    states: Counts  # of those in sight, in the order of the circle
    lights: Mapping[str, Counts]  # of those that are not over, by light and colour


@dataclass(frozen=True, slots=True)
class Overview:
    """What everyone may see of all rounds."""

    rounds: tuple[RoundOverview, ...]
    states: Counts
    measures: int


_STATES: Final = f"""
SELECT c.ref, me.state, COUNT(*) FROM measure me
JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
WHERE me.municipality_id = :m AND {VISIBLE} GROUP BY c.ref, me.state
"""
_ROUND_OF: Final = f"""
SELECT me.ref, c.ref FROM measure me
JOIN cycle c ON c.municipality_id = :m AND c.id = me.cycle_id
WHERE me.municipality_id = :m AND {VISIBLE}
"""


def overview(reader: Reader, *, today: date) -> Overview:
    """Count what everyone may see; NotFound where the public view is shut."""
    found = rounds(reader)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for key, state, count in reader.pairs(_STATES):
        counted[key][state] = int(count)
    lit = _lit(reader, today)
    return Overview(
        tuple(RoundOverview(each, _ordered(counted[each.key]), lit[each.key]) for each in found),
        whole := _ordered(sum(counted.values(), Counter())),
        sum(whole.values()),
    )


def _ordered(counted: Counts) -> Counts:
    return {s.name: counted[s.name] for s in STATES if counted.get(s.name)}


def _lit(reader: Reader, today: date) -> dict[str, Mapping[str, Counts]]:
    """Count the lights of each round that may be seen."""
    of = dict(reader.pairs(_ROUND_OF))
    lit = colours(reader, VISIBLE, {}, today=today, policy=town(reader).policy, ended=False)
    counted: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for key, each in _dimmed(reader, lit).items():
        counted[of[key]].update((light, getattr(each, light)) for light in LIGHTS)
    return defaultdict(_dark, {key: _by_light(found) for key, found in counted.items()})


def _dimmed(reader: Reader, lit: Mapping[str, Colours]) -> dict[str, Colours]:
    keys = sorted(lit)
    found: dict[str, Colours] = {}
    for at in range(0, len(keys), AT_ONCE):
        found |= dimmed(reader, {key: lit[key] for key in keys[at : at + AT_ONCE]})
    return found


def _by_light(counted: Mapping[tuple[str, str], int]) -> Mapping[str, Counts]:
    return {light: {c: counted.get((light, c), 0) for c in COLOURS} for light in LIGHTS}


def _dark() -> Mapping[str, Counts]:
    return _by_light({})
