"""The steering circle as a whole: what stands at each stage, and where the loop is broken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cycle.machine.states import STATES
from cycle.reading.door import Reader
from cycle.reading.filters import COUNTED, NOTHING, Filters, condition
from cycle.reading.gaps import GapLine, gaps
from cycle.reading.measures import within
from cycle.reading.shapes import Json, plain
from cycle.reading.sight import Sight
from cycle.reading.status import status

ARROWS: Final = (  # from stage, to stage, the open ends by which the thread breaks between them
    ("report", "goal", ("finding_without_response", "report_not_presented")),
    ("goal", "measure", ("goal_without_measure",)),
    ("measure", "evaluation", ("evaluation_owed",)),
    ("evaluation", "report",
     ("feedback_missing", "recommendation_unanswered", "next_round_missing")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A round that is not closed."""

    key: str
    stage: str


_OPEN: Final = """
SELECT c.ref AS key, c.stage FROM cycle c
WHERE c.municipality_id = :m AND c.stage <> 'closed' ORDER BY c.period_start, c.ref
"""
_STATES: Final = f"""
SELECT me.state, COUNT(*) FROM measure me
WHERE me.municipality_id = :m AND {COUNTED} AND {{where}} GROUP BY me.state
"""


def circle(
    reader: Reader,
    *,
    today: date,
    lang: str,
    as_of: date | None = None,
    filters: Filters = NOTHING,
    sight: Sight | None = None,
    counted: Json | None = None,
) -> Json:
    """Give the four stages with their measures, the rounds that stand there, and the arrows.

    Drafts out of `sight` are not counted; None sees all. `counted` is the status of the
    town or round, where the caller has it already. Raises NotFound and Invalid for filters nobody
    knows.
    """
    found = counted or status(reader, today=today, as_of=as_of, filters=filters)
    drafts_of = sight.drafts_of if sight else None
    lines = gaps(
        reader, today=as_of or today, lang=lang, filters=replace(filters, drafts_of=drafts_of),
        sees_internal=sight is None or sight.internal,
    )  # fmt: skip
    states = found["states"] if sight is None or sight.whole else _seen(reader, filters, sight)
    head = {name: found[name] for name in ("municipality", "today", "as_of", "cycles", "cycle")}
    open_ = [row for row in reader.rows(_OPEN, OpenRow) if filters.cycle is None or _is(row, found)]
    return {
        **head,
        "stages": [_stage(name, states, open_) for name, _, _ in ARROWS],
        "off": {state.name: states[state.name] for state in STATES if state.stage is None},
        "arrows": [_arrow(start, end, rules, lines) for start, end, rules in ARROWS],
    }


def _is(row: OpenRow, found: Json) -> bool:
    return bool(found["cycle"]) and row.key == found["cycle"]["key"]


def _seen(reader: Reader, filters: Filters, sight: Sight) -> dict[str, int]:
    """Count the measures somebody sees, by state."""
    where, values = condition(reader, filters)
    seen, more = within(sight)
    counted = dict(reader.pairs(_STATES.format(where=f"{where} AND {seen}"), **values, **more))
    return {state.name: counted.get(state.name, 0) for state in STATES}


def _stage(name: str, states: Mapping[str, int], open_: Sequence[OpenRow]) -> Json:
    own = {state.name: states[state.name] for state in STATES if state.stage == name}
    return {
        "stage": name,
        "count": sum(own.values()),
        "states": own,
        "rounds": [row.key for row in open_ if row.stage == name],
    }


def _arrow(start: str, end: str, rules: Sequence[str], lines: Sequence[GapLine]) -> Json:
    """Give the open ends between two stages; an arrow without any is whole."""
    own = [line for line in lines if line.rule in rules]
    names = ("rule", "says", "count", "who", "task", "command")
    told = [{name: plain(getattr(line, name)) for name in names} for line in own]
    return {"from": start, "to": end, "open": sum(line.count for line in own), "ends": told}
