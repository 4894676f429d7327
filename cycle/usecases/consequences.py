"""What a measure demands in buildings, staff, organisation and money (Auswirkungen)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cycle.errors import Fault, Refused
from cycle.i18n import N_
from cycle.machine.guards_planning import consequence_open
from cycle.model.duties import Consequence
from cycle.model.measures import Measure
from cycle.model.words import CONSEQUENCES
from cycle.store.unit import Unit
from cycle.usecases import given, lookup
from cycle.usecases.duties import lead_of, owing, strange
from cycle.usecases.moves import settle

AMOUNTS: Mapping[str, tuple[str, ...]] = {  # what is said of each kind besides the text
    "built": ("need", "site", "cost_cents", "permit"),
    "staffing": ("fte_hundredths", "grade", "temporary", "post_in_plan"),
    "organisational": (),
    "financial": (
        "one_off_cents", "annual_cents", "revenue_cents", "product_group", "from_year", "cover",
    ),
}  # fmt: skip
Words = dict[str, object]

ALL = "all"


def assess(
    unit: Unit,
    key: str,
    kinds: Sequence[str],
    *,
    state: str = "assessed",
    text: str | None = None,
    **amounts: object,
) -> Measure:
    """Assess one or several consequences, or say that there are none; money is in cents.

    `all` stands for the four kinds. What is not given stays as it was. A change of the financial
    one undoes its countersignature.
    """
    kinds = CONSEQUENCES if ALL in kinds else kinds
    finance = ("finance",) if set(kinds) == {"financial"} else ()
    measure, role = owing(unit, key, "department_head", "planner", *finance)
    given.insist(*_faults(kinds, state, amounts))
    rows = {c.kind: c for c in lookup.every(unit, Consequence, measure_id=measure.id)}
    said = {kind: _words(rows[kind], state, text, amounts) for kind in kinds}
    if state == "assessed":
        given.insist(*(given.missing("text", words["text"]) for words in said.values()))
    for kind, words in said.items():
        _write(unit, measure, rows[kind], words, role)
    settle(unit, measure)
    return measure


def _faults(
    kinds: Sequence[str], state: str, amounts: Mapping[str, object]
) -> Iterator[Fault | None]:
    if not kinds:
        yield given.missing("kind", None)
    for kind in kinds:
        yield strange("kind", kind, CONSEQUENCES)
    yield strange("state", state, ("assessed", "none"))
    fitting = [name for kind in kinds for name in AMOUNTS.get(kind, ())]
    for name, value in amounts.items():
        if name not in fitting:
            says = N_("{name} belongs to another kind of consequence.")
            yield Fault(name, "unfitting", says, {"name": name})
        elif state == "none" and value is not None:
            says = N_("{name} contradicts that there is no such consequence.")
            yield Fault(name, "contradicts", says, {"name": name})


def _words(row: Consequence, state: str, text: str | None, amounts: Mapping[str, object]) -> Words:
    """Tell what the row is to hold: the new words, else the old ones of the same state."""
    keep = row.state == state or (row.state == "open" and state == "assessed")  # to be revised
    old = {name: getattr(row, name) if keep else None for name in AMOUNTS[row.kind]}
    new = {name: amounts.get(name, value) for name, value in old.items()}
    return {"state": state, "text": given.maybe(text) or (row.text if keep else None), **new}


def _write(unit: Unit, measure: Measure, row: Consequence, words: Words, role: str) -> None:
    changed = any(getattr(row, name) != value for name, value in words.items())
    for name, value in words.items():
        setattr(row, name, value)
    row.assessed_by, row.assessed_on = role, unit.day
    if changed:
        row.countersigned_on = row.countersigned_by = row.countersign_ref = None
    unit.tell(row, "assessed", key=measure.ref, role=role, kind=row.kind)


def countersign(
    unit: Unit, key: str, *, on: date | None = None, ref: str | None = None
) -> Consequence:
    """Record that the finance office countersigned the financial consequences.

    By the finance office itself; or by social planning, with the day and the file reference.
    """
    measure, role = owing(unit, key, "finance", "planner")
    if role == "planner":
        given.insist(given.missing("on", on), given.missing("ref", ref))
    given.insist(given.ahead(unit, "on", on or unit.day))
    row = lookup.by(unit, Consequence, measure_id=measure.id, kind="financial")
    if row is None or row.state == "open":
        raise _nothing_to_sign(unit, measure)
    row.countersigned_on, row.countersigned_by = on or unit.day, role
    row.countersign_ref = given.maybe(ref)
    unit.tell(row, "countersigned", key=measure.ref, role=role, kind=row.kind)
    settle(unit, measure)
    return row


def _nothing_to_sign(unit: Unit, measure: Measure) -> Refused:
    values = {"key": measure.ref, "kinds": ("financial",), "lead": lead_of(unit, measure)}
    return Refused(
        N_("{key}: there are no financial consequences to countersign yet."),
        machine="measure",
        key=measure.ref,
        move="countersign",
        reasons=(consequence_open.reason(values, "countersign"),),
    )
