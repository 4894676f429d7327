"""What each move of a measure brings with it, in English."""

from typing import Final

BRINGS: Final[dict[str, str]] = {
    "target": (
        "The measure then serves its goal. It stays internal until it is given to the committees."
    ),
    "propose": (
        "The measure goes to the committees. Whoever may read here sees it from then on, and its "
        "text is kept as it is now."
    ),
    "send_back": "The measure goes back to its department, is internal again and can be changed.",
    "approve": "The decision counts: the measure may begin, and the day of its evaluation is set.",
    "defer": "The measure rests until the day on which it is looked at again.",
    "resubmit": "The measure goes to the committees once more.",
    "reject": "The measure ends here. What was decided can still be read.",
    "start": "The measure is under way; from then on its progress is reported.",
    "suspend": "The measure rests; on the day named it is asked whether it goes on.",
    "resume": "The measure is under way again.",
    "finish": "The work is done; next the measure is evaluated.",
    "reopen": "The measure is under way again; its end is open.",
    "evaluate": "The evaluation counts; next it is decided what follows from it.",
    "report_back": (
        "The result goes back to where the measure came from. With it the circle closes."
    ),
    "cancel": "The measure ends here. Its key stays, and what was done can still be read.",
    "take_over": "The steps before are not made up for; what they ask for stays listed as owed.",
}
