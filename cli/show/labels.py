"""What people read for the names and codes of JSON: headings, states, days, numbers, money."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from cli.show.lights import signs
from cycle.i18n import N_, Tongue
from cycle.machine import overdue, words

HEADS: Final = {
    "key": N_("Key"), "code": N_("Code"), "name": N_("Name"), "short_name": N_("Short name"),
    "title": N_("Title"), "state": N_("State"), "stage": N_("Stage"), "status": N_("Status"),
    "version": N_("Version"), "cycle": N_("Round"), "cycles": N_("Rounds"), "round": N_("No."),
    "lead": N_("Lead"), "partners": N_("Partners"), "fields": N_("Fields of action"),
    "field": N_("Field of action"), "areas": N_("Areas"), "area": N_("Area"),
    "citywide": N_("Whole town"), "cross_departmental": N_("Across departments"),
    "taken_over": N_("Taken over"), "strand": N_("Strand"), "mandate": N_("Mandate"),
    "binding": N_("Binding by"), "planned_start": N_("Planned start"),
    "planned_end": N_("Planned end"), "first_planned_end": N_("First planned end"),
    "forecast_end": N_("Expected end"), "actual_start": N_("Began on"),
    "actual_end": N_("Ended on"), "next_evaluation_due": N_("Evaluation due"),
    "goals": N_("Goals"), "goal": N_("Goal"), "consequences": N_("Consequences"),
    "offers": N_("Next steps"), "lineage": N_("Lineage"), "predecessors": N_("Comes from"),
    "successors": N_("Became"), "predecessor": N_("Before it"), "successor": N_("After it"),
    "description": N_("Description"), "number": N_("Number"), "origin": N_("Origin"),
    "origin_note": N_("Origin, in words"), "target_group": N_("Target group"),
    "prevention_level": N_("Prevention"), "legal_basis": N_("Legal basis"),
    "priority": N_("Priority"), "period_text": N_("Period"), "is_ongoing": N_("Ongoing"),
    "kind": N_("Kind"), "text": N_("Text"), "level": N_("Level"), "parent": N_("Above it"),
    "children": N_("Below it"), "heirs": N_("Continued as"), "owner": N_("Owner"),
    "due": N_("Due"), "qualitative_criterion": N_("Criterion"), "uncovered": N_("Uncovered"),
    "rated_on": N_("Rated on"), "rating": N_("Rating"), "findings": N_("Findings"),
    "finding": N_("Finding"), "measures": N_("Measures"), "measure": N_("Measure"),
    "targets": N_("Targets"), "agreements": N_("Agreements"), "indicator": N_("Indicator"),
    "indicators": N_("Indicators"),
    "unit": N_("Unit"), "target_value": N_("Target value"), "target_date": N_("Target date"),
    "tolerance": N_("Tolerance"), "baseline_value": N_("Baseline"),
    "baseline_date": N_("Baseline of"), "baseline_status": N_("Status of baseline"),
    "data_plan": N_("Data plan"), "replaced_on": N_("Replaced on"),
    "replaced_reason": N_("Reason of revision"), "wording": N_("Wording"), "on": N_("On"),
    "body": N_("Body"), "department": N_("Department"), "departments": N_("Departments"),
    "note": N_("Note"), "report": N_("Report"), "reports": N_("Reports"),
    "severity": N_("Severity"), "source": N_("Source"), "source_date": N_("Date of source"),
    "response": N_("Response"), "response_reason": N_("Reason"),
    "responded_on": N_("Answered on"), "acknowledged_on": N_("Acknowledged on"),
    "evaluation": N_("Evaluation"), "origin_measure": N_("From measure"),
    "origin_finding": N_("From finding"), "observations": N_("Observations"),
    "recommendations": N_("Recommendations"), "reference_date": N_("Reference date"),
    "approved_on": N_("Approved on"), "presented_on": N_("Presented on"),
    "published_on": N_("Published on"), "paper": N_("Paper"), "papers": N_("Papers"),
    "url": N_("Address"), "unanswered": N_("Unanswered"), "purpose": N_("Purpose"),
    "evaluator_kind": N_("Evaluated by"), "period_start": N_("From"), "period_end": N_("Until"),
    "concluded_on": N_("Concluded on"), "overall": N_("Overall"), "method": N_("Method"),
    "result_level": N_("Result level"), "report_url": N_("Address of report"),
    "external_id": N_("Foreign number"), "corrects": N_("Corrects"), "late": N_("Late"),
    "covers": N_("Covers"), "ratings": N_("Ratings"), "results": N_("Results"),
    "attribution": N_("Attribution"), "value": N_("Value"), "decided_on": N_("Decided on"),
    "result": N_("Result"), "paper_name": N_("Title of paper"), "document": N_("Document"),
    "changed_text": N_("Changed text"), "amendment_confirmed_on": N_("Change confirmed on"),
    "votes_yes": N_("Yes"), "votes_no": N_("No"), "votes_abstain": N_("Abstentions"),
    "votes_excused": N_("Excused"), "repeals": N_("Repeals"), "repealed_by": N_("Repealed by"),
    "corrected_by": N_("Corrected by"), "conditions": N_("Conditions"), "met_on": N_("Met on"),
    "met_note": N_("How it was met"), "paper_type": N_("Kind of paper"), "dated": N_("Dated"),
    "public": N_("Public"), "oparl_id": N_("OParl number"), "role": N_("Role"),
    "roles": N_("Roles"), "outcome": N_("Outcome"), "majority": N_("Majority"),
    "result_text": N_("Result as delivered"), "role_text": N_("Role as delivered"),
    "consultations": N_("Consultations"), "last": N_("Last sitting"),
    "last_meeting": N_("Last sitting"), "meeting_date": N_("Sitting on"),
    "body_name": N_("Name of body"), "ref": N_("Number"), "date": N_("Date"),
    "authoritative": N_("Authoritative"), "guards": N_("Conditions"),
    "scheme": N_("Scheme"), "valid_from": N_("Valid from"),
    "valid_to": N_("Valid until"), "earlier": N_("Earlier"), "youth_welfare": N_("Youth welfare"),
    "ended_on": N_("Ended on"), "disabled_at": N_("Disabled on"), "polarity": N_("Better when"),
    "measure_type": N_("Type"), "frequency": N_("Frequency"),
    "publication_lag_days": N_("Days until published"), "sensitive": N_("Sensitive"),
    "newest": N_("Newest"), "versions": N_("Versions"), "no": N_("No."),
    "definition": N_("Definition"), "numerator": N_("Numerator"),
    "denominator": N_("Denominator"), "comparable": N_("Comparable"),
    "change_reason": N_("Reason of change"), "breakdown": N_("Breakdown"), "basis": N_("Basis"),
    "vintage": N_("Vintage"), "recorded_on": N_("Recorded on"),
    "protected_at_source": N_("Protected at source"), "active_from": N_("Active from"),
    "active_to": N_("Active until"), "addressee": N_("Addressed to"), "reason": N_("Reason"),
    "answered_on": N_("Answered on"), "closed_on": N_("Closed on"),
    "to_confirm": N_("To be confirmed"), "strands": N_("Strands"), "stages": N_("Stages"),
    "states": N_("Measures by state"), "entered_on": N_("Entered on"), "left_on": N_("Left on"),
    "by_role": N_("By"), "guiding_principles": N_("Guiding principles"),
    "owed": N_("To be added later"), "deadlines": N_("Deadlines"), "guard": N_("Condition"),
    "granted_on": N_("Granted on"), "granted_by": N_("Granted by"), "second_by": N_("Second"),
    "used_on": N_("Used on"), "days": N_("Days"), "n": N_("No."), "at": N_("At"),
    "day": N_("Day"), "action": N_("Deed"), "entity": N_("What"), "actor": N_("Account"),
    "from_state": N_("From state"), "to_state": N_("To state"), "rule": N_("Rule"),
    "count": N_("Count"), "who": N_("Who"), "says": N_("What was found"), "fix": N_("What to do"),
    "contribution": N_("Contribution"), "allowed": N_("Open"), "to": N_("To"),
    "countersigned": N_("Countersigned"), "active": N_("Active"), "share": N_("Share"),
    "course": N_("Course"), "as_of": N_("As of"), "percent": N_("Percent"),
    "lights": N_("Lights"),
    "change": N_("Change"), "unchanged_since": N_("Unchanged since"), "asked_on": N_("Asked on"),
    "answered": N_("Answered"), "again": N_("Again"), "file": N_("File"),
    "milestones": N_("Milestones"), "progress": N_("Progress"), "budget": N_("Budget"),
    "participations": N_("Participation"), "decisions": N_("Decisions"),
    "evaluations": N_("Evaluations"), "disposition": N_("What follows"),
    "enforcements": N_("Levers"), "lever": N_("Lever"), "waivers": N_("Exceptions"),
    "commitments": N_("Commitments"), "choice": N_("Choice"), "year": N_("Year"),
    "policy": N_("Policy"), "preset": N_("Preset"), "meaning": N_("Meaning"),
    "planned": N_("Planned"), "approved": N_("Approved"), "committed": N_("Committed"),
    "spent": N_("Spent"), "grant_ref": N_("Number of grant"), "grant_end": N_("Grant ends"),
    "uncovered_from": N_("Without cover from"), "covered": N_("Covered"), "years": N_("Years"),
    "cover_days_left": N_("Days still covered"),
    "lines": N_("Year by year and source"), "choices": N_("To be decided after a cut"),
    "changes": N_("What is different now"), "amendments": N_("Adopted with changes"),
    "part": N_("Part"), "which": N_("Which"), "before": N_("Then"), "now": N_("Now"),
    "frozen_on": N_("Frozen on"), "sha256": N_("Fingerprint"), "term": N_("Council term"),
    "elected_on": N_("Elected on"), "decision": N_("Decision"),
    "fte_hundredths": N_("Hundredths of a post"), "one_off": N_("Once"),
    "annual": N_("Every year"), "revenue": N_("Revenue"), "cost": N_("Cost"),
    "product_group": N_("Product"), "from_year": N_("From year"), "cover": N_("Cover"),
    "partner": N_("Partner"),
    "column": N_("Column"), "oldest_days": N_("Oldest, in days"), "because": N_("Because"),
    "overdue": N_("Overdue"), "delivery": N_("Delivery"), "effect": N_("Effect"),
    "data": N_("Data"), "ready": N_("Ready"), "next_step": N_("Next step"),
    "funding": N_("Funding"), "question": N_("Question"), "summary": N_("Summary"),
    "type": N_("Event"), "types": N_("Events"), "subject": N_("About"), "attempts": N_("Tries"),
    "waiting": N_("Waiting"), "dead": N_("Given up"), "next_at": N_("Next try"),
    "last_status": N_("Answer"), "last_error": N_("What failed"), "done_at": N_("Done on"),
    "disabled_reason": N_("Disabled because"),
    "made_of": N_("Made of"), "became": N_("Became"), "left": N_("Left out because"),
    "without_evaluation": N_("Without evaluation"),
    "area_since": N_("Area since"), "qualitative": N_("In words until then"),
    "path": N_("Way"), "steps": N_("Steps"), "factor": N_("Factor"),
    "account": N_("Account"), "for_account": N_("Acts for"), "read_only": N_("May only look"),
    "created_at": N_("Made on"), "expires_at": N_("Ends on"), "revoked_at": N_("Revoked on"),
    "last_used_at": N_("Last used"), "from_day": N_("From"), "to_day": N_("Until"),
    "not_comparable_since": N_("Not comparable since"), "proposal": N_("Proposal"),
    "check": N_("Check"),
    "setting": N_("Setting"),
}  # fmt: skip
_KINDS: Final = {  # name in JSON → kind of word, where the noun makes no difference
    "state": "state", "from_state": "state", "to_state": "state", "stage": "stage",
    "strand": "strand", "strands": "strand", "mandate": "mandate", "binding": "binding",
    "origin": "origin", "prevention_level": "prevention", "level": "level",
    "severity": "severity", "response": "response", "result": "outcome", "outcome": "outcome",
    "purpose": "purpose", "evaluator_kind": "evaluator_kind", "overall": "overall",
    "contribution": "contribution", "by_role": "role", "roles": "role", "granted_by": "role",
    "second_by": "role", "course": "course", "lever": "lever", "choice": "disposition",
    "reason_code": "code", "polarity": "polarity", "frequency": "frequency", "basis": "basis",
    "measure_type": "measure_type", "majority": "majority", "attribution": "attribution",
    "baseline_status": "value_status", "comparable": "comparable", "change": "change",
    "funding": "funding", "cover": "cover", "left": "left_out", "path": "path",
    "last_error": "delivery_error", "disabled_reason": "delivery_error",
}  # fmt: skip
_BY_NOUN: Final = {
    ("report", "kind"): "report_kind", ("report", "status"): "report_status",
    ("goal", "status"): "goal_status", ("finding", "kind"): "finding_kind",
    ("body", "kind"): "body", ("department", "kind"): "unit",
    ("open_item", "kind"): "open_item",
    ("consultation", "role"): "consultation",
    ("participation", "format"): "participation_format", ("journal", "role"): "role",
    ("evaluation", "status"): "evaluation_status", ("observation", "status"): "value_status",
    ("result", "status"): "value_status", ("target", "kind"): "target_kind",
    ("agreement", "kind"): "agreement", ("condition", "code"): "condition",
    ("decision", "kind"): "decision_kind", ("policy", "preset"): "policy",
    ("policy", "origin"): "policy_origin", ("guard", "rule"): "guard_rule",
    ("guard", "origin"): "setting_origin", ("setting", "origin"): "setting_origin",
    ("delivery", "state"): "delivery_state",
}  # fmt: skip
_GUARDS: Final = frozenset((("waiver", "guard"), ("round", "owed")))
PERCENT: Final = "%"
_VALUES: Final = ("value", "target_value", "baseline_value", "tolerance")
_MOST_PLACES: Final = 2  # decimals of a value
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T.*Z")


def head(name: str, tongue: Tongue) -> str:
    """Give the heading of a name in JSON."""
    if name.endswith("_cents"):
        return head(name.removesuffix("_cents"), tongue)
    return tongue.say(HEADS[name]) if name in HEADS else name.replace("_", " ").capitalize()


def spoken(noun: str, name: str, value: Any, tongue: Tongue) -> str:  # noqa: ANN401 - JSON
    """Write a value of JSON as people read it."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return tongue.say("yes") if value else tongue.say("no")
    if isinstance(value, dict):
        return signs(value, tongue.lang)
    if isinstance(value, list):
        return ", ".join(spoken(noun, name, each, tongue) for each in value)
    if isinstance(value, (int, float)):
        return _figure(name, value, tongue)
    if (noun, name) == ("deadline", "code"):
        return _deadline(value, tongue)
    if (noun, name) in _GUARDS:
        return words.guard_task(value, tongue.lang, {})
    kind = _BY_NOUN.get((noun, name)) or _KINDS.get(name)
    return words.name(kind, value, tongue.lang) if kind else _text(str(value), tongue)


def _deadline(code: str, tongue: Tongue) -> str:
    """Say what is due: the end of a stage, or what its kind is called."""
    stage = code.removeprefix("stage_")
    if stage == code:
        return overdue.deadline(code, tongue.lang)
    return tongue.say("End of the stage {stage}", stage=words.name("stage", stage, tongue.lang))


def _figure(name: str, value: float, tongue: Tongue) -> str:
    if name.endswith("_cents"):
        return tongue.money(int(value))
    return str(value) if isinstance(value, int) else tongue.number(_short(Decimal(str(value))))


def cell(
    noun: str, name: str, row: Mapping[str, Any], columns: Sequence[str], tongue: Tongue
) -> str:
    """Write one value of a row; a percentage has one decimal, and its sign where no unit stands."""
    value = row[name]
    if row.get("unit") != PERCENT or name not in _VALUES or value is None:
        return spoken(noun, name, value, tongue)
    told = tongue.number(Decimal(str(value)), 1)
    return told if "unit" in columns else f"{told}\u00a0{PERCENT}"


def _short(value: Decimal) -> Decimal:
    exact = -int(value.as_tuple().exponent) <= _MOST_PLACES
    return value if exact else round(value, _MOST_PLACES)


def _text(value: str, tongue: Tongue) -> str:
    try:
        if _DAY.fullmatch(value):
            return tongue.date(date.fromisoformat(value))
        if _MOMENT.fullmatch(value):
            return tongue.moment(datetime.fromisoformat(value))
    except ValueError:
        return value  # a title or a number may look like a day that never was
    return value
