"""Records as every door shows them: each noun, and which file of the reading room gives it."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any, Final

from cycle.reading import decisions, measures, papers
from cycle.reading.door import Reader
from cycle.reading.filters import Condition
from cycle.reading.shapes import Json
from cycle.reading.sight import Sight

SHOWN: Final = {
    "measure": "measures",
    "goal": "goals",
    "round": "cycles",
    "report": "reports",
    "finding": "findings",
    "recommendation": "recommendations",
    "indicator": "indicators",
    "evaluation": "evaluations",
    "decision": "decisions",
    "paper": "papers",
    "body": "bodies",
    "area": "areas",
    "department": "departments",
    "field": "fields",
    "account": "accounts",
}
_PUBLIC: Final = {
    "paper": papers.visible(sees_internal=False),
    "decision": decisions.PUBLIC,
    "account": "1 = 0",
    "token": "1 = 0",
    "webhook": "1 = 0",
}  # what is seen of a noun by whom only what is published concerns
_DATED: Final = frozenset({"measure", "goal", "round"})  # what they show depends on the day
_TELL_OF_MEASURES: Final = frozenset({"measure", "goal", "round", "decision", "paper"})
_GUARDED: Final = frozenset(
    {"measure", "goal", "round", "report", "decision", "paper", "body", "account"}
)  # not everyone sees all of it


def seen(noun: str, sight: Sight) -> Condition:
    """Give the condition on the records of a noun that somebody sees, and its values."""
    if noun == "measure":
        return measures.within(sight)
    if noun in _PUBLIC and not sight.internal:
        return _PUBLIC[noun], {}
    return "1 = 1", {}


def record(
    reader: Reader,
    noun: str,
    key: str,
    *,
    today: date,
    lang: str,
    internal: bool,
    sight: Sight | None = None,
) -> Json:
    """Give one record as JSON can hold it; NotFound where there is none of that key in sight."""
    show: Callable[..., Json] = import_module(f"cycle.reading.{SHOWN[noun]}").show
    dated = (today, lang) if noun in _DATED else ()
    more: dict[str, Any] = {"sees_internal": internal} if noun in _GUARDED else {}
    if noun in _TELL_OF_MEASURES and sight:
        more["sight"] = sight
    return show(reader, key, *dated, **more)
