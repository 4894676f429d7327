"""Where the successor of a merge or split stands: as far as its least advanced predecessor."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from cycle.machine.days import months_later
from cycle.machine.lights_delivery import interval_months
from cycle.machine.measures import STATES, TOLD
from cycle.model.duties import Deadline, EvaluationPlan, Progress
from cycle.model.evaluations import EvaluationMeasure
from cycle.model.measures import Measure
from cycle.store.unit import Unit
from cycle.usecases import lookup
from cycle.usecases.policy import policy

_PLACE = {state.name: place for place, state in enumerate(STATES)}
_NOT_YET_PROPOSED = frozenset({"draft", "targeted"})
_BEGUN = frozenset({"in_progress", "suspended"})
_OVER = frozenset({"implemented", "evaluated"})


def lift(unit: Unit, heir: Measure, sources: Sequence[Measure]) -> None:
    """Let the successor stand where its least advanced predecessor stood, with the dates due there.

    One that is further on its own way already stays there.
    """
    of, before = [source.ref for source in sources], heir.state
    if before not in _NOT_YET_PROPOSED:
        unit.tell(heir, "succeeded", of=of)
        return
    state = min((_state_before(unit, source) for source in sources), key=_PLACE.__getitem__)
    due = _report_due(unit, heir, sources) if state in _BEGUN else None
    if state != before:
        standing = _standing(unit, heir, state, sources)
        for name, value in {"state": state, "state_since": unit.day, **standing}.items():
            setattr(heir, name, value)
    unit.tell(heir, "succeeded", move=(before, state), of=of)
    if due:
        unit.add(Deadline(measure_id=heir.id, code="progress_due", due=due, source="policy"))
    if state == "evaluated":
        _judged(unit, heir, sources)
    unit.session.flush()


def _state_before(unit: Unit, source: Measure) -> str:
    told = [t for t in unit.told if t["key"] == source.ref and t["action"] == TOLD["supersede"]]
    return str(told[-1]["from_state"])


def _standing(unit: Unit, heir: Measure, state: str, sources: Sequence[Measure]) -> dict[str, Any]:
    """Give what the steps it never made would have set, so that nothing is forgotten."""
    found: dict[str, Any] = {}
    if _PLACE[state] >= _PLACE["approved"]:
        found["first_planned_end"] = heir.first_planned_end or heir.planned_end
    if state == "proposed":
        found["proposed_on"] = _first(s.proposed_on for s in sources)
    if state in {"deferred", "suspended"}:
        rest = unit.day + timedelta(days=policy(unit.town).review_days)
        found["review_on"] = _first(s.review_on for s in sources) or rest
    if state == "suspended":
        found["suspended_on"] = unit.day
        found["reason_code"] = next((s.reason_code for s in sources if s.reason_code), "other")
        found["reason"] = next((s.reason for s in sources if s.reason), None)
    if state in _BEGUN:
        found["actual_start"] = unit.day
    if state in _OVER:
        found["actual_start"] = _first(s.actual_start for s in sources)
        found["actual_end"] = max((s.actual_end for s in sources if s.actual_end), default=None)
    if state == "evaluated":
        found["disposition_due"] = _first(s.disposition_due for s in sources)
    elif _PLACE[state] >= _PLACE["approved"]:
        found["next_evaluation_due"] = _evaluation_due(unit, heir, sources)
    return found


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)


def _evaluation_due(unit: Unit, heir: Measure, sources: Sequence[Measure]) -> date:
    """Give the day it planned itself, else the earliest that a predecessor was due by."""
    planned = _first(p.due for p in lookup.every(unit, EvaluationPlan, measure_id=heir.id))
    due = planned or _first(s.next_evaluation_due for s in sources)
    if due:
        return due
    numbers = policy(unit.town)
    if heir.is_ongoing or heir.planned_end is None:
        return months_later(unit.day, numbers.ongoing_evaluation_months)
    return heir.planned_end + timedelta(days=numbers.evaluation_due_days)


def _report_due(unit: Unit, heir: Measure, sources: Sequence[Measure]) -> date:
    """Give the day the first report is due: a merge or split does not make up for silence."""
    months = interval_months(heir.binding, policy(unit.town))
    dues = [months_later(unit.day, months)]
    for source in sources:
        asked = lookup.every(unit, Deadline, measure_id=source.id, code="progress_due", met_on=None)
        told = [r.as_of for r in lookup.every(unit, Progress, measure_id=source.id)]
        dues += [each.due for each in asked]
        dues += [months_later(max(told), months)] if told else []
    return max(unit.day, min(dues))


def _judged(unit: Unit, heir: Measure, sources: Sequence[Measure]) -> None:
    """Let the evaluations of what it came of speak of it, too."""
    known = set[str]()
    for source in sources:
        for old in lookup.every(unit, EvaluationMeasure, measure_id=source.id):
            if old.evaluation_id not in known:
                known.add(old.evaluation_id)
                new = EvaluationMeasure(evaluation_id=old.evaluation_id, measure_id=heir.id)
                new.overall, new.text = old.overall, old.text
                unit.add(new)
