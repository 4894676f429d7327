"""Evaluations written together: their rows, the findings they feed back, the measures they move.

Every statement is one for all of them. The journal reads as if they had come one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from cycle.machine.facts import MeasureFacts
from cycle.machine.measures import MEASURES
from cycle.model.duties import Deadline, Owed
from cycle.model.evaluations import CriterionRating, Evaluation, EvaluationMeasure
from cycle.model.measures import Measure, MeasureArea, MeasureField
from cycle.model.reports import Finding, FindingArea, FindingField, Recommendation
from cycle.reading.facts import facts as read_facts
from cycle.store.inserts import Row, insert_all, new_row, next_keys, told_of
from cycle.store.many import among, change, ends
from cycle.store.unit import Unit
from cycle.usecases import bulk, carrying, evaluations, feedback, moves
from cycle.usecases.cycles import REQUEST
from cycle.usecases.evaluation_drafts import Draft, own

_MOVE = "evaluate"
_FACTS = {each.name for each in fields(MeasureFacts)}
Places = dict[str, int]  # id of what was written → number of its line


def write(unit: Unit, drafts: Sequence[Draft], role: str) -> list[str]:
    """Write what was judged, and give the keys of the measures that were moved.

    Raises Forbidden or Refused where a move is not this account's; then nothing may stay.
    """
    begun = len(unit.told)
    places = {draft.measure.id: draft.no for draft in drafts}
    _record(unit, drafts, role, places)
    _advise(unit, drafts, places)
    _feed_back(unit, [d for d in drafts if d.said.feeds_back], places)
    moved = _carry_on(unit, drafts)
    unit.told[begun:] = sorted(unit.told[begun:], key=lambda told: places[told["entity_id"]])
    return moved


def _record(unit: Unit, drafts: Sequence[Draft], role: str, places: Places) -> None:
    """Number and write the evaluations, with what each covers and its ratings."""
    keys = next_keys(unit, "E", unit.day.year, len(drafts))
    covers, ratings = [], []
    for draft, key in zip(drafts, keys, strict=True):
        row, measures = draft.row, list(draft.said.measures)
        row["ref"] = key
        places[row["id"]] = draft.no
        told = told_of(row) | {"measures": measures}
        unit.note("evaluation", row["id"], key, "recorded", told, role=role)
        tie = {"evaluation_id": row["id"], "measure_id": draft.measure.id, **own(draft)}
        covers.append(new_row(unit, EvaluationMeasure, tie))
        for criterion, rating in draft.said.ratings.items():
            rated = {"evaluation_id": row["id"], "criterion": criterion, "rating": rating}
            ratings.append(new_row(unit, CriterionRating, rated))
    insert_all(unit, Evaluation, [draft.row for draft in drafts])
    insert_all(unit, EvaluationMeasure, covers)
    insert_all(unit, CriterionRating, ratings)


def _advise(unit: Unit, drafts: Sequence[Draft], places: Places) -> None:
    """Write down what is recommended; the round of the measure owes the answer."""
    advised = [(draft, text) for draft in drafts for text in draft.advice]
    if not advised:
        return
    keys = next_keys(unit, "R", unit.day.year, len(advised))
    rows = []
    for (draft, text), key in zip(advised, keys, strict=True):
        given = {
            "ref": key, "evaluation_id": draft.row["id"], "cycle_id": draft.measure.cycle_id,
            "text": text, "given_on": unit.day,
        }  # fmt: skip
        row = new_row(unit, Recommendation, given)
        places[row["id"]] = draft.no
        told = told_of(row) | {"evaluation": draft.row["ref"]}
        unit.note("recommendation", row["id"], key, "added", told)
        rows.append(row)
    insert_all(unit, Recommendation, rows)


def _feed_back(unit: Unit, drafts: Sequence[Draft], places: Places) -> None:
    """Draft the finding of each measure, in the report that is to hold it or waiting for one."""
    if not drafts:
        return
    rounds = sorted({draft.measure.cycle_id for draft in drafts})
    reports = {id_: feedback.later_report(unit, id_) for id_ in rounds}
    keys = next_keys(unit, "F", unit.day.year, len(drafts))
    found = {}  # id of the measure → that of its finding
    rows = []
    for draft, key in zip(drafts, keys, strict=True):
        report = reports[draft.measure.cycle_id]
        row = _finding(unit, draft, key, report.id if report else None)
        found[draft.measure.id], places[row["id"]] = row["id"], draft.no
        told = told_of(row) | {"measure": draft.measure.ref, "evaluation": draft.row["ref"]}
        unit.note("finding", row["id"], key, "drafted", told)
        rows.append(row)
    insert_all(unit, Finding, rows)
    for of, model, end in (
        (MeasureArea, FindingArea, "area_id"),
        (MeasureField, FindingField, "field_id"),
    ):
        ties = ends(unit, of, "measure_id", list(found), end)
        named = [{"finding_id": found[measure], end: there} for measure, there in ties]
        insert_all(unit, model, [new_row(unit, model, tie) for tie in named])


def _finding(unit: Unit, draft: Draft, key: str, report_id: str | None) -> Row:
    row, measure = draft.row, draft.measure
    ran = (row["period_start"], row["period_end"])
    told = {
        "ref": key, "kind": feedback.KIND, "report_id": report_id,
        "origin_measure_id": measure.id, "origin_evaluation_id": row["id"],
    }  # fmt: skip
    return new_row(unit, Finding, told | feedback.columns(row["ref"], ran, measure, draft.said))


def _carry_on(unit: Unit, drafts: Sequence[Draft]) -> list[str]:
    """Settle what each measure owed, and carry on those that lack nothing more."""
    judged = {d.measure.ref: d.measure for d in drafts if d.said.moves}
    _answer_requests(unit, [measure.id for measure in judged.values()])
    records = {d.measure.id: d.measure for d in drafts}
    owing = {o.measure_id for o in among(unit, Owed, "measure_id", [*records], "settled_on")}
    asked = {*judged, *(records[id_].ref for id_ in owing if id_)}
    seen = read_facts(unit.reading(), today=unit.day, keys=tuple(sorted(asked))) if asked else {}
    bulk.settle(unit, [records[id_] for id_ in owing if id_], seen)
    for measure in records.values():
        if measure.state == "proposed":  # its frozen text is compared
            moves.settle(unit, measure)
    going = [seen[key] for key in judged if evaluations.completes(seen[key])]
    _move(unit, going, judged)
    stayed = [measure for measure in records.values() if measure.updated_at != unit.now]
    change(unit, Measure, [(measure, {}) for measure in stayed])  # so that their versions tell
    return [facts.key for facts in going]


def _answer_requests(unit: Unit, ids: Sequence[str]) -> None:
    asked = among(unit, Deadline, "measure_id", ids, "met_on")
    change(unit, Deadline, [(d, {"met_on": unit.day}) for d in asked if d.code == REQUEST])


def _move(unit: Unit, going: Sequence[MeasureFacts], records: Mapping[str, Measure]) -> None:
    """Make the move of all by the machine, and do what follows from it once a round."""
    steps = [
        (seen, MEASURES.step(seen.state, _MOVE, seen, seen.policy), _role(unit, seen))
        for seen in going
    ]
    changed = bulk.carry_out(unit, _MOVE, steps, records)
    for record in {record.cycle_id: record for record, _ in changed}.values():
        carrying.relieve(unit, record)
    after = {
        seen.key: replace(seen, **{n: v for n, v in changes.items() if n in _FACTS})
        for seen, (_, changes) in zip(going, changed, strict=True)
    }
    bulk.settle(unit, [record for record, _ in changed], after)


def _role(unit: Unit, seen: MeasureFacts) -> str:
    return moves.role_of(unit, _MOVE, None, seen)
