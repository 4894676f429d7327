"""What is overdue in English: its name, a sentence, what to do, the command that does it."""

from typing import Final

Said = tuple[str, str, str, str]
OVERDUE: Final[dict[str, Said]] = {
    "O1": (
        "Finding not answered",
        "The finding calls for action and has no response.",
        "Respond with a goal, a reason for doing nothing, or the next round",
        "cycle finding respond {key} --response RESPONSE",
    ),
    "O2": (
        "Report not presented",
        "The report is approved and was presented to no body.",
        "Record where and when the report was presented",
        "cycle report present {key} --body BODY --on DATE",
    ),
    "O3": (
        "Goal not complete",
        "The goal has no target, no baseline or no date.",
        "Add indicator, target, date and baseline",
        "cycle goal target {key} --indicator INDICATOR --value VALUE --on DATE",
    ),
    "O4": (
        "Proposal not decided",
        "The measure is with the committees, and no decision on it is recorded.",
        "Record the decision, or that it was deferred",
        "cycle measure approve {key} --decision DECISION",
    ),
    "O5": (
        "Deferred, review date past",
        "The measure was deferred, and the day to look at it again has passed.",
        "Bring it in again, or drop it",
        "cycle measure resubmit {key}",
    ),
    "O6": (
        "Not begun",
        "The measure is decided and has not begun.",
        "Report that it has begun, or why it has not",
        "cycle measure start {key} --on DATE",
    ),
    "O7": (
        "Evaluation missing",
        "The evaluation of the measure is due.",
        "Evaluate the measure; the short form will do",
        "cycle evaluation add {key} --overall OVERALL --text TEXT",
    ),
    "O8": (
        "Report on progress missing",
        "Nobody has told how the measure is getting on.",
        "Report how far it is",
        "cycle progress report {key} --course COURSE",
    ),
    "O9": (
        "Milestone overdue",
        "The milestone {what} is not reported as done.",
        "Report it as done, or drop it with a reason",
        "cycle milestone done {key} {about}",
    ),
    "O10": (
        "Planned end past",
        "The measure should have ended and still runs.",
        "Report the end, or say in the progress report how long it will take",
        "cycle measure finish {key} --on DATE",
    ),
    "O11": (
        "Deadline passed",
        "Not settled: {what}.",
        "Settle it and note how",
        "cycle {noun} show {key}",
    ),
    "O12": (
        "Disposition missing",
        "The measure is evaluated, and nobody has said what follows.",
        "Say whether to continue, adapt, stop or conclude it",
        "cycle disposition set {key} --choice CHOICE --reason TEXT",
    ),
    "O13": (
        "Recommendation not answered",
        "The recommendation has no answer.",
        "Accept it, accept it in part, or reject it",
        "cycle recommendation answer {key} --response RESPONSE --reason TEXT",
    ),
    "O14": (
        "Value missing",
        "A newer value of the indicator should be there by now.",
        "Enter or import the newest value",
        "cycle observation add {key} --area AREA --on DATE --value VALUE",
    ),
    "O15": (
        "Grant ends without cover",
        "The grant ends, and there is no money for the time after it.",
        "Enter the money of the years after, or end the measure in time",
        "cycle budget set {key} --year YEAR --approved EUR",
    ),
    "O16": (
        "Suspended, review date past",
        "The measure is suspended, and the day to look at it again has passed.",
        "Go on with it, or drop it",
        "cycle measure resume {key} --forecast-end DATE",
    ),
    "O17": (
        "Round stands still",
        "The round is in a stage beyond its planned end.",
        "Begin the next stage, or plan this one anew",
        "cycle round advance {key}",
    ),
    "O18": (
        "Commitment to be confirmed",
        "The commitment of {what} is old.",
        "Have it confirmed",
        "cycle commitment add {key} --partner {about}",
    ),
    "O19": (
        "Next round missing",
        "The round is closed, and none follows it.",
        "Open the next planning round",
        "cycle round open --predecessor {key}",
    ),
    "O19.report": (
        "No report for a long time",
        "No report was presented for a long time.",
        "Write the report and present it",
        "cycle report add TITLE --cycle {key}",
    ),
}
DEADLINES: Final[dict[str, str]] = {
    "budget_reservation": "budget reservation",
    "report_due": "report to the body",
    "other": "condition of a decision",
    "budget_choice": "decide after the budget cut",
    "council_note": "tell the body of the urgent decision",
    "disposition_missing": "disposition",
    "evaluation_missing": "evaluation",
}
LEVELS: Final[dict[str, str]] = {
    "superior": "superior office",
    "steering": "steering group",
    "body": "body",
}
