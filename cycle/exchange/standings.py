"""What a list says of where its measures stand: their consequences and, with a source, a state."""

from typing import Any

from cycle.exchange.intake import at
from cycle.exchange.outcome import CHANGED, SAME, Wrong
from cycle.i18n import N_
from cycle.machine.facts import Ask
from cycle.model.duties import Consequence
from cycle.model.measures import Measure
from cycle.model.words import CONSEQUENCES
from cycle.store.unit import Unit
from cycle.usecases import consequences as duties
from cycle.usecases import lookup, moves

_AMOUNTS = {
    "staffing": ("fte",),
    "financial": ("one_off_cents", "annual_cents"),
}


def consequences(unit: Unit, there: Measure, values: dict[str, Any]) -> str:
    """Assess the consequences a row tells; a text that begins with *keine* says there are none."""
    mark = SAME
    for kind in CONSEQUENCES:
        amounts = {n: values[n] for n in _AMOUNTS.get(kind, ()) if n in values}
        if kind in values or amounts:
            with at(kind):
                mark = CHANGED if _assess(unit, there, kind, values.get(kind), amounts) else mark
    return mark


def _assess(
    unit: Unit, there: Measure, kind: str, text: str | None, amounts: dict[str, Any]
) -> bool:
    row = lookup.by(unit, Consequence, measure_id=there.id, kind=kind)
    state = "none" if (text or "").casefold().startswith(("keine", "none")) else "assessed"
    if text is None and (row is None or not row.text):
        raise Wrong(
            "missing",
            N_("An amount is given, but not what it is for."),
            N_("Say in a few words what the measure demands."),
            at=kind,
        )
    if "fte" in amounts:
        amounts["fte_hundredths"] = int(amounts.pop("fte") * 100)
    wanted = {"state": state, **({"text": text} if text else {}), **amounts}
    if row and all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    duties.assess(unit, there.ref, (kind,), state=state, text=text, **amounts)
    return True


def state(unit: Unit, there: Measure, values: dict[str, Any]) -> str:
    """Take over a state that is told with its source and day; no other way moves a measure."""
    wanted = values.get("state")
    if wanted is None or wanted == there.state:
        return SAME
    source, on = values.get("source"), values.get("source_date")
    if there.moves or not source or not on:
        raise Wrong(
            "state_not_imported",
            N_("{key} stands at {here} here; a list alone does not move a measure."),
            N_("Name the source (vorlage) and its day (quelle_datum) to take a state over,"
               " or leave the cell empty."),
            at="state",
            key=there.ref,
            here=there.state,
        )  # fmt: skip
    ask = Ask(source=source, source_date=on, start=values.get("planned_start"), state=wanted)
    with at("state"):
        moves.move(unit, there.ref, "take_over", ask, to=wanted)
    return CHANGED
