"""What a measure is when it goes to the committees: the text that is frozen and hashed.

What was frozen is kept, so that it can be told what became different since: by a body's changes,
or by the department's own.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.measures import visible
from cycle.reading.shapes import Json, plain

_HEAD = """
SELECT me.title, me.description, me.binding, me.mandate, me.planned_start, me.planned_end,
  me.period_text, me.is_ongoing, me.citywide, lead.code
FROM measure me LEFT JOIN org_unit lead ON lead.municipality_id = :m AND lead.id = me.lead_id
WHERE me.municipality_id = :m AND me.id = :id
"""
_PARTS = {
    "consequences": "SELECT kind, state, text, cost_cents, fte_hundredths, one_off_cents,"
    " annual_cents, revenue_cents, product_group, from_year, cover FROM consequence"
    " WHERE municipality_id = :m AND measure_id = :id ORDER BY kind",
    "goals": "SELECT g.ref, l.contribution FROM measure_goal l"
    " JOIN goal g ON g.municipality_id = :m AND g.id = l.goal_id"
    " WHERE l.municipality_id = :m AND l.measure_id = :id ORDER BY g.ref",
    "areas": "SELECT a.code FROM measure_area l"
    " JOIN area a ON a.municipality_id = :m AND a.id = l.area_id"
    " WHERE l.municipality_id = :m AND l.measure_id = :id ORDER BY a.code",
    "partners": "SELECT o.code FROM measure_partner l"
    " JOIN org_unit o ON o.municipality_id = :m AND o.id = l.org_unit_id"
    " WHERE l.municipality_id = :m AND l.measure_id = :id ORDER BY o.code",
    "budget": "SELECT year, funding, planned_cents FROM budget_line"
    " WHERE municipality_id = :m AND measure_id = :id ORDER BY year, funding",
}


def dossier(reader: Reader, measure_id: str) -> dict[str, Any]:
    """Give the content that a body decides on, always in the same order."""
    parts: dict[str, Any] = {name: reader.pairs(sql, id=measure_id) for name, sql in _PARTS.items()}
    return {"measure": reader.pairs(_HEAD, id=measure_id)[0]} | parts


def sealed(content: dict[str, Any]) -> tuple[str, str]:
    """Give the content as text, and its SHA-256."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
    return text, hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    return str(value)


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What went to the committees, the last time or an earlier one."""

    id: str  # of the measure
    no: int
    frozen_on: date
    sha256: str
    content: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that is different now; `before` or `now` is None where it was not there."""

    part: str
    which: str | None  # a kind of consequence, a goal, an area, a year with its source
    name: str
    before: Any
    now: Any


_FROZEN: Final = """
SELECT me.id, d.no, d.frozen_on, d.sha256, d.content FROM dossier d
JOIN measure me ON me.municipality_id = :m AND me.id = d.measure_id AND me.ref = :key
WHERE d.municipality_id = :m ORDER BY d.no
"""
_AMENDED: Final = """
SELECT d.ref, d.changed_text, d.amendment_confirmed_on FROM decision d
JOIN decision_subject s ON s.municipality_id = :m AND s.decision_id = d.id
JOIN measure me ON me.municipality_id = :m AND me.id = s.measure_id AND me.ref = :key
WHERE d.municipality_id = :m AND d.result = 'adopted_amended'
  AND NOT EXISTS (SELECT 1 FROM decision x WHERE x.municipality_id = :m AND x.corrects_id = d.id)
ORDER BY d.decided_on, d.ref
"""
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {  # columns of each part, in the order of its SQL
    "measure": (
        "title", "description", "binding", "mandate", "planned_start", "planned_end",
        "period_text", "is_ongoing", "citywide", "lead",
    ),
    "consequences": (
        "kind", "state", "text", "cost_cents", "fte_hundredths", "one_off_cents", "annual_cents",
        "revenue_cents", "product_group", "from_year", "cover",
    ),
    "goals": ("goal", "contribution"),
    "areas": ("area",),
    "partners": ("partner",),
    "budget": ("year", "funding", "planned_cents"),
}  # fmt: skip
_KEYS: Final = {"consequences": 1, "goals": 1, "areas": 1, "partners": 1, "budget": 2}
_YES_NO: Final = frozenset({"is_ongoing", "citywide"})  # numbers on SQLite


def changed(reader: Reader, key: str, *, no: int | None = None, sees_internal: bool = True) -> Json:
    """Tell what differs now from the dossier as it was frozen, the latest or the one numbered.

    Raises NotFound for a key nobody knows, and where nothing was frozen.
    """
    key = find(reader, "measure", key, where=visible(sees_internal=sees_internal))
    known = reader.rows(_FROZEN, _Frozen, key=key)
    frozen = next((each for each in reversed(known) if no in (None, each.no)), None)
    if frozen is None:
        raise NotFound(
            N_("{key} has no dossier {no}: it is frozen when it goes to the committees."),
            code="not_frozen",
            fix=N_("`cycle measure can {key}` shows what it takes to get there."),
            key=key,
            no=no or "",
        )
    now = json.loads(sealed(dossier(reader, frozen.id))[0])
    amended = reader.pairs(_AMENDED, key=key) if sees_internal else []
    return {
        "key": key,
        "no": frozen.no,
        "frozen_on": plain(frozen.frozen_on),
        "sha256": frozen.sha256,
        "amendments": [
            {"decision": ref, "changed_text": text, "amendment_confirmed_on": _day(on)}
            for ref, text, on in amended
        ],
        "changes": [plain(each) for each in _compared(json.loads(frozen.content), now)],
    }


def _compared(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[ChangeRow]:
    """Compare part by part: a row that went, one that came, and each value that differs."""
    for part, names in _NAMES.items():
        old, new = _rows(part, before), _rows(part, now)
        for which in sorted({*old, *new}):
            yield from _fields(part, which, names, old.get(which), new.get(which))


def _rows(part: str, content: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give the rows of a part by what tells them apart."""
    if part == "measure":
        return {"": content[part]}
    parted = _KEYS[part]
    return {" ".join(map(str, row[:parted])): row for row in content[part]}


def _fields(
    part: str, which: str, names: tuple[str, ...], old: list[Any] | None, new: list[Any] | None
) -> Iterator[ChangeRow]:
    skipped = _KEYS.get(part, 0)
    named = names[skipped:]
    for n, name in enumerate(named, skipped):
        before, now = (_value(name, row[n]) if row else None for row in (old, new))
        if before != now:
            yield ChangeRow(part, which or None, name, before, now)
    if not named and (old is None or new is None):  # it is its own name, as an area is
        yield ChangeRow(part, None, names[0], which if old else None, which if new else None)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever the driver gave
    return bool(value) if name in _YES_NO else value


def _day(value: object) -> str | None:
    return None if value is None else str(value)
