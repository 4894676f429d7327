"""How a round is made, what it is tied to, and which round it follows."""

from collections.abc import Sequence
from datetime import date

from cycle.errors import Conflict, Fault, Invalid
from cycle.i18n import N_
from cycle.ids import new_id
from cycle.model.cycles import Cycle, CycleField, CyclePaper, CycleStrand
from cycle.reading.cycles import CycleRow, listed
from cycle.store.unit import Unit
from cycle.usecases import given, lookup


def before(
    unit: Unit, key: str | None, fields: Sequence[str], strands: Sequence[str]
) -> CycleRow | None:
    """Give the round before a new one: the one named, else the only one it can follow."""
    rounds = listed(unit.reading())
    if key:
        named = lookup.cycle(unit, key)
        row = next(r for r in rounds if r.key == named.ref)
        _last_in_line(row)
        return row
    fitting = [
        r
        for r in rounds
        if r.stage in {"evaluation", "closed"} and not r.successor and r.meets(fields, strands)
    ]
    return fitting[0] if len(fitting) == 1 else None


def new(
    unit: Unit,
    title: str,
    start: date,
    end: date | None,
    *,
    row: CycleRow | None = None,
    scheme: str | None = None,
) -> Cycle:
    """Make a round with its number and its key: Z-2024, further ones of the year Z-2024-02."""
    given.insist(_no_time(start, end))
    previous = lookup.cycle(unit, row.key) if row else None
    area_scheme = lookup.scheme(unit, scheme) if scheme else None
    number = unit.next_number(f"Z-{start.year}")
    own_id = new_id()
    return unit.add(
        Cycle(
            id=own_id,
            ref=f"Z-{start.year}" if number == 1 else f"Z-{start.year}-{number:02d}",
            title=given.text("title", title),
            round=previous.round + 1 if previous else 1,
            period_start=start,
            period_end=end,
            predecessor_id=previous.id if previous else None,
            lineage_id=previous.lineage_id if previous else own_id,
            area_scheme_id=area_scheme.id if area_scheme else None,
        )
    )


def tie(unit: Unit, record: Cycle, fields: Sequence[str] = (), strands: Sequence[str] = ()) -> None:
    """Tie a new round to its fields and strands."""
    for code in dict.fromkeys(fields):
        unit.add(CycleField(cycle_id=record.id, field_id=lookup.field(unit, code).id))
    for strand in dict.fromkeys(strands):
        unit.add(CycleStrand(cycle_id=record.id, strand=strand))


def tie_papers(unit: Unit, record: Cycle, refs: Sequence[str]) -> list[str]:
    """Tie papers to a round; give the numbers of those that were not tied to it yet."""
    known = {link.paper_id for link in lookup.every(unit, CyclePaper, cycle_id=record.id)}
    papers = {lookup.paper(unit, ref).id: ref for ref in refs}
    for paper_id in papers.keys() - known:
        unit.add(CyclePaper(cycle_id=record.id, paper_id=paper_id))
    return [ref for paper_id, ref in papers.items() if paper_id not in known]


def follow(unit: Unit, record: Cycle, previous: Cycle) -> None:
    """Make a round follow another; the numbers of the rounds after it move along."""
    _last_in_line(next(r for r in listed(unit.reading()) if r.key == previous.ref))
    _no_circle(unit, record, previous)
    chain = [record]
    while later := lookup.by(unit, Cycle, predecessor_id=chain[-1].id):
        chain.append(later)
    record.predecessor_id = previous.id
    for number, each in enumerate(chain, previous.round + 1):
        each.round, each.lineage_id = number, previous.lineage_id
        unit.tell(each, "linked", role=unit.role("planner"), to=previous.ref)


def _last_in_line(row: CycleRow) -> None:
    if row.successor:
        raise Conflict(
            N_("The round {key} is followed by {successor} already."),
            code="duplicate",
            fix=N_("A round has one successor; `cycle round show {successor}` shows it."),
            key=row.key,
            successor=row.successor,
        )


def _no_circle(unit: Unit, record: Cycle, previous: Cycle) -> None:
    ancestor: Cycle | None = previous
    while ancestor:
        if ancestor.id == record.id:
            raise Invalid(
                N_("{key} cannot follow {predecessor}, which comes after it."),
                fix=N_("`cycle round list` shows the rounds in their order."),
                key=record.ref,
                predecessor=previous.ref,
            )
        parent = ancestor.predecessor_id
        ancestor = unit.get(Cycle, parent) if parent else None


def _no_time(start: date, end: date | None) -> Fault | None:
    if end is None or end > start:
        return None
    says = N_("{name}: {last} does not lie after {first}.")
    return Fault("end", "ends_before_it_begins", says,
                 {"name": "end", "first": start, "last": end})  # fmt: skip
