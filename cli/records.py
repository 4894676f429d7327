"""Records as they are shown: every noun, and how the reading room gives it."""

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cli.desk import Desk
    from cycle.reading.door import Reader

SHOWN = {
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
_DATED = frozenset({"measure", "goal", "round"})  # what they show depends on the day
_GUARDED = frozenset(
    {"measure", "goal", "round", "report", "decision", "paper", "body", "account"}
)  # not everyone sees all of it


def record(reader: "Reader", noun: str, key: str, *, today: date, lang: str, internal: bool) -> Any:  # noqa: ANN401 - JSON
    """Give one record as JSON can hold it; NotFound where there is none of that key."""
    show: Callable[..., Any] = import_module(f"cycle.reading.{SHOWN[noun]}").show
    dated = (today, lang) if noun in _DATED else ()
    guarded = {"sees_internal": internal} if noun in _GUARDED else {}
    return show(reader, key, *dated, **guarded)


def put_record(noun: str) -> Callable[["Desk", Namespace], None]:
    """Make the command that shows one record of a noun."""

    def show(desk: "Desk", args: Namespace) -> None:
        from cli.deeds import from_input
        from cli.show.sheets import put

        key = from_input() if args.key == "-" else args.key
        with desk.reading() as reader:
            found = record(
                reader, noun, key, today=desk.today(reader), lang=desk.tongue.lang,
                internal=desk.sees_internal(reader),
            )  # fmt: skip
        put(desk, noun, found)

    return show
