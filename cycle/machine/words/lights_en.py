"""The traffic lights in English: their names, their colours, and a sentence for every reason."""

from typing import Final

LIGHTS: Final = {"delivery": "Delivery", "effect": "Effect", "data": "Data"}
COLOURS: Final = {
    "green": "green/on track",
    "yellow": "yellow/at risk",
    "red": "red/critical",
    "grey": "grey/nothing to say",
}
REASONS: Final = {
    # Delivery
    "not_decided": "The measure is not decided yet.",
    "off_circle": "The measure is no longer pursued.",
    "suspended": "Suspended since {day} ({code}); to be looked at again by {review}.",
    "review_past": "Suspended since {day} ({code}); it was to be looked at again by {review}.",
    "start_late": "It was to begin on {day} and has not begun.",
    "end_past": "It was to end on {day} and was not done by then.",
    "end_moved": "It is expected to end on {to}, not on {day}.",
    "step_late": "The milestone “{title}” was due on {day}.",
    "steps_late": "{count} milestones are overdue, the first one since {day}.",
    "money_over": "{percent}\u00a0% of the money approved for {year} is spent or committed.",
    "money_unspent": "Only {percent}\u00a0% of the money approved for {year} is spent.",
    "budget_cut": "For {year} only {percent}\u00a0% of the planned money was approved.",
    "budget_choice": "The budget was cut; by {day} it is to be decided how it goes on.",
    "report_missing": "A progress report was due on {day}.",
    "external": "External: it rests on a commitment or contract, not on a council resolution.",
    # Effect
    "goal_missing": "The measure has no main goal yet.",
    "target_missing": "The main goal has no target that could be measured.",
    "qualitative": "The main goal is judged by a criterion in words, not by a value.",
    "target_incomplete": "The target lacks its value or its date.",
    "baseline_missing": "The value the target starts from is missing.",
    "no_value": "There is no value yet.",
    "no_value_since": "There is no value after {day}, the day of the baseline.",
    "withheld": "The value of {day} is confidential or unknown.",
    "unreliable": "The value of {day} is not reliable enough.",
    "not_applicable": "For {day} no value is possible.",
    "not_comparable": "Since {day} values are counted differently; restate baseline and target.",
    "city_missing": "A value of the whole town to compare with is missing.",
    "no_distance": "By revised values the target is where it started; restate the target.",
    "behind": "{attained} of the way is done, {expected} should be.",
    "far_behind": "Only {attained} of the way is done, {expected} should be.",
    "away": "The value has moved away from the target; {expected} of the way should be done.",
    "missed": "The target's date, {day}, is past and only {attained} of the way is done.",
    "nearly_met": "The value is {value}, just beside the target of {aim}.",
    "not_met": "The value is {value}, clearly beside the target of {aim}.",
    "small_numbers": "Small numbers: {cases} cases, fewer than {least}; chance weighs heavily.",
    "cases_unknown": "The number of cases is unknown.",
    "uncertain": "Uncertain: the true value lies between {low} and {high}, expected is {path}.",
    # Data
    "value_old": "The newest value is of {day}; a newer one should be there.",
    "series_broken": "The series is broken since {day}.",
}
SET_BY_HAND: Final = "set by hand until {until}"
