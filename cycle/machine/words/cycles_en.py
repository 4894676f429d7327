"""What a planning round lacks, in English: per guard the sentence, the task, the command."""

from typing import Final

Said = tuple[str, str, str]  # what is missing · what to do · the command that does it

GUARDS: Final[dict[str, Said]] = {
    "not_offered": (
        "In the stage “{stage}” the step “{move}” is not open.",
        "Open now: {offered}",
        "cycle round show {key}",
    ),
    "not_offered.target": (
        "A possible new stage is missing. Possible: {targets}.",
        "Name one of them",
        "cycle round {command} {key} --stage STAGE",
    ),
    "title_missing": (
        "The title of the planning round is missing.",
        "Give a title",
        'cycle round open --title "TITLE"',
    ),
    "decision_missing": (
        "The decision to abandon the planning round is missing.",
        "Record the decision and name it",
        "cycle round abandon {key} --decision DECISION",
    ),
    "reason_missing": (
        "A reason is missing.",
        "Repeat the step with a reason",
        "cycle round {command} {key} --reason REASON",
    ),
    "recommendation_unanswered": (
        "Recommendations without an answer: {keys}.",
        "Answer the recommendations",
        "cycle recommendation answer {keys_first} --response ANSWER --reason REASON",
    ),
    "source_missing": (
        "The source (plan, report or paper) is missing.",
        "Give the source",
        "cycle round take-over --source SOURCE",
    ),
    "start_missing": (
        "The start of the planning round is missing.",
        "Give the start",
        "cycle round take-over --start DATE",
    ),
    "cycle_overlaps": (
        "A round of the same fields is running already: {keys}.",
        "Bring the running round to its evaluation first",
        "cycle round advance {keys_first}",
    ),
    "predecessor_open": (
        "The previous round {predecessor} is still in the stage “{stage}”.",
        "Bring the previous round to its evaluation first",
        "cycle round advance {predecessor}",
    ),
    "report_not_presented": (
        "No report has been presented to a body yet.",
        "Record the presentation of a report",
        "cycle report present REPORT --body BODY --on DATE",
    ),
    "no_finding": (
        "A finding is missing.",
        "Enter a finding",
        "cycle finding add --report REPORT TEXT",
    ),
    "finding_without_source": (
        "Without observation or source: {keys}.",
        "Say what the finding rests on",
        "cycle finding edit {keys_first} --source SOURCE",
    ),
    "feedback_unread": (
        "Results of the previous round not acknowledged yet: {keys}.",
        "Acknowledge the results",
        "cycle finding acknowledge {keys_first}",
    ),
    "finding_without_response": (
        "Findings that call for action, without an answer: {keys}.",
        "Answer every finding with a goal or a reason",
        "cycle finding respond {keys_first} --response RESPONSE",
    ),
    "goal_not_adopted": (
        "No operational goal is adopted yet.",
        "Have an operational goal adopted",
        "cycle goal adopt GOAL",
    ),
    "goal_without_target": (
        "Goals without target value, date or baseline: {keys}.",
        "Add target value, date and baseline",
        "cycle goal target {keys_first} --indicator INDICATOR --value VALUE --on DATE",
    ),
    "goal_without_acceptance": (
        "Goals without a recorded agreement: {keys}.",
        "Record with whom the goal is agreed",
        "cycle goal agree {keys_first}",
    ),
    "measure_undecided": (
        "Measures not decided yet: {keys}.",
        "Have them decided, put off or cancelled",
        "cycle measure can {keys_first}",
    ),
    "measure_not_started": (
        "Approved measures not begun, and no reason given: {keys}.",
        "Report the start or give the reason",
        "cycle measure start {keys_first}",
    ),
    "measure_without_disposition": (
        "Measures without a decision on what follows: {keys}.",
        "Decide how each of them goes on",
        "cycle disposition set {keys_first} --choice CHOICE --reason REASON",
    ),
    "evaluation_owed": (
        "Measures closed without an evaluation: {keys}.",
        "Record a short evaluation or have an exception granted",
        "cycle evaluation add {keys_first} --overall OVERALL --text TEXT",
    ),
    "goal_unrated": (
        "Goals not rated by the latest observation: {keys}.",
        "Rate the goals",
        "cycle goal rate {keys_first} --status STATUS --text TEXT",
    ),
    "measure_open": (
        "Measures still open: {keys}.",
        "Cancel them or move them to another round",
        "cycle measure cancel {keys_first} --code CODE",
    ),
}

HEADLINES: Final[dict[str, str]] = {
    "": "{key} cannot make this step yet:",
    "waive": "{key}: nobody can make an exception from this, it stays asked for:",
    "take_over": "The planning round cannot be taken over like this:",
    "open": "The planning round cannot be opened yet:",
    "advance": "{key} cannot enter its next stage yet:",
    "reopen": "{key} cannot return to an earlier stage yet:",
    "abandon": "{key} cannot be abandoned yet:",
}
