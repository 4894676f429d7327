"""What is written of a record, by the words with which its `edit` changes it."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import SQLModel

from cycle.model.columns import Entity
from cycle.model.goals import Goal, GoalArea, GoalField, GoalFinding
from cycle.model.measures import (
    MeasureArea,
    MeasureField,
    MeasureFields,
    MeasureFinding,
    MeasureGoal,
    MeasurePartner,
)
from cycle.model.reports import Finding, FindingArea, FindingField
from cycle.model.space import Area
from cycle.model.town import FieldOfAction, OrgUnit
from cycle.store.unit import Unit
from cycle.usecases import lookup

Written = dict[str, Any]
_GOAL = ("text", "level", "due", "target_group", "strand", "number", "skip_reason")


def written(unit: Unit, noun: str, key: str) -> tuple[int, Written]:
    """Give the version of a measure, a goal or a finding, and all that is written of it."""
    record: Entity = getattr(lookup, noun)(unit, key)
    return record.version, {"measure": _measure, "goal": _goal, "finding": _finding}[noun](
        unit, record
    )


def _measure(unit: Unit, record: Any) -> Written:  # noqa: ANN401 - as the table of nouns
    goals = {
        unit.get(Goal, tie.goal_id).ref: tie.contribution
        for tie in lookup.every(unit, MeasureGoal, measure_id=record.id)
    }
    of = {"measure_id": record.id}
    return {
        **{name: getattr(record, name) for name in MeasureFields.model_fields},
        "lead": _code(unit, OrgUnit, record.lead_id),
        "goal": next((key for key, kind in goals.items() if kind == "main"), None),
        "side_goals": sorted(key for key, kind in goals.items() if kind != "main"),
        "areas": _ends(unit, MeasureArea, Area, "area_id", of),
        "fields": _ends(unit, MeasureField, FieldOfAction, "field_id", of),
        "findings": _ends(unit, MeasureFinding, Finding, "finding_id", of),
        "partners": _ends(unit, MeasurePartner, OrgUnit, "org_unit_id", of),
    }


def _goal(unit: Unit, record: Any) -> Written:  # noqa: ANN401 - as the table of nouns
    of = {"goal_id": record.id}
    return {
        **{name: getattr(record, name) for name in _GOAL},
        "criterion": record.qualitative_criterion,
        "parent": unit.get(Goal, record.parent_id).ref if record.parent_id else None,
        "owner": _code(unit, OrgUnit, record.owner_id),
        "findings": _ends(unit, GoalFinding, Finding, "finding_id", of),
        "fields": _ends(unit, GoalField, FieldOfAction, "field_id", of),
        "areas": _ends(unit, GoalArea, Area, "area_id", of),
    }


def _finding(unit: Unit, record: Any) -> Written:  # noqa: ANN401 - as the table of nouns
    of = {"finding_id": record.id}
    return {
        **{name: getattr(record, name) for name in ("text", "kind", "severity", "source")},
        "areas": _ends(unit, FindingArea, Area, "area_id", of),
        "fields": _ends(unit, FindingField, FieldOfAction, "field_id", of),
    }


def _code(unit: Unit, model: type[OrgUnit], id_: str | None) -> str | None:
    return unit.get(model, id_).code if id_ else None


def _ends(
    unit: Unit, link: type[SQLModel], model: type[SQLModel], column: str, of: dict[str, str]
) -> Sequence[str]:
    """Give the keys or codes at the other end of links."""
    found = (unit.get(model, getattr(tie, column)) for tie in lookup.every(unit, link, **of))
    return sorted(str(getattr(each, "ref", None) or getattr(each, "code", "")) for each in found)
