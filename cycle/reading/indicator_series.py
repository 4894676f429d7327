"""An indicator over time in one area: its values, where the series breaks, and its targets.

Values are those the list of observations shows: of a withheld one its status, nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.reading import indicators, observations
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.shapes import Json, number, plain

_NAMES: Final = ("code", "name", "unit", "polarity", "frequency", "result_level")
_VALUE: Final = (
    "period_start", "period_end", "value", "status", "basis", "definition", "vintage",
    "recorded_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An area by its code and the name it has now."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AimRow:
    """What a goal wants this indicator to reach, and the value it starts from."""

    goal: str
    area: str | None  # None is the whole town
    kind: str
    target_value: Decimal | None
    target_date: date | None
    tolerance: Decimal | None
    path: str
    steps: tuple[str, ...]  # day=value
    baseline_value: Decimal | None
    baseline_date: date | None
    definition: int


_WHOLE: Final = """
SELECT a.code, a.name FROM area a JOIN municipality mu ON mu.id = :m
WHERE a.municipality_id = :m AND a.level = 0
ORDER BY CASE WHEN a.code = mu.ags THEN 0 ELSE 1 END, a.valid_from DESC LIMIT 1
"""
_PLACE: Final = """
SELECT a.code, a.name FROM area a
WHERE a.municipality_id = :m AND a.code = :area ORDER BY a.valid_from DESC LIMIT 1
"""
_WITH_VALUES: Final = """
SELECT DISTINCT a.code FROM indicator i
STRAIGHT JOIN indicator_version v ON v.municipality_id = :m AND v.indicator_id = i.id
STRAIGHT JOIN observation o ON o.municipality_id = :m AND o.indicator_version_id = v.id
JOIN area a ON a.municipality_id = :m AND a.id = o.area_id
WHERE i.municipality_id = :m AND i.code = :code ORDER BY a.code
"""
_MOVED: Final = """
SELECT DISTINCT x.on_date AS "on" FROM area_succession x
JOIN area a ON a.municipality_id = :m AND a.code = :area AND a.id IN (x.from_area_id, x.to_area_id)
WHERE x.municipality_id = :m AND x.kind <> 'rename' ORDER BY x.on_date
"""
_AIMS: Final = """
SELECT g.ref AS goal, a.code AS area, t.kind, t.target_value, t.target_date, t.tolerance, t.path,
  v.no AS definition, b.value AS baseline_value, f.period_end AS baseline_date,
  (SELECT string_agg(CAST(s.due AS TEXT) || '=' || s.value, '|') FROM target_step s
    WHERE s.municipality_id = :m AND s.goal_target_id = t.id) AS steps
FROM goal_target t
JOIN goal g ON g.municipality_id = :m AND g.id = t.goal_id
JOIN indicator_version v ON v.municipality_id = :m AND v.id = t.indicator_version_id
JOIN indicator i ON i.municipality_id = :m AND i.id = v.indicator_id AND i.code = :code
LEFT JOIN area a ON a.municipality_id = :m AND a.id = t.area_id
LEFT JOIN observation f ON f.municipality_id = :m AND f.id = t.baseline_id
LEFT JOIN observation b ON b.municipality_id = :m
  AND b.indicator_version_id = f.indicator_version_id AND b.area_id = f.area_id
  AND b.period_start = f.period_start AND b.period_end = f.period_end
  AND b.breakdown = f.breakdown AND NOT EXISTS (SELECT 1 FROM observation n
    WHERE n.municipality_id = :m AND n.indicator_version_id = b.indicator_version_id
      AND n.area_id = b.area_id AND n.period_start = b.period_start
      AND n.period_end = b.period_end AND n.breakdown = b.breakdown AND n.vintage > b.vintage)
WHERE t.municipality_id = :m AND t.replaced_on IS NULL AND g.status <> 'dropped'
ORDER BY t.target_date, g.ref
"""


@dataclass(frozen=True, slots=True)
class _Moved:
    on: date


def line(reader: Reader, code: str, *, area: str | None = None, goal: str | None = None) -> Json:
    """Give the series of an indicator: of an area, of a goal's target, or of the whole town.

    Raises NotFound for keys nobody knows, and for a goal without a target by this indicator.
    """
    known = indicators.show(reader, code)
    aims = reader.rows(_AIMS, AimRow, code=known["code"])
    if goal is not None:
        goal = find(reader, "goal", goal)
        aims = [aim for aim in aims if aim.goal == goal]
        if not aims:
            raise _untargeted(goal, known["code"])
        area = area or aims[0].area
    whole = reader.one(_WHOLE, PlaceRow)
    place = _place(reader, area, whole)
    values = observations.series(reader, known["code"], place.code)
    moved = [row.on for row in reader.rows(_MOVED, _Moved, area=place.code)]
    town = whole.code if whole else None
    return {
        "indicator": {name: known[name] for name in _NAMES},
        "area": plain(place),
        "areas": [each for (each,) in reader.pairs(_WITH_VALUES, code=known["code"])],
        "values": [_told(row) for row in values if row.breakdown == ""],
        "breaks": _breaks(known["versions"], moved),
        "targets": [_aim(aim) for aim in aims if (aim.area or town) == place.code],
    }


def _untargeted(goal: str, code: str) -> NotFound:
    says = N_("{goal} has no target that is measured by {indicator}.")
    fix = N_("`cycle goal show {goal}` tells what it is measured by.")
    return NotFound(says, fix=fix, goal=goal, indicator=code)


def _place(reader: Reader, area: str | None, whole: PlaceRow | None) -> PlaceRow:
    if area is None and whole is not None:
        return whole
    code = find(reader, "area", area or "")
    return reader.rows(_PLACE, PlaceRow, area=code)[0]


def _told(row: observations.ObservationRow) -> Json:
    return {name: plain(getattr(row, name)) for name in _VALUE}


def _breaks(versions: Sequence[Json], moved: Sequence[date]) -> list[Json]:
    """Give the days from which values do not compare with those before."""
    found: list[dict[str, Any]] = [
        {"on": each["valid_from"], "kind": "definition", "definition": each["no"],
         "comparable": each["comparable"], "factor": each["factor"],
         "reason": each["change_reason"]}
        for each in versions if each["no"] > 1 and each["comparable"] != "yes"
    ]  # fmt: skip
    found += [
        {"on": day.isoformat(), "kind": "boundaries", "definition": None, "comparable": "no",
         "factor": None, "reason": None}
        for day in moved
    ]  # fmt: skip
    return sorted(found, key=lambda each: str(each["on"]))


def _aim(aim: AimRow) -> Json:
    told = plain(aim)
    steps = (step.split("=") for step in aim.steps)
    told["steps"] = sorted(
        ({"due": day, "value": number(Decimal(value))} for day, value in steps),
        key=lambda each: str(each["due"]),
    )
    return told
