"""The words in capitals that stand for what one types: TEXT, DATE, MEASURE."""

import re

from cycle.i18n import N_, Tongue

PLACEHOLDERS = frozenset(
    (
        N_("ACCOUNT"), N_("BODY"), N_("CODE"), N_("COMMAND"), N_("CONDITION"), N_("DATE"),
        N_("DECISION"), N_("DEPARTMENT"), N_("EUR"), N_("EVALUATION"), N_("FILE"), N_("FINDING"),
        N_("FOLDER"),
        N_("GOAL"), N_("GROUP"), N_("INDICATOR"), N_("KEY"), N_("KIND"), N_("MACHINE"),
        N_("MEASURE"), N_("NAME"), N_("NUMBER"), N_("POSTS"), N_("REPORT"), N_("ROLE"), N_("RULE"),
        N_("ROUND"), N_("SHARE"), N_("SHORT_NAME"), N_("STAGE"), N_("STATE"), N_("STEP"),
        N_("STRAND"), N_("TEXT"), N_("TIME"), N_("TITLE"), N_("TOPIC"), N_("UNIT"), N_("VALUE"),
        N_("WORD"), N_("YEAR"),
        # those made of a flag with a closed list
        N_("RESULT"),
        N_("LEVEL"),
        N_("FORMAT"),
        N_("OUTCOME"),
        N_("OVERALL"),
        N_("PURPOSE"),
        N_("EVALUATOR"),
        N_("STATUS"),
        N_("RESPONSE"),
        N_("SEVERITY"),
        N_("BINDING"),
        N_("MANDATE"),
        N_("ORIGIN"),
        N_("COVER"),
        N_("NEED"),
        N_("POLARITY"),
        N_("MAJORITY"),
        N_("COURSE"),
        N_("LEVER"),
        N_("CHOICE"),
        N_("DISPOSITION"),
        N_("BASIS"),
        N_("FREQUENCY"),
        N_("FUNDING"),
        N_("LIGHT"),
        N_("COLOUR"),
    )
)  # fmt: skip
_CAPITALS = r"[A-Z][A-Z_]+"


def spoken(metavar: str, tongue: Tongue) -> str:
    """Say a placeholder in the language, also where several are joined."""
    if metavar in PLACEHOLDERS:
        return tongue.say(metavar)
    return re.sub(_CAPITALS, lambda word: _say(word[0], tongue), metavar)


def _say(word: str, tongue: Tongue) -> str:
    return tongue.say(word) if word in PLACEHOLDERS else word
