"""What stands over what is missing, in English: per move of a measure."""

from typing import Final

HEADLINES: Final[dict[str, str]] = {
    "": "{key} cannot make this step yet:",
    "waive": "{key}: nobody can make an exception from this, it stays asked for:",
    "log": "The measure cannot be logged yet:",
    "target": "{key} cannot be tied to a goal yet:",
    "propose": "{key} cannot go to the committees yet:",
    "send_back": "{key} cannot be sent back yet:",
    "approve": "{key} cannot count as approved yet:",
    "defer": "{key} cannot be put off yet:",
    "resubmit": "{key} cannot go to the committees again yet:",
    "reject": "{key} cannot count as rejected yet:",
    "start": "{key} cannot start yet:",
    "suspend": "{key} cannot be suspended yet:",
    "resume": "{key} cannot be resumed yet:",
    "finish": "{key} cannot be finished yet:",
    "reopen": "{key} cannot be reopened:",
    "evaluate": "{key} cannot count as evaluated yet:",
    "report_back": "{key} cannot be reported back yet:",
    "cancel": "{key} cannot be cancelled yet:",
    "supersede": "{key} cannot pass into others yet:",
    "take_over": "{key} cannot be taken over like this:",
}
