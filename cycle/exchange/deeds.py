"""What a row of a file did, told in the words of the file: which record, and what changed in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from cycle.exchange.outcome import CHANGED, Change, RowTold
from cycle.model.columns import Entity
from cycle.model.cycles import Cycle
from cycle.model.decisions import Body, Paper
from cycle.model.goals import Goal
from cycle.model.indicators import Indicator
from cycle.model.reports import Report
from cycle.model.space import Area
from cycle.model.town import FieldOfAction, OrgUnit
from cycle.store.unit import Unit

if TYPE_CHECKING:
    from cycle.exchange.intake import Row

Event = Mapping[str, Any]  # as the unit noted it for the journal
_POINTS: Final[Mapping[str, type[Entity]]] = {
    "lead": OrgUnit, "owner": OrgUnit, "department": OrgUnit, "area": Area, "field": FieldOfAction,
    "goal": Goal, "cycle": Cycle, "report": Report, "indicator": Indicator, "body": Body,
    "paper": Paper,
}  # fmt: skip


def told_by(unit: Unit, row: "Row", mark: str, events: Sequence[Event], kind: str) -> RowTold:
    """Tell what a row did by what was noted of it; `kind` is the kind of the file."""
    own = [event for event in events if f"{event['entity']}s" == kind]
    key = next((event["key"] for event in (*own, *events) if event["key"]), "")
    changes = tuple(_changes(unit, row, events)) if mark == CHANGED else ()
    return RowTold(row.no, mark, key, row.values, changes)


def _changes(unit: Unit, row: "Row", events: Sequence[Event]) -> Iterator[Change]:
    """Give what changed and stands in a column of the file, each once."""
    seen = set[str]()
    for name, was, now in _noted(events):
        fills = name.removesuffix("_id")
        header = row.header(fills)
        if not header or header in seen or was == now:
            continue
        seen.add(header)
        if name != fills:
            was, now = _code(unit, fills, was), _code(unit, fills, now)  # noqa: PLW2901 - ids mean nothing
        yield Change(fills, header, was, now)


def _noted(events: Sequence[Event]) -> Iterator[tuple[str, object, object]]:
    for event in events:
        payload: Mapping[str, Any] = event["payload"]
        for name, change in {**payload, **(payload.get("ties") or {})}.items():
            if isinstance(change, dict):
                if change.keys() == {"was", "is"}:
                    yield name, change["was"], change["is"]
            else:
                yield name, None, change


def _code(unit: Unit, fills: str, id_: object) -> object:
    if not id_ or fills not in _POINTS:
        return None
    record = unit.get(_POINTS[fills], str(id_))
    return getattr(record, "ref", None) or getattr(record, "code", None)
