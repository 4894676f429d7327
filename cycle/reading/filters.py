"""The filters every reading command knows, as a condition on measures (alias `me`)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, Literal

from cycle.errors import Fault, Invalid
from cycle.i18n import N_
from cycle.machine.states import STATES
from cycle.reading.door import Reader, many
from cycle.reading.keys import find
from cycle.reading.sight import DRAFTS

PREVENTION: Final = ("universal", "selective", "indicated")
MANDATES: Final = ("statutory", "voluntary")
COUNTED: Final = (  # what was entered in error is in no list and no sum
    "NOT (me.state = 'cancelled' AND COALESCE(me.reason_code, '') = 'entered_in_error')"
)
_LEAD = "me.lead_id IN (SELECT id FROM org_unit WHERE municipality_id = :m AND code {picked})"
_SEEN = f"(me.state NOT IN {DRAFTS} OR (me.lead_id IS NOT NULL AND {_LEAD}))"
LATE: Final = (
    "SELECT late.subject FROM standing late WHERE late.municipality_id = :m"
    " AND late.topic = 'overdue' AND late.day <= :f_late"
)
_CONDITIONS: Final = {
    "cycle": "me.cycle_id IN (SELECT id FROM cycle WHERE municipality_id = :m AND ref = :f_cycle)",
    "department": _LEAD.format(picked="= :f_department"),
    "area": "(EXISTS (SELECT 1 FROM measure_area fa JOIN area a ON a.municipality_id = :m"
    " AND a.id = fa.area_id WHERE fa.municipality_id = :m AND fa.measure_id = me.id"
    " AND a.code = :f_area) OR (me.citywide AND EXISTS (SELECT 1 FROM area a"
    " WHERE a.municipality_id = :m AND a.code = :f_area AND a.level = 0)))",
    "field": "me.id IN (SELECT l.measure_id FROM measure_field l JOIN field_of_action f"
    " ON f.municipality_id = :m AND f.id = l.field_id"
    " WHERE l.municipality_id = :m AND f.code = :f_field)",
    "state": "me.state = :f_state",
    "internal": f"me.state IN {DRAFTS}",
    "goal": "me.id IN (SELECT l.measure_id FROM measure_goal l JOIN goal g"
    " ON g.municipality_id = :m AND g.id = l.goal_id"
    " WHERE l.municipality_id = :m AND g.ref = :f_goal)",
    "prevention": "me.prevention_level = :f_prevention",
    "mandate": "me.mandate = :f_mandate",
    "late": f"me.id IN ({LATE})",
}
_NOUNS: Final = {
    "cycle": "round", "department": "department", "area": "area", "field": "field", "goal": "goal",
}  # fmt: skip
_WORDS: Final = {
    "state": tuple(s.name for s in STATES), "prevention": PREVENTION, "mandate": MANDATES,
}  # fmt: skip

Condition = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody wants to see: keys, codes and words; `mine` are the account's departments."""

    cycle: str | None = None
    department: str | None = None
    area: str | None = None
    field: str | None = None
    state: str | None = None
    internal: Literal[True] | None = None  # not yet given to the committees
    goal: str | None = None
    prevention: str | None = None
    mandate: str | None = None
    late: date | None = None  # with something that is overdue on this day
    mine: tuple[str, ...] | None = None
    drafts_of: tuple[str, ...] | None = None  # of these departments alone, none of the others

    @property
    def given(self) -> dict[str, Any]:
        """Give the filters that were set, but for those by the departments of the account."""
        own = {"mine", "drafts_of"}
        named = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in own}
        return {name: value for name, value in named.items() if value is not None}


NOTHING: Final = Filters()


def condition(reader: Reader, filters: Filters) -> Condition:
    """Give the condition on measures and its values.

    Raises NotFound for a key or code nobody knows, Invalid for a word that is none.
    """
    _check_words(filters.given)
    values: dict[str, Any] = {
        f"f_{name}": find(reader, _NOUNS[name], value) if name in _NOUNS else value
        for name, value in filters.given.items()
    }
    parts = [_CONDITIONS[name] for name in filters.given]
    if filters.mine is not None:
        listed, more = many("f_mine", filters.mine)
        parts.append(_LEAD.format(picked=f"IN ({listed})"))
        values |= more
    if filters.drafts_of is not None:
        listed, more = many("f_drafts", filters.drafts_of)
        parts.append(_SEEN.format(picked=f"IN ({listed})"))
        values |= more
    return " AND ".join(parts) or "1 = 1", values


def picked(reader: Reader, filters: Filters, states: Sequence[str]) -> list[str]:
    """Give the keys of the measures the filters pick, those in these states if none is named."""
    where, values = condition(reader, filters)
    listed, more = many("f_from", states)
    if filters.state is None:
        where, values = f"{where} AND me.state IN ({listed})", values | more
    sql = f"SELECT me.ref FROM measure me WHERE me.municipality_id = :m AND {where} ORDER BY me.ref"
    return [key for (key,) in reader.pairs(sql, **values)]


def _check_words(given: dict[str, Any]) -> None:
    faults = [
        Fault(
            name,
            "unknown_word",
            N_("{name} must be one of: {words}."),
            {"name": name, "words": ", ".join(words)},
        )
        for name, words in _WORDS.items()
        if name in given and given[name] not in words
    ]
    if faults:
        listed = ", ".join(f.pointer for f in faults)
        says = N_("Please check what was given: {fields}.")
        raise Invalid(says, faults=tuple(faults), fields=listed)
