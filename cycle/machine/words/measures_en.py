"""What a measure lacks, in English: per guard the sentence, the task, the command."""

from typing import Final

Said = tuple[str, str, str]  # what is missing · what to do · the command that does it

_EVALUATE: Final = "cycle evaluation add {key} --overall OVERALL --text TEXT"
_CORRECT: Final = "cycle evaluation add {key} --corrects {evaluation} --overall OVERALL --text TEXT"
_DECIDE: Final = "cycle decision add --measure {key} --body BODY --paper PAPER --on DATE"

GUARDS: Final[dict[str, Said]] = {
    "not_offered": (
        "In the state “{state}” the step “{move}” is not open.",
        "Open now: {offered}",
        "cycle measure can {key}",
    ),
    "not_offered.target": (
        "A possible new state is missing. Possible: {targets}.",
        "Name one of them",
        "cycle measure take-over {key} --state STATE",
    ),
    "title_missing": (
        "The title is missing.",
        "Say in a few words what is to be done",
        'cycle measure log "TITLE"',
    ),
    "cycle_not_open": (
        "No planning round is open that it could belong to.",
        "Open a planning round or name an open one",
        "cycle round open",
    ),
    "main_goal_missing": (
        "It has no main goal yet.",
        "Tie it to a goal as its main goal",
        "cycle measure edit {key} --goal GOAL",
    ),
    "main_goal_missing.many": (
        "It has more than one main goal.",
        "Keep one main goal and make the others side goals",
        "cycle measure edit {key} --goal GOAL",
    ),
    "target_incomplete": (
        "As an operational goal, {goal} ({level}) lacks indicator, target value and date.",
        "Add indicator, target value and date, or a criterion in words",
        "cycle goal target {goal} --indicator INDICATOR --value VALUE --on DATE",
    ),
    "target_incomplete.level": (
        "The main goal {goal} is no operational goal but: {level}.",
        "Classify the goal as operational",
        "cycle goal edit {goal} --level operational",
    ),
    "target_incomplete.bare": (
        "An operational goal with indicator, target value and date is missing.",
        "Tie it to a goal that can be checked, as its main goal",
        "cycle measure edit {key} --goal GOAL",
    ),
    "baseline_missing": (
        "The baseline of the main goal {goal} is missing.",
        "Add the baseline to the goal",
        "cycle goal revise {goal} --baseline DATE --reason REASON",
    ),
    "baseline_missing.bare": (
        "The baseline of a main goal is missing.",
        "Tie it to a main goal that has a baseline",
        "cycle measure edit {key} --goal GOAL",
    ),
    "finding_missing": (
        "The finding that the measure answers is missing.",
        "Name a finding or the origin (motion, law, grant)",
        "cycle measure edit {key} --finding FINDING",
    ),
    "lead_missing": (
        "The lead department is missing.",
        "Enter the lead department",
        "cycle measure edit {key} --lead DEPARTMENT",
    ),
    "consequence_open": (
        "These consequences are not assessed yet, or not explained: {kinds}.",
        "Assess each of them, or settle it with “none, because …”",
        "cycle consequence set {key} {kinds_first} --text TEXT",
    ),
    "financial_not_countersigned": (
        "The countersignature of the {office} is missing.",
        "Have the financial consequences countersigned",
        "cycle consequence countersign {key}",
    ),
    "area_missing": (
        "The area in which the measure is to work is missing.",
        "Name at least one area, or the whole city",
        "cycle measure edit {key} --area AREA",
    ),
    "participation_missing": (
        "Not involved yet: {groups}.",
        "Record the participation",
        (
            "cycle participation add {key} --format FORMAT --level consult --group {groups_first}"
            " --summary TEXT"
        ),
    ),
    "evaluation_not_planned": (
        "It is not planned yet when, and with what question, it will be evaluated.",
        "Plan the evaluation",
        "cycle evaluation plan {key} --due DATE --question QUESTION",
    ),
    "enforcement_missing": (
        "What makes the measure binding is missing.",
        "Say what makes it binding",
        "cycle enforcement add {key} --lever LEVER",
    ),
    "commitment_missing": (
        "The commitment of these partners is missing: {partners}.",
        "Record the commitment",
        "cycle commitment add {key} --partner {partners_first}",
    ),
    "consequence_stale": (
        "The consequences were assessed more than {days} days ago: {kinds}.",
        "Check the consequences and confirm them anew",
        "cycle consequence set {key} {kinds_first} --text TEXT",
    ),
    "decision_missing": (
        "What is missing is {binding}.",
        "Record the decision",
        _DECIDE + " --result adopted",
    ),
    "decision_missing.office": (
        "What is missing is {binding}.",
        "Record the document",
        (
            "cycle decision add --measure {key} --document TEXT --department DEPARTMENT --on DATE"
            " --result adopted"
        ),
    ),
    "youth_committee_not_heard": (
        "The youth welfare committee has not been heard yet.",
        "Record its consultation",
        "cycle decision add --measure {key} --body JHA --paper PAPER --on DATE --result RESULT",
    ),
    "amendment_unconfirmed": (
        "The changed wording is not confirmed yet.",
        "Take over the changed wording and confirm it",
        "cycle measure edit {key} --confirm-amendment",
    ),
    "dossier_changed": (
        "The papers have changed since they went to the committees.",
        "Send it back for revision and propose it anew",
        "cycle measure send-back {key} --reason REASON",
    ),
    "same_account": (
        "Whoever proposed the measure does not record its approval as well.",
        "Have a second account record the approval",
        "cycle --actor ACCOUNT measure approve {key}",
    ),
    "outcome_missing": (
        "A fitting decision ({wanted}) is missing; the latest result is: {outcome}.",
        "Record the result",
        _DECIDE + " --result {wanted_first}",
    ),
    "review_date_missing": (
        "The review date, {date}, is not in the future.",
        "Give a later date",
        "cycle measure {command} {key} --review-on DATE",
    ),
    "reason_missing": (
        "A reason in words is missing.",
        "Repeat the step with a reason",
        "cycle measure {command} {key} --reason REASON",
    ),
    "reason_missing.code": (
        "The reason from the list is missing.",
        "Name one of the reasons",
        "cycle measure {command} {key} --code CODE",
    ),
    "start_before_decision": (
        "The start on {date} lies before the decision of {decided_on}.",
        "Give the actual start, or record the permit for an early start",
        "cycle measure start {key} --on DATE",
    ),
    "start_before_decision.future": (
        "The start on {date} lies in the future.",
        "Report the start when it has come",
        "cycle measure start {key} --on DATE",
    ),
    "start_before_decision.undone": (
        "What was decided on it stands no more, so it cannot begin.",
        "Record the decision that lets it begin, or drop the measure",
        "cycle measure cancel {key} --code council_revoked",
    ),
    "budget_reserved": (
        "The decision is subject to the budget; the money is not released yet.",
        "Record the release of the money",
        "cycle budget set {key} --year YEAR --approved AMOUNT",
    ),
    "milestone_missing": (
        "A milestone is missing.",
        "Enter a first milestone with its date",
        "cycle milestone add {key} TITLE --due DATE",
    ),
    "forecast_missing": (
        "When the measure is now expected to end is missing.",
        "Give the new expected end",
        "cycle measure resume {key} --forecast-end DATE",
    ),
    "end_in_future": (
        "The end on {date} lies in the future.",
        "Give the actual end",
        "cycle measure finish {key} --on DATE",
    ),
    "milestone_open": (
        "Milestones still open: {count}.",
        "Report milestones as done, or drop them with a reason",
        "cycle milestone done {key} NUMBER",
    ),
    "final_progress_missing": (
        "The last progress report is missing.",
        "Report the progress “done”",
        "cycle progress report {key} --course done",
    ),
    "measure_is_ongoing": (
        "An ongoing measure without an end is not finished but evaluated.",
        "Set an end or record the evaluation",
        _EVALUATE,
    ),
    "final_evaluation_exists": (
        "The measure has its final evaluation already.",
        "Carry it on as a new measure",
        "cycle disposition set {key} --choice continue --reason REASON",
    ),
    "evaluation_not_final": (
        "A final evaluation is missing.",
        "Record and conclude the evaluation",
        _EVALUATE,
    ),
    "evaluation_before_start": (
        "The evaluation begins on {date}, the measure only on {start}.",
        "Correct the period of the evaluation",
        "cycle evaluation add {key} --corrects EVALUATION",
    ),
    "effectiveness_unrated": (
        "The effectiveness is not rated.",
        "Rate the effectiveness",
        _EVALUATE + " --rating effectiveness=RATING",
    ),
    "effectiveness_unrated.again": (
        "The effectiveness is not rated.",
        "Correct the evaluation; tell all of it once more",
        _CORRECT + " --rating effectiveness=RATING",
    ),
    "result_missing": (
        "The result for the main goal {goal} is missing, or why it cannot be assessed.",
        "Record the result for every target, or the reason",
        _EVALUATE + " --result {goal}=VALUE@DATE",
    ),
    "result_missing.again": (
        "The result for the main goal {goal} is missing, or why it cannot be assessed.",
        "Correct the evaluation; tell all of it once more",
        _CORRECT + " --result {goal}=VALUE@DATE",
    ),
    "not_yet_due": (
        "It is too early for the final evaluation: the measure is still under way.",
        "Report its end first",
        "cycle measure finish {key}",
    ),
    "evaluator_not_independent": (
        "An external evaluation does not come from the lead department.",
        "Name another evaluator",
        "cycle evaluation add {key} --corrects EVALUATION",
    ),
    "disposition_missing": (
        "The decision on what follows, with its reason, is missing.",
        "Decide how it goes on (continue, adapt, stop, complete)",
        "cycle disposition set {key} --choice CHOICE --reason REASON",
    ),
    "feedback_missing": (
        "Its result does not stand in any later report yet.",
        "Add a report that takes up the result",
        "cycle report add TITLE --cycle {cycle} --kind progress_report",
    ),
    "recommendation_unanswered": (
        "Recommendations without an answer: {keys}.",
        "Answer the recommendations",
        "cycle recommendation answer {keys_first} --response ANSWER --reason REASON",
    ),
    "successor_missing": (
        "An existing measure that takes its place is missing.",
        "Name the successor",
        "cycle measure merge {key} --into MEASURE --share SHARE",
    ),
    "successor_missing.replaced": (
        "The measure that replaces it is missing.",
        "Name the live successor",
        "cycle measure cancel {key} --code replaced --successor MEASURE",
    ),
    "costs_missing": (
        "The costs so far are missing.",
        "Enter what has been spent so far",
        "cycle budget set {key} --year YEAR --spent AMOUNT",
    ),
    "repeal_missing": (
        "The decision that repeals the council resolution is missing.",
        "Record the repealing decision",
        (
            "cycle decision add --measure {key} --repeals DECISION --body BODY --paper PAPER"
            " --on DATE --result adopted"
        ),
    ),
    "evaluation_owed": (
        "The measure ran for {months} months or longer and is not evaluated.",
        "Record a short evaluation or have an exception granted",
        _EVALUATE,
    ),
    "shares_not_one": (
        "The shares add up to {total}, not to 1.",
        "Give shares that add up to 1",
        "cycle measure merge {key} --into MEASURE --share SHARE",
    ),
    "change_undecided": (
        "Money or lead changes; a decision or a note of the steering group is missing.",
        "Name the decision or have the note recorded",
        "cycle waiver grant {key} change_undecided --reason NOTE",
    ),
    "source_missing": (
        "The source (paper, list or report) with its date is missing.",
        "Give the source and its date",
        "cycle measure take-over {key} --source SOURCE --source-date DATE",
    ),
    "take_over_closed": (
        "The time to take over what exists ended on {until}.",
        "Record the steps one by one",
        "cycle measure can {key}",
    ),
    "take_over_closed.moved": (
        "Only what has made no step yet can be taken over.",
        "Record the further steps one by one",
        "cycle measure can {key}",
    ),
    "start_missing": (
        "The start is missing; a year is enough.",
        "Give the start",
        "cycle measure take-over {key} --start YEAR",
    ),
}
