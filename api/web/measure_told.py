"""What each move of a measure brings with it, told before it is made."""

from typing import Final

from api.web.frame import Visit
from cycle.i18n import N_
from cycle.reading.missing import missing

_BRINGS: Final = {
    "target": N_("The measure then serves its goal. It stays internal until it is given to the"
                 " committees."),
    "propose": N_("The measure goes to the committees. Whoever may read here sees it from then on,"
                  " and its text is kept as it is now."),
    "send_back": N_("The measure goes back to its department, is internal again and can be"
                    " changed."),
    "approve": N_("The decision counts: the measure may begin, and the day of its evaluation is"
                  " set."),
    "defer": N_("The measure rests until the day on which it is looked at again."),
    "resubmit": N_("The measure goes to the committees once more."),
    "reject": N_("The measure ends here. What was decided can still be read."),
    "start": N_("The measure is under way; from then on its progress is reported."),
    "suspend": N_("The measure rests; on the day named it is asked whether it goes on."),
    "resume": N_("The measure is under way again."),
    "finish": N_("The work is done; next the measure is evaluated."),
    "reopen": N_("The measure is under way again; its end is open."),
    "evaluate": N_("The evaluation counts; next it is decided what follows from it."),
    "report_back": N_("The result goes back to where the measure came from. With it the circle"
                      " closes."),
    "cancel": N_("The measure ends here. Its key stays, and what was done can still be read."),
    "take_over": N_("The steps before are not made up for; what they ask for stays listed as"
                    " owed."),
}  # fmt: skip


def brings(visit: Visit, move: str) -> str:
    """Say what a move brings with it."""
    return visit.say(_BRINGS[move]) if move in _BRINGS else ""


def owed_after(visit: Visit, move: str) -> list[str]:
    """Give what is missing for a move and does not block it: it is noted to be supplied later."""
    lacks = missing(visit.at(), visit.key, today=visit.day, lang=visit.lang)
    return [each.says for each in lacks if each.step == move and not each.blocks]
