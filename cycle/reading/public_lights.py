"""Lights as everyone may see them: dark where the values behind them are not all released."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cycle.machine.colours import GREY
from cycle.reading.door import Reader, many
from cycle.reading.lights import Colours
from cycle.reading.public_values import EMPTY, told

_TARGETS: Final = """
SELECT me.ref, i.code, COALESCE(a.code, mu.ags)
FROM measure me
JOIN municipality mu ON mu.id = :m
JOIN measure_goal l ON l.municipality_id = :m AND l.measure_id = me.id
JOIN goal_target t ON t.municipality_id = :m AND t.goal_id = l.goal_id AND t.replaced_on IS NULL
JOIN indicator_version v ON v.municipality_id = :m AND v.id = t.indicator_version_id
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id
LEFT JOIN area a ON a.municipality_id = :m AND a.id = t.area_id
WHERE me.municipality_id = :m AND me.ref IN ({listed})
"""


def dimmed(reader: Reader, lit: Mapping[str, Colours]) -> dict[str, Colours]:
    """Darken the lights of measures whose goals are judged by a value that is not released.

    Two statements, however many measures there are.
    """
    listed, values = many("lit", sorted(lit))
    behind: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key, indicator, area in reader.pairs(_TARGETS.format(listed=listed), **values):
        behind[key].add((indicator, area))
    codes = sorted({indicator for found in behind.values() for indicator, _ in found})
    shown: dict[tuple[str, str], bool] = {}
    for each in told(reader, codes):
        place = each.indicator, each.area
        open_ = each.value is not None or each.status in EMPTY
        shown[place] = shown.get(place, True) and open_
    return {
        key: colours
        if all(shown.get(place, False) for place in behind[key])
        else replace(colours, effect=GREY, data=GREY)
        for key, colours in lit.items()
    }
