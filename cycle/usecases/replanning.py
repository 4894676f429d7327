"""What was decided with dates keeps them: another date is a new plan, told with its reason."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.model.measures import Measure
from cycle.store.unit import Unit
from cycle.usecases import given
from cycle.usecases.policy import policy

_DECIDED = frozenset({"approved", "in_progress", "suspended", "implemented", "evaluated"})
_PLANNED = ("planned_start", "planned_end", "is_ongoing")


def replan(
    unit: Unit, record: Measure, words: Mapping[str, Any], reason: str | None
) -> dict[str, Any]:
    """Give what a new plan changes besides; nothing where no planned date is changed.

    From approval on the first end is kept for ever. Raises Invalid without a reason, or for an
    end before the beginning.
    """
    start, end = (words.get(name, getattr(record, name)) for name in _PLANNED[:2])
    changed = _changed(record, words) if record.state in _DECIDED else []
    given.insist(given.unordered("planned_end", start, end), *_unreasoned(record, changed, reason))
    if not changed:
        return {}
    first = record.first_planned_end or record.planned_end
    return {"first_planned_end": first, **_evaluation(unit, record, end)}


def _changed(record: Measure, words: Mapping[str, Any]) -> list[str]:
    """Name the dates that were there and are to be others; a date added is no new plan."""
    was = {name: getattr(record, name) for name in _PLANNED if name in words}
    return [n for n, old in was.items() if old is not None and old != words[n]]


def _unreasoned(record: Measure, changed: list[str], reason: str | None) -> Iterator[Fault]:
    if changed and not given.maybe(reason):
        says = N_(
            "{key} was decided on with its dates: say with --reason why {names} changes."
            " The first end is kept."
        )
        values = {"key": record.ref, "names": ", ".join(changed)}
        yield Fault("reason", "missing", says, values)


def _evaluation(unit: Unit, record: Measure, end: date | None) -> dict[str, Any]:
    """Let an evaluation that counts from the planned end move along; one planned itself stays."""
    days = timedelta(days=policy(unit.town).evaluation_due_days)
    due, old = record.next_evaluation_due, record.planned_end
    return {"next_evaluation_due": end + days} if due and old and end and due == old + days else {}
