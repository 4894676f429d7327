"""Reading files in: the same way for every kind, whole or not at all, twice without effect."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from cycle.errors import Invalid
from cycle.exchange import cells, oparl, oparl_words, papers, tables
from cycle.exchange.fitting import fit, readable
from cycle.exchange.intake import Desk, Progress, Row, Taker, take_in
from cycle.exchange.kinds import TABLES
from cycle.exchange.mapping import NO_MAP, Mapping, load
from cycle.exchange.outcome import Note, Outcome
from cycle.i18n import N_
from cycle.model.indicators import ImportBatch
from cycle.store.actors import EVERYTHING, Scope
from cycle.store.store import Store
from cycle.store.unit import Unit
from cycle.usecases import lookup

OPARL = "oparl"
KINDS = (*TABLES, OPARL)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that could be read: its rows, what takes them, and the hash that names it."""

    kind: str
    name: str
    sha256: str
    make: Callable[[], Taker]  # anew for every try of the unit
    rows: list[Row]


def run(
    store: Store,
    kind: str,
    path: str | Path,
    *,
    data: bytes | None = None,
    mapping: str | Path | Mapping | None = None,
    sheet: str | None = None,
    dry_run: bool = False,
    skip_errors: bool = False,
    actor: str | None = "local",
    for_unit: str | None = None,
    day: date | None = None,
    progress: Progress | None = None,
    scope: Scope = EVERYTHING,
) -> Outcome:
    """Read a file of one kind into the store, in one transaction, and tell what became of it.

    Nothing is written where `dry_run` is asked for, or where a row has a fault and `skip_errors`
    is not. `path` is a file, `-` for standard input, or a folder for oparl; where `data` is given
    it only names what was sent. `sheet` names the one to read of a workbook. Raises Invalid for a
    file or a map that cannot be read at all, Forbidden, Unavailable.
    """
    town_map = mapping if isinstance(mapping, Mapping) else load(mapping) if mapping else NO_MAP
    outcome = Outcome(known(kind), dry_run=dry_run)
    source = _source(kind, path, data=data, sheet=sheet, town_map=town_map, outcome=outcome)
    faults, skipped = list(outcome.faults), outcome.rows_skipped

    def deed(unit: Unit) -> Outcome:
        outcome = Outcome(kind, dry_run=dry_run, faults=list(faults), rows_skipped=skipped)
        return _take(unit, source, outcome, skip_errors=skip_errors, progress=progress)

    try:
        return store.perform(deed, actor, day=day, for_unit=for_unit, scope=scope)
    except _Undone as undone:
        return undone.outcome


class _Undone(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def known(kind: str) -> str:
    """Give a kind that can be imported back; raise Invalid naming those there are."""
    if kind in KINDS:
        return kind
    near = get_close_matches(kind, KINDS, n=1)
    raise Invalid(
        N_("There is no import of {kind}."),
        fix=N_("Did you mean {near}? There are: {known}.") if near else N_("There are: {known}."),
        kind=cells.shown(kind),
        near=", ".join(near),
        known=", ".join(KINDS),
    )


def _source(
    kind: str,
    path: str | Path,
    *,
    data: bytes | None,
    sheet: str | None,
    town_map: Mapping,
    outcome: Outcome,
) -> Source:
    name = cells.shown(Path(path).name or str(path))
    if kind == OPARL:
        words = oparl_words.words(town_map)
        delivery = oparl.read(path)
        outcome.faults, outcome.rows_skipped = delivery.faults, len(delivery.faults)
        hashed, rows = _hash(delivery.raw, town_map), papers.rows(delivery)
        return Source(kind, name, hashed, lambda: papers.PaperTaker(words.anew()), rows)
    layout, make = TABLES[kind]
    data = tables.content(path) if data is None else data
    table = tables.table(data, name, sheet)
    fitted = fit(layout, table, town_map)
    rows = readable(table.lines, fitted, outcome)
    hashed = _hash(data + (sheet or "").encode(), town_map)
    return Source(kind, name, hashed, lambda: make(fitted), rows)


def _hash(data: bytes, town_map: Mapping) -> str:
    return sha256(data + town_map.raw).hexdigest()


def _take(
    unit: Unit, source: Source, outcome: Outcome, *, skip_errors: bool, progress: Progress | None
) -> Outcome:
    before = lookup.by(unit, ImportBatch, kind=source.kind, sha256=source.sha256)
    # What is pending in a council's papers changes with the day, so they are always compared.
    if before and not before.rows_skipped and source.kind != OPARL:
        return _nothing_to_do(outcome, before)
    if not source.rows and not outcome.faults:
        outcome.notes.append(Note("no_rows", N_("There is no row below the header."), {}))
        return outcome
    batch = before or _batch(unit, source)
    desk = Desk(unit, outcome, batch.id)
    take_in(desk, source.make(), source.rows, progress)
    outcome.faults.sort(key=lambda fault: fault.place)
    if outcome.faults and not skip_errors:
        raise _Undone(outcome)
    if before and not (outcome.rows_new or outcome.rows_changed):
        raise _Undone(outcome if outcome.faults else _nothing_to_do(outcome, before))
    batch.rows_ok, batch.rows_skipped = outcome.rows_ok, outcome.rows_skipped
    unit.tell(batch, "imported", key=source.kind, new=outcome.rows_new,
              changed=outcome.rows_changed)  # fmt: skip
    unit.session.flush()
    if outcome.dry_run:
        unit.write_journal()
        raise _Undone(outcome)
    outcome.batch, outcome.written = batch.id, True
    return outcome


def _batch(unit: Unit, source: Source) -> ImportBatch:
    batch = unit.add(
        ImportBatch(
            source="oparl" if source.kind == OPARL else "csv",
            kind=source.kind,
            file_name=source.name,
            sha256=source.sha256,
            recorded_at=unit.now,
        )
    )
    unit.session.flush()
    return batch


def _nothing_to_do(outcome: Outcome, batch: ImportBatch) -> Outcome:
    outcome.already, outcome.batch = True, batch.id
    outcome.notes.insert(
        0,
        Note("already_imported", N_("{file} is imported already, nothing to do."),
             {"file": batch.file_name}),
    )  # fmt: skip
    return outcome
