"""The open ends of the cycle in English: what is open, what to do, the command that does it."""

from typing import Final

Said = tuple[str, str, str]

GAPS: Final[dict[str, Said]] = {
    "finding_without_response": (
        "Findings to act on without a response",
        "Answer with a goal, a reason for no action, or the next round",
        "cycle finding respond {key} --response RESPONSE",
    ),
    "report_not_presented": (
        "Reports never presented to a body",
        "Record where and when the report was presented",
        "cycle report present {key} --body BODY --on DATE",
    ),
    "evaluation_owed": (
        "Finished measures without an evaluation",
        "Evaluate the measure; the short form will do",
        "cycle evaluation add {key} --overall OVERALL --text TEXT",
    ),
    "feedback_missing": (
        "Evaluated measures not yet fed back",
        "Decide what follows and lead the result back",
        "cycle measure report-back {key}",
    ),
    "recommendation_unanswered": (
        "Recommendations without an answer",
        "Accept it, accept it in part or reject it",
        "cycle recommendation answer {key} --response ANSWER --reason REASON",
    ),
    "next_round_missing": (
        "Closed rounds without a next one",
        "Open the next round",
        "cycle round open --predecessor {key}",
    ),
    "lead_missing": (
        "Measures without a lead department",
        "Name the department that answers for it",
        "cycle measure edit {key} --lead DEPARTMENT",
    ),
    "goal_without_measure": (
        "Goals without a measure",
        "Tie a measure to it, or log one",
        "cycle measure log TITLE --goal {key}",
    ),
    "goal_without_target": (
        "Operational goals without target, baseline or date",
        "Add indicator, target value, date and baseline",
        "cycle goal target {key} --indicator INDICATOR --value VALUE --on DATE",
    ),
    "measure_without_finding": (
        "Measures that answer no finding",
        "Name the finding, directly or through the goal",
        "cycle measure edit {key} --finding FINDING",
    ),
    "evaluation_not_planned": (
        "Measures without a date for their evaluation",
        "Plan the evaluation",
        "cycle evaluation plan {key} --due DATE --question QUESTION",
    ),
    "budget_missing": (
        "Decided measures without money",
        "Record the approved budget",
        "cycle budget set {key} --year YEAR --approved AMOUNT",
    ),
    "observation_missing": (
        "Indicators without a current value",
        "Record or import the latest value",
        "cycle observation add {key} --area AREA --on DATE --value VALUE",
    ),
    "participation_missing": (
        "Rounds without participation",
        "Record how people were involved",
        (
            "cycle participation add {key} --format FORMAT --level consult --group GROUP"
            " --summary TEXT"
        ),
    ),
    "agreement_missing": (
        "Goals nobody has recorded an agreement on",
        "Record who agreed",
        "cycle goal agree {key}",
    ),
    "goal_unclassified": (
        "Goals without a level",
        "Say whether it is guiding, intermediate or operational",
        "cycle goal edit {key} --level LEVEL",
    ),
    "goal_only_output": (
        "Goals that measure only what is done, not what changes",
        "Add an indicator of outcome",
        "cycle goal target {key} --indicator INDICATOR --value VALUE --on DATE",
    ),
    "finding_without_area": (
        "Findings without an area",
        "Name the area it speaks of",
        "cycle finding edit {key} --area AREA",
    ),
    "strand_unlinked": (
        "Rounds whose planning stands alone",
        "Link sectoral planning, area development and reporting",
        "cycle round show {key}",
    ),
    "owed": (
        "Still to be supplied for measures",
        "Supply what is missing",
        "cycle measure can {key}",
    ),
    "owed_round": (
        "Still to be supplied for rounds",
        "Supply what is missing",
        "cycle round show {key}",
    ),
    "state_unknown": (
        "Measures taken over, state unknown",
        "State where it stands, with its source",
        "cycle measure take-over {key} --state STATE --source SOURCE",
    ),
    "owed_taken_over": (
        "Still to be supplied for measures taken over",
        "Supply what is missing",
        "cycle measure can {key}",
    ),
}
