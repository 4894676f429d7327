"""What a move of a measure changes in it, and what follows from it elsewhere."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from cycle.machine.days import months_later
from cycle.machine.facts import MeasureFacts
from cycle.machine.lights_delivery import interval_months
from cycle.model.decisions import Condition, DecisionSubject
from cycle.model.duties import Deadline, EvaluationPlan
from cycle.model.evaluations import Disposition
from cycle.model.goals import Goal
from cycle.model.measures import Dossier, Measure, MeasureGoal
from cycle.reading.cover import covered
from cycle.reading.dossiers import dossier, sealed
from cycle.store.unit import Unit
from cycle.usecases import carrying, lineage, lookup

Changes = dict[str, Any]
BUDGET_CHOICE = "budget_choice"  # what becomes of a measure whose budget was cut


def changes(unit: Unit, record: Measure, name: str, seen: MeasureFacts) -> Changes:
    """Give the fields of the measure that a move sets."""
    change = _CHANGES.get(name)
    return change(unit, record, seen) if change else {}


def follow(unit: Unit, record: Measure, name: str, seen: MeasureFacts) -> None:
    """Do what a move brings about in other records."""
    for effect in _FOLLOWS.get(name, ()):
        effect(unit, record, seen)


def _propose(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {"proposed_by_id": unit.actor.account_id, "proposed_on": unit.day, "review_on": None}


def _send_back(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {"reason": seen.ask.reason, "dossier_changed": False, "dossier_hash": None}


def _approve(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    plans = lookup.every(unit, EvaluationPlan, measure_id=record.id)
    due = min((p.due for p in plans), default=None) or _evaluation_due(unit, record, seen)
    return {"next_evaluation_due": due, "first_planned_end": record.planned_end}


def _evaluation_due(unit: Unit, record: Measure, seen: MeasureFacts) -> date:
    if record.is_ongoing or record.planned_end is None:
        return months_later(unit.day, seen.policy.ongoing_evaluation_months)
    return record.planned_end + timedelta(days=seen.policy.evaluation_due_days)


def _defer(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {"review_on": _review_on(unit, seen)}


def _review_on(unit: Unit, seen: MeasureFacts) -> date:
    return seen.ask.review_on or unit.day + timedelta(days=seen.policy.review_days)


def _start(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {"actual_start": seen.ask.on or unit.day}


def _suspend(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {
        "suspended_on": unit.day,
        "reason_code": seen.ask.code,
        "reason": seen.ask.reason,
        "review_on": _review_on(unit, seen),
    }


def _resume(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    since = record.suspended_on or unit.day
    return {
        "forecast_end": seen.ask.forecast_end or record.forecast_end,
        "days_suspended": record.days_suspended + (unit.day - since).days,
        "suspended_on": None,
        "review_on": None,
        "reason_code": None,
        "reason": None,
    }


def _finish(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    ended = seen.ask.on or unit.day
    due = ended + timedelta(days=seen.policy.evaluation_due_days)
    return {"actual_end": ended, "next_evaluation_due": due}


def _reopen(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {"actual_end": None, "reason": seen.ask.reason}


def _evaluate(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    ended = None if record.is_ongoing else record.actual_end or unit.day
    due = unit.day + timedelta(days=seen.policy.disposition_days)
    return {"actual_end": ended, "next_evaluation_due": None, "disposition_due": due}


def _report_back(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {"disposition_due": None}


def _cancel(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {
        "reason_code": seen.ask.code,
        "reason": seen.ask.reason,
        "next_evaluation_due": None,
        "review_on": None,
    }


def _reject(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    return {"reason": seen.ask.reason, "review_on": None}


def _take_over(unit: Unit, record: Measure, seen: MeasureFacts) -> Changes:
    state = seen.ask.state or ""
    found: Changes = {
        "taken_over": True,
        "source": seen.ask.source,
        "source_date": seen.ask.source_date,
        "actual_start": seen.ask.start or record.actual_start,
    }
    if state == "approved":
        found["next_evaluation_due"] = _evaluation_due(unit, record, seen)
    if state == "suspended":
        found |= {"reason_code": "other", "reason": seen.ask.source, "suspended_on": unit.day,
                  "review_on": _review_on(unit, seen)}  # fmt: skip
    if state == "implemented":
        found |= _finish(unit, record, seen)
    return found


_CHANGES: dict[str, Callable[[Unit, Measure, MeasureFacts], Changes]] = {
    "propose": _propose,
    "resubmit": _propose,
    "send_back": _send_back,
    "approve": _approve,
    "defer": _defer,
    "reject": _reject,
    "start": _start,
    "suspend": _suspend,
    "resume": _resume,
    "finish": _finish,
    "reopen": _reopen,
    "evaluate": _evaluate,
    "report_back": _report_back,
    "cancel": _cancel,
    "take_over": _take_over,
}


def _freeze(unit: Unit, record: Measure, seen: MeasureFacts) -> None:
    content, hashed = sealed(dossier(unit.reading(), record.id))
    number = len(lookup.every(unit, Dossier, measure_id=record.id)) + 1
    unit.add(
        Dossier(measure_id=record.id, no=number, frozen_on=unit.day, content=content, sha256=hashed)
    )
    record.dossier_hash, record.dossier_changed = hashed, False


def _conditions(unit: Unit, record: Measure, seen: MeasureFacts) -> None:
    known = {d.condition_id for d in lookup.every(unit, Deadline, measure_id=record.id)}
    for subject in lookup.every(unit, DecisionSubject, measure_id=record.id):
        for condition in lookup.every(unit, Condition, decision_id=subject.decision_id):
            if condition.due and condition.id not in known:
                unit.add(
                    Deadline(
                        measure_id=record.id,
                        code=condition.code,
                        text=condition.text,
                        due=condition.due,
                        source="decision",
                        condition_id=condition.id,
                    )
                )


def _first_report(unit: Unit, record: Measure, seen: MeasureFacts) -> None:
    due = months_later(seen.ask.on or unit.day, interval_months(record.binding, seen.policy))
    unit.add(Deadline(measure_id=record.id, code="progress_due", due=due, source="policy"))


def _dispose(unit: Unit, record: Measure, seen: MeasureFacts) -> None:
    """Write the disposition that came with the move, and let the successor begin."""
    disposition = lookup.by(unit, Disposition, measure_id=record.id)
    if seen.ask.disposition or disposition is None:
        disposition = disposition or Disposition(measure_id=record.id, choice="", reason="",
                                                 decided_by="", on_date=unit.day)  # fmt: skip
        _decided(unit, disposition, seen)
        unit.add(disposition)
        unit.session.flush()
    lineage.begin_successor(unit, record, disposition)


def _decided(unit: Unit, disposition: Disposition, seen: MeasureFacts) -> None:
    ask = seen.ask
    disposition.choice = ask.disposition or disposition.choice
    disposition.reason = ask.reason or disposition.reason
    disposition.changes = ask.changes
    disposition.evaluation_id = lineage.evaluation_of(unit, seen.evaluation)
    disposition.decision_id = lookup.decision(unit, ask.decision).id if ask.decision else None
    disposition.decided_by = unit.role("steering", "planner")
    disposition.on_date = ask.on or unit.day


def _replace(unit: Unit, record: Measure, seen: MeasureFacts) -> None:
    for key in seen.ask.successor:
        heir = lookup.measure(unit, key)
        lineage.tie(unit, record, heir, "replaced")


def _choose(unit: Unit, record: Measure, seen: MeasureFacts) -> None:
    """Let go of the choice a budget cut asked for: this is what becomes of the measure."""
    for asked in lookup.every(
        unit, Deadline, measure_id=record.id, code=BUDGET_CHOICE, met_on=None
    ):
        asked.met_on = unit.day


def recheck_goals(unit: Unit, record: Measure, seen: MeasureFacts) -> None:
    """Flag the goals of a measure that no live measure serves any more."""
    for tie in lookup.every(unit, MeasureGoal, measure_id=record.id):
        goal = unit.get(Goal, tie.goal_id)
        goal.uncovered = not covered(unit.reading(), goal.id)


def _relieve(unit: Unit, record: Measure, seen: MeasureFacts) -> None:
    carrying.relieve(unit, record)


_FOLLOWS: dict[str, Sequence[Callable[[Unit, Measure, MeasureFacts], None]]] = {
    "propose": (_freeze,),
    "resubmit": (_freeze,),
    "approve": (_conditions,),
    "reject": (recheck_goals,),
    "start": (_first_report,),
    "suspend": (_choose,),
    "finish": (_choose,),
    "evaluate": (_relieve,),
    "report_back": (_dispose, recheck_goals, _relieve),
    "cancel": (_replace, _choose, recheck_goals, _relieve),
    "supersede": (_choose, recheck_goals, _relieve),
}
