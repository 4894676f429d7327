"""Many evaluations handed in at once: each judged as alone, and written together.

One that is refused leaves no trace and does not stop the others. Lines that put an evaluation
right, speak of several measures or tell results of indicators are recorded one by one, in their
place; so is what meets an earlier line of the batch.
"""

from collections.abc import Iterator, Sequence

from cycle.model.evaluations import Evaluation
from cycle.store.inserts import queue
from cycle.store.refusals import translated
from cycle.store.unit import Unit
from cycle.usecases import evaluation_drafts as drafting
from cycle.usecases.batches import OF_A_LINE, Line, tried
from cycle.usecases.evaluation_drafts import Draft, Mark, Told
from cycle.usecases.evaluation_writing import write
from cycle.usecases.evaluations import conclude
from cycle.usecases.judgements import Handed
from cycle.usecases.rights import need

EACH = 500  # lines that share their statements


def record_all(
    unit: Unit,
    lines: Sequence[Handed],
    *,
    all_or_nothing: bool = False,
    dry_run: bool = False,
) -> list[Line]:
    """Record evaluations as `evaluations.conclude` would one after the other; a result a line.

    With `all_or_nothing` one refusal leaves all unwritten; a dry run only tells. Raises Forbidden
    where the account records no evaluations at all.
    """
    role = need(unit, "evaluator", "planner")
    return tried(
        unit,
        lambda: _through(unit, lines, role),
        all_or_nothing=all_or_nothing,
        dry_run=dry_run,
    )


def _through(unit: Unit, lines: Sequence[Handed], role: str) -> list[Line]:
    queue(unit, f"E-{unit.day.year}")  # what others record is committed or comes later
    found: list[Line] = []
    for run in _runs(lines):
        found += _together(unit, run, role) if run[0].plain else [_alone(unit, run[0])]
    return found


def _runs(lines: Sequence[Handed]) -> Iterator[list[Told]]:
    """Part the lines where one needs a place of its own, or meets an earlier one."""
    run: list[Told] = []
    met: set[Mark] = set()
    for no, words in enumerate(lines):
        line = drafting.told(no, words)
        marks = set(line.marks)
        if run and (len(run) == EACH or not line.plain or not run[0].plain or marks & met):
            yield run
            run, met = [], set()
        run.append(line)
        met |= marks
    if run:
        yield run


def _alone(unit: Unit, line: Told) -> Line:
    """Record one line as it is recorded without the others."""
    before = len(unit.told)
    try:
        drafting.fit(line)
        with unit.apart(), translated():
            record = conclude(unit, **line.words)
            unit.session.flush()
    except OF_A_LINE as error:
        return Line(None, "refused", error)
    told = unit.told[before:]
    moved = tuple(t["key"] for t in told if (t["entity"], t["action"]) == ("measure", "evaluated"))
    return Line(record.ref, "new" if told else "known", moved=moved)


def _together(unit: Unit, run: Sequence[Told], role: str) -> list[Line]:
    """Record plain lines that have nothing to do with each other."""
    fit, found = [], dict[int, Line]()
    for line in run:
        try:
            drafting.fit(line)
        except OF_A_LINE as error:
            found[line.no] = Line(None, "refused", error)
        else:
            fit.append(line)
    drafts = list(_judged(unit, fit, found))
    if not drafts:
        return [found[line.no] for line in run]
    try:
        with unit.apart(), translated():
            moved = set(write(unit, drafts, role))
    except OF_A_LINE:  # of one of them; alone it shows of which
        unit.session.expire_all()
        return [_alone(unit, line) for line in run]
    for draft in drafts:
        own = tuple(key for key in draft.said.measures if key in moved)
        found[draft.no] = Line(draft.row["ref"], "new", moved=own)
    return [found[line.no] for line in run]


def _judged(unit: Unit, lines: Sequence[Told], found: dict[int, Line]) -> Iterator[Draft]:
    """Give what is to be written; note what is known or refused."""
    shelf = drafting.fetched(unit, lines)
    for line in lines:
        try:
            judged = drafting.judged(unit, shelf, line)
        except OF_A_LINE as error:
            found[line.no] = Line(None, "refused", error)
            continue
        if isinstance(judged, Evaluation):
            found[line.no] = Line(judged.ref, "known")
        else:
            yield judged
